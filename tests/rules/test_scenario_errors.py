"""A scenario is checked strictly: the error names the file, the key and the reason."""

from pathlib import Path

import pytest

from portal.scenarios.running import run_file
from portal.scenarios.words import ScenarioError
from tests.rules.bent_scenarios import expect, run
from tests.rules.packs_of_tests import invented_book

AWARD = """
[[awards]]
program = "acmss"
activity = "call"
on = 2025-11-17
minutes = 45
expect = { credits = 1.0 }
"""
STORY = """
title = "A year"
program = "acmss"
[member]
society_member = true
[[events]]
on = 2024-01-01
certified = "CMSS"
[[events]]
on = 2024-01-02
apply = "membership"
paid = 0.00
[[events]]
on = 2024-02-01
activity = "webinar"
minutes = 60
decision = "accepted"
decided_on = 2024-02-02
[[expect]]
on = 2024-03-01
earned = 1.0
"""
REQUIREMENTS = "requirements = { ehr = { have = 1.0 } }"


def test_the_untouched_ones_run(tmp_path: Path) -> None:
    run(AWARD, tmp_path)
    run(STORY, tmp_path)
    run(STORY + AWARD, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("minutes = 45", "minuets = 45", "awards[1].minuets", "unknown key"),
        ("minutes = 45", "positions = 1", "awards[1].positions", "does not ask"),
        ("minutes = 45", "level = 1", "awards[1].level", "does not ask"),
        ("minutes = 45", "paid = true", "awards[1].paid", "does not ask"),
        ("minutes = 45", 'topics = ["ehr"]', "awards[1].topics", "does not ask"),
        ("minutes = 45", "minutes = 45\nhours = 1", "awards[1].hours", "keep one"),
        ("minutes = 45", "title = 45", "awards[1].title", "must be text"),
        ("minutes = 45", 'profession = "nurse"', "awards[1].profession", "none of"),
        ("minutes = 45", "proof = true", "awards[1].proof", "unknown key"),
        ('"call"', '"cal"', "awards[1].activity", "is no kind of acmss@2017-01-01"),
        ('"acmss"', '"acms"', "awards[1].program", 'no policy pack for "acms"'),
        ("2025-11-17", '"2025-11-17"', "awards[1].on", "must be a day"),
        ("2025-11-17", "2025-11-17T10:00:00", "awards[1].on", "must be a day"),
        ("on = 2025-11-17\n", "", "awards[1].on", "is missing"),
        ("on = 2025-11-17", "onn = 2025-11-17", "awards[1].onn", "unknown key"),
        ("credits = 1.0", "credit = 1.0", "awards[1].expect.credit", "unknown key"),
        ("credits = 1.0", 'credits = "1"', "awards[1].expect.credits", "a number"),
        ("credits = 1.0", "credits = true", "awards[1].expect.credits", "a number"),
        ("credits = 1.0", 'outcome = "ok"', "awards[1].expect.outcome", "none of"),
        ("credits = 1.0", "approved = 1", "awards[1].expect.approved", "true or"),
        ("{ credits = 1.0 }", "1.0", "awards[1].expect", "must be a table"),
        ("expect = { credits = 1.0 }", "", "awards[1].expect", "is missing"),
        ("[[awards]]", "[[award]]", "award", "unknown key"),
        ("[[awards]]", "[awards]", "awards", "must be a list"),
        ("[[awards]]", "[[awards", "", "is not TOML"),
        ("minutes = 45", "minutes = 45\nminutes = 46", "", "is not TOML"),
    ],
)
def test_awards(old: str, new: str, key: str, reason: str, tmp_path: Path) -> None:
    expect(AWARD, old, new, key, reason, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("title =", "titel =", "titel", "unknown key"),
        ('program = "acmss"\n', "", "program", "is missing"),
        ("program =", "programm =", "programm", "unknown key"),
        ('"acmss"', '"nobody"', "program", 'no policy pack for "nobody"'),
        ("society_member = true", "socity = true", "member.socity", "unknown key"),
        ("society_member = true", "retired_on = 1", "member.retired_on", "a day"),
        ("society_member = true", 'profession = "nurse"', "profession", "none of"),
        (
            "society_member = true",
            "registration_period = [2024-02-01, 2024-01-01]",
            "member.registration_period",
            "first and a last day",
        ),
        # events
        ("on = 2024-02-01", "on = 2023-12-31", "events[3].on", "keep date order"),
        ('certified = "CMSS"', 'certified = "CPCS"', "events[1].certified", "have"),
        ('certified = "CMSS"', 'certifed = "CMSS"', ".certifed", "unknown key"),
        ('certified = "CMSS"', "", "events[1]", "says nothing"),
        ('certified = "CMSS"', "minutes = 1", "events[1]", "says nothing"),
        (
            'certified = "CMSS"',
            'certified = "CMSS"\nwaive = "x"',
            "events[1].waive",
            "stands beside certified",
        ),
        ('certified = "CMSS"', 'waive = "x"', "events[1].waive", "no certificate"),
        ('certified = "CMSS"', 'waive = " "', "events[1].waive", "not empty"),
        ('certified = "CMSS"', "society_member = 1", "society_member", "true or"),
        ('certified = "CMSS"', 'certified = "CMSS"\npaid = 1', ".paid", "unknown key"),
        # applications
        ('"membership"', '"membreship"', "events[2].apply", "none of"),
        ('"membership"', '"recertification"', "events[2].apply", "none of"),
        ("paid = 0.00", 'paid = "0"', "events[2].paid", "a number"),
        ("paid = 0.00", "paid = -1", "events[2].paid", "negative"),
        ("paid = 0.00", 'paid_by = "card"', "events[2].paid_by", "nothing was paid"),
        ("paid = 0.00", 'paid = 1\npaid_by = "cash"', "paid_by", "none of"),
        ("paid = 0.00", 'paid = 1\npaid_by = "cheque"', "dated", "is missing"),
        ("paid = 0.00", "paid = 1\ndated = 2024-01-01", "dated", "unknown key"),
        ("paid = 0.00", 'decision = "approved"', "decision", "nothing is paid"),
        ("paid = 0.00", 'paid = 0\ndecision = "refused"', "decision", "nobody refuses"),
        ("paid = 0.00", "decided_on = 2024-01-02", "decided_on", "does not name"),
        ("paid = 0.00", "minutes = 5", "events[2].minutes", "unknown key"),
        # activities
        ('"webinar"', '"webniar"', "events[3].activity", "is no kind"),
        ("minutes = 60", "housekeeping_minutes = 6", "_minutes", "does not ask"),
        ('"accepted"', '"approved"', "events[3].decision", "none of"),
        ('decision = "accepted"\n', "", "events[3].decided_on", "does not name"),
        ("2024-02-02", "2024-01-31", "events[3].decided_on", "before the event"),
        ('"accepted"', '"rejected"\ncredits = 1', "events[3].credits", "determined"),
        ("minutes = 60", "minutes = 60\ncredits = -1", "credits", "negative"),
        ("minutes = 60", 'minutes = 60\nproof = "yes"', "events[3].proof", "true or"),
        # expectations
        ("earned = 1.0", "earnt = 1.0", "expect[1].earnt", "unknown key"),
        ("earned = 1.0", "", "expect[1]", "expects nothing"),
        ("on = 2024-03-01", "", "expect[1].on", "is missing"),
        ("on = 2024-03-01", "onn = 2024-03-01", "expect[1].onn", "unknown key"),
        ("earned = 1.0", 'standing = "fine"', "expect[1].standing", "none of"),
        ("earned = 1.0", 'certificate = "lost"', "expect[1].certificate", "none of"),
        ("earned = 1.0", 'extension = "maybe"', "expect[1].extension", "none of"),
        ("earned = 1.0", 'fee = "open"', "expect[1].fee", "none of: closed"),
        ("earned = 1.0", "cycle = [2024-01-01]", "expect[1].cycle", "last day"),
        ("earned = 1.0", "cycle = 2024-01-01", "expect[1].cycle", "a list"),
        ("earned = 1.0", "requirements = 1", "expect[1].requirements", "a table"),
        (
            "earned = 1.0",
            REQUIREMENTS.replace("have", "has"),
            "expect[1].requirements.ehr.has",
            "unknown key",
        ),
    ],
)
def test_stories(old: str, new: str, key: str, reason: str, tmp_path: Path) -> None:
    expect(STORY, old, new, key, reason, tmp_path)


