"""The professional associations of the world, the areas they cover and their members."""
