"""A roster that a practice sent in: checked first, then imported by the worker."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models.practices import Practice
from core.models import BaseModel


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    """Which rosters somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What the practice sent in."""
        return self.filter(practice=practice)


class RosterImport(BaseModel):
    """A roster as it was read, what its rows would do, and how far its import is.

    `cells` are the rows as read, the names first, each with its number in the file;
    `rows` are those that can be imported, in the order the import takes them;
    `problems` and `notes` are row, column and reason. When it is over, what has to be
    mended is left of it for a while, and nothing else.
    """

    class State(models.TextChoices):
        """How far it is."""

        CHECKED = "checked", "Checked"
        IMPORTING = "importing", "Importing"
        DONE = "done", "Imported"
        FAILED = "failed", "Nothing imported"
        REPLACED = "replaced", "Replaced"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="rosters")
    program = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    columns = models.JSONField()
    cells = models.JSONField()
    rows = models.JSONField()
    problems = models.JSONField()
    notes = models.JSONField()
    row_count = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    bad = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    # As the import was asked for.
    whole = models.BooleanField(default=False)
    invite = models.BooleanField(default=False)
    # Of `rows`: how many the import has been through, and what came of them.
    done = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    by = models.CharField(max_length=200)
    user_id = models.UUIDField(null=True)
    token_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["RosterImport"]] = models.Manager.from_queryset(
        RosterImportQuerySet
    )()

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("practice",),
                condition=models.Q(state="importing"),
                name="one_import_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=("practice", "-at"), name="rosters_of_practice"),
        )

    practice_id: UUID

    def __str__(self) -> str:
        return self.name
