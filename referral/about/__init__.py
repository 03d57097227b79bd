"""Pages about the directory itself: who runs it, how it orders, what it keeps, whom it is for."""
