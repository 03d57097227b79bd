"""Workshops: what is on, where and when, published by the networks and gone by itself when it is over."""
