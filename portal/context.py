"""What every page's frame needs: navigation, notices, the demonstration's strip."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import reverse

from accounts.access import Door, OwnDoor, PracticeDoor, StaffDoor
from accounts.models import StaffRole, User
from accounts.passed import shown_by
from core import clock
from core.scope import Scope, scoped
from credentials.policy import (
    approval_programs,
    cycle_programs,
    live_programs,
    term_programs,
)
from notifications.queries import unread_of
from portal.addresses import practice_url
from portal.demo.anew import may_start_over
from portal.demo.mailbox import mail_count
from portal.queries.helping import article_for

logger = structlog.get_logger(__name__)
MOST_SHOWN = 99
ADVANCE = (
    ("+1 day", "day"),
    ("Dec 1", "dec1"),
    ("Dec 2", "dec2"),
    ("Jan 1", "jan1"),
    ("Jul 1", "jul1"),
)


@dataclass(frozen=True)
class Link:
    """A way to a page."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Account:
    """The menu of a signed-in person."""

    name: str
    items: Sequence[Link]
    sign_out_url: str


@dataclass(frozen=True)
class Bell:
    """The way to what somebody was told, and how much of it they have not read."""

    url: str
    count: int
    current: bool

    @property
    def label(self) -> str:
        """What it is called by."""
        return f"Notifications, {self.count} unread" if self.count else "Notifications"

    @property
    def number(self) -> str:
        """The number as it fits beside the bell."""
        return str(self.count) if self.count <= MOST_SHOWN else f"{MOST_SHOWN}+"


