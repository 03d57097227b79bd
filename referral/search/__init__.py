"""From a typed line to a page of therapists."""
