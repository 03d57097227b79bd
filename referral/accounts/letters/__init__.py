"""No more letters of a kind, and letters again."""
