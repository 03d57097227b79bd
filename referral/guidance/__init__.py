"""Honest answers to what people ask before they dare to book, each by a named author."""
