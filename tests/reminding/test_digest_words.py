"""What an administrator's digest says, and to whom it still says anything."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Administration, Sponsorship
from core.letters import Letter
from notifications.queries import subject_of
from renewals.models import DigestLine
from renewals.services.reminding import DIGEST
from tests.billing.money import prices
from tests.billing.storing import stored
from tests.billing.stripe_fake import Far
from tests.billing.stripe_stored import VISA
from tests.cast import BODY, NOW, TODAY, Cast, given, seats
from tests.reminding.people import DUE, ending, letter_of, sweep
from tests.reminding.reading import event_in, items_of, read

pytestmark = pytest.mark.db


def digest(today: date = TODAY) -> Letter | None:
    """Let a day pass, and read its one digest on it."""
    sweep(today)
    return read(letter_of(DIGEST), today)


def subject(letter: Letter | None) -> str:
    """The subject of the one digest."""
    assert letter is not None
    return subject_of(letter_of(DIGEST), letter)


def test_it_lists_names_dates_prices_and_modes(quiet: Cast) -> None:
    ending("Gil Gray", quiet.northside, mode="auto")
    ending("Eve Ellis", quiet.northside)
    letter = digest()
    assert subject(letter) == "[Northside] 2 renewals due Dec 1, 2025"
    assert items_of(letter) == [
        (
            "Eve Ellis: Dec 1, 2025, in 14 days, $85.00. "
            "Manual renewal: must be paid by that day, online or by phone."
        ),
        (
            "Gil Gray: Dec 1, 2025, in 14 days, $85.00. "
            "Auto-renewal: uses one of your renewals on that day."
        ),
    ]
    assert letter is not None
    assert letter.payload["url"].endswith("/p/northside/assignments/")


def test_one_is_one(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    assert subject(digest()) == "[Northside] 1 renewal due Dec 1, 2025"


def test_several_dates_are_a_span_in_their_order(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    ending("Gil Gray", quiet.northside, date(2025, 11, 28))
    letter = digest()
    assert subject(letter) == "[Northside] 2 renewals due Nov 28 to Dec 1, 2025"
    assert [item.split(":")[0] for item in items_of(letter)] == [
        "Gil Gray",
        "Eve Ellis",
    ]


def test_it_goes_into_the_calendar_one_file_a_date(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    ending("Hal Hart", quiet.northside)
    ending("Gil Gray", quiet.northside, date(2025, 11, 28))
    letter = digest()
    assert letter is not None
    assert letter.payload["files"] == 2
    names = [file.name for file in letter.enclosures]
    assert names == ["2025-11-28.ics", "2025-12-01.ics"]
    events = [event_in(file.content)[1] for file in letter.enclosures]
    assert [str(event["SUMMARY"]) for event in events] == [
        "1 renewal due: Northside",
        "2 renewals due: Northside",
    ]
    assert str(events[1]["DESCRIPTION"]).startswith("Eve Ellis, Hal Hart\n")
    assert len({str(event["UID"]) for event in events}) == 2
    # Put together again, nothing stands in the calendar twice.
    assert read(letter_of(DIGEST)) == letter


NEEDS = "and auto-renewal needs 2 by Dec 1, 2025."


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (0, f"0 renewals to assign, {NEEDS} Add 2, or as many people are not renewed."),
        (1, f"1 renewal to assign, {NEEDS} Add 1, or as many people are not renewed."),
        (2, "2 renewals to assign. Auto-renewal uses 2 of them by Dec 1, 2025."),
    ],
    ids=["none", "too few", "enough"],
)
def test_it_says_whether_the_seats_suffice(quiet: Cast, there: int, said: str) -> None:
    if there:
        seats(quiet.northside, quiet.renewals, there)
    # Told of days ago already; it still waits for its seat.
    ending("Gil Gray", quiet.northside, date(2025, 11, 25), mode="auto")
    sweep(date(2025, 11, 15))
    hal = ending("Hal Hart", quiet.northside, mode="auto")
    ending("Lou Lake", quiet.lakeview, mode="auto")
    sweep()
    line = DigestLine.objects.get(window=hal)
    letter = read(letter_of(DIGEST, subject_id=line.digest))
    assert letter is not None
    assert letter.payload["seats_text"] == f"You have {said}"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (VISA, "Your card, Visa ending 4242, pays for the 2 that are missing."),
        (
            VISA | {"exp_month": 11, "exp_year": 2025},
            (
                "Your card, Visa ending 4242, expires before: replace it or add 2, or "
                "as many people are not renewed."
            ),
        ),
    ],
    ids=["good", "expires"],
)
def test_what_seats_lack_a_stored_card_pays_for(
    quiet: Cast, far: Far, kind: dict[str, Any], said: str
) -> None:
    prices()
    stored(far, quiet.northside, kind)
    for name in ("Eve Ellis", "Gil Gray", "Hal Hart"):
        ending(name, quiet.northside, mode="auto")
    seats(quiet.northside, quiet.renewals, 1)
    sweep()
    letter = read(letter_of(DIGEST))
    assert letter is not None
    assert letter.payload["seats_text"] == (
        "You have 1 renewal to assign, and auto-renewal needs 3 by Dec 1, 2025. " + said
    )
    assert (
        "uses one of your renewals, else your card, on that day." in items_of(letter)[0]
    )


def test_where_nobody_renews_by_themselves_seats_are_only_counted(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    letter = digest()
    assert letter is not None
    assert letter.payload["seats_text"] == "You have 0 renewals to assign."


def test_who_was_renewed_or_left_meanwhile_stands_in_it_no_more(quiet: Cast) -> None:
    eve, gil, _ = (
        ending(name, quiet.northside) for name in ("Eve Ellis", "Gil Gray", "Hal Hart")
    )
    sweep()
    given(quiet.renewals, quiet.northside, eve.member)
    Sponsorship.objects.filter(member=gil.member).update(until_on=TODAY)
    letter = read(letter_of(DIGEST))
    assert [item.split(":")[0] for item in items_of(letter)] == ["Hal Hart"]


def test_who_went_to_another_practice_stands_in_it_no_more(quiet: Cast) -> None:
    eve = ending("Eve Ellis", quiet.northside)
    sweep()
    Sponsorship.objects.filter(member=eve.member).update(until_on=TODAY)
    Sponsorship.objects.create(
        practice=quiet.lakeview, member=eve.member, program=BODY, from_on=TODAY
    )
    assert read(letter_of(DIGEST)) is None


def test_after_the_last_date_there_is_nothing_to_say(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    ending("Gil Gray", quiet.northside, date(2025, 11, 20))
    sweep()
    message = letter_of(DIGEST)
    assert len(items_of(read(message, date(2025, 11, 20)))) == 2
    assert len(items_of(read(message, date(2025, 11, 21)))) == 1
    assert read(message, DUE + timedelta(days=1)) is None


@pytest.mark.parametrize("change", ["ended", "not named", "deactivated", "moved"])
def test_whoever_no_longer_runs_the_practice_reads_nothing(
    quiet: Cast, change: str
) -> None:
    ending("Eve Ellis", quiet.northside)
    sweep()
    held = Administration.objects.filter(user=quiet.alice)
    if change == "ended":
        held.update(until_at=NOW)
    elif change == "not named":
        held.update(named=False)
    elif change == "deactivated":
        quiet.alice.is_active = False
        quiet.alice.save()
    else:
        quiet.alice.email = "new@northside.example"
        quiet.alice.save()
    assert read(letter_of(DIGEST)) is None


def test_a_waiting_one_has_a_subject_before_it_has_words(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    sweep()
    assert subject_of(letter_of(DIGEST), Letter({})) == "[Goodstanding] Renewals due"
