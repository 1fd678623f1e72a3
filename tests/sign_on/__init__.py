"""Single sign-on: what we ask of a provider, and whom we believe."""
