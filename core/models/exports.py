"""A file that somebody asked for and a worker makes, kept for a week."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from core.models.base import BaseModel

MAKING = ("waiting", "working")


class ExportJobQuerySet(models.QuerySet["ExportJob"]):
    """Which jobs somebody may see."""

    def of(self, practice: models.Model) -> Self:
        """What was asked for on a practice's behalf."""
        return self.filter(practice=practice.pk)

    def of_program(self, program: str) -> Self:
        """What a body's staff asked for."""
        return self.filter(practice=None, program=program).exclude(program="")


class ExportJob(BaseModel):
    """One file: what was asked for, how far it is, and where it lies once it is made.

    Whose rows it holds is `practice`, or, where that is empty, `program`'s. `key` names
    the form or request that asked: sent twice it is one job. `attempts` grows with each
    worker that takes it up, and only the last of them may say anything about it.
    """

    class State(models.TextChoices):
        """How far it is.

        EXPIRED: the file was there for a week, and is gone.
        """

        WAITING = "waiting", "Waiting"
        WORKING = "working", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Not made"
        EXPIRED = "expired", "Ended"

    practice = models.ForeignKey("accounts.Practice", models.PROTECT, null=True)
    program = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=40)
    params = models.JSONField()
    key = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    # Of how many rows or papers how many are done; 0 of 0 while nobody knows.
    done = models.PositiveIntegerField(default=0)
    in_all = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    file_key = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_kind = models.CharField(max_length=10, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=200)
    user_id = models.UUIDField(null=True)
    token_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["ExportJob"]] = models.Manager.from_queryset(
        ExportJobQuerySet
    )()

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.UniqueConstraint(fields=("key",), name="export_asked_once"),
            models.CheckConstraint(
                condition=Q(state="ready", ready_at__isnull=False)
                & ~Q(file_key="")
                & ~Q(sha256="")
                | ~Q(state="ready") & Q(file_key=""),
                name="export_ready_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(state="working", leased_until__isnull=False)
                | ~Q(state="working") & Q(leased_until=None),
                name="export_leased_while_made",
            ),
        )
        indexes = (
            models.Index(fields=("practice", "-at"), name="exports_of_practice"),
            models.Index(
                fields=("at",),
                name="exports_waiting",
                condition=Q(state__in=MAKING),
            ),
        )

    practice_id: UUID | None

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"
