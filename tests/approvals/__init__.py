"""Activities of outside sponsors: applied for, decided on, attended."""
