"""A7: minutes that a title carries."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_credits.rules import ActivityInput, award, minutes_from_title
from tests.rules.packs_of_tests import DAY, acmss, guild


@pytest.mark.parametrize(
    ("title", "minutes"),
    [
        ("Combating Medicare fraud: the basics (45 min)", 45),
        ("Fraud basics, 1.5 hours", 90),
        ("Fraud basics (1 hr 15 min)", 75),
        ("1 hour and 15 minutes of coding", 75),
        ("1 hr & 15 min", 75),
        ("1 hr, 15 mins.", 75),
        ("1 hr. 15 min.", 75),
        ("1h15m", 75),
        ("1h15", 75),
        ("Coding (1 hr 15)", 75),
        ("45-minute webinar", 45),
        ("1-hour call", 60),
        ("Webinar - 45 min", 45),
        ("Update 2024 - 45 min", 45),
        ("ICD-10 (30 min)", 30),
        ("Medicare 101: 45 min", 45),
        ("45MIN", 45),
        ("45\u00a0min", 45),
        (".5 hours", 30),
        ("0.75 hrs", 45),
        ("1.25 hours", 75),
        ("45.0 min", 45),
        ("120 seconds", 2),
        ("90 min (1.5 hours)", 90),
        ("45 min now, 45 minutes later", 45),
        ("1 hour 60 min", 60),
        ("1 hr 2023 update", 60),
        ("3 hours", 180),
        ("0 min", 0),
    ],
)
def test_one_duration(title: str, minutes: int) -> None:
    found = minutes_from_title(title)
    assert (found.state, found.minutes) == ("one", minutes)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Combating Medicare fraud",
        "Top 10 findings",
        "45",
        "45m",
        "45 minor findings",
        "3 hourly rounds",
        "24/7 help",
        "1,5 hours",
        "1,000 min",
        "1/2 hour",
        "1 1/2 hours",
        "1\u00bd hours",
        "30-45 min",
        "30 to 45 minutes",
        "2 x 45 min",
        "2x45 min",
        "1 hour and a half",
        "Part 2:45 min",
        "\u0664\u0665 min",
        "12345678 min",
        "one hour",
    ],
)
def test_no_duration_that_reads_one_way(title: str) -> None:
    assert minutes_from_title(title).state == "none"


@pytest.mark.parametrize(
    "title",
    [
        "30 min or 45 min",
        "1 hr (15 min of questions)",
        "15 min 1 hr",
        "1 hour 75 min",
        "1.5 hours 30 min",
        "45 min, then 45.5 min",
    ],
)
def test_two_different_durations(title: str) -> None:
    assert minutes_from_title(title).state == "ambiguous"


@pytest.mark.parametrize(
    "title", ["45.5 min", "0.33 hours", "45 min 30 sec", "50 seconds", ".75 min"]
)
def test_a_duration_that_is_not_whole_minutes(title: str) -> None:
    assert minutes_from_title(title).state == "not_whole"


@pytest.mark.parametrize(
    ("title", "outcome", "rule"),
    [
        ("Basics (45 min)", "awarded", "A4"),
        ("Basics (30 min)", "awarded", "A5"),
        ("Basics (150 min)", "staff", "A6"),
        ("Basics (0 min)", "refused", "A6"),
        ("Basics (45.5 min)", "refused", "A6"),
        ("Basics", "refused", "A7"),
        ("", "refused", "A7"),
        ("Basics (30 min or 45 min)", "refused", "A7"),
    ],
)
@pytest.mark.parametrize("kind", ["web_based_training", "call"])
def test_award_by_title(kind: str, title: str, outcome: str, rule: str) -> None:
    found = award(acmss(), ActivityInput(kind=kind, on=DAY, title=title))
    assert (found.outcome, found.rule) == (outcome, rule)
    assert found.asks_minutes == (rule == "A7")


@pytest.mark.parametrize("title", ["(45 min)", "no length", "30 min or 45 min"])
def test_minutes_typed_win(title: str) -> None:
    typed = ActivityInput(kind="webinar", on=DAY, title=title, minutes=91)
    assert award(acmss(), typed).credits == Decimal(2)
    wrong = ActivityInput(kind="webinar", on=DAY, title=title, minutes=0)
    assert award(acmss(), wrong).rule == "A6"


def test_the_title_is_named_in_the_reasons() -> None:
    title = "Basics (1 hr 15 min)"
    found = award(acmss(), ActivityInput(kind="webinar", on=DAY, title=title))
    assert found.reasons[0].rule == "A7"
    assert '"1 hr 15 min"' in found.reasons[0].text


def test_a_body_that_reads_no_titles_asks() -> None:
    activity = ActivityInput(kind="workshop", on=DAY, title="Wicks (45 min)")
    assert award(guild(), activity).asks_minutes


@given(st.text())
def test_any_text_has_an_answer(title: str) -> None:
    found = minutes_from_title(title)
    assert (found.minutes is None) == (found.state != "one")


@given(st.integers(0, 999_999), st.sampled_from(["min", "minutes", " Min.", "-minute"]))
def test_any_whole_minutes_are_read_back(minutes: int, unit: str) -> None:
    assert minutes_from_title(f"Basics ({minutes}{unit})").minutes == minutes


@pytest.mark.parametrize(
    "piece", [" ", "1", "1 ", "1 h", "1 hr ", "-", "\u2013", "and "]
)
def test_a_long_title_costs_no_more_than_its_length(piece: str) -> None:
    begin = time.process_time()
    minutes_from_title(piece * 10_001)
    assert time.process_time() - begin < 2
