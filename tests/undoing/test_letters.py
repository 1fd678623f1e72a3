"""Letters about a term that was undone: not sent, or taken back by one more."""

from datetime import date, timedelta

import pytest

from core.letters import Letter
from core.models import OutboxMessage
from credentials.models import Assignment
from renewals.services import tell_due
from renewals.services.reminding import NOTICE
from tests.cast import BODY, TODAY, Cast, a_member, certify
from tests.reminding.conftest import quiet
from tests.reminding.people import letter_of
from tests.reminding.reading import event_in, items_of, read, said
from tests.undoing.undone import (
    LATER,
    PRESSED,
    paper_of,
    renew,
    term_of,
    undo_all,
)

__all__ = ["quiet"]
pytestmark = pytest.mark.db
ADMINISTRATOR = "renewed_administrator"
BACK, BACK_ADMINISTRATOR = "renewal_undone", "renewal_undone_administrator"
# Two weeks before Bob's date, and the day before it.
NOTICED, EARLY = date(2025, 10, 20), date(2025, 11, 2)


def leave() -> None:
    """Let what waits have left."""
    OutboxMessage.objects.filter(state="waiting").update(
        state="sent", sent_at=PRESSED, handed_at=PRESSED, attempts=1
    )


def kinds() -> list[tuple[str, str]]:
    """What lies in the outbox and is not void: kind and state."""
    rows = OutboxMessage.objects.exclude(kind=NOTICE)
    return sorted(rows.values_list("kind", "state"))


def renewed_and_read(cast: Cast, *, today: date = TODAY) -> Assignment:
    """Renew Bob; the letters about it have left."""
    (given,) = renew(cast.northside, cast.renewals, cast.bob, today=today)
    leave()
    return given


def test_what_has_not_left_is_not_sent_and_nobody_hears_of_it(quiet: Cast) -> None:
    (given,) = renew(quiet.northside, quiet.renewals, quiet.bob)
    undo_all(given)
    assert kinds() == [("renewed", "waiting"), (ADMINISTRATOR, "waiting")]
    for kind, _ in kinds():
        assert read(letter_of(kind)) is None


def test_what_has_left_is_taken_back_once(quiet: Cast) -> None:
    given = renewed_and_read(quiet)
    undo_all(given)
    undo_all(given)
    assert kinds() == [
        (BACK, "waiting"),
        (BACK_ADMINISTRATOR, "waiting"),
        ("renewed", "sent"),
        (ADMINISTRATOR, "sent"),
    ]
    number = paper_of(given).number
    superseded = (
        f"Certificate {number} is superseded: whoever checks its number reads that it "
        "does not count."
    )
    holder, administrator = letter_of(BACK), letter_of(BACK_ADMINISTRATOR)
    assert holder.recipient == quiet.bob.email
    assert administrator.recipient == quiet.alice.email
    letter = read(holder)
    assert letter is not None
    assert items_of(letter) == ["The renewal date is Nov 3, 2025 again.", superseded]
    letter = read(administrator)
    assert letter is not None
    assert items_of(letter) == [
        f"Bob Baker: The renewal date is Nov 3, 2025 again. {superseded}"
    ]


@pytest.mark.parametrize(
    ("state", "handed", "told"),
    [
        ("waiting", False, False),
        ("void", False, False),
        ("dead", False, False),
        ("sending", False, True),
        ("waiting", True, True),
        ("unconfirmed", True, True),
        ("sent", True, True),
    ],
)
def test_whoever_may_have_read_it_is_told(
    quiet: Cast, state: str, *, handed: bool, told: bool
) -> None:
    (given,) = renew(quiet.northside, quiet.renewals, quiet.bob)
    at = PRESSED if handed else None
    OutboxMessage.objects.all().update(state=state, handed_at=at, attempts=1)
    undo_all(given)
    kinds = [BACK, BACK_ADMINISTRATOR] if told else []
    queued = OutboxMessage.objects.filter(kind__startswith=BACK)
    assert sorted(queued.values_list("kind", flat=True)) == kinds


def test_of_a_press_for_many_the_rest_is_told_still(quiet: Cast) -> None:
    amy = a_member("Amy Able", quiet.northside)
    renew(quiet.northside, quiet.membership, amy, today=date(2024, 11, 3))
    OutboxMessage.objects.all().delete()
    rows = renew(quiet.northside, quiet.renewals, amy, quiet.bob)
    undo_all(rows[1])
    letter = read(letter_of(ADMINISTRATOR))
    assert letter is not None
    (only,) = items_of(letter)
    assert only.startswith("Amy Able: next renewal date Nov 17, 2026.")


