"""Whoever is refused a change leaves one entry, in the house's chain, and no more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.throttling import SimpleRateThrottle

from accounts.models import ApiToken
from accounts.services.tokens import create_token
from core.models import AuditEntry, AuditHead
from tests.cast import BODY, NOW, TESTER, Cast
from tests.matrix.asking import checksum
from tests.trail.entries import faults

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
SignedIn = Callable[[str], Client]


def a_url(route: str, practice: str, cast: Cast) -> str:
    """The address that changes how Bob is renewed."""
    return reverse(route, kwargs={"practice": practice, "member_id": cast.bob.pk})


def denied() -> list[AuditEntry]:
    """The entries about refused changes."""
    return list(AuditEntry.objects.filter(action="denied").order_by("number"))


def test_a_stranger_and_the_wrong_role_leave_one_entry_each(
    cast: Cast, signed_in: SignedIn
) -> None:
    frank, bob, erin = (signed_in(name) for name in ("frank", "bob", "erin"))
    before, entries = checksum(), AuditEntry.objects.count()
    address = a_url("renewal_mode", "northside", cast)
    assert frank.post(address).status_code == 404
    assert bob.post(address).status_code == 403
    seats = reverse("staff_seats", kwargs={"program": BODY})
    assert erin.post(seats).status_code == 403
    stranger, sponsored, reviewer = denied()
    assert [each.user for each in denied()] == [
        cast.frank,
        cast.user("bob"),
        cast.erin,
    ]
    assert {each.chain for each in denied()} == {"house"}
    assert {each.practice_id for each in denied()} == {None}
    assert stranger.changes == {
        "route": [None, "renewal_mode"],
        "method": [None, "POST"],
        "practice": [None, "northside"],
        "body": [None, ""],
        "answer": [None, 404],
    }
    assert stranger.request_id
    assert sponsored.sentence == (
        "Was refused POST renewal_mode of northside, answered 403"
    )
    assert reviewer.sentence == f"Was refused POST staff_seats of {BODY}, answered 403"
    assert checksum() == before
    assert AuditEntry.objects.count() == entries + 3
    assert faults() == []


def test_a_thing_that_is_not_there_and_a_foreign_one_leave_the_same(
    cast: Cast, signed_in: SignedIn
) -> None:
    alice = signed_in("alice")
    for member in (cast.charlie.pk, cast.northside.pk):
        address = reverse(
            "renewal_mode", kwargs={"practice": "northside", "member_id": member}
        )
        assert alice.post(address).status_code == 404
    foreign, missing = denied()
    assert foreign.sentence == missing.sentence
    assert foreign.changes == missing.changes
    assert str(cast.charlie.pk) not in str(vars(foreign))


def test_looking_and_strangers_without_a_name_leave_nothing(
    cast: Cast, signed_in: SignedIn
) -> None:
    address = a_url("renewal_mode", "northside", cast)
    assert signed_in("frank").get(address).status_code in {404, 405}
    assert Client().post(address).status_code == 302
    answer = Client().post(address.replace("northside", "nowhere"))
    assert answer.status_code == 302
    assert not denied()


def test_a_token_leaves_one_entry_for_the_wrong_scope_and_another_s_practice(
    cast: Cast,
) -> None:
    made = create_token(
        actor=TESTER,
        user=cast.alice,
        practice=cast.northside,
        name="Payroll",
        scopes=["members:read"],
        expires_at=NOW.replace(year=2026),
        now=NOW,
    )
    head: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {made.secret}"}
    for practice, status in (("northside", 403), ("lakeview", 404), ("nowhere", 404)):
        address = reverse("api_assignments", kwargs={"practice": practice})
        answer = Client().post(address, {}, "application/json", **head)
        assert answer.status_code == status
    assert [each.changes["answer"] for each in denied()] == [
        [None, 403],
        [None, 404],
        [None, 404],
    ]
    assert {each.token for each in denied()} == {ApiToken.objects.get()}
    assert {each.user for each in denied()} == {None}
    assert not AuditEntry.objects.filter(action="denied", practice__isnull=False)


def test_nobody_fills_the_disk_with_refusals(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {**SimpleRateThrottle.THROTTLE_RATES, "denied": "3/hour"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    frank, bob = signed_in("frank"), signed_in("bob")
    address = a_url("renewal_mode", "northside", cast)
    answers = [frank.post(address) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {404}
    assert [each.sentence.endswith("in the log alone") for each in denied()] == [
        False,
        False,
        True,
    ]
    assert bob.post(address).status_code == 403
    assert len(denied()) == 4
    assert AuditHead.objects.get(chain="house").count == denied()[-1].number


@pytest.mark.django_db(transaction=True)
def test_it_is_written_where_the_page_s_own_transaction_is_undone(
    signed_in: SignedIn, cast: Cast
) -> None:
    assert not connection.in_atomic_block
    alice = signed_in("alice")
    address = reverse(
        "renewal_mode", kwargs={"practice": "northside", "member_id": cast.charlie.pk}
    )
    assert alice.post(address).status_code == 404
    assert len(denied()) == 1
