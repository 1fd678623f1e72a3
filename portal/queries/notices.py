"""What somebody was told: the list, and what they may choose to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import Administration, Member, User
from credentials.models import Certification
from credentials.policy import cycle_programs
from notifications.models import Notice, Subscription
from notifications.queries import unread_of
from portal.queries.narrowing import Pill
from portal.queries.paging import Pager, pager_of
from portal.queries.shown import Tag
from portal.queries.trail import when_words

Kind = Subscription.Kind
PAGE_SIZE = 25
UNREAD = "unread"
KLASS_TAGS = {
    Notice.Klass.NOTICE: Tag("neutral", "Notice"),
    Notice.Klass.SECURITY: Tag("warn", "Security notice"),
    Notice.Klass.NEWS: Tag("info", "You asked for it"),
    Notice.Klass.COURTESY: Tag("neutral", "Courtesy reminder"),
}
# What nobody can switch off, and why; the same list for everybody.
ALWAYS = (
    ("Renewal dates and renewals", "what you have to do, and by when"),
    ("Certification cycles", "late, lapsed, and the end of the grace period"),
    ("Certificates", "ready, held or revoked"),
    ("Continuing education", "received, approved or not accepted"),
    ("Orders, receipts and refunds", "whoever pays has to have them"),
    ("Sign-in and security", "somebody else could be changing your account"),
)
HINTS = {
    Subscription.Kind.REMINDERS: "Before your cycle ends: when the application opens, "
    "and some days before the last one. What comes after it is always sent.",
    Subscription.Kind.WEEKLY: "On Monday mornings: what is due, what is missing and "
    "what is new. No mail in a week with nothing to say.",
}


@dataclass(frozen=True)
class Row:
    """One notice."""

    id: UUID
    title: str
    tag: Tag
    when_text: str
    unread: bool
    url: str
    read_url: str


@dataclass(frozen=True)
class Notices:
    """All the template shows; `unread` counts over all pages."""

    verdict: str
    unread: int
    only: str
    pills: Sequence[Pill]
    rows: Sequence[Row]
    page_obj: Pager


@dataclass(frozen=True)
class Choice:
    """A kind of mail that can be asked for or ended."""

    value: str
    label: str
    hint: str
    on: bool


def notices_of(
    user: User, *, whole: bool, only: str, number: int, zone: ZoneInfo
) -> Notices:
    """List what a person was told, the newest first.

    Args:
        whole: as in `Notice.objects.readable`.
        only: `unread`, or nothing for all.
        number: the page.
        zone: whose wall clock the times are written by.
    """
    mine = Notice.objects.visible_to(user, whole=whole)
    only = only if only == UNREAD else ""
    unread = unread_of(user, whole=whole)
    total = unread if only else mine.count()
    pager = pager_of(number, total, PAGE_SIZE, {"only": only})
    found = mine.unread() if only else mine
    rows = found.order_by("-created_at", "pk")[pager.start : pager.start + PAGE_SIZE]
    here = reverse("notices")
    return Notices(
        verdict=f"{unread} unread." if unread else "You have read everything.",
        unread=unread,
        only=only,
        pills=[
            Pill("All", here, not only),
            Pill("Unread", f"{here}?{urlencode({'only': UNREAD})}", bool(only), unread),
        ],
        rows=[_row(each, zone) for each in rows],
        page_obj=pager,
    )


def choices_of(user: User) -> Sequence[Choice]:
    """List the kinds a person may choose, and which of them they are sent.

    Nobody is offered what they would never get: the weekly summary is of holders and
    administrators, the reminders are of holders under a body of cycles. What somebody
    chose before stays, so that they can end it.
    """
    mine = Subscription.objects.visible_to(user)
    chosen = dict(mine.values_list("kind", "on"))
    offered = {
        Kind.REMINDERS: Certification.objects.filter(
            member__user=user, program__in=cycle_programs()
        ),
        Kind.WEEKLY: Member.objects.visible_to(user),
    }
    runs = Administration.objects.filter(user=user, until_at=None)
    return [
        Choice(
            kind.value,
            kind.label,
            HINTS[kind],
            chosen.get(kind.value, kind in Subscription.FROM_THE_START),
        )
        for kind in Kind
        if kind.value in chosen
        or offered[kind].exists()
        or (kind == Kind.WEEKLY and runs.exists())
    ]


def _row(notice: Notice, zone: ZoneInfo) -> Row:
    return Row(
        id=notice.pk,
        title=notice.title,
        tag=KLASS_TAGS[Notice.Klass(notice.klass)],
        when_text=when_words(notice.created_at, zone),
        unread=notice.read_at is None,
        url=notice.path,
        read_url=reverse("read_notice", kwargs={"notice_id": notice.pk}),
    )
