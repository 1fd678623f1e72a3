"""Asking whoever runs the demonstration to start it over.

No process can throw away the data it stands on: it lays down a mark, and `deploy.demo`,
which started it, does the rest. Where nobody watches for the mark, nobody is asked.
"""

from django.conf import settings


def may_start_over() -> bool:
    """Say whether somebody watches for the mark."""
    return settings.DEMO_START_OVER is not None


def start_over() -> None:
    """Lay the mark down; once is as good as twice."""
    if settings.DEMO_START_OVER is not None:
        settings.DEMO_START_OVER.touch()