@pytest.mark.parametrize(
    ("more", "key", "reason"),
    [
        ('[[events]]\non = 2024-05-01\napply = "membership"\npaid = 0', "apply", "alr"),
        ('[[events]]\non = 2024-05-01\napply = "membership"', "apply", "already"),
        (
            '[[events]]\non = 2024-05-01\napply = "renewal"\ndecision = "approved"',
            "decision",
            "nothing is paid",
        ),
        ('[[events]]\non = 9999-06-01\napply = "renewal"\npaid = 85', "on", "is after"),
    ],
)
def test_what_cannot_have_happened(
    more: str, key: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as caught:
        run(f"{STORY}\n{more}\n", tmp_path)
    assert caught.value.place == f"events[4].{key}"
    assert reason in caught.value.reason


def test_no_topics_are_asked_here(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(STORY.replace("earned = 1.0", REQUIREMENTS), encoding="utf-8")
    (result,) = run_file(path, invented_book())
    assert not result.passed


@pytest.mark.parametrize("text", ["", "# nothing\n", 'title = "Nothing"\n'])
def test_a_file_with_nothing_in_it(text: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="neither awards nor a story"):
        run(text, tmp_path)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.toml", tmp_path):
        with pytest.raises(ScenarioError, match="cannot be read"):
            run_file(path, invented_book())
