"""The renewals calendar: whose date has passed or comes, how, and who was told."""

from datetime import date, timedelta

import pytest
from django.test import Client

from accounts.models import Member
from core.models import OutboxMessage
from renewals.services import pass_day
from tests.cast import BODY, NOW, TODAY, Cast, a_member, given, seats
from tests.portal.reading import Page
from tests.portal.statements import statements

pytestmark = pytest.mark.db
PLACE = "/p/northside/renewals/"


def due(cast: Cast, name: str, renewal_on: date, mode: str = "manual") -> Member:
    """Somebody of Northside whose renewal date is that day."""
    member = a_member(name, cast.northside, mode=mode)
    begun = renewal_on.replace(year=renewal_on.year - 1)
    given(cast.membership, cast.northside, member, today=begun)
    return member


def lines(client: Client) -> list[tuple[str, list[str]]]:
    """Each date with what it says of its people."""
    page = Page.of(client.get(PLACE))
    return [
        (card.one("h2").text, [row.text for row in card.all("li")])
        for card in page.all("section")
    ]


@pytest.fixture
def alone(cast: Cast) -> Cast:
    """Northside without Bob's term, which has run out."""
    cast.bob.sponsorships.update(until_on=TODAY)
    return cast


def test_people_stand_under_their_dates_the_earliest_first(
    alice: Client, alone: Cast
) -> None:
    due(alone, "Eve Ellis", date(2026, 1, 5), "auto")
    due(alone, "Tom Bell", date(2025, 11, 3))
    due(alone, "Ada Abel", date(2025, 12, 1))
    due(alone, "Zoe Zeller", date(2025, 12, 1))
    found = lines(alice)
    assert [head for head, _ in found] == [
        "Renew now Nov 3, 2025",
        "Due in 14 days Dec 1, 2025",
        "Jan 5, 2026",
    ]
    assert [row.split(" E-mail")[0].split(" Not")[0] for row in found[1][1]] == [
        "Ada Abel",
        "Zoe Zeller",
    ]
    assert found[2][1][0].endswith("A Auto-renewal")


def test_ninety_days_are_shown_and_no_more(alice: Client, alone: Cast) -> None:
    due(alone, "Eve Ellis", TODAY + timedelta(days=90))
    due(alone, "Late Larry", TODAY + timedelta(days=91))
    assert [row.split(" ")[0] for _, rows in lines(alice) for row in rows] == ["Eve"]


def test_it_says_who_was_told_and_when(alice: Client, alone: Cast) -> None:
    eve = due(alone, "Eve Ellis", date(2025, 12, 1))
    ann = due(alone, "Ann Able", date(2025, 12, 1))
    due(alone, "Far Ferris", date(2026, 1, 5))
    Member.objects.filter(pk=ann.pk).update(email="")
    pass_day(program=BODY, today=TODAY, now=NOW)
    told = OutboxMessage.objects.get(kind="renewal_due", recipient=eve.email)
    said = dict(zip(("Ann", "Eve"), lines(alice)[0][1], strict=True))
    assert "Not told: there is no e-mail address." in said["Ann"]
    assert "The e-mail is on its way." in said["Eve"]
    assert "E-mail goes out on Dec 22, 2025." in lines(alice)[1][1][0]
    told.state, told.sent_at = OutboxMessage.State.SENT, NOW
    told.save()
    assert "Told by e-mail on Nov 17, 2025." in lines(alice)[0][1][1]
    OutboxMessage.objects.filter(pk=told.pk).update(state="dead", sent_at=None)
    assert "could not be delivered" in lines(alice)[0][1][1]


def test_it_says_how_many_are_left(alice: Client, alone: Cast) -> None:
    due(alone, "Eve Ellis", date(2025, 12, 1))
    assert "No renewal is left to assign." in Page.of(alice.get(PLACE)).text
    seats(alone.northside, alone.renewals, 2)
    assert "2 renewals left to assign." in Page.of(alice.get(PLACE)).text


def test_nobody_is_said_in_a_sentence(alice: Client, alone: Cast) -> None:
    page = Page.of(alice.get(PLACE))
    assert "No renewal date has passed, and none comes in 90 days." in page.text


def test_its_statements_do_not_grow_with_people(alice: Client, alone: Cast) -> None:
    due(alone, "Eve Ellis", date(2025, 12, 1))
    few = len(statements(alice, PLACE))
    for number in range(8):
        due(alone, f"Person {number}", date(2025, 12, 1 + number))
    assert len(statements(alice, PLACE)) == few
