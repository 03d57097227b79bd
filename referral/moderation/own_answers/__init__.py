"""Moderators read the answers people listed here give under their own names."""
