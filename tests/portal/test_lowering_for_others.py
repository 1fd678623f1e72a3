"""Staff lower a practice's number on request, with a reason that is kept (A13)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from core.models import AuditEntry, OutboxMessage
from credentials.models import LeftOut, SeatChange
from tests.cast import Cast, a_member, a_practice, given, seats
from tests.lowering.lower import number
from tests.portal.lowering import confirming, fields, follows, opened
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("omar")]
STAFF = "/staff/acmss/seats/"
WHY = "Alice asked by phone on Nov 17"


@pytest.fixture
def omar(cast: Cast) -> Member:
    """On auto-renewal beside Bob; one renewal is free: three in all."""
    member = a_member("Omar Odell", cast.northside, mode="auto")
    given(cast.membership, cast.northside, member, today=date(2025, 3, 15))
    seats(cast.northside, cast.renewals, 1)
    return member


@pytest.fixture
def place(cast: Cast) -> str:
    """Where staff lower Northside's number."""
    return f"{STAFF}{cast.northside.pk}/lower/"


def test_the_page_seats_leads_to_the_practice(mona: Client, place: str) -> None:
    page = Page.of(mona.get(STAFF))
    options = [each.text for each in page.one("select", id="lower").all("option")]
    assert options == ["Choose a practice", "Lakeview", "Northside"]
    answer = mona.get(STAFF, {"lower": "northside"})
    assert (answer.status_code, answer.headers["Location"]) == (302, place)
    assert Page.of(mona.get(place)).h1 == "Lower the number of renewals of Northside"
    assert mona.get(STAFF, {"lower": "nowhere"}).status_code == 404


def test_a_reason_is_needed(mona: Client, place: str) -> None:
    sent = fields(opened(mona, "1", place), "1", "Omar Odell", outcome="check")
    for reason in ("", "   ", "a\x00b", "x" * 401):
        answer = mona.post(place, sent | {"reason": reason})
        assert answer.status_code == 422
        assert len(Page.of(answer).problems) == 1
    assert not SeatChange.objects.exists()


def test_it_is_recorded_as_theirs_with_the_reason_and_the_practice_is_told(
    mona: Client, place: str, cast: Cast, omar: Member
) -> None:
    page = opened(mona, "1", place)
    sent = fields(page, "1", "Omar Odell", outcome="check", reason=WHY)
    page = Page.of(mona.post(place, sent))
    assert follows(page)[0] == "From Mar 15, 2026 on the number is 1, instead of 3."
    again = fields(page, "1", "Omar Odell", outcome="lower", reason=WHY)
    page = followed(mona, mona.post(place, again))
    assert page.notices == [
        "From Mar 15, 2026 on the number is 1, instead of 3. Left out: Omar Odell."
    ]
    change = SeatChange.objects.get()
    assert (change.by, change.reason, change.before) == ("Mona Moss", WHY, 3)
    entry = AuditEntry.objects.get(action="seats.lowered")
    assert (entry.user, entry.reason) == (cast.mona, WHY)
    assert entry.practice == cast.northside
    assert LeftOut.objects.get().member == omar
    mail = OutboxMessage.objects.get(kind="seats_changed")
    assert mail.recipient == cast.alice.email
    assert (mail.payload["by"], mail.payload["reason"]) == ("Mona Moss", WHY)
    assert number(cast) == 1


def test_the_practice_reads_who_did_it_and_why(
    mona: Client, alice: Client, place: str
) -> None:
    sent = fields(opened(mona, "2", place), "2", outcome="check", reason=WHY)
    page = Page.of(mona.post(place, sent))
    mona.post(place, fields(page, "2", outcome="lower", reason=WHY))
    said = Page.of(alice.get("/p/northside/activity/")).text
    assert "Lowered the number of renewals from Mar 15, 2026 on" in said
    assert "Number: 3 → 2" in said
    assert WHY in said


def test_their_own_administrator_needs_none(alice: Client) -> None:
    at = "/p/northside/seats/lower/"
    assert not opened(alice, "2", at).all("textarea")
    assert alice.post(at, confirming(alice, "2", at=at)).status_code == 302


@pytest.mark.parametrize(
    ("name", "status"),
    [("erin", 403), ("rita", 404), ("alice", 404), ("frank", 404), ("bob", 404)],
)
def test_nobody_but_a_manager_of_the_body_lowers(
    mona: Client,
    signed_in: Callable[[str], Client],
    place: str,
    name: str,
    status: int,
) -> None:
    sent = fields(opened(mona, "2", place), "2", outcome="lower", reason=WHY)
    client = signed_in(name)
    assert client.get(place).status_code == status
    assert client.post(place, sent).status_code == status
    assert not SeatChange.objects.exists()


def test_a_practice_the_body_has_nothing_to_do_with_is_not_there(
    mona: Client, place: str
) -> None:
    stranger = a_practice("Elsewhere")
    assert mona.get(f"{STAFF}{stranger.pk}/lower/").status_code == 404
    assert mona.get(STAFF, {"lower": stranger.slug}).status_code == 404
    elsewhere = place.replace("acmss", "another")
    assert mona.get(elsewhere).status_code == 404
