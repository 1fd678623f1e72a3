"""Documents of a body and of a practice (A13)."""
