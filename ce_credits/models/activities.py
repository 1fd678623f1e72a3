"""What a member did, what happened to it, and the credit it was given."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import Member, Practice, User
from ce_credits.models.catalogue import CatalogueItem
from core.models import BaseModel


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Which activities somebody may see."""

    def of(self, practice: Practice) -> Self:
        """What people reported in a program while the practice stood for them in it.

        What it saw then it sees afterwards, also of somebody who left.
        """
        ids = self.model.objects.order_by().values("pk")
        sponsored = ids.filter(
            member__sponsorships__practice=practice,
            member__sponsorships__program=models.F("program"),
            member__sponsorships__until_on=None,
        )
        # As one OR, no index would find them among everybody's.
        return self.filter(pk__in=ids.filter(practice=practice).union(sponsored))

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see: all that was sent to it, never a mere draft."""
        sent = self.filter(program=program).exclude(submitted_at=None)
        return sent.exclude(state=Activity.State.DRAFT)

    def awaiting_review(self) -> Self:
        """What nobody has decided on yet."""
        return self.filter(state=Activity.State.SUBMITTED)

    def shown(self) -> Self:
        """What is not withdrawn."""
        return self.exclude(state=Activity.State.WITHDRAWN)


class Activity(BaseModel):
    """A CE activity a member did. Its credit lies in awards, never here.

    `version` is the number of its newest step: whoever decides says which one they saw.
    `typed` keeps what its holder is writing, as it was typed, also what can't be used
    yet; `saves` counts how often, and `read_from_file` names fields that a proof filled
    in. `proof` is what staff saw where they recorded the activity themselves. `inputs`
    is what its kind asks beside the time, as plain values: positions, a level.
    `kept_back`: an open audit did not accept it, so it can't be sent in again yet.
    """

    class State(models.TextChoices):
        """Where the activity stands with the body."""

        DRAFT = "draft"
        SUBMITTED = "submitted"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"

    # The holder may still write in these.
    OPEN = (State.DRAFT, State.REJECTED, State.RETURNED)

    member = models.ForeignKey(Member, models.PROTECT, related_name="activities")
    program = models.CharField(max_length=20)
    kind = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    provider = models.CharField(max_length=200, blank=True)
    on = models.DateField(null=True)
    minutes = models.PositiveIntegerField(null=True)
    inputs = models.JSONField(default=dict, db_default={})
    licence_number = models.CharField(max_length=40, blank=True)
    catalogue_item = models.ForeignKey(CatalogueItem, models.PROTECT, null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    version = models.PositiveIntegerField(default=0)
    typed = models.JSONField(default=dict)
    saves = models.PositiveIntegerField(default=0)
    read_from_file = models.JSONField(default=list)
    reported_by = models.CharField(max_length=200)
    practice = models.ForeignKey(Practice, models.PROTECT, null=True)
    proof = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    kept_back = models.BooleanField(default=False, db_default=False)

    objects: ClassVar[models.Manager["Activity"]] = models.Manager.from_queryset(
        ActivityQuerySet
    )()

    class Meta:
        ordering = ("-on", "-created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "withdrawn"))
                | models.Q(on__isnull=False) & ~models.Q(kind="") & ~models.Q(title=""),
                name="reported_activity_is_complete",
            ),
        )
        indexes = (
            models.Index(fields=("member", "program", "on"), name="ce_of_member"),
            models.Index(
                fields=("program", "submitted_at"),
                name="ce_to_review",
                condition=models.Q(state="submitted"),
            ),
        )

    member_id: UUID
    practice_id: UUID | None

    def __str__(self) -> str:
        return self.title or "Untitled activity"

    @property
    def day(self) -> date:
        """The day it was done, of an activity that was reported."""
        assert self.on is not None
        return self.on


class ActivityStep(BaseModel):
    """One thing that happened to an activity, numbered. Append-only.

    Its number is the guard: of two who act on the same version, one step alone can
    carry the next number. `facts` is what was submitted or decided on, with what the
    rules answered, so that it can be judged again years later (X1).
    """

    class Kind(models.TextChoices):
        """What happened."""

        SUBMITTED = "submitted"
        RECORDED = "recorded"
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ground = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    facts = models.JSONField(default=dict)
    by = models.CharField(max_length=200)
    user = models.ForeignKey(User, models.PROTECT, null=True)
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("activity", "number")
        constraints = (
            models.UniqueConstraint(fields=("activity", "number"), name="one_step"),
        )

    activity_id: UUID

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"


class CreditAward(BaseModel):
    """The credit an activity was given, with its reason. Append-only.

    A decision never rewrites an award: a later row takes its place from the day it
    counts, with no credit where the credit was taken away. `on`, `kind`, `title` and
    `level` are those the activity had then; `topics` the codes it counts as (M8).
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="awards")
    step = models.OneToOneField(ActivityStep, models.PROTECT, null=True)
    sequence = models.PositiveSmallIntegerField()
    on = models.DateField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True, default="", db_default="")
    level = models.CharField(max_length=40, blank=True, default="", db_default="")
    topics = models.CharField(max_length=400, blank=True, default="", db_default="")
    credits = models.DecimalField(max_digits=6, decimal_places=2)
    unit = models.CharField(max_length=40)
    index_number = models.CharField(max_length=40, blank=True)
    approved = models.BooleanField(null=True)
    rule = models.CharField(max_length=10)
    policy = models.CharField(max_length=40)
    explanation = models.CharField(max_length=600)
    reasons = models.JSONField()
    counts_from = models.DateField()
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("activity", "-sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("activity", "sequence"), name="one_award_a_turn"
            ),
            models.CheckConstraint(
                condition=models.Q(credits__gte=0), name="credit_not_negative"
            ),
        )

    activity_id: UUID

    def __str__(self) -> str:
        return f"{self.credits} {self.unit}"
