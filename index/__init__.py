"""The search index: derived from listings, disposable, and standing alone; it imports nothing of the product."""
