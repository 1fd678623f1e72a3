"""Assigning a product: everybody picked, or nobody."""

from uuid import uuid4

import pytest
from django.db.models import Sum

from accounts.models import Sponsorship
from core.failures import Missing, NotEligible, NotUsable, Stale
from core.models import AuditEntry
from credentials.models import Assignment, AssignmentBatch, SeatEntry, SeatPool, Window
from credentials.services import Pick, PoolExhausted, assign
from tests.cast import NOW, TESTER, TODAY, Cast, a_member, given, seats

pytestmark = pytest.mark.db


def press(
    cast: Cast, *picks: Pick, product: str = "renewals", key: str = ""
) -> AssignmentBatch:
    """Press Assign at Northside."""
    return assign(
        actor=TESTER,
        practice=cast.northside,
        product=cast.renewals if product == "renewals" else cast.membership,
        picks=picks,
        form_key=key or uuid4().hex,
        today=TODAY,
        now=NOW,
    )


def pool(cast: Cast) -> SeatPool:
    """Northside's renewals."""
    return SeatPool.objects.get(practice=cast.northside, product=cast.renewals)


def test_a_renewal_takes_one_seat_and_says_so_in_the_ledger(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 6)
    press(cast, Pick(cast.bob.pk))
    assert pool(cast).available == 5
    total = SeatEntry.objects.filter(pool=pool(cast)).aggregate(sum=Sum("delta"))
    assert total["sum"] == 5


def test_each_person_gets_an_entry_in_the_trail(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    press(cast, Pick(cast.bob.pk))
    entries = AuditEntry.objects.filter(action="product.assigned", member=cast.bob)
    newest = entries.latest("id")
    assert newest.sentence == "Assigned Renewals to Bob Baker"
    assert newest.practice == cast.northside


def test_too_few_seats_assign_nothing_and_say_how_many_there_are(cast: Cast) -> None:
    others = [a_member(f"Person {letter}", cast.northside) for letter in "ABCD"]
    given(cast.membership, cast.northside, *others, today=TODAY.replace(year=2024))
    seats(cast.northside, cast.renewals, 3)
    picks = [Pick(member.pk) for member in (cast.bob, *others)]
    windows, entries = Window.objects.count(), AuditEntry.objects.count()
    with pytest.raises(PoolExhausted) as refused:
        press(cast, *picks)
    assert refused.value.text == (
        "You selected 5 people but 3 renewals are available. Nothing was assigned. "
        "Remove 2 people or add seats."
    )
    assert refused.value.extra == {"available": 3}
    assert Window.objects.count() == windows
    assert AuditEntry.objects.count() == entries
    assert pool(cast).available == 3


def test_without_any_seat_the_sentence_still_reads_well(cast: Cast) -> None:
    with pytest.raises(PoolExhausted) as refused:
        press(cast, Pick(cast.bob.pk))
    assert refused.value.text == (
        "You selected 1 person but 0 renewals are available. Nothing was assigned. "
        "Remove 1 person or add seats."
    )


def test_one_person_who_cannot_be_renewed_stops_all(cast: Cast) -> None:
    newcomer = a_member("Nina New", cast.northside)
    seats(cast.northside, cast.renewals, 2)
    with pytest.raises(NotEligible) as refused:
        press(cast, Pick(cast.bob.pk), Pick(newcomer.pk))
    assert refused.value.text == (
        "Nina New is not a member yet. Assign Membership first. Nothing was assigned."
    )
    assert pool(cast).available == 2


def test_a_term_that_has_not_begun_is_not_renewed_again(cast: Cast) -> None:
    early = a_member("Eve Early", cast.northside)
    given(cast.membership, cast.northside, early, today=TODAY)
    given(cast.renewals, cast.northside, early)
    seats(cast.northside, cast.renewals, 1)
    with pytest.raises(NotEligible, match="renewed already, until Nov 17, 2027"):
        press(cast, Pick(early.pk))


def test_a_member_is_not_given_membership_again(cast: Cast) -> None:
    seats(cast.northside, cast.membership, 1)
    with pytest.raises(NotEligible, match="Bob Baker is a member already"):
        press(cast, Pick(cast.bob.pk), product="membership")


def test_nobody_picked_is_a_sentence(cast: Cast) -> None:
    with pytest.raises(NotUsable, match="Select at least one person"):
        press(cast)


def test_more_than_five_hundred_people_are_too_many_at_once(cast: Cast) -> None:
    with pytest.raises(NotUsable, match="at most 500 people"):
        press(cast, *[Pick(uuid4()) for _ in range(501)])


def test_somebody_picked_twice_takes_one_seat(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 2)
    press(cast, Pick(cast.bob.pk), Pick(cast.bob.pk))
    assert pool(cast).available == 1


def test_somebody_who_left_cannot_be_renewed(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 1)
    Sponsorship.objects.filter(member=cast.bob).update(until_on=TODAY)
    with pytest.raises(NotEligible) as refused:
        press(cast, Pick(cast.bob.pk))
    assert refused.value.text == (
        "Bob Baker left Northside on Nov 17, 2025. Nothing was assigned. "
        "Take them out of the selection."
    )


def test_somebody_elses_member_is_as_unknown_as_nobody(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 2)
    answers = []
    for stranger in (cast.charlie.pk, uuid4()):
        with pytest.raises(Missing) as refused:
            press(cast, Pick(cast.bob.pk), Pick(stranger))
        answers.append(refused.value.text)
    assert answers == ["Not found.", "Not found."]
    assert pool(cast).available == 2


def test_the_same_form_sent_twice_assigns_once(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 2)
    first = press(cast, Pick(cast.bob.pk), key="one")
    again = press(cast, Pick(cast.bob.pk), key="one")
    assert first == again
    assert Assignment.objects.filter(batch=first).count() == 1
    assert pool(cast).available == 1


def test_a_used_form_with_other_people_is_refused(cast: Cast) -> None:
    other = a_member("Olga Other", cast.northside)
    given(cast.membership, cast.northside, other, today=TODAY.replace(year=2024))
    seats(cast.northside, cast.renewals, 2)
    press(cast, Pick(cast.bob.pk), key="one")
    with pytest.raises(Stale, match="This page was used already"):
        press(cast, Pick(other.pk), key="one")


def test_a_page_older_than_somebodys_latest_term_is_refused(cast: Cast) -> None:
    seats(cast.northside, cast.renewals, 2)
    press(cast, Pick(cast.bob.pk, seen=1))
    with pytest.raises(Stale, match="Bob Baker's membership changed since you opened"):
        press(cast, Pick(cast.bob.pk, seen=1))
    assert pool(cast).available == 1
