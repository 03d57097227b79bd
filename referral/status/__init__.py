"""What machines ask: whether we are alive, whether we can serve, what a crawler may read."""
