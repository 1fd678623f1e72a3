"""Activities of outside sponsors, which a body's staff approve (M12, N10)."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models

from accounts.models import User
from ce_credits.models.catalogue import CatalogueItem
from ce_credits.models.feed import FeedDelivery
from core.models import BaseModel


class ApprovalQuerySet(models.QuerySet["ApprovalApplication"]):
    """Which applications somebody may see."""

    def visible_to(self, user: User) -> Self:
        """The sponsor's own: those of the account that applied."""
        return self.of_account(user.pk)

    def of_account(self, user_id: UUID) -> Self:
        """What an account applied for."""
        return self.filter(user=user_id)

    def standing(self) -> Self:
        """What is written, waits for a decision or was approved."""
        return self.exclude(state__in=("refused", "withdrawn"))

    def of_program(self, program: str) -> Self:
        """What a body's staff see: all that was sent to it, never a mere draft."""
        return self.filter(program=program, submitted_at__isnull=False)


class ApprovalApplication(BaseModel):
    """A sponsor's application to have an activity approved.

    It is of whoever is signed in, with a credential or without. `version` is the
    number of its newest step: whoever decides says which one they saw. `typed` keeps
    what its sponsor is writing, as it was typed; `saves` counts how often. `facts` is
    what stands submitted, as plain values. `name` and `email` are the account's, as
    they were when it was last sent: a body's staff don't see accounts. `number` is how
    many activities its body had approved with it; its code is made from that.

    A change of what was approved is an application of its own, which `replaces` the
    former: approved, it takes its place under a code of its own. `ended_on` is the last
    day of which attendance has credit, once the body took its approval back or another
    took its place, and `ended_why` says why.
    """

    class State(models.TextChoices):
        """Where it stands with the body."""

        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "With the body"
        ASKED = "asked", "Asked about"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        ENDED = "ended", "Approval ended"
        REPLACED = "replaced", "Replaced"

    # Its sponsor may write in these.
    OPEN = (State.DRAFT, State.ASKED)
    # Nothing was decided yet.
    UNDECIDED = (State.DRAFT, State.SUBMITTED, State.ASKED)
    # It was approved, and is no more.
    OVER = (State.ENDED, State.REPLACED)

    program = models.CharField(max_length=20)
    user = models.ForeignKey(User, models.PROTECT, related_name="approval_applications")
    state = models.CharField(max_length=10, choices=State.choices)
    version = models.PositiveIntegerField(default=0)
    typed = models.JSONField(default=dict)
    saves = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=300, blank=True)
    sponsor = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    number = models.PositiveIntegerField(null=True)
    item = models.OneToOneField(
        CatalogueItem, models.PROTECT, null=True, related_name="approval"
    )
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="changes"
    )
    ended_on = models.DateField(null=True)
    ended_why = models.CharField(max_length=1000, blank=True, default="", db_default="")

    objects: ClassVar[models.Manager["ApprovalApplication"]] = (
        models.Manager.from_queryset(ApprovalQuerySet)()
    )

    class Meta:
        ordering = ("-created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=("draft", "withdrawn"))
                | models.Q(submitted_at__isnull=False)
                & ~models.Q(title="")
                & ~models.Q(sponsor="")
                & ~models.Q(email=""),
                name="approval_sent_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=("approved", "ended", "replaced"),
                    item__isnull=False,
                    number__isnull=False,
                )
                | (
                    ~models.Q(state__in=("approved", "ended", "replaced"))
                    & models.Q(item__isnull=True, number__isnull=True)
                ),
                name="approval_has_its_activity",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=("ended", "replaced"), ended_on__isnull=False
                )
                & ~models.Q(ended_why="")
                | ~models.Q(state__in=("ended", "replaced"))
                & models.Q(ended_on=None, ended_why=""),
                name="approval_ended_whole",
            ),
            models.UniqueConstraint(
                fields=("replaces",),
                name="one_open_change_an_approval",
                condition=models.Q(state__in=("draft", "submitted", "asked")),
            ),
            models.UniqueConstraint(
                fields=("program", "number"), name="one_approval_a_number"
            ),
        )
        indexes = (
            models.Index(
                fields=("program", "submitted_at"),
                name="approvals_of_body",
                condition=models.Q(submitted_at__isnull=False),
            ),
        )

    user_id: UUID
    item_id: UUID | None
    replaces_id: UUID | None

    def __str__(self) -> str:
        return self.title or "Untitled activity"


class ApprovalStep(BaseModel):
    """One thing that happened to an application, numbered. Append-only.

    Its number is the guard: of two who act on the same version, one step alone can
    carry the next number. `facts` is what was sent, or what was decided on with what
    the rules answered, so that it can be judged again years later (X1).
    """

    class Kind(models.TextChoices):
        """What happened."""

        SUBMITTED = "submitted"
        ASKED = "asked"
        ANSWERED = "answered"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        ENDED = "ended"
        REPLACED = "replaced"

    application = models.ForeignKey(
        ApprovalApplication, models.PROTECT, related_name="steps"
    )
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
        ordering = ("application", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "number"), name="one_approval_step"
            ),
        )

    application_id: UUID

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"


class AttendanceQuerySet(models.QuerySet["AttendanceList"]):
    """Which lists somebody may see."""

    def of(self, application: ApprovalApplication) -> Self:
        """What was sent of an approved activity."""
        return self.filter(application=application)

    def to_take_in(self) -> Self:
        """What its sponsor sent, and no worker handed to the body's feed yet."""
        return self.filter(sent_at__isnull=False, taken_at=None)


class AttendanceList(BaseModel):
    """Who attended an approved activity, as its sponsor sends it.

    Checked first, then sent; a worker hands its rows to the body's feed and clears them
    here: they stand in the feed then, with the body. `problems` name row, column and
    reason of what has to be mended before it can be sent.
    """

    application = models.ForeignKey(
        ApprovalApplication, models.PROTECT, related_name="attendance"
    )
    name = models.CharField(max_length=200, blank=True)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    count = models.PositiveIntegerField()
    by = models.CharField(max_length=200)
    user = models.ForeignKey(User, models.PROTECT)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    delivery = models.OneToOneField(FeedDelivery, models.PROTECT, null=True)

    objects: ClassVar[models.Manager["AttendanceList"]] = models.Manager.from_queryset(
        AttendanceQuerySet
    )()

    class Meta:
        ordering = ("-at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(taken_at=None) | models.Q(sent_at__isnull=False),
                name="attendance_sent_first",
            ),
        )
        indexes = (
            models.Index(
                fields=("sent_at",),
                name="attendance_to_take",
                condition=models.Q(sent_at__isnull=False, taken_at=None),
            ),
        )

    application_id: UUID
    user_id: UUID

    def __str__(self) -> str:
        return self.name or "Attendance"
