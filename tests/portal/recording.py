"""What staff type into their forms."""

from typing import TYPE_CHECKING

from django.test import Client

from accounts.models import Member
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

SEATS = "/staff/acmss/seats/"


def place(member: Member, tail: str = "") -> str:
    """The address of a member's page among the body's staff."""
    return f"/staff/acmss/members/{member.pk}/{tail}"


def activity(client: Client, member: Member, **typed: str) -> dict[str, str]:
    """Open a member's page and fill in the form for an activity."""
    page = Page.of(client.get(place(member)))
    fields = {
        "kind": "webinar",
        "title": "Webinar",
        "on": "2025-10-01",
        "minutes": "45",
        "credits": "",
        "proof": "certificate of the provider",
        "reason": "sent in by mail",
        "form_key": page.value("activity-form_key"),
    }
    return {f"activity-{name}": value for name, value in (fields | typed).items()}


def certification(client: Client, member: Member, **typed: str) -> dict[str, str]:
    """Open a member's page and fill in the form for a credential."""
    page = Page.of(client.get(place(member)))
    fields = {
        "code": "CMSS",
        "earned_on": "2019-05-10",
        "number": "",
        "proof": "exam record, page 1",
        "form_key": page.value("certification-form_key"),
    }
    return {f"certification-{name}": value for name, value in (fields | typed).items()}


def grant(client: Client, **typed: str) -> dict[str, str]:
    """Open the seats' page and fill in the form."""
    page = Page.of(client.get(SEATS))
    fields = {
        "practice": "northside",
        "product": "renewals",
        "count": "5",
        "reason": "ordered by phone",
        "form_key": page.value("form_key"),
    }
    return fields | typed


def record(client: Client, member: Member, **typed: str) -> "Answer":
    """Record an activity."""
    return client.post(place(member, "activity/"), activity(client, member, **typed))


def certify(client: Client, member: Member, **typed: str) -> "Answer":
    """Record a credential."""
    fields = certification(client, member, **typed)
    return client.post(place(member, "certification/"), fields)


def give(client: Client, **typed: str) -> "Answer":
    """Grant seats."""
    return client.post(SEATS, grant(client, **typed))
