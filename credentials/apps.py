"""Reads the policy packs at the start, so a wrong one stops it."""

from django.apps import AppConfig

from credentials.policy import programs


class CredentialsConfig(AppConfig):
    """What one can hold, under which policy."""

    name = "credentials"

    def ready(self) -> None:
        """Read and check every pack; a PolicyError names file, place and reason."""
        programs()
