"""A browser's session, which knows whose it is."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from accounts.models.people import User


class WebSessionManager(BaseSessionManager["WebSession"]):
    """Finds sessions; making them is the session store's work."""

    use_in_migrations = False


class WebSession(AbstractBaseSession):
    """One browser that keeps somebody signed in, or that nobody has signed in with.

    Deleting the row ends it with the browser's next request. What the browser sends is
    kept as its SHA-256: who reads the table opens no session with it.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="sessions")

    objects: ClassVar[WebSessionManager] = WebSessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
