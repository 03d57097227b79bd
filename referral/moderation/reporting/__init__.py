"""Visitors say that something in a listing is wrong."""
