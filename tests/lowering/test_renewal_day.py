"""On the renewal date: who is left out isn't renewed, everybody else is (A11, A13)."""

from datetime import date, timedelta

import pytest

from accounts.models import Member, Sponsorship
from accounts.services import switch_renewal_mode
from core.models import OutboxMessage
from credentials.models import LeftOut, SeatPool, Window
from credentials.rules import Seats
from renewals.models import RenewalAttempt
from renewals.services import pass_day
from renewals.services.reminding import DIGEST, NOTICE
from tests.cast import BODY, NOW, TESTER, Cast, a_member, given, seats
from tests.lowering.conftest import DEC_2
from tests.lowering.lower import lower, now_of
from tests.reminding.people import outcomes
from tests.reminding.reading import items_of, read

pytestmark = pytest.mark.db


@pytest.fixture
def gil(cast: Cast, eve: Member) -> Member:
    """On auto-renewal with Eve: both have Dec 2, 2025; four renewals are free."""
    member = a_member("Gil Gray", cast.northside, mode="auto")
    given(cast.membership, cast.northside, member, today=date(2024, 12, 2))
    seats(cast.northside, cast.renewals, 4)
    OutboxMessage.objects.all().delete()
    return member


def sweep(day: date) -> None:
    """Let a day pass."""
    pass_day(program=BODY, today=day, now=NOW)


def newest(member: Member) -> Window:
    """Somebody's newest term."""
    return Window.objects.newest().get(member=member)


def test_the_others_are_renewed_and_who_is_left_out_is_not(
    cast: Cast, eve: Member, gil: Member
) -> None:
    lower(cast, 2, gil)
    for day in (DEC_2 - timedelta(days=1), DEC_2, DEC_2 + timedelta(days=1)):
        sweep(day)
    assert outcomes() == [("Ellis", "renewed")]
    assert newest(eve).renewal_on == date(2026, 12, 2)
    # The term runs to its last day, and nothing follows it.
    assert (newest(gil).sequence, newest(gil).renewal_on) == (1, DEC_2)
    pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
    assert pool.available == 3
    # One of the four that were given up is used: Bob and Eve are carried on.
    assert now_of(cast).seats == Seats(in_use=2, free=3, given_up=3)


def test_who_is_taken_back_in_before_the_date_is_renewed(
    cast: Cast, eve: Member, gil: Member
) -> None:
    lower(cast, 2, gil)
    held = Sponsorship.objects.get(member=gil)
    switch_renewal_mode(actor=TESTER, sponsorship=held, mode="auto", now=NOW)
    sweep(DEC_2)
    assert outcomes() == [("Ellis", "renewed"), ("Gray", "renewed")]


def test_left_out_after_the_date_had_come_nothing_more_is_tried(
    cast: Cast, gil: Member
) -> None:
    day = DEC_2 + timedelta(days=3)
    change = lower(cast, 2, gil, today=day)
    assert change.effective_on == day
    sweep(day)
    assert not RenewalAttempt.objects.filter(member=gil).exists()


def test_both_notices_say_it_and_promise_no_renewal(
    cast: Cast, eve: Member, gil: Member
) -> None:
    lower(cast, 2, gil)
    day = DEC_2 - timedelta(days=14)
    sweep(day)
    window = newest(gil)
    mine = OutboxMessage.objects.get(kind=NOTICE, subject_id=window.pk)
    assert items_of(read(mine, day))[0] == (
        "Northside does not renew your membership this time: renew with ACMSS by "
        "Dec 2, 2025, online or by phone. Otherwise your membership is not current "
        "from that day on."
    )
    digest = read(OutboxMessage.objects.get(kind=DIGEST), day)
    theirs, ours = items_of(digest)
    assert theirs.endswith("Auto-renewal: uses one of your renewals on that day.")
    assert ours == (
        "Gil Gray: Dec 2, 2025, in 14 days, $85.00. "
        "Left out from Dec 2, 2025: no renewal is used."
    )
    assert digest is not None
    # Only Eve takes one.
    assert digest.payload["seats_text"] == (
        "You have 4 renewals to assign. Auto-renewal uses 1 of them by Dec 2, 2025."
    )


def test_a_notice_that_leaves_late_says_what_is_true_then(
    cast: Cast, gil: Member
) -> None:
    day = DEC_2 - timedelta(days=14)
    sweep(day)
    lower(cast, 2, gil, today=day)
    mine = OutboxMessage.objects.get(kind=NOTICE, subject_id=newest(gil).pk)
    assert "does not renew your membership this time" in items_of(read(mine, day))[0]
    given(cast.renewals, cast.northside, gil)
    assert read(mine, day) is None
    assert LeftOut.objects.get().ended_at == NOW
