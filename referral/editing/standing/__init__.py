"""The listing as a whole: whether it is seen, what it was, how often it was seen."""
