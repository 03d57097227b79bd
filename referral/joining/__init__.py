"""How somebody comes to have a listing of their own: by claiming the one that was imported, or by applying."""
