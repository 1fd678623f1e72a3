"""Mail that waits to be sent: written with the change it tells of."""

from typing import ClassVar, Self

from django.db import models

from core.models.base import BaseModel


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Which messages somebody may see."""

    def of_program(self, program: str) -> Self:
        """What was written in a body's name; links to sign in by are in nobody's."""
        return self.filter(program=program).exclude(program="")


class OutboxMessage(BaseModel):
    """One message to one address about one row, told once.

    `subject_id` names the row the message is about; with `kind` and `recipient` it is
    unique, so whatever a job does, nobody is told twice.

    `handed_at` is set just before a server can no longer be stopped from taking the
    message, and emptied when it said no. `unanswered` counts how often it was handed
    over without an answer being heard. `subject` and `text` are the words that left;
    `edition` grows when staff have a message sent anew to somebody who has it.

    No column's default is the database's: Django would read such columns back, and who
    only adds mail, as whoever asks for a link does, may read none.
    """

    class State(models.TextChoices):
        """Where the message is on its way.

        UNCONFIRMED: it was handed over, and counts as sent, but nobody heard the
        answer. VOID: there was nobody to tell. DEAD: left to people, with its error.
        """

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        UNCONFIRMED = "unconfirmed"
        VOID = "void"
        DEAD = "dead"

    kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    recipient = models.EmailField()
    practice = models.ForeignKey("accounts.Practice", models.PROTECT, null=True)
    program = models.CharField(max_length=20, blank=True, default="")
    payload = models.JSONField()
    state = models.CharField(
        max_length=11, choices=State.choices, default=State.WAITING
    )
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_at = models.DateTimeField(null=True)
    unanswered = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    edition = models.PositiveSmallIntegerField(default=1)
    subject = models.CharField(max_length=150, blank=True, default="")
    text = models.TextField(blank=True, default="")

    objects: ClassVar[models.Manager["OutboxMessage"]] = models.Manager.from_queryset(
        OutboxQuerySet
    )()

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
            models.Index(fields=("program", "-created_at"), name="mail_of_program"),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.recipient}: {self.state}"
