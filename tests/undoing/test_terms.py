"""Undoing a renewal or membership: all is as it was, and what was is still known."""

from datetime import date, timedelta

import pytest

from certificates.models import CertificateEvent, Opening
from core.failures import NotEligible
from core.models import AuditEntry
from credentials.models import (
    Assignment,
    SeatEntry,
    SeatPool,
    StandingPeriod,
    Window,
)
from credentials.queries import seat_faults
from renewals.models import TermCertificate
from renewals.queries import life_of, verdict_of
from tests.cast import BODY, NOW, TODAY, Cast, a_member, certify, credit
from tests.matrix.asking import checksum
from tests.undoing.undone import (
    LATER,
    PRESSED,
    held_of,
    paper_of,
    renew,
    term_of,
    undo_all,
)

pytestmark = pytest.mark.db


def standing(cast: Cast, day: date = TODAY) -> str:
    """How Bob stands on a day, as it is known now."""
    periods = StandingPeriod.objects.filter(member=cast.bob, from_on__lte=day)
    newest = periods.order_by("-recording", "-from_on").first()
    return newest.standing if newest else ""


def test_the_term_before_is_the_newest_again(cast: Cast) -> None:
    before = life_of(cast.bob.pk, BODY)
    assert standing(cast) == "renew_now"
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    assert standing(cast) == "good"
    assert undo_all(given) == [given]
    assert life_of(cast.bob.pk, BODY) == before
    assert standing(cast) == "renew_now"
    assert term_of(given).undone_at == LATER
    assert held_of(given).state == "undone"
    assert list(Window.objects.filter(member=cast.bob)) == list(before.windows)


def test_how_somebody_stood_is_known_as_it_was(cast: Cast) -> None:
    renewed = renew(cast.northside, cast.renewals, cast.bob)
    recorded = list(StandingPeriod.objects.filter(member=cast.bob).values())
    undo_all(*renewed)
    periods = StandingPeriod.objects.filter(member=cast.bob)
    assert [each for each in periods.values() if each in recorded] == recorded
    newest = periods.latest("recording").recording
    assert {each.recording for each in periods} == set(range(1, newest + 1))
    assert periods.filter(recording=newest, recorded_at=LATER).exists()


def test_its_certificate_is_superseded_and_stays(cast: Cast) -> None:
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    paper, facts = paper_of(given), paper_of(given).facts
    undo_all(given)
    (event,) = CertificateEvent.objects.filter(certificate=paper)
    assert (event.kind, event.replaced_by, event.on) == ("superseded", None, TODAY)
    assert (event.by, event.at) == ("Alice Adams", LATER)
    assert paper_of(given).facts == facts
    (decided,) = Opening.objects.filter(certificate=paper)
    assert (decided.kind, decided.way) == ("barred", "")


def test_a_held_certificate_goes(cast: Cast) -> None:
    amy = a_member("Amy Able", cast.northside)
    (begun,) = renew(cast.northside, cast.membership, amy, today=date(2024, 11, 3))
    (given,) = renew(cast.northside, cast.renewals, amy)
    assert held_of(given).state == "held"
    undo_all(given)
    assert not TermCertificate.objects.filter(window__assignment=given).exists()
    certify(amy)
    assert TermCertificate.objects.get(window__member=amy).window == term_of(begun)


def test_a_member_who_was_new_is_none_any_more(cast: Cast) -> None:
    nina = a_member("Nina New", cast.northside, mode="auto")
    (given,) = renew(cast.northside, cast.membership, nina)
    undo_all(given)
    life = life_of(nina.pk, BODY)
    assert (life.windows, life.certificates, life.latest) == ([], [], None)
    newest = StandingPeriod.objects.filter(member=nina).order_by("-recording")[:1]
    assert [each.standing for each in newest] == ["none"]
    assert nina.sponsorships.get().renewal_mode == "auto"
    # And can become one again the same day.
    (again,) = renew(cast.northside, cast.membership, nina, now=LATER)
    assert (term_of(again).sequence, life_of(nina.pk, BODY).latest) == (
        1,
        term_of(again),
    )


def test_renewed_again_the_same_day_all_numbers_follow_each_other(cast: Cast) -> None:
    papers, terms = [], []
    for turn in range(3):
        now = PRESSED + timedelta(hours=turn)
        (given,) = renew(cast.northside, cast.renewals, cast.bob, now=now)
        papers.append(paper_of(given))
        terms.append(term_of(given))
        if turn < 2:
            undo_all(given, now=now + timedelta(minutes=1))
    assert {each.sequence for each in terms} == {2}
    assert {(each.first_on, each.last_on) for each in terms} == {
        (TODAY, date(2026, 11, 16))
    }
    numbers = [int(str(each.attestation_number)[-6:]) for each in papers]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    assert len({each.number for each in papers}) == 3
    assert standing_of_terms(cast) == [1, 2]
    assert not seat_faults()


