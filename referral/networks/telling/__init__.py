"""Visitors who know better about a network: what they say goes to the moderators."""
