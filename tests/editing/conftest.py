"""Somebody with a listing, for every test of their own pages."""

from tests.editing.therapist import ann as ann
