"""A roster that is sent: its pages."""
