"""The catalogues kept in step with the texts."""
