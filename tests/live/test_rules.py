"""Sessions as staff write them, codes and names as people type them."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from courses.queries.live import letter_days, same_name
from courses.rules.live import (
    ALPHABET,
    Session,
    kept_sessions,
    make_code,
    problems_of_live,
    read_sessions,
    same_code,
    sessions_kept,
    shown_code,
)
from credentials.policy import programs, versions_of
from tests.live.holding import FACTS, HELD, LETTER_FROM, LETTER_TO

NEW_YORK = ZoneInfo("America/New_York")
RULES = versions_of("mms")[-1].courses


def test_sessions_are_read_in_order_and_kept_as_they_are() -> None:
    text = "2026-03-06 9:00 - 12:30\n\n 2026-03-05 18:00-20:00 "
    found = read_sessions(text)
    assert found == (
        Session(date(2026, 3, 5), time(18), time(20)),
        Session(date(2026, 3, 6), time(9), time(12, 30)),
    )
    assert sessions_kept(kept_sessions(found)) == found
    assert read_sessions("\n".join(each.line for each in found)) == found
    assert found[0].words(NEW_YORK) == "Mar 5, 2026, 6:00 PM to 8:00 PM EST"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("tomorrow at six", "is no session such as 2026-03-05 18:00-20:00"),
        ("2026-02-31 18:00-20:00", "is no session"),
        ("2026-03-05 18:00-25:00", "is no session"),
        ("2026-03-05 20:00-18:00", "ends before it begins"),
        ("0001-03-05 18:00-20:00", "enter a year from 1990 on"),
        ("\n".join(["2026-03-05 18:00-20:00"] * 41), "at most 40 sessions"),
    ],
)
def test_a_line_that_is_no_session_is_named(line: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_sessions(line)


def test_facts_that_cannot_be_are_each_named() -> None:
    assert RULES is not None
    assert RULES.live is not None
    assert not list(problems_of_live(FACTS, rules=RULES.live, letter_by=LETTER_TO))
    wrong = replace(
        FACTS,
        credit=None,
        capacity=501,
        evaluate_by=LETTER_TO,
        sessions=(
            Session(HELD, time(18), time(20)),
            Session(HELD, time(19), time(21)),
        ),
    )
    found = dict(problems_of_live(wrong, rules=RULES.live, letter_by=LETTER_TO))
    assert found.keys() == {"credit", "capacity", "evaluate_by", "sessions"}
    assert "until Nov 21, 2025. Enter a later day" in found["evaluate_by"]
    nothing = replace(FACTS, sessions=(), capacity=0)
    found = dict(problems_of_live(nothing, rules=RULES.live, letter_by=None))
    assert found.keys() == {"sessions", "capacity"}
    blank = replace(FACTS, title=" ", place="", credit=Decimal(0))
    found = dict(problems_of_live(blank, rules=RULES.live, letter_by=LETTER_TO))
    assert found.keys() == {"title", "place", "credit"}


def test_a_code_is_compared_without_spaces_hyphens_and_case() -> None:
    picked = iter("ABCD2345WXYZ")
    code = make_code(12, lambda known: next(picked) if known == ALPHABET else "")
    assert shown_code(code) == "ABCD-2345-WXYZ"
    assert same_code(" abcd 2345 \u2013 wx\u00a0yz ", code)
    assert not same_code("ABCD-2345-WXY", code)
    assert not same_code("ÄBCD-2345-WXYZ", code)
    assert not same_code("", code)
    assert not set("01IO") & set(ALPHABET)


def test_a_name_is_compared_without_case_accents_and_spaces() -> None:
    assert same_name(("  JOSÉ ", "o\u2019brien"), ("Jose", "O'Brien"))
    assert not same_name(("O'Brien", "Jose"), ("Jose", "O'Brien"))
    assert not same_name(("Jo", "O'Brien"), ("Jose", "O'Brien"))


def test_the_letter_goes_out_in_the_window_of_the_bodys_business_days() -> None:
    assert letter_days("mms", HELD) == (LETTER_FROM, LETTER_TO)
    assert [each for each in programs() if letter_days(each, HELD)] == ["mms"]
