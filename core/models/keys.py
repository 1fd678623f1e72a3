"""Keys that may be used once: a form's, or a REST client's Idempotency-Key."""

from django.db import models

from core.models.base import BaseModel


class UsedKey(BaseModel):
    """A request that must not happen twice, and what it was answered.

    `status` is empty while the first request is still under way.
    """

    actor_key = models.CharField(max_length=80)
    route = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("actor_key", "route", "key"), name="key_used_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
