"""A therapist keeps their own listing: the sections of the page, how each is read from a form, and what saving did."""
