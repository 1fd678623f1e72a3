"""What a holder types and sends when they write an activity."""

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from django.test import Client

from accounts.models import Member
from ce_credits.models import Activity, CatalogueItem, Proof
from portal.demo.papers import certificate_file
from tests.cast import BODY, NOW
from tests.files.samples import pdf
from tests.portal.reading import Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

NEW, CHECK = "/me/ce/new/", "/me/ce/check/"
HIDDEN = ("program", "draft", "saves", "seen", "minutes_read", "item")
TYPED = {
    "kind": "web_based_training",
    "title": "MLN: Medicare Preventive Services (45 min)",
    "provider": "CMS Medicare Learning Network",
    "on": "2025-10-02",
    "minutes": "",
    "licence_number": "CMSS-1",
}
Fields = dict[str, object]


def place(activity: Activity | UUID, tail: str = "") -> str:
    """The address of an activity among its holder's pages."""
    pk = activity.pk if isinstance(activity, Activity) else activity
    return f"/me/ce/{pk}/{tail}"


def opened(client: Client, address: str = NEW) -> Fields:
    """Open the form, and give what it would send back untouched but for its text."""
    page = Page.of(client.get(address))
    return {name: page.value(name) for name in HIDDEN}


def send(
    client: Client, address: str = NEW, do: str = "save", **typed: object
) -> "Answer":
    """Open the form, fill it in, and press a button."""
    fields = opened(client, address) | TYPED | {"do": do} | typed
    return client.post(address, fields)


def again(client: Client, address: str, fields: Fields, **typed: object) -> "Answer":
    """Send a form once more as it was opened, with other text."""
    return client.post(address, fields | TYPED | typed)


def mine(member: Member) -> Activity:
    """What the member wrote last."""
    return Activity.objects.filter(member=member).latest("created_at")


def a_certificate(
    title: str = "", on: date = date(2025, 10, 2), minutes: int = 45
) -> BytesIO:
    """A certificate of completion that says title, day and minutes."""
    file = certificate_file("Bob Baker", title=title, on=on, minutes=minutes)
    return named(file.read(), "certificate.pdf")


def named(content: bytes, name: str) -> BytesIO:
    """A file as a browser sends it."""
    file = BytesIO(content)
    file.name = name
    return file


def a_pdf(name: str = "proof.pdf") -> BytesIO:
    """A PDF that says nothing of title, day or minutes; each name another file."""
    return named(pdf(b"(%b)" % name.encode()), name)


def submitted(client: Client, member: Member, **typed: str) -> Activity:
    """Have the member write an activity with proof, and submit it."""
    answer = send(client, do="submit", file=a_pdf(), **typed)
    assert answer.status_code == 302, Page.of(answer).problems
    return mine(member)


def proofs(activity: Activity) -> list[str]:
    """The names of an activity's files."""
    there = Proof.objects.filter(activity=activity).there()
    return sorted(there.values_list("name", flat=True))


def an_item(
    code: str = "MLN-1",
    title: str = "MLN: Combating Medicare Fraud (30 min)",
    *,
    minutes: int | None = 30,
    program: str = BODY,
    offered: bool = True,
) -> CatalogueItem:
    """Something the body's catalogue knows."""
    return CatalogueItem.objects.create(
        program=program,
        code=code,
        title=title,
        kind="web_based_training",
        minutes=minutes,
        provider="CMS Medicare Learning Network",
        offered_now=offered,
        changed_at=NOW,
    )
