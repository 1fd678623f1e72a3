"""Live activities: what is held, who comes, who was there, what it earned (M4)."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from accounts.models import Member
from ce_credits.models import Activity
from certificates.models import Certificate
from core.models import BaseModel


class LiveActivityQuerySet(models.QuerySet["LiveActivity"]):
    """Which live activities somebody may see."""

    def of_program(self, program: str) -> Self:
        """What a body's staff see, drafts with them."""
        return self.filter(program=program)

    def announced(self) -> Self:
        """What whoever signs in may see, cancelled ones with them."""
        return self.filter(published_at__isnull=False)


class LiveActivity(BaseModel):
    """What is held live, in one session or several; a draft until it is published.

    `sessions` are [[day, begin, end], …] in the body's zone, in order; `first_on` and
    `last_on` are their days. `evaluate_by` is the last day on which its evaluation is
    taken. `code` and `door_code` lie sealed: they open credit and attendance.
    `joint_provider` is empty where it is directly provided (M12).
    """

    program = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=1000, blank=True)
    provider = models.CharField(max_length=200)
    joint_provider = models.CharField(max_length=200, blank=True)
    credit_kind = models.CharField(max_length=40, blank=True)
    credit = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    topics = models.JSONField(default=list)
    place = models.CharField(max_length=200)
    capacity = models.PositiveSmallIntegerField()
    sessions = models.JSONField()
    first_on = models.DateField()
    last_on = models.DateField()
    evaluate_by = models.DateField()
    code = models.TextField()
    door_code = models.TextField()
    published_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["LiveActivity"]] = models.Manager.from_queryset(
        LiveActivityQuerySet
    )()

    class Meta:
        ordering = ("first_on", "title", "id")
        indexes = (models.Index(fields=("last_on",), name="live_by_last_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(capacity__gte=1), name="live_has_a_place"
            ),
            models.CheckConstraint(
                condition=Q(credit_kind="", credit=None)
                | ~Q(credit_kind="") & Q(credit__isnull=False, credit__gt=0),
                name="live_credit_whole",
            ),
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on"))
                & Q(evaluate_by__gte=F("last_on")),
                name="live_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None)
                | Q(published_at__isnull=False) & ~Q(cancelled_why=""),
                name="live_cancelled_whole",
            ),
        )

    def __str__(self) -> str:
        return self.title


class LiveRegistrationQuerySet(models.QuerySet["LiveRegistration"]):
    """Which registrations somebody may see."""

    def visible_to(self, member: Member) -> Self:
        """The member's own."""
        return self.filter(member=member)

    def of_program(self, program: str) -> Self:
        """What a body's staff see."""
        return self.filter(program=program)

    def standing(self) -> Self:
        """Those that were not cancelled: each has a place."""
        return self.filter(place__isnull=False)

    def standing_first(self) -> Self:
        """Order them so that the one with a place stands before those cancelled."""
        return self.order_by(F("place").asc(nulls_last=True), "at", "pk")


class LiveRegistration(BaseModel):
    """Somebody comes to an activity, under the name they wrote.

    `place` is one of the activity's, numbered from 1: two never have the same, so no
    more come than there are. It is None once they cancelled; of two accounts that are
    one now, a cancelled one may stand beside the one that has a place. `told_at` is
    when the letter with the code was written. `made_by` is the record that registered,
    also once it was merged into another.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="live_registrations"
    )
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    program = models.CharField(max_length=20)
    live = models.ForeignKey(LiveActivity, models.PROTECT, related_name="registrations")
    place = models.PositiveSmallIntegerField(null=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["LiveRegistration"]] = (
        models.Manager.from_queryset(LiveRegistrationQuerySet)()
    )

    class Meta:
        ordering = ("last_name", "first_name", "id")
        indexes = (models.Index(fields=("program", "member"), name="live_of_body"),)
        constraints = (
            models.UniqueConstraint(
                fields=("member", "live"),
                name="one_registration_a_live",
                condition=Q(place__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("live", "place"), name="one_registration_a_place"
            ),
            models.CheckConstraint(
                condition=Q(place=None) | Q(place__gte=1), name="live_place_from_one"
            ),
        )

    member_id: UUID
    live_id: UUID

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"


class LiveAttendance(BaseModel):
    """That somebody who registered was there: by a list, or by the code at the door."""

    class How(models.TextChoices):
        """Who says so."""

        LIST = "list", "On the list"
        DOOR = "door", "By the code at the door"

    registration = models.OneToOneField(
        LiveRegistration, models.PROTECT, related_name="attendance"
    )
    how = models.CharField(max_length=4, choices=How.choices)
    by = models.CharField(max_length=200)
    on = models.DateField()
    at = models.DateTimeField()

    registration_id: UUID

    def __str__(self) -> str:
        return f"{self.registration_id}: {self.on}"


class LiveClaim(BaseModel):
    """What an activity gave somebody who was there and evaluated it, once (M4, M5).

    `kind` is the activity's own kind of credit, or attendance, whose `credits` are
    nothing. `activity` is what counts, where it brings credit.
    """

    registration = models.OneToOneField(
        LiveRegistration, models.PROTECT, related_name="claim"
    )
    kind = models.CharField(max_length=40)
    credits = models.DecimalField(max_digits=6, decimal_places=2)
    activity = models.OneToOneField(
        Activity, models.PROTECT, null=True, related_name="live_claim"
    )
    certificate = models.OneToOneField(
        Certificate, models.PROTECT, related_name="live_claim"
    )
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(credits__gte=0), name="live_claim_not_negative"
            ),
        )

    registration_id: UUID
    activity_id: UUID | None

    def __str__(self) -> str:
        return f"{self.credits} {self.kind}"


class LiveAnswers(BaseModel):
    """What somebody said of an activity, with no word of who or when but the month."""

    live = models.ForeignKey(LiveActivity, models.PROTECT, related_name="evaluations")
    month = models.DateField()
    answers = models.JSONField()

    class Meta:
        ordering = ("month", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(month__day=1), name="live_answers_name_no_day"
            ),
        )

    live_id: UUID

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
