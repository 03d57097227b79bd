"""The catalogues of the interface, kept in step with the code. Pages never need this: `text.py` reads what they say."""
