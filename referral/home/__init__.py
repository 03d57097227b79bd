"""The first page: one question, and everything else a click away."""
