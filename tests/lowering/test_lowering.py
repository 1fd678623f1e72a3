"""A practice renews fewer: what is written, what is refused, who is told."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.models import Member, Sponsorship
from accounts.services import end_sponsorship, switch_renewal_mode
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from credentials.models import LeftOut, Product, SeatChange, SeatPool
from credentials.rules import Seats
from credentials.services import take_back_seats
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, given, seats
from tests.lowering.conftest import DEC_2, MAR_15, mode_of
from tests.lowering.lower import lower, now_of, number
from tests.matrix.asking import checksum

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("three")]


def test_without_a_change_it_is_all_who_hold_a_term_and_all_that_is_free(
    cast: Cast,
) -> None:
    a_member("Nina New", cast.northside)
    assert now_of(cast).seats == Seats(in_use=3, free=2)


def test_free_seats_are_given_up_first_and_stay_to_assign(cast: Cast) -> None:
    change = lower(cast, 3)
    assert (change.before, change.after, change.given_up) == (5, 3, 2)
    assert now_of(cast).seats == Seats(3, 2, 2)
    pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
    assert pool.available == 2
    assert not LeftOut.objects.exists()


def test_who_is_left_out_keeps_the_term_and_renews_by_hand(
    cast: Cast, omar: Member
) -> None:
    change = lower(cast, 2, omar)
    left = LeftOut.objects.get()
    assert (left.change, left.from_on) == (change, MAR_15)
    assert change.effective_on == MAR_15
    assert (mode_of(omar), left.window.last_on) == ("manual", date(2026, 3, 14))
    assert now_of(cast).seats == Seats(2, 2, 2)


def test_with_nobody_left_out_it_counts_from_the_next_renewal_date(
    cast: Cast,
) -> None:
    # Bob's date has passed, Eve's comes next.
    assert lower(cast, 4).effective_on == DEC_2


def test_of_several_left_out_the_earliest_date_counts(
    cast: Cast, eve: Member, omar: Member
) -> None:
    assert lower(cast, 1, omar, eve).effective_on == DEC_2


def test_a_date_that_has_passed_counts_from_today(cast: Cast) -> None:
    change = lower(cast, 2, cast.bob)
    assert change.effective_on == TODAY
    assert change.left_out.get().from_on == TODAY


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (5, "The number is 5 already. Enter a smaller one."),
        (6, "The number is 5. To have more, order them."),
        (-1, "Enter 0 or more."),
        (2, "3 seats are in use. Remove 1 person first."),
        (1, "3 seats are in use. Remove 2 people first."),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_the_way_out(
    cast: Cast, to: int, said: str
) -> None:
    before = checksum()
    with pytest.raises(NotUsable) as caught:
        lower(cast, to)
    assert caught.value.text == said
    assert [problem.field for problem in caught.value.problems] == ["to"]
    assert checksum() == before


def test_too_many_and_too_few_named_change_nothing(
    cast: Cast, eve: Member, omar: Member
) -> None:
    before = checksum()
    for to, out, said in (
        (2, (eve, omar), "You chose 2. Choose 1 person to leave out."),
        (1, (eve,), "You chose 1. Choose 2 people to leave out."),
        (4, (eve,), "3 seats are in use. Nobody needs to be left out."),
    ):
        with pytest.raises(NotUsable) as caught:
            lower(cast, to, *out)
        assert caught.value.text == said
        assert caught.value.problems[0].field == "leave_out"
    assert checksum() == before


def test_nobody_is_left_out_who_is_not_in_use_here(cast: Cast, omar: Member) -> None:
    nina = a_member("Nina New", cast.northside)
    lower(cast, 2, omar)
    before = checksum()
    # Another practice's, one without a term, one left out already, one there is not.
    for each in (cast.charlie, nina, omar, Member(pk=uuid4())):
        with pytest.raises(NotUsable) as caught:
            lower(cast, 1, each)
        assert caught.value.problems[0].code == "not_in_use"
    assert checksum() == before


def test_a_program_without_renewals_has_none_to_lower(cast: Cast) -> None:
    Product.objects.filter(kind="renewal").update(kind="membership")
    with pytest.raises(NotEligible):
        lower(cast, 0)


def test_the_same_form_again_answers_the_same_and_does_nothing(
    cast: Cast, omar: Member
) -> None:
    key = uuid4().hex
    first = lower(cast, 2, omar, form_key=key, seen=0)
    assert lower(cast, 2, omar, form_key=key, seen=0) == first
    assert SeatChange.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="seats_changed").count() == 1


def test_a_used_form_with_something_else_in_it_is_refused(
    cast: Cast, eve: Member, omar: Member
) -> None:
    key = uuid4().hex
    lower(cast, 2, omar, form_key=key)
    for to, out in ((1, omar), (2, eve)):
        with pytest.raises(Stale, match="used already"):
            lower(cast, to, out, form_key=key)


def test_whoever_comes_second_is_told(cast: Cast, eve: Member, omar: Member) -> None:
    lower(cast, 2, omar, seen=0)
    before = checksum()
    with pytest.raises(Stale, match="Somebody lowered the number"):
        lower(cast, 1, eve, seen=0)
    assert checksum() == before
    lower(cast, 1, eve, seen=1)
    assert number(cast) == 1


def test_the_trail_says_who_did_what_to_whom(cast: Cast, omar: Member) -> None:
    actor = replace(TESTER, label="Mona Moss")
    lower(cast, 2, omar, actor=actor, reason=" asked by phone ")
    said = {
        entry.action: entry
        for entry in AuditEntry.objects.filter(practice=cast.northside).order_by("id")
    }
    change = said["seats.lowered"]
    assert change.sentence == "Lowered the number of renewals from Mar 15, 2026 on"
    assert change.changes == {"number": [5, 2]}
    assert (change.actor, change.reason) == ("Mona Moss", "asked by phone")
    left = said["member.left_out"]
    assert left.sentence == "Left Omar Odell out from Mar 15, 2026"
    assert (left.member, left.reason) == (omar, "asked by phone")
    assert said["renewal_mode.switched"].member == omar


def test_the_practice_administrator_gets_one_mail(
    cast: Cast, eve: Member, omar: Member
) -> None:
    lower(cast, 1, omar, eve, reason="asked by phone")
    mail = OutboxMessage.objects.get(kind="seats_changed")
    assert (mail.recipient, mail.program) == (cast.alice.email, BODY)
    assert mail.payload["items"] == [
        "Eve Ellis: left out from Dec 2, 2025",
        "Omar Odell: left out from Mar 15, 2026",
    ]
    assert (mail.payload["before"], mail.payload["after"]) == (5, 1)


def switch(member: Member, mode: str) -> None:
    """Switch somebody, as their record's button does."""
    held = Sponsorship.objects.get(member=member)
    switch_renewal_mode(actor=TESTER, sponsorship=held, mode=mode, now=NOW)


