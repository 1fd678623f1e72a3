"""The project's settings, routes, Celery application and reactions to events."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
