"""Northside asks somebody whom Lakeview sponsors."""

from django.conf import settings
from django.test import Client

from accounts.models import Invitation, Member, Practice
from accounts.services import accept_as
from core.models import OutboxMessage
from credentials.models import Product
from credentials.services import enrol
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, seats
from tests.portal.pressing import ADDRESS
from tests.portal.reading import Page

PARTS = ("membership", "mscat-manual", "hipaa", "mscat-assessment")


def packages(practice: Practice, count: int = 2) -> None:
    """Give a practice certification packages."""
    for code in PARTS:
        seats(practice, Product.objects.get(program=BODY, code=code), count)


def asked(cast: Cast, email: str = "", *, key: str = "k") -> Invitation:
    """Let Northside add somebody by Charlie's address, as Add New Member does."""
    packages(cast.northside)
    member = enrol(
        actor=TESTER,
        practice=cast.northside,
        program=BODY,
        first_name="Charles",
        last_name="Chen",
        email=email or cast.charlie.email,
        form_key=key,
        today=TODAY,
        now=NOW,
    )
    return Invitation.objects.get(member=member)


def agrees(cast: Cast, invitation: Invitation) -> Member:
    """Let Charlie say yes."""
    return accept_as(
        invitation=invitation, user=cast.user("charlie"), today=TODAY, now=NOW
    )


def the_link(email: str) -> str:
    """The path of the invitation that was mailed to an address."""
    letter = OutboxMessage.objects.get(kind="invite", recipient=email)
    return str(letter.payload["url"]).removeprefix(settings.BASE_URL)


def add(client: Client, email: str, **typed: str) -> Page:
    """Fill Add New Member in, and give the page it leads to."""
    page = Page.of(client.get(ADDRESS))
    fields = {
        "form_key": page.value("form_key"),
        "add": "member",
        "first_name": "Nina",
        "last_name": "New",
        "email": email,
    }
    return Page.of(client.post(ADDRESS, fields | typed, follow=True))
