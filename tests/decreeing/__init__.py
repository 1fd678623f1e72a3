"""More time by decree, for many at once."""
