"""Reading what a page or a queued mail says, and the first steps of many tests."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core import mail
from django.test import Client

from accounts.models import Member, Practice
from accounts.services import invite
from core.models import OutboxMessage
from notifications.tasks import deliver
from tests.cast import BODY, NOW, PASSWORD, TESTER

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

DANA = "dana@mail.example"
FRESH = "a long and fresh password"
ONE_USE = re.compile(
    r'(name="csrfmiddlewaretoken" value=")[^"]+|(/accounts/invite/)[^/"]+'
)


def said(response: "Answer") -> str:
    """A page's text without what differs in every answer."""
    return ONE_USE.sub(r"\1\2", response.content.decode())


def headers(response: "Answer") -> dict[str, str]:
    """A page's headers without those that differ in every answer."""
    return {
        name: value
        for name, value in response.headers.items()
        if name.lower() not in {"content-length", "x-request-id", "expires"}
    }


def link_to(address: str) -> str:
    """The path of the newest link mailed to an address."""
    message = OutboxMessage.objects.filter(recipient=address).latest("created_at")
    url: str = message.payload["url"]
    assert url.startswith("http://localhost:8000/")
    return url.removeprefix("http://localhost:8000")


def reset_link_to(address: str) -> str:
    """The path in the newest reset mail, once a worker has sent what waits."""
    for message in OutboxMessage.objects.filter(kind="reset", state="waiting"):
        deliver(str(message.pk))
    body = next(sent.body for sent in reversed(mail.outbox) if sent.to == [address])
    found = re.search(r"http://localhost:8000(/accounts/reset/\S+)", str(body))
    assert found is not None
    return found[1]


def mails_to(address: str) -> int:
    """How many mails were queued for an address."""
    return OutboxMessage.objects.filter(recipient=address).count()


def sign_in(
    client: Client,
    email: str,
    password: str = PASSWORD,
    headers: Mapping[str, str] | None = None,
) -> "Answer":
    """Send the sign-in form."""
    data = {"login": email, "password": password}
    return client.post("/accounts/login/", data, headers=headers)


def invited(practice: Practice, email: str, member: Member | None = None) -> str:
    """Invite Dana, or whoever has the address, and give the mailed path."""
    invite(
        actor=TESTER,
        practice=practice,
        program=BODY,
        first_name="Dana",
        last_name="Diaz",
        email=email,
        member=member,
        now=NOW,
    )
    return link_to(email)


def recovery_codes_on(page: str) -> list[str]:
    """The recovery codes that a page shows, in their groups."""
    return re.findall(r"<li>((?:\d{5} ?){4})</li>", page)
