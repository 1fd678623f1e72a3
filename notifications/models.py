"""What somebody is told inside the portal, and what they opted into."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import Administration, Practice, StaffRole, User
from core.models import BaseModel


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Which notices somebody may see."""

    def readable(self, *, whole: bool) -> Self:
        """Those whose person still has the role they are read in.

        Args:
            whole: whether the session has passed what other people's records ask for;
                without, a practice's and a body's notices are left out.
        """
        mine = Q(place__in=(Notice.Place.PERSON, Notice.Place.OWN))
        if whole:
            held = Administration.objects.filter(
                user=OuterRef("user"), practice=OuterRef("practice"), until_at=None
            )
            works = StaffRole.objects.filter(
                user=OuterRef("user"), program=OuterRef("program"), until_at=None
            )
            mine |= Q(Exists(held), place=Notice.Place.PRACTICE)
            mine |= Q(Exists(works), place=Notice.Place.STAFF)
        return self.filter(mine)

    def visible_to(self, user: User, *, whole: bool) -> Self:
        """A person's own, in the roles they have today."""
        return self.readable(whole=whole).filter(user=user)

    def unread(self) -> Self:
        """Those not marked read."""
        return self.filter(read_at=None)


class Notice(BaseModel):
    """That somebody was mailed something: its subject line, and where it leads.

    `message_id` is the outbox row's; `place` the role the page it leads to asks for.
    """

    class Place(models.TextChoices):
        """In which role it is read."""

        PERSON = "person", "Yourself"
        OWN = "own", "Credential holder"
        PRACTICE = "practice", "Practice administrator"
        STAFF = "staff", "Staff"

    class Klass(models.TextChoices):
        """Why it was sent."""

        NOTICE = "notice", "Notice"
        SECURITY = "security", "Security notice"
        NEWS = "news", "You asked for it"
        COURTESY = "courtesy", "Courtesy reminder"

    message_id = models.UUIDField(unique=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="notices")
    practice = models.ForeignKey(Practice, models.PROTECT, null=True)
    program = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=8, choices=Place.choices)
    klass = models.CharField(max_length=8, choices=Klass.choices)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=150)
    path = models.CharField(max_length=300)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Notice"]] = models.Manager.from_queryset(
        NoticeQuerySet
    )()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(place="practice") | Q(practice__isnull=False),
                name="notice_names_its_practice",
            ),
            models.CheckConstraint(
                condition=~Q(place="staff") | ~Q(program=""),
                name="notice_names_its_body",
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/"), name="notice_leads_home"
            ),
        )
        indexes = (
            models.Index(fields=("user", "-created_at"), name="notices_of_person"),
            models.Index(
                fields=("user",),
                name="notices_unread",
                condition=Q(read_at=None),
            ),
            models.Index(fields=("created_at",), name="notices_by_age"),
        )

    user_id: UUID

    def __str__(self) -> str:
        return self.title


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    """Which preferences somebody may see."""

    def visible_to(self, user: User) -> Self:
        """A person's own."""
        return self.filter(user=user)


class Subscription(BaseModel):
    """Whether somebody wants a kind of mail that is not part of the service.

    Without a row they want what is in `FROM_THE_START` alone. `from_on` is the day they
    asked for it last, or were first sent it.
    """

    class Kind(models.TextChoices):
        """What can be asked for, or ended."""

        WEEKLY = "weekly", "Weekly summary"
        REMINDERS = "reminders", "Cycle reminders"

    # Who misses a cycle's end loses a credential: these are ended, not asked for.
    FROM_THE_START = frozenset({Kind.REMINDERS})

    user = models.ForeignKey(User, models.PROTECT, related_name="subscriptions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.BooleanField()
    from_on = models.DateField()
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Subscription"]] = models.Manager.from_queryset(
        SubscriptionQuerySet
    )()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "kind"), name="one_preference_a_kind"
            ),
        )

    user_id: UUID

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} {'on' if self.on else 'off'}"


class WeeklySummary(BaseModel):
    """That somebody's summary of a week was queued; `week_on` is its Monday."""

    user = models.ForeignKey(User, models.PROTECT, related_name="summaries")
    week_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("user", "week_on"), name="one_summary_a_week"
            ),
        )

    user_id: UUID

    def __str__(self) -> str:
        return f"{self.user}, week of {self.week_on}"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Which feeds somebody may see."""

    def visible_to(self, user: User) -> Self:
        """A person's own."""
        return self.filter(user=user)


class CalendarFeed(BaseModel):
    """The secret address of a person's calendar, kept as its SHA-256 alone."""

    user = models.OneToOneField(User, models.PROTECT, related_name="calendar_feed")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["CalendarFeed"]] = models.Manager.from_queryset(
        CalendarFeedQuerySet
    )()

    user_id: UUID

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
