"""Terms as they are applied: when they begin, how the member stands, what is told."""

from datetime import date, timedelta

import pytest

from accounts.models import Member
from core.failures import NotEligible
from core.models import OutboxMessage
from credentials.models import StandingPeriod, Window
from tests.cast import BODY, NOW, TODAY, Cast, a_member, certify, given

pytestmark = pytest.mark.db


def latest(member: Member) -> Window:
    """The newest term."""
    return Window.objects.filter(member=member).latest("sequence")


def standing(member: Member, day: date) -> str:
    """How a member stands on a day, as it is known now."""
    rows = StandingPeriod.objects.filter(
        member=member, program=BODY, from_on__lte=day
    ).order_by("-recording", "-from_on")
    found = rows.first()
    assert found is not None
    return found.standing


def test_a_late_renewal_starts_on_the_day_it_is_applied_a1(cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    term = latest(cast.bob)
    assert (term.first_on, term.last_on) == (TODAY, date(2026, 11, 16))
    assert term.renewal_on == date(2026, 11, 17)


def test_an_early_renewal_extends_from_the_renewal_date_a1(cast: Cast) -> None:
    early = a_member("Eve Early", cast.northside)
    given(cast.membership, cast.northside, early, today=date(2024, 12, 1))
    given(cast.renewals, cast.northside, early)
    assert latest(early).first_on == date(2025, 12, 1)
    assert latest(early).applied_on == TODAY


def test_a_leap_day_moves_to_feb_28_and_stays_there_a1(cast: Cast) -> None:
    leap = a_member("Lee Leap", cast.northside)
    given(cast.membership, cast.northside, leap, today=date(2024, 2, 29))
    assert latest(leap).last_on == date(2025, 2, 27)
    given(cast.renewals, cast.northside, leap, today=date(2025, 2, 10))
    assert latest(leap).renewal_on == date(2026, 2, 28)


def test_a_term_names_the_pack_it_was_made_under_and_what_it_asks(cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    term = latest(cast.bob)
    assert term.policy == "acmss@2017-01-01"
    assert str(term.credits_asked) == "3.00"


def test_standing_follows_the_terms_day_by_day_a12(cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    assert standing(cast.bob, date(2024, 11, 2)) == "none"
    assert standing(cast.bob, date(2024, 11, 3)) == "good"
    assert standing(cast.bob, date(2025, 11, 2)) == "due"
    assert standing(cast.bob, date(2025, 11, 16)) == "renew_now"
    assert standing(cast.bob, TODAY) == "good"
    assert standing(cast.bob, date(2026, 11, 17)) == "renew_now"


def test_what_was_known_before_stays_readable(cast: Cast) -> None:
    before = StandingPeriod.objects.filter(member=cast.bob).latest("recording")
    given(cast.renewals, cast.northside, cast.bob)
    known_then = StandingPeriod.objects.filter(
        member=cast.bob, recording=before.recording, from_on__lte=TODAY
    ).latest("from_on")
    assert known_then.standing == "renew_now"
    assert standing(cast.bob, TODAY) == "good"


def test_holder_and_administrator_are_told_once_each(cast: Cast) -> None:
    before = set(OutboxMessage.objects.values_list("pk", flat=True))
    given(cast.renewals, cast.northside, cast.bob)
    told = OutboxMessage.objects.exclude(pk__in=before)
    assert sorted(told.values_list("kind", "recipient")) == [
        ("renewed", cast.bob.email),
        ("renewed_administrator", cast.alice.email),
    ]


def test_whoever_becomes_a_member_is_not_told_of_a_renewal(cast: Cast) -> None:
    new = a_member("Nell New", cast.northside)
    batch = given(cast.membership, cast.northside, new)
    of_new = OutboxMessage.objects.get(kind="renewed", recipient=new.email)
    of_press = OutboxMessage.objects.get(subject_id=batch.pk)
    assert (of_new.payload["first"], of_press.payload["first"]) == (True, True)
    given(cast.renewals, cast.northside, new)
    later = OutboxMessage.objects.filter(
        kind__startswith="renewed", payload__first=False
    )
    assert later.count() == 2


def test_one_press_for_many_tells_the_administrator_once(cast: Cast) -> None:
    others = [a_member(f"Person {letter}", cast.northside) for letter in "ABC"]
    for other in others:
        certify(other)
    given(cast.membership, cast.northside, *others, today=TODAY - timedelta(days=360))
    told = OutboxMessage.objects.filter(kind="renewed_administrator")
    before = told.count()
    batch = given(cast.renewals, cast.northside, *others)
    assert told.count() == before + 1
    message = told.get(subject_id=batch.pk)
    assert len(message.payload["items"]) == 3
    assert message.created_at == NOW


def test_a_term_beyond_the_calendar_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(NotEligible, match="Nothing was assigned"):
        given(cast.renewals, cast.northside, cast.bob, today=date(9999, 6, 1))
