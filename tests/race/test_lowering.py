"""Several lower one number at one moment: one decrease follows another, or is told."""

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import Member, Sponsorship
from core.failures import Refusal
from core.models import OutboxMessage
from core.scope import Scope, scoped
from credentials.models import LeftOut, SeatChange, Window
from credentials.rules import Seats
from credentials.services import Pick, assign
from renewals.services import pass_day
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, given, seats
from tests.lowering.lower import lower, now_of
from tests.portal.lowering import LOWER, confirming
from tests.race.hands import Hand, at_once, send_all, statuses

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.usefixtures("transactional_db"),
]
Browsers = Callable[[str, int], list[Client]]
DAY = date(2025, 12, 2)


@pytest.fixture
def twelve(cast: Cast) -> list[Member]:
    """Twelve on auto-renewal beside Bob, on Dec 2, 2025; twenty renewals are free."""
    people = [
        a_member(f"P{place} Pike", cast.northside, mode="auto") for place in range(12)
    ]
    given(cast.membership, cast.northside, *people, today=date(2024, 12, 2))
    seats(cast.northside, cast.renewals, 20)
    return people


def within(cast: Cast, act: Callable[[], object]) -> str:
    """Do something as an administrator's request would, and say what was heard."""
    try:
        with scoped(Scope.practice(cast.northside.pk)):
            act()
    except Refusal as refusal:
        return refusal.slug
    return "done"


@pytest.mark.parametrize("many", [2, 8])
def test_of_many_pages_one_lowers_and_the_others_are_told(
    cast: Cast, server: str, browsers: Browsers, twelve: list[Member], many: int
) -> None:
    hands = [
        Hand(client, LOWER, confirming(client, str(20 - place)))
        for place, client in enumerate(browsers("alice", many))
    ]
    answers = send_all(server, hands)
    assert statuses(answers) == {302: 1, 409: many - 1}
    assert SeatChange.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="seats_changed").count() == 1


def test_a_form_sent_eight_times_is_one_decrease(
    cast: Cast, server: str, browsers: Browsers, twelve: list[Member]
) -> None:
    (alice,) = browsers("alice", 1)
    fields = confirming(alice, "12", "P3 Pike")
    answers = send_all(server, [Hand(alice, LOWER, fields)] * 8)
    assert statuses(answers) == {302: 8}
    assert LeftOut.objects.get().member == twelve[3]
    assert SeatChange.objects.count() == 1


def test_programs_that_saw_nothing_follow_one_another(
    cast: Cast, twelve: list[Member]
) -> None:
    """Without a page nothing is stale: each step begins at the last one's number."""
    acts = [
        partial(within, cast, partial(lower, cast, to)) for to in (30, 28, 25, 20, 14)
    ]
    heard = at_once(acts)
    assert set(heard) <= {"done", "validation-error"}
    rows = list(SeatChange.objects.order_by("sequence").values_list("before", "after"))
    assert len(rows) == heard.count("done")
    assert [each[0] for each in rows] == [33, *(each[1] for each in rows[:-1])]
    assert now_of(cast).seats == Seats(13, 20, 19)


def test_leaving_out_and_renewing_at_once_end_the_same(
    cast: Cast, twelve: list[Member]
) -> None:
    """Whoever comes second sees what the first did: nobody is left out and renewed."""
    product = cast.renewals

    def renews(member: Member) -> None:
        window = Window.objects.newest().get(member=member)
        assign(
            actor=TESTER,
            practice=cast.northside,
            product=product,
            picks=[Pick(member.pk, seen=window.sequence)],
            form_key=uuid4().hex,
            today=TODAY,
            now=NOW,
        )

    lowers = partial(within, cast, partial(lower, cast, 7, *twelve[:6]))
    renewals = [partial(within, cast, partial(renews, each)) for each in twelve[:6]]
    at_once([lowers, *renewals])
    for member in twelve[:6]:
        renewed = Window.objects.newest().get(member=member).sequence == 2
        out = LeftOut.objects.in_force().filter(member=member)
        # Renewed before, and then left out of the next one, or left out and back in.
        assert renewed
        assert all(each.window.sequence == 2 for each in out)


def test_on_the_renewal_date_it_is_renewed_or_left_out(
    cast: Cast, twelve: list[Member]
) -> None:
    sweeps = partial(pass_day, program=BODY, today=DAY, now=NOW)
    acts: list[Callable[[], object]] = [
        partial(within, cast, partial(lower, cast, 1, *twelve, today=DAY)),
        sweeps,
    ]
    at_once(acts)
    for member in twelve:
        window = Window.objects.newest().get(member=member)
        left = LeftOut.objects.in_force().filter(member=member).first()
        mode = Sponsorship.objects.get(member=member).renewal_mode
        if left is None:
            assert (window.sequence, mode) == (2, "auto")
        else:
            assert (left.window, mode) == (window, "manual")