def test_who_is_switched_to_auto_renewal_is_back_in(cast: Cast, omar: Member) -> None:
    lower(cast, 2, omar)
    switch(omar, "auto")
    left = LeftOut.objects.get()
    assert (left.ended_at, left.ended_by) == (NOW, TESTER.label)
    assert now_of(cast).seats == Seats(3, 2, 2)
    entry = AuditEntry.objects.get(action="member.taken_back_in")
    assert (entry.sentence, entry.member) == ("Took Omar Odell back in", omar)
    # Manual again is manual alone, not left out.
    switch(omar, "manual")
    assert number(cast) == 3
    lower(cast, 2, omar)
    assert LeftOut.objects.count() == 2


def test_who_is_renewed_is_back_in_and_used_what_was_given_up(
    cast: Cast, omar: Member
) -> None:
    lower(cast, 2, omar)
    given(cast.renewals, cast.northside, omar)
    assert not LeftOut.objects.in_force().exists()
    # One seat more was bought for it, one of the two that were given up is used.
    assert now_of(cast).seats == Seats(3, 2, 1)


def test_who_leaves_the_practice_is_no_longer_left_out(
    cast: Cast, omar: Member
) -> None:
    lower(cast, 2, omar)
    end_sponsorship(
        actor=TESTER,
        sponsorship=Sponsorship.objects.get(member=omar),
        reason="left",
        today=TODAY,
        now=NOW,
    )
    assert not LeftOut.objects.in_force().exists()
    assert number(cast) == 2


def test_who_comes_and_what_is_bought_raises_the_number(cast: Cast) -> None:
    lower(cast, 3)
    nina = a_member("Nina New", cast.northside)
    given(cast.membership, cast.northside, nina)
    seats(cast.northside, cast.renewals, 4)
    assert now_of(cast).seats == Seats(4, 6, 2)


def test_what_goes_back_uses_up_what_was_given_up_for_good(cast: Cast) -> None:
    lower(cast, 3)
    assert now_of(cast).seats == Seats(3, 2, 2)
    take_back_seats(
        actor=TESTER,
        practice=cast.northside,
        product=cast.renewals,
        count=2,
        reason="Refunded",
        key=uuid4().hex,
        now=NOW + timedelta(hours=1),
    )
    assert now_of(cast).seats == Seats(3, 0, 0)
    # What is bought afterwards counts in full: nothing of it was given up.
    seats(cast.northside, cast.renewals, 2)
    assert now_of(cast).seats == Seats(3, 2, 0)


def test_another_practice_keeps_its_number(cast: Cast, omar: Member) -> None:
    key = uuid4().hex
    lower(cast, 2, omar, form_key=key)
    elsewhere = replace(cast, northside=cast.lakeview)
    assert number(elsewhere) == 1
    assert lower(elsewhere, 0, cast.charlie, form_key=key).sequence == 1
