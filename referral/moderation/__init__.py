"""Moderators keep the directory true: what waits for them, what visitors report, what was decided."""
