"""Mail as it was sent before rows said that a message leaves."""

from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class PlainBackend(EmailBackend):
    """Django's own: it tells nobody that a message leaves."""

    def __init__(self, *, watcher: object, **how: Any) -> None:  # noqa: ANN401
        """Take whom to tell, and forget it."""
        super().__init__(**how)
