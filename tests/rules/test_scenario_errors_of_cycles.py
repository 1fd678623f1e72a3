"""What cannot have happened in a program of cycles is an error of the scenario."""

from pathlib import Path

import pytest

from portal.scenarios.words import ScenarioError
from tests.rules.bent_scenarios import expect, run

CYCLE = """
title = "A cycle"
program = "namss"
[[events]]
on = 2022-05-10
certified = "CPCS"
[[events]]
on = 2023-02-01
activity = "approved_education"
minutes = 840
[[events]]
on = 2025-09-01
apply = "recertification"
paid = 375.00
[[expect]]
on = 2025-09-01
standing = "due"
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        (
            "paid = 375.00",
            'paid = 375.00\ndecision = "approved"',
            "events[3].decision",
            "not taken: 14.0 of 30.0 credits are there. 14.0 of 15.0 approved",
        ),
        (
            "on = 2025-09-01\napply",
            'on = 2025-07-31\ndecision = "approved"\napply',
            "decision",
            "opens on Aug 1, 2025",
        ),
        (
            'apply = "recertification"\npaid = 375.00',
            'apply = "extension"\ndecision = "approved"',
            "decision",
            "14.0 of the 15.0 credits",
        ),
        (
            'apply = "recertification"',
            'apply = "reinstatement"\ndecision = "approved"',
            "decision",
            "a recertification is what can be applied for",
        ),
        ('"recertification"', '"renewal"', "events[3].apply", "none of"),
        ('"recertification"', '"membership"', "events[3].apply", "none of"),
        ("minutes = 840", "academic_credits = 3", "academic_credits", "does not ask"),
        ("minutes = 840", "paid = true", "events[2].paid", "does not ask"),
        ('certified = "CPCS"', 'certified = "CMSS"', "certified", "no credential"),
        ('certified = "CPCS"', 'waive = "ill"', "waive", "nothing is held"),
        ("2022-05-10", "9996-05-10", "events[2].on", "keep date order"),
        ('standing = "due"', 'standing = "open"', "expect[1].standing", "none of"),
    ],
)
def test_stories_of_cycles(
    old: str, new: str, key: str, reason: str, tmp_path: Path
) -> None:
    run(CYCLE, tmp_path)
    expect(CYCLE, old, new, key, reason, tmp_path)


LAST_CYCLES = """
program = "namss"
[[events]]
on = {first}
certified = "CPCS"
[[events]]
on = 9996-01-01
activity = "teaching"
hours = 15
[[events]]
on = 9996-08-01
apply = "recertification"
paid = 375.00
decision = "approved"
"""


@pytest.mark.parametrize(
    ("first", "place"),
    [
        ("9996-01-01", "events[1].on"),
        ("9993-01-01", "events[3].on"),
    ],
)
def test_no_cycle_ends_in_the_last_year_there_is(
    first: str, place: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError, match="can't end in 9999") as caught:
        run(LAST_CYCLES.format(first=first), tmp_path)
    assert caught.value.place == place


def test_nor_on_its_last_day(tmp_path: Path) -> None:
    text = 'program = "namss"\n[[events]]\non = 9999-12-31\ncertified = "CPCS"\n'
    with pytest.raises(ScenarioError, match="can't end in 10002"):
        run(text, tmp_path)
