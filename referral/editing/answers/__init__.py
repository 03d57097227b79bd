"""People listed here answer questions under their own names."""