def test_each_undoing_of_a_press_has_a_letter_of_its_own(quiet: Cast) -> None:
    amy = a_member("Amy Able", quiet.northside)
    renew(quiet.northside, quiet.membership, amy, today=date(2024, 11, 3))
    rows = renew(quiet.northside, quiet.renewals, amy, quiet.bob)
    leave()
    for row in rows:
        undo_all(row)
    told = OutboxMessage.objects.filter(kind=BACK_ADMINISTRATOR)
    assert sorted(each.payload["items"][0][:8] for each in told) == [
        "Amy Able",
        "Bob Bake",
    ]


def test_who_was_new_reads_that_they_are_no_member(quiet: Cast) -> None:
    nina = a_member("Nina New", quiet.northside)
    (given,) = renew(quiet.northside, quiet.membership, nina)
    leave()
    undo_all(given)
    letter = read(letter_of(BACK))
    assert letter is not None
    assert items_of(letter) == ["You are not a member any more."]
    assert not letter.enclosures


def test_of_a_certificate_that_became_ready_nobody_hears(quiet: Cast) -> None:
    amy = a_member("Amy Able", quiet.northside)
    (given,) = renew(quiet.northside, quiet.membership, amy)
    certify(amy)
    ready = OutboxMessage(kind="certificate_ready", subject_id=term_of(given).pk)
    ready.payload = {"name": "Amy"}
    assert read(ready) == Letter({"name": "Amy"})
    undo_all(given)
    assert read(ready) is None


def noticed(cast: Cast) -> str:
    """Tell Bob of his date two weeks ahead, and give the entry's id."""
    tell_due(program=BODY, today=NOTICED, now=PRESSED)
    leave()
    letter = letter_of(NOTICE, recipient=cast.bob.email)
    return f"term-{letter.subject_id}@localhost"


def entry(message: OutboxMessage, today: date) -> tuple[str, str, str] | None:
    """The calendar file of a letter: what it does, to which entry, as which change."""
    letter = read(message, today=today)
    assert letter is not None
    for file in letter.enclosures:
        calendar, event = event_in(file.content)
        method = str(calendar["METHOD"])
        return method, said(event, "UID"), said(event, "SEQUENCE")
    return None


def test_the_date_comes_back_into_the_calendar_each_time(quiet: Cast) -> None:
    uid, now = noticed(quiet), PRESSED
    for turn in range(2):
        (given,) = renew(
            quiet.northside, quiet.renewals, quiet.bob, now=now, today=EARLY
        )
        renewed = letter_of("renewed", subject_id=term_of(given).pk)
        assert entry(renewed, EARLY) == ("CANCEL", uid, str(1 + 2 * turn))
        leave()
        undo_all(given, now=now + timedelta(minutes=1), today=EARLY)
        back = letter_of(BACK, subject_id=term_of(given).pk)
        assert entry(back, EARLY) == ("PUBLISH", uid, str(2 + 2 * turn))
        leave()
        now += timedelta(minutes=5)
    assert now > LATER


def test_a_date_that_has_passed_does_not(quiet: Cast) -> None:
    noticed(quiet)
    given = renewed_and_read(quiet)
    undo_all(given)
    assert entry(letter_of(BACK), TODAY) is None


def test_who_was_renewed_again_meanwhile_gets_no_old_date(quiet: Cast) -> None:
    noticed(quiet)
    given = renewed_and_read(quiet, today=EARLY)
    undo_all(given, today=EARLY)
    renew(
        quiet.northside,
        quiet.renewals,
        quiet.bob,
        now=LATER + timedelta(minutes=1),
        today=EARLY,
    )
    assert entry(letter_of(BACK), EARLY) is None


def test_a_notice_that_was_dropped_for_the_renewal_goes_out_after_all(
    quiet: Cast,
) -> None:
    tell_due(program=BODY, today=NOTICED, now=PRESSED)
    notices = OutboxMessage.objects.filter(kind=NOTICE, recipient=quiet.bob.email)
    (given,) = renew(quiet.northside, quiet.renewals, quiet.bob, today=NOTICED)
    assert read(notices.get(), today=NOTICED) is None
    notices.update(state="void")
    undo_all(given, today=NOTICED)
    tell_due(program=BODY, today=NOTICED, now=LATER)
    assert notices.get().state == "waiting"
    assert read(notices.get(), today=NOTICED) is not None
