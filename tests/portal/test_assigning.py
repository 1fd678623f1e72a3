"""Pressing Assign: what is done, and what the page says then."""

from datetime import date

import pytest
from django.test import Client

from certificates.models import Certificate
from core.models import AuditEntry, OutboxMessage
from credentials.models import Assignment, AssignmentBatch, Window
from tests.cast import BODY, Cast, a_member, certify, given, seats
from tests.portal.pressing import ADDRESS, followed, form, left, press
from tests.portal.products import UNDO
from tests.portal.reading import Page

pytestmark = pytest.mark.db


def test_a_renewal_is_confirmed_with_name_date_and_certificate(
    alice: Client, cast: Cast
) -> None:
    seats(cast.northside, cast.renewals, 6)
    page = followed(alice, press(alice, "Bob Baker"))
    assert page.h1 == "Membership and Certification Assignments"
    assert page.notices == [
        (
            "Bob Baker is now renewed until Nov 17, 2026. Certificate issued. "
            f"View Bob's certificate {UNDO}"
        )
    ]
    issued = Certificate.objects.get(member=cast.bob, valid_from=date(2025, 11, 17))
    assert page.links["View Bob's certificate"] == (
        f"/p/northside/certificates/{issued.pk}.pdf"
    )
    assert page.tiles["Renewals"] == "5"
    assert page.lines[0].date == ("plain", "Nov 17, 2026")
    assert page.checked == []


def test_the_notice_is_said_once(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    followed(alice, press(alice, "Bob Baker"))
    assert Page.of(alice.get(ADDRESS)).notices == []


def test_membership_begins_the_first_term(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.membership, 1)
    a_member("Nina New", cast.northside, mode="auto")
    page = followed(alice, press(alice, "Nina New", tile="membership"))
    said = "Nina New is now a member, with renewal date Nov 17, 2026."
    assert page.notices[0].startswith(said)
    assert "Certificate held: the credential has to be earned." in page.notices[0]
    nina = page.lines[-1]
    assert nina.date == ("plain", "Nov 17, 2026")
    assert nina.circle == ("A", "Auto-renewal")
    assert nina.icons[0] == "Membership: current through Nov 16, 2026"


def test_a_held_certificate_says_how_much_is_there(alice: Client, cast: Cast) -> None:
    amy = a_member("Amy Able", cast.northside)
    certify(amy)
    given(cast.membership, cast.northside, amy, today=date(2024, 11, 3))
    seats(cast.northside, cast.renewals, 1)
    page = followed(alice, press(alice, "Amy Able"))
    assert page.notices == [
        (
            "Amy Able is now renewed until Nov 17, 2026. "
            f"Certificate held: 0.0 of 3.0 CME. {UNDO}"
        )
    ]


def test_several_people_take_a_seat_each_in_one_press(
    alice: Client, cast: Cast
) -> None:
    others = [a_member(name, cast.northside) for name in ("Amy Able", "Cy Cole")]
    given(cast.membership, cast.northside, *others, today=date(2024, 11, 3))
    seats(cast.northside, cast.renewals, 3)
    page = followed(alice, press(alice, "Bob Baker", "Amy Able", "Cy Cole"))
    assert page.tiles["Renewals"] == "0"
    said = page.notices[0]
    assert said.index("Amy Able") < said.index("Bob Baker") < said.index("Cy Cole")
    batch = AssignmentBatch.objects.get(product=cast.renewals)
    assert batch.assignments.count() == 3
    told = OutboxMessage.objects.filter(kind="renewed_administrator")
    assert told.get(subject_id=batch.pk).recipient == cast.alice.email


def test_of_many_people_the_first_ten_are_named(alice: Client, cast: Cast) -> None:
    crowd = [a_member(f"Pat Number{place:02d}", cast.northside) for place in range(12)]
    given(cast.membership, cast.northside, *crowd, today=date(2024, 11, 3))
    seats(cast.northside, cast.renewals, 12)
    page = followed(alice, press(alice, *(member.name for member in crowd)))
    (said,) = page.notices
    assert said.startswith("12 renewals assigned. Pat Number00 is now renewed until")
    assert "Pat Number09" in said
    assert "Pat Number10" not in said
    assert said.endswith(f"And 2 more. {UNDO}")


def test_who_did_it_stands_in_the_trail(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    press(alice, "Bob Baker")
    entry = AuditEntry.objects.get(
        action="product.assigned", member=cast.bob, user=cast.alice
    )
    assert entry.actor == "Alice Adams"
    assert entry.practice == cast.northside
    assert entry.request_id


def test_after_it_the_page_is_where_it_was(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    at = "?only=renew&q=bob&page=1"
    answer = alice.post(f"{ADDRESS}{at}", form(alice, "Bob Baker", at=at))
    assert answer.headers["Location"] == f"{ADDRESS}{at}"


def test_a_query_cannot_lead_elsewhere(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    at = "?next=//evil.example/&q=%0d%0aLocation:%20//evil.example"
    answer = alice.post(f"{ADDRESS}{at}", form(alice, "Bob Baker"))
    assert answer.headers["Location"].startswith(f"{ADDRESS}?")


def test_somebody_selected_twice_takes_one_seat(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 2)
    fields = form(alice, "Bob Baker", "Bob Baker")
    followed(alice, alice.post(ADDRESS, fields))
    assert left(cast.northside, cast.renewals) == 1


def test_a_double_click_assigns_once_and_says_the_same(
    alice: Client, cast: Cast
) -> None:
    seats(cast.northside, cast.renewals, 2)
    fields = form(alice, "Bob Baker")
    first, second = (followed(alice, alice.post(ADDRESS, fields)) for _ in range(2))
    assert first.notices == second.notices
    assert left(cast.northside, cast.renewals) == 1
    assert Window.objects.filter(member=cast.bob).count() == 2


def test_a_double_click_on_an_early_renewal_assigns_once(
    alice: Client, cast: Cast
) -> None:
    amy = a_member("Amy Able", cast.northside)
    given(cast.membership, cast.northside, amy, today=date(2024, 12, 1))
    seats(cast.northside, cast.renewals, 2)
    fields = form(alice, "Amy Able")
    first, second = (followed(alice, alice.post(ADDRESS, fields)) for _ in range(2))
    assert first.notices == second.notices
    assert "Amy Able is now renewed until Dec 1, 2026." in first.notices[0]
    assert left(cast.northside, cast.renewals) == 1


def test_names_in_a_notice_are_text(alice: Client, cast: Cast) -> None:
    amy = a_member("<script>alert(1)</script> & Co", cast.northside)
    certify(amy)
    seats(cast.northside, cast.membership, 1)
    page = followed(alice, press(alice, amy.name, tile="membership"))
    assert page.notices[0].startswith("<script>alert(1)</script> & Co is now")
    assert len(page.all("script")) == 1


def test_the_form_may_name_its_program(alice: Client, cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    fields = form(alice, "Bob Baker") | {"program": BODY}
    followed(alice, alice.post(ADDRESS, fields))
    assert Assignment.objects.filter(product=cast.renewals).count() == 1
