"""A sign-on provider of its own: allauth's, as a program that runs on this machine."""
