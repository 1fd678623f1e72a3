"""Mail that waits to be sent: written with the change it tells of."""

from django.db import models

from core.models.base import BaseModel


class OutboxMessage(BaseModel):
    """One message to one address about one row, told once.

    `subject_id` names the row the message is about; with `kind` and `recipient` it is
    unique, so whatever a job does, nobody is told twice.
    """

    class State(models.TextChoices):
        """Where the message is on its way; VOID: there was nobody to tell."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        VOID = "void"
        DEAD = "dead"

    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    recipient = models.EmailField()
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, null=True)
    payload = models.JSONField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject_id", "recipient"), name="told_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",),
                name="outbox_waiting",
                condition=models.Q(state__in=("waiting", "sending")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}: {self.state}"
