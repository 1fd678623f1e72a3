"""What reviewers see and press: the queue, one activity, a decision."""

from datetime import date
from typing import TYPE_CHECKING

from django.test import Client

from accounts.models import Member
from ce_credits.models import Activity
from tests.cast import Cast, a_member, certify, given
from tests.ce.reporting import submitted
from tests.portal.reading import Node, Page

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

QUEUE = "/staff/acmss/queue/"


def review(activity: Activity, query: str = "") -> str:
    """The address of an activity's review."""
    return f"/staff/acmss/review/{activity.pk}/{query}"


def queue(client: Client, query: str = "") -> Page:
    """Open the queue."""
    answer = client.get(f"{QUEUE}{query}")
    assert answer.status_code == 200
    return Page.of(answer)


def rows(page: Page) -> list[Node]:
    """The lines of the queue, as they stand."""
    tables = page.all("table")
    return tables[0].one("tbody").all("tr") if tables else []


def titles(page: Page) -> list[str]:
    """What is in the queue, by title."""
    return [row.one("th").one("a").text for row in rows(page)]


def flags(row: Node) -> list[str]:
    """What a line is flagged with."""
    return [flag.text for each in row.all("ul", "gs-flags") for flag in each.all("li")]


def opened(client: Client, activity: Activity, query: str = "") -> Page:
    """Open an activity's review."""
    answer = client.get(review(activity, query))
    assert answer.status_code == 200
    return Page.of(answer)


def form(client: Client, activity: Activity, **typed: str) -> dict[str, str]:
    """Open an activity's review and fill in the form."""
    page = opened(client, activity)
    usual = {"seen": page.value("seen"), "minutes": page.value("minutes")}
    return {**usual, "ground": "", "words": "", **typed}


def press(
    client: Client, activity: Activity, outcome: str, query: str = "", **typed: str
) -> "Answer":
    """Decide on an activity as its page stands."""
    fields = form(client, activity, **typed) | {"outcome": outcome}
    return client.post(review(activity, query), fields)


def resting(cast: Cast) -> tuple[Member, Activity]:
    """Somebody renewed today on two activities; without this one it is too little."""
    member = a_member("Lea Lost", cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    on = date(2025, 9, 1)
    taken = submitted(member, 120, title="Two credits", today=on, on=on)
    submitted(member, 60, title="One credit", today=on, on=on)
    given(cast.renewals, cast.northside, member)
    return member, taken
