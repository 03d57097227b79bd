"""A visitor's own short list: it lives in their browser and in its link, never with us."""
