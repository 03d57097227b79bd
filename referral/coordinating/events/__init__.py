"""The workshops of a network: their pages for its coordinator."""
