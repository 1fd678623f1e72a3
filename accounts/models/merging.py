"""That two accounts are one person's: who says so, and what became of it."""

from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from accounts.models.people import Member, User
from core.models import BaseModel

LONGEST_WORDS = 400
# For so long a merge can be undone.
UNDO_WITHIN = timedelta(hours=24)


class DuplicateQuerySet(models.QuerySet["Duplicate"]):
    """Which reports somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def concerning(self, member: Member) -> Self:
        """The member's own, also where the other account is the one that was kept."""
        return self.filter(Q(member=member) | Q(kept=member))

    def of_program(self, program: str) -> Self:
        """What a body's staff see: all whose second account was proved."""
        return self.filter(program=program).exclude(other=None)

    def living(self) -> Self:
        """What can still come to something."""
        return self.filter(state__in=Duplicate.LIVING)


class Duplicate(BaseModel):
    """A holder says that another account is theirs too; a body's staff merge the two.

    `member` is the account it was reported from, `other` the one that the link proved:
    another account's, or a record that a body registered without one (0036).
    Once merged, `moved` names each row that changed hands, table → ids, so that undoing
    gives back exactly those.
    """

    class State(models.TextChoices):
        """How far it is."""

        ASKED = "asked", "Link sent"
        PROVED = "proved", "Waiting for staff"
        MERGED = "merged", "Merged"
        UNDONE = "undone", "Undone"
        REFUSED = "refused", "Not merged"
        ENDED = "ended", "Ended"

    LIVING = (State.ASKED, State.PROVED)

    program = models.CharField(max_length=20)
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="reported_duplicates"
    )
    email = models.EmailField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    other = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    proved_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State.choices)
    kept = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    given_up = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    given_up_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=LONGEST_WORDS, blank=True)
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField(null=True)
    merged_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=LONGEST_WORDS, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager["Duplicate"]] = models.Manager.from_queryset(
        DuplicateQuerySet
    )()

    class Meta:
        ordering = ("-asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("member",),
                condition=Q(state__in=("asked", "proved")),
                name="one_living_duplicate",
            ),
            # Of two who merge at once, one does.
            models.UniqueConstraint(
                fields=("given_up",),
                condition=Q(state="merged"),
                name="given_up_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "ended"))
                | Q(other__isnull=False, proved_at__isnull=False),
                name="duplicate_was_proved",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=("merged", "undone"),
                    kept__isnull=False,
                    given_up__isnull=False,
                    merged_at__isnull=False,
                )
                & ~Q(kept=models.F("given_up"))
                & ~Q(ground="")
                | Q(
                    state__in=("asked", "proved", "refused", "ended"),
                    kept=None,
                    given_up=None,
                    merged_at=None,
                ),
                name="merge_names_both",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("undone", "refused"))
                | ~Q(reason="") & Q(ended_at__isnull=False),
                name="merge_ended_with_reason",
            ),
        )
        indexes = (
            models.Index(
                fields=("program", "state", "-asked_at"), name="duplicates_of_body"
            ),
        )

    member_id: UUID
    other_id: UUID | None
    kept_id: UUID | None
    given_up_id: UUID | None
    given_up_user_id: UUID | None

    def __str__(self) -> str:
        return f"Two accounts of {self.member}"

    def may_undo(self, now: datetime) -> bool:
        """Whether it is merged, and less than 24 hours ago."""
        return (
            self.state == self.State.MERGED
            and self.merged_at is not None
            and now < self.merged_at + UNDO_WITHIN
        )
