"""A wrong set-up stops the start and says what is wrong."""
