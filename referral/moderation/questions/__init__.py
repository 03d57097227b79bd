"""Moderators' editor of the questions people ask."""
