"""What every page's frame needs: navigation, notices, the demonstration's strip."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse

from accounts.access import OwnDoor, PracticeDoor, StaffDoor
from accounts.models import StaffRole
from core import clock
from portal.demo.mailbox import mail_count
from portal.queries.helping import article_for

ADVANCE = (
    ("+1 day", "day"),
    ("Dec 1", "dec1"),
    ("Dec 2", "dec2"),
    ("Jan 1", "jan1"),
    ("Jul 1", "jul1"),
)


@dataclass(frozen=True)
class Link:
    """A way to a page; `post` makes it a form's button."""

    label: str
    url: str
    current: bool = False
    post: bool = False


@dataclass(frozen=True)
class Account:
    """The menu of a signed-in person."""

    name: str
    items: Sequence[Link]


@dataclass(frozen=True)
class Nav:
    """The head of a page."""

    items: Sequence[Link]
    tenant: str
    account: Account | None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates the frame; it reads no row that the page did not read."""
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
    article = article_for(match.url_name or "") if match else None
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
        place = {"practice": door.practice.slug}
        more = [
            _link(request, "Manage Member Assignments", "assignments", **place),
            _link(request, "Seats", "seats", **place),
            _link(request, "Orders", "orders", **place),
        ]
        if door.member:
            more.append(_link(request, "Where you stand", "me"))
    elif isinstance(door, StaffDoor):
        links, tenant = _staff_links(request, door), ""
    elif isinstance(door, OwnDoor):
        links, tenant = _own_links(request), ""
    else:
        links, tenant = [_link(request, "Home", "home")], ""
    menu = [
        *more,
        _link(request, "My places", "home"),
        _link(request, "Sign-in and security", "mfa_index"),
        _link(request, "Change password", "account_change_password"),
        Link("Sign out", reverse("account_logout"), post=True),
    ]
    return Nav(links, tenant, Account(user.name, menu))


def _practice_links(request: HttpRequest, door: PracticeDoor) -> list[Link]:
    place = {"practice": door.practice.slug}
    return [
        _link(request, "Home", "practice_home", **place),
        _link(request, "Assignments", "assignments", **place),
        _link(request, "Renewals", "renewals", **place),
        _link(request, "Certificates", "certificates", **place),
        _link(request, "Compliance", "reports", **place),
        _link(request, "People", "people", **place),
        _link(request, "Activity", "practice_activity", **place),
        _link(request, "API", "tokens", **place),
    ]


def _staff_links(request: HttpRequest, door: StaffDoor) -> list[Link]:
    place = {"program": door.program}
    names = [
        ("Queue", "staff_queue"),
        ("Members", "staff_home"),
        ("Orders", "staff_orders"),
    ]
    if door.role == StaffRole.Role.MANAGER:
        names += [("Catalogue", "staff_catalogue"), ("Seats", "staff_seats")]
    names += [("Mail", "staff_mail"), ("Jobs", "staff_jobs")]
    names += [("Activity", "staff_activity")]
    return [_link(request, *name, **place) for name in names]


def _own_links(request: HttpRequest) -> list[Link]:
    return [
        _link(request, "Where you stand", "me"),
        _link(request, "Add CE activity", "ce_new"),
        _link(request, "Transcript", "transcript"),
        _link(request, "Orders", "my_orders"),
    ]


def _link(request: HttpRequest, label: str, name: str, **place: str) -> Link:
    url = reverse(name, kwargs=place)
    return Link(label, url, current=request.path == url)


def _demo() -> dict[str, Any]:
    day = clock.pinned()
    return {
        "date_text": f"{day:%a %b} {day.day}, {day.year}" if day else "today",
        "advance": [{"label": label, "value": value} for label, value in ADVANCE],
        "advance_url": reverse("demo_advance"),
        "mailbox_url": reverse("demo_mailbox"),
        "mailbox_count": mail_count(),
    }