def standing_of_terms(cast: Cast) -> list[int]:
    """The numbers of Bob's terms that stand."""
    return [each.sequence for each in life_of(cast.bob.pk, BODY).windows]


def test_one_line_of_the_ledger_gives_the_seat_back(cast: Cast) -> None:
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    undo_all(given)
    assert undo_all(given) == []
    (line,) = SeatEntry.objects.filter(key=f"undo:{given.pk}")
    assert (line.delta, line.reason) == (1, "Undone for Bob Baker")
    pool = SeatPool.objects.get(practice=cast.northside, product=cast.renewals)
    assert (pool.granted, pool.used) == (1, 0)
    assert not seat_faults()


def test_the_trail_says_what_was_undone(cast: Cast) -> None:
    last = AuditEntry.objects.latest("id").pk
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    pressed = AuditEntry.objects.latest("id").pk
    undo_all(given)
    entries = AuditEntry.objects.filter(id__gt=pressed).order_by("id")
    assert list(entries.values_list("action", "actor", "member")) == [
        (action, "Alice Adams", cast.bob.pk)
        for action in ("product.undone", "term.undone", "certificate.superseded")
    ]
    assert entries[1].sentence == "Renewal date of Bob Baker is Nov 3, 2025 again"
    assert entries[1].changes == {"renewal_on": ["2026-11-17", "2025-11-03"]}
    # What was done before is still there.
    assert AuditEntry.objects.filter(id__gt=last, action="term.applied").exists()


def test_credit_of_its_days_counts_in_the_term_before_again(cast: Cast) -> None:
    amy = a_member("Amy Able", cast.northside)
    certify(amy)
    renew(cast.northside, cast.membership, amy, today=date(2024, 11, 3))
    (given,) = renew(cast.northside, cast.renewals, amy)
    # Learnt today: credit of the term that began today, as long as that stands.
    credit(amy, "3.0", on=TODAY)
    life = life_of(amy.pk, BODY)
    assert verdict_of(term_of(given), life, TODAY).have == 0
    undo_all(given)
    (again,) = renew(
        cast.northside,
        cast.renewals,
        amy,
        now=LATER + timedelta(minutes=1),
        today=TODAY + timedelta(days=1),
    )
    assert held_of(again).state == "issued"
    assert held_of(again).have == 3


@pytest.mark.parametrize(
    ("after", "undone"),
    [
        (timedelta(hours=23, minutes=59, seconds=59), True),
        (timedelta(hours=24), False),
        (timedelta(hours=24, seconds=1), False),
    ],
)
def test_a_day_is_twenty_four_hours(
    cast: Cast, after: timedelta, *, undone: bool
) -> None:
    (given,) = renew(cast.northside, cast.renewals, cast.bob)
    if undone:
        assert undo_all(given, now=PRESSED + after)
        return
    with pytest.raises(NotEligible, match=r"24 hours ago\. Nothing was undone"):
        undo_all(given, now=PRESSED + after)


def test_all_of_a_press_are_undone_or_nobody(cast: Cast) -> None:
    amy = a_member("Amy Able", cast.northside)
    renew(cast.northside, cast.membership, amy, today=date(2024, 11, 3))
    rows = renew(cast.northside, cast.renewals, amy, cast.bob)
    Opening.objects.create(
        certificate=paper_of(rows[1]), kind="opened", way="page", by="Bob", at=LATER
    )
    before = checksum()
    with pytest.raises(NotEligible, match="was downloaded by Bob on Nov 17, 2025"):
        undo_all(*rows)
    assert checksum() == before
    undo_all(rows[0])
    states = Assignment.objects.filter(batch=rows[0].batch).order_by(
        "member__last_name"
    )
    assert list(states.values_list("state", flat=True)) == ["undone", "active"]


def test_a_later_one_is_undone_first(cast: Cast) -> None:
    (first,) = renew(cast.northside, cast.renewals, cast.bob)
    (later,) = renew(
        cast.northside,
        cast.renewals,
        cast.bob,
        now=LATER,
        today=TODAY + timedelta(days=1),
    )
    with pytest.raises(NotEligible, match="renewed again since"):
        undo_all(first)
    undo_all(later)
    undo_all(first)
    assert standing_of_terms(cast) == [1]
    assert Window.every.filter(member=cast.bob).count() == 3
    assert NOW < PRESSED < LATER
