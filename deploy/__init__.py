"""What installs, starts, tests and ships the project: standard library only."""
