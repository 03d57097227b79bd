"""Pictures of every page in its states: `python -m tests.gallery`."""
