"""What the provider and those who sign in by it both know."""

CLIENT, SECRET = "goodstanding", "secret of the tests' own provider"
PASSWORD = "a password at the provider"