@dataclass(frozen=True)
class Nav:
    """The head of a page."""

    items: Sequence[Link]
    tenant: str
    account: Account | None
    bell: Bell | None = None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame.

    It reads no row that the page did not read, but how many notices are unread where
    the page's door did not tell.
    """
    return {
        "nav": _nav(request),
        "notices": get_messages(request) if hasattr(request, "_messages") else (),
        "help_url": _help_url(request),
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
        "demo": _demo() if settings.DEMO else None,
    }


def _help_url(request: HttpRequest) -> str:
    """Open the help at the article for this page."""
    match = request.resolver_match
    return _help_on((match.url_name or "") if match else "")


@cache
def _help_on(page: str) -> str:
    article = article_for(page)
    if article is None:
        return reverse("help")
    return reverse("help_article", kwargs={"article": article.slug})


def _nav(request: HttpRequest) -> Nav:
    door = getattr(request, "door", None)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        items = (
            ("Estimate", "estimate"),
            ("Verify a credential", "verify_form"),
            ("Sign in", "account_login"),
        )
        return Nav([_link(request, *item) for item in items], "", None)
    more: list[Link] = []
    if isinstance(door, PracticeDoor):
        links, tenant = _practice_links(request, door), door.practice.name
        pages = (
            ("Manage Member Assignments", "assignments"),
            ("Seats", "seats"),
            ("Orders", "orders"),
            ("Exports", "exports"),
            ("Documents", "documents"),
            ("Audit binder", "binder"),
        )
        more = _within(request, door, pages)
        if door.member:
            more.append(_link(request, "Where you stand", "me"))
    elif isinstance(door, StaffDoor):
        links, tenant = _staff_links(request, door), ""
        more = _staff_more(request, door)
    elif isinstance(door, OwnDoor):
        links, tenant = _own_links(request), ""
    else:
        links, tenant = [_link(request, "Home", "home")], ""
    menu = [*more, *_own_menu(request)]
    account = Account(user.name, menu, _fixed("account_logout"))
    return Nav(links, tenant, account, _bell(request, user, door))


def _own_menu(request: HttpRequest) -> list[Link]:
    """What everybody who is signed in has."""
    pages = (
        ("My places", "home"),
        ("Activity approval", "approvals"),
        ("Notifications by e-mail", "notice_settings"),
        ("Calendar", "calendar_settings"),
        ("Sign-in and security", "mfa_index"),
        ("Change password", "account_change_password"),
    )
    return [_link(request, *page) for page in pages]


def _bell(request: HttpRequest, user: User, door: Door | None) -> Bell:
    url = _fixed("notices")
    count = door.unread if door else None
    if count is None:
        # Where no door was opened, as for an address there is not, the session tells.
        whole = door.whole if door else shown_by(request).second_factor
        count = _unread(user, whole=whole)
    return Bell(url, count, current=request.path == url)


def _unread(user: User, *, whole: bool) -> int:
    try:
        with scoped(Scope.own(user.pk)):
            return unread_of(user, whole=whole)
    except DatabaseError:
        # The page that says so has a head, too.
        logger.warning("unread not counted", exc_info=True)
        return 0


def _practice_links(request: HttpRequest, door: PracticeDoor) -> list[Link]:
    pages = (
        ("Home", "practice_home"),
        ("Assignments", "assignments"),
        ("Renewals", "renewals"),
        ("Certificates", "certificates"),
        ("Compliance", "reports"),
        ("People", "people"),
        ("Activity", "practice_activity"),
        ("API", "tokens"),
    )
    return _within(request, door, pages)


def _within(
    request: HttpRequest, door: PracticeDoor, pages: Iterable[tuple[str, str]]
) -> list[Link]:
    """Lead to pages of a practice."""
    slug = door.practice.slug
    urls = [(label, practice_url(slug, name)) for label, name in pages]
    return [Link(label, url, current=request.path == url) for label, url in urls]


def _staff_links(request: HttpRequest, door: StaffDoor) -> list[Link]:
    place = {"program": door.program}
    names = [("Queue", "staff_queue"), ("Members", "staff_home")]
    manages = door.role == StaffRole.Role.MANAGER
    if manages and door.program in cycle_programs():
        names += [("Applications", "staff_applications")]
    names += [("Orders", "staff_orders"), ("Questions", "staff_questions")]
    names += [("Mail", "staff_mail"), ("Activity", "staff_activity")]
    return [_link(request, *name, **place) for name in names]


def _staff_more(request: HttpRequest, door: StaffDoor) -> list[Link]:
    """What a body's staff need less often: the line holds seven ways, no more."""
    place = {"program": door.program}
    names = [("Documents", "staff_documents"), ("Jobs", "staff_jobs")]
    names += [("Feed", "staff_feed")]
    if door.role == StaffRole.Role.MANAGER:
        names += [("Catalogue", "staff_catalogue"), ("Courses", "staff_courses")]
        if door.program in approval_programs():
            names += [("Sponsors' activities", "staff_approvals")]
        if door.program in live_programs():
            names += [("Live activities", "staff_live")]
        names += [("Audits", "staff_audits")]
        names += [("Reports", "staff_reports")]
        names += [("Two accounts", "staff_duplicates")]
        # Seats are for terms; where there are cycles, people apply themselves.
        if door.program in term_programs():
            names += [("Seats", "staff_seats")]
    return [_link(request, *name, **place) for name in names]


def _own_links(request: HttpRequest) -> list[Link]:
    return [
        _link(request, "Where you stand", "me"),
        _link(request, "My learning", "my_learning"),
        _link(request, "Add CE activity", "ce_new"),
        _link(request, "Transcript", "transcript"),
        _link(request, "Orders", "my_orders"),
    ]


def _link(request: HttpRequest, label: str, name: str, **place: str) -> Link:
    url = reverse(name, kwargs=place) if place else _fixed(name)
    return Link(label, url, current=request.path == url)


@cache
def _fixed(name: str) -> str:
    """The address of a page there is one of."""
    return reverse(name)


def _demo() -> dict[str, Any]:
    day = clock.pinned()
    return {
        "date_text": f"{day:%a %b} {day.day}, {day.year}" if day else "today",
        "advance": [{"label": label, "value": value} for label, value in ADVANCE],
        "advance_url": reverse("demo_advance"),
        "reset_url": reverse("demo_reset") if may_start_over() else "",
        "mailbox_url": reverse("demo_mailbox"),
        "mailbox_count": mail_count(),
    }
