"""Undo: within a day, while nobody has used it, once, and for all of it or nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from core.models import AuditEntry
from credentials.models import Assignment, SeatEntry
from credentials.queries import seat_faults
from tests.cast import NOW, Cast, a_member, seats
from tests.matrix.asking import checksum
from tests.portal.pressing import ADDRESS, followed, left, press
from tests.portal.products import icon, stocked
from tests.portal.reading import Page
from tests.signing import open_session

pytestmark = pytest.mark.db
LABEL = "HIPAA for Scribes"


@pytest.fixture
def pressed(alice: Client, cast: Cast) -> Page:
    """Amy and Bob were assigned HIPAA just now: the page that undoes it."""
    stocked(cast, "hipaa")
    a_member("Amy Able", cast.northside)
    page = followed(alice, press(alice, "Amy Able", "Bob Baker", tile="hipaa"))
    (said,) = page.notices
    assert said.endswith("Undo until Nov 18, 2025, 10:00 AM PST.")
    return Page.of(alice.get(page.links["Undo"]))


def address() -> str:
    """Where the press is undone."""
    batch = Assignment.objects.filter(product__code="hipaa")[0].batch_id
    return f"{ADDRESS}{batch}/undo/"


def ticked(page: Page) -> list[str]:
    """What the page would send."""
    boxes = page.all("input", type="checkbox")
    return [each.attributes["value"] for each in boxes if "checked" in each.attributes]


def test_all_of_it_is_undone_and_the_seats_are_back(
    alice: Client, cast: Cast, pressed: Page
) -> None:
    assert pressed.h1 == f"Undo {LABEL}"
    assert "Possible until Nov 18, 2025, 10:00 AM PST" in pressed.text
    sent = {"assignment": ticked(pressed)}
    page = followed(alice, alice.post(address(), sent))
    assert page.notices == [f"{LABEL} taken back from Amy Able, Bob Baker."]
    assert page.tiles[LABEL] == "3"
    assert icon(page, "Bob Baker", LABEL) == "not assigned"
    assert not seat_faults()
    entries = AuditEntry.objects.filter(action="product.undone")
    assert sorted(entries.values_list("sentence", "actor")) == [
        (f"Took {LABEL} back from Amy Able", "Alice Adams"),
        (f"Took {LABEL} back from Bob Baker", "Alice Adams"),
    ]
    # And it can be assigned again.
    followed(alice, press(alice, "Bob Baker", tile="hipaa"))


def test_one_of_them_is_undone_from_the_activity_list(
    alice: Client, cast: Cast, pressed: Page
) -> None:
    record = Page.of(alice.get(f"/p/northside/members/{cast.bob.pk}/"))
    for page in (record, Page.of(alice.get("/p/northside/activity/"))):
        assert f"Undo Assigned {LABEL} to Bob Baker" in page.links
    link = record.links[f"Undo Assigned {LABEL} to Bob Baker"]
    asked = Page.of(alice.get(link))
    (only,) = ticked(asked)
    followed(alice, alice.post(link, {"assignment": only}))
    hipaa = Assignment.objects.filter(product__code="hipaa")
    assert sorted(hipaa.values_list("member__first_name", "state")) == [
        ("Amy", "assigned"),
        ("Bob", "undone"),
    ]
    again = Page.of(alice.get(f"/p/northside/members/{cast.bob.pk}/"))
    assert f"Undo Assigned {LABEL} to Bob Baker" not in again.links


def test_undone_twice_gives_one_seat_back(
    alice: Client, cast: Cast, pressed: Page
) -> None:
    sent = {"assignment": ticked(pressed)}
    followed(alice, alice.post(address(), sent))
    before = checksum()
    page = followed(alice, alice.post(address(), sent))
    assert page.notices == ["Undone already."]
    assert left(cast.northside, Assignment.objects.all()[0].product) >= 0
    assert SeatEntry.objects.filter(key__startswith="undo:").count() == 2
    assert checksum() == before


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("started", "has begun"),
        ("complete", "has completed"),
        ("failed", "has used the attempt"),
        ("expired", "has expired"),
    ],
)
def test_what_was_used_is_refused_with_its_reason_and_all_with_it(
    alice: Client, cast: Cast, pressed: Page, state: str, why: str
) -> None:
    hipaa = Assignment.objects.filter(product__code="hipaa")
    hipaa.filter(member=cast.bob).update(state=state)
    before = checksum()
    answer = alice.post(address(), {"assignment": ticked(pressed)})
    assert answer.status_code == 409
    page = Page.of(answer)
    assert why in page.problems[0]
    assert page.problems[0].endswith("Nothing was undone.")
    assert len(ticked(page)) == 1
    assert checksum() == before


def test_a_day_later_it_is_too_late(cast: Cast, pressed: Page) -> None:
    sent = {"assignment": ticked(pressed)}
    with time_machine.travel(NOW + timedelta(hours=24, minutes=1)):
        late = open_session(Client(), cast.alice)
        page = Page.of(late.get(address()))
        assert "This can't be undone any more." in page.text
        assert not page.all("button", name="undo")
        answer = late.post(address(), sent)
        assert answer.status_code == 409
        assert "more than 24 hours ago" in Page.of(answer).problems[0]
        trail = Page.of(late.get("/p/northside/activity/"))
        assert not [each for each in trail.links if each.startswith("Undo")]


@pytest.mark.parametrize("sent", [[], [""], ["\x00"], ["x" * 5000]])
def test_nobody_selected_is_a_problem_with_its_way_out(
    alice: Client, pressed: Page, sent: list[str]
) -> None:
    answer = alice.post(address(), {"assignment": sent})
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Select at least one person to undo it for."]


def test_another_practices_press_is_as_unknown_as_none(
    alice: Client, cast: Cast, pressed: Page
) -> None:
    seats(cast.lakeview, cast.membership, 1)
    foreign = Assignment.objects.filter(practice=cast.lakeview)[0]
    before = checksum()
    for batch in (foreign.batch_id, uuid4()):
        assert alice.get(f"{ADDRESS}{batch}/undo/").status_code == 404
    for given_id in (foreign.pk, uuid4()):
        sent = {"assignment": [*ticked(pressed), str(given_id)]}
        assert alice.post(address(), sent).status_code == 404
    assert checksum() == before
