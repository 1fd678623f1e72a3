"""A16: whether two activities of one person may be the same hour, reported twice."""

from datetime import date
from itertools import combinations
from time import process_time

import pytest

from ce_credits.rules import Told, likeness

DAY, NEXT = date(2025, 10, 2), date(2025, 10, 3)
ONE = Told("Pain and opioids", DAY, 60)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Told("pain AND  opioids", DAY, 60), "title"),
        (Told("Pain and opioids", DAY, 45), "title"),
        (Told("Pain and opioids", DAY), "title"),
        (Told("Opioid safety", DAY, 60), "hour"),
        (Told("", DAY, 60), "hour"),
        (Told("Opioid safety", DAY, 59), None),
        (Told("Opioid safety", DAY), None),
        (Told("Pain and opioids", NEXT, 60), None),
        (Told("Pain and opioids", None, 60), None),
    ],
)
def test_two_are_alike_by_title_or_by_hour(other: Told, expected: str | None) -> None:
    assert likeness(ONE, other) == expected
    assert likeness(other, ONE) == expected


def test_what_nobody_said_is_like_nothing() -> None:
    assert likeness(Told("", None), Told("", None)) is None
    assert likeness(Told("", DAY), Told(" ", DAY)) is None


SOCIETY, SHORT = "Massachusetts Medical Society", "MMS"


def _of(title: str, provider: str = SOCIETY, minutes: int = 60) -> Told:
    return Told(title, DAY, minutes, provider)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # One hour of one provider under two titles, whose name is written otherwise.
        (_of("Pain and opioids"), _of("Safer prescribing"), "hour"),
        (_of("Pain and opioids"), _of("Safer prescribing", SHORT), "hour"),
        (_of("Pain and opioids"), _of("Safer prescribing", "Mass. Med. Soc."), "hour"),
        (
            _of("Pain and opioids"),
            _of("Safer prescribing", "Massachusets Medical  society"),
            "hour",
        ),
        # Nobody said who provided one of them.
        (_of("Pain and opioids"), _of("Safer prescribing", ""), "hour"),
        # Two providers: the title says whether it may be one.
        (_of("Pain and opioids"), _of("Stroke update", "Tufts"), None),
        (_of("Pain and opioids"), _of("Opioids and pain", "Tufts"), "hour"),
        (_of("Pain and opioids"), _of("Pain and opiods", "Tufts"), "hour"),
        (_of("Pain and opioids"), _of("Opioids", "Tufts"), "hour"),
        (_of("Pain and opioids"), _of("PAIN and opioids", "Tufts"), "title"),
        # A number tells two sessions apart, however it is written; a year doesn't.
        (_of("Grand rounds, part 1"), _of("Grand rounds, part II"), None),
        (_of("Grand rounds, part 2"), _of("Grand rounds, part II"), "hour"),
        (_of("Grand rounds 1"), _of("Grand rounds 2"), None),
        (_of("Session A: grand rounds"), _of("Session B: grand rounds"), None),
        (_of("Grand rounds (morning)"), _of("Grand rounds (evening)"), None),
        (_of("Update 2025 on pain"), _of("Pain: update 2025"), "hour"),
        (_of("Webinar"), _of("Webinar 2"), "hour"),
        (_of("Pain and opioids"), _of("Safer prescribing", minutes=45), None),
    ],
)
def test_two_providers_and_numbered_sessions_are_two_hours(
    one: Told, other: Told, expected: str | None
) -> None:
    assert likeness(one, other) == expected
    assert likeness(other, one) == expected


CONFERENCE = ("Pain and opioids", "Stroke update", "Sleep in the elderly", "Lunch talk")


@pytest.mark.parametrize("provider", [SOCIETY, ""])
def test_the_many_sessions_of_a_conference_are_each_their_own(provider: str) -> None:
    day = [_of(each, provider) for each in CONFERENCE]
    for one, other in combinations(day, 2):
        assert likeness(one, other) == "hour"
        assert likeness(one, other, day) is None
    # One of them under other words, or again, is told all the same.
    again = _of("Opioids and pain", "Tufts")
    assert likeness(day[0], again, [*day, again]) == "hour"
    assert likeness(day[0], _of("stroke  UPDATE"), day) is None
    assert likeness(day[1], _of("stroke  UPDATE"), day) == "title"


def test_a_day_has_many_only_of_one_provider_and_one_length() -> None:
    one, other = _of("Pain and opioids"), _of("Safer prescribing")
    for third in (
        _of("Stroke update", "Tufts"),
        _of("Stroke update", minutes=45),
        Told("Stroke update", NEXT, 60, SOCIETY),
        _of(""),
        # The same words again are no third session.
        _of("Prescribing safer"),
    ):
        assert likeness(one, other, [one, other, third]) == "hour"
    assert likeness(one, other, [one, other, _of("Stroke update", SHORT)]) is None


def test_a_day_of_many_long_titles_is_read_soon() -> None:
    words = [f"{letter}{letter}{number}" for letter in "abcdefgh" for number in "1234"]
    day = [
        _of(" ".join(words[(turn * place) % 31] * 2 for place in range(40)), f"P{turn}")
        for turn in range(1, 61)
    ]
    before = process_time()
    for one, other in combinations(day, 2):
        likeness(one, other, day)
    assert process_time() - before < 3


def test_a_long_title_mistyped_in_a_word_is_the_same_hour() -> None:
    title = "Safe prescribing of opioids for chronic pain in primary care, " * 3
    one, other = _of(title, "Tufts"), _of(title.replace("chronic", "cronic"), "MMS")
    assert likeness(one, other) == "hour"
