"""On the renewal date auto-renewal takes a seat, or the practice is told it didn't."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Sponsorship
from core.models import AuditEntry
from credentials.models import (
    Product,
    StandingPeriod,
    Window,
)
from renewals.models import RenewalAttempt
from renewals.services import terms_to_renew, try_renewal
from renewals.services.telling import AUTO_KEY
from tests.cast import BODY, NOW, TODAY, Cast, a_member, given, seats
from tests.reminding.people import ending, left, newest, outcomes, sweep, told

pytestmark = pytest.mark.db
DAY = TODAY
AUTO_DIGEST = "auto_renewal_administrator"


def standing(window: Window, on: date) -> str:
    """How a term's member stands on a day."""
    return (
        StandingPeriod.objects.filter(member=window.member, from_on__lte=on)
        .order_by("-recording", "-from_on")[0]
        .standing
    )


def test_a_seat_is_taken_on_the_renewal_date(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 2)
    sweep(DAY - timedelta(days=1))
    assert outcomes() == []
    sweep(DAY)
    assert outcomes() == [("Ellis", "renewed")]
    term_now = newest(window)
    assert (term_now.first_on, term_now.renewal_on) == (DAY, date(2026, 11, 17))
    assert left(quiet) == 1
    assert standing(window, DAY) == "good"
    attempt = RenewalAttempt.objects.get()
    assert attempt.assignment is not None
    assert attempt.assignment.batch.form_key == f"{AUTO_KEY}{window.pk.hex}"
    entry = AuditEntry.objects.get(action="term.applied", member=window.member)
    assert entry.actor == "Goodstanding (auto-renewal)"


def test_run_again_nothing_more_is_taken(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 2)
    for _ in range(3):
        sweep(DAY)
    assert left(quiet) == 1
    assert RenewalAttempt.objects.count() == 1
    assert told(AUTO_DIGEST) == [quiet.alice.email]


@pytest.mark.parametrize("late", [1, 3, 9, 14])
def test_after_days_in_which_nothing_ran_it_is_made_good(
    quiet: Cast, late: int
) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 1)
    sweep(DAY + timedelta(days=late))
    # Renewed late it starts on the day it is applied, whoever was late (A1).
    assert newest(window).first_on == DAY + timedelta(days=late)
    assert outcomes() == [("Ellis", "renewed")]


@pytest.mark.parametrize("late", [15, 400])
def test_what_was_missed_for_longer_is_left_to_people(quiet: Cast, late: int) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 1)
    sweep(DAY + timedelta(days=late))
    assert outcomes() == []
    assert left(quiet) == 1


def test_a_clock_set_back_takes_nothing_again(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 3)
    for moved in (0, -1, 1, -400, 0):
        sweep(DAY + timedelta(days=moved))
    assert left(quiet) == 2


def test_without_a_seat_nobody_is_renewed_and_the_practice_is_told_once(
    quiet: Cast,
) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    for _ in range(3):
        sweep(DAY)
    assert outcomes() == [("Ellis", "no_seat")]
    assert newest(window) == window
    assert told(AUTO_DIGEST) == [quiet.alice.email]
    entry = AuditEntry.objects.get(action="renewal.missed")
    assert entry.sentence == "Did not renew Eve Ellis on Nov 17, 2025"
    assert (entry.reason, entry.practice) == ("No renewal was left.", quiet.northside)


def test_seats_that_arrive_later_are_the_administrators_to_assign(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    sweep(DAY)
    seats(quiet.northside, quiet.renewals, 5)
    sweep(DAY + timedelta(days=1))
    assert newest(window) == window
    assert left(quiet) == 5


def test_of_two_people_the_last_seat_goes_to_whose_date_came_first(quiet: Cast) -> None:
    ending("Gil Gray", quiet.northside, DAY, mode="auto")
    ending("Eve Ellis", quiet.northside, DAY - timedelta(days=1), mode="auto")
    seats(quiet.northside, quiet.renewals, 1)
    sweep(DAY)
    assert outcomes() == [("Ellis", "renewed"), ("Gray", "no_seat")]
    assert left(quiet) == 0


def test_a_manual_renewal_turns_red_by_itself(quiet: Cast) -> None:
    given(quiet.membership, quiet.northside, eve := a_member("Eve", quiet.northside))
    seats(quiet.northside, quiet.renewals, 1)
    window = eve.windows.get()
    before, on = window.last_on, window.renewal_on
    assert (standing(window, before), standing(window, on)) == ("due", "renew_now")
    sweep(on)
    assert outcomes() == []
    assert left(quiet) == 1
    assert told(AUTO_DIGEST) == []
    assert standing(window, on) == "renew_now"


def test_whoever_was_switched_to_manual_before_is_not_renewed(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 1)
    found = terms_to_renew(program=BODY, today=DAY)
    assert found == [window.pk]
    # Between the look and the deed.
    Sponsorship.objects.filter(member=window.member).update(renewal_mode="manual")
    assert try_renewal(window_id=window.pk, today=DAY, now=NOW) is None
    assert outcomes() == []
    assert left(quiet) == 1


def test_whoever_was_renewed_by_hand_meanwhile_is_left_alone(quiet: Cast) -> None:
    window = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.northside, quiet.renewals, 1)
    given(quiet.renewals, quiet.northside, window.member, today=DAY)
    assert try_renewal(window_id=window.pk, today=DAY, now=NOW) is None
    assert outcomes() == []
    assert left(quiet) == 1


def test_whoever_left_or_pays_alone_is_not_renewed(quiet: Cast) -> None:
    seats(quiet.northside, quiet.renewals, 2)
    gone = ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    Sponsorship.objects.filter(member=gone.member).update(until_on=DAY)
    alone = ending("Ida Alone", None, DAY)
    sweep(DAY)
    for window in (gone, alone):
        assert try_renewal(window_id=window.pk, today=DAY, now=NOW) is None
    assert outcomes() == []


def test_seats_of_another_practice_are_not_taken(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    seats(quiet.lakeview, quiet.renewals, 5)
    sweep(DAY)
    assert outcomes() == [("Ellis", "no_seat")]


def test_a_program_without_a_renewal_to_assign_is_a_refusal(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    Product.objects.filter(kind=Product.Kind.RENEWAL).update(kind="other")
    sweep(DAY)
    attempt = RenewalAttempt.objects.get()
    assert attempt.outcome == "refused"
    assert attempt.reason == "There is no renewal to assign in this program."


def test_no_way_round_the_code_tries_a_term_twice(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside, DAY, mode="auto")
    sweep(DAY)
    attempt = RenewalAttempt.objects.get()
    attempt.pk = uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)
