"""The samples fit what the packs draw, and a wrong bank says where it is wrong."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.utils.text import slugify

from courses.rules import Bank, BankError, Question, draw_sheet, load_bank, read_bank
from courses.rules.banks import BANKS
from credentials.policy import Exam, Paper, policy_for, programs, versions_of
from credentials.policy.reading import Table

FILES = sorted(BANKS.glob("*.toml"))
LEAST = {"hipaa": 40, "mscat": 40}
LEAST_OF_SPECIALTY = 15
GOOD = """
exam = "wick"
title = "Trimming"
sample = true

[topics]
oil = "Oil"

[[questions]]
code = "wick-001"
topic = "oil"
text = "Which oil smokes least?"
why = "It was refined."
options = [{ text = "Refined", right = true }, { text = "Raw" }]
"""


def read(text: str) -> Bank:
    return read_bank(
        Table(tomllib.loads(text), file="wick.toml", place="", error=BankError), "0"
    )


def held() -> list[tuple[Exam, str, Paper]]:
    """Every exam that a pack in force sets, with its specialty."""
    found = []
    for program in programs():
        for version in versions_of(program):
            for exam in policy_for(program, on=version.effective).exams:
                if exam.paper:
                    found.append((exam, "", exam.paper))
                if own := exam.specialty_paper:
                    found += [(exam, slugify(each), own) for each in exam.specialties]
    return found


def test_every_exam_that_is_held_has_a_bank_that_fits_its_draw() -> None:
    banks = {(each.exam, each.specialty): each for each in map(load_bank, FILES)}
    assert len(held()) == len(banks) == len(FILES)
    for exam, specialty, paper in held():
        bank = banks[exam.code, specialty]
        sheet = draw_sheet(bank, number=paper.questions, seed="x")
        assert len({each.code for each in sheet.asked}) == paper.questions


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_has_questions_enough_and_says_that_it_is_one(path: Path) -> None:
    bank = load_bank(path)
    assert bank.sample
    assert len(bank.questions) >= LEAST.get(path.stem, LEAST_OF_SPECIALTY)
    assert all(each.code.startswith(f"{path.stem}-") for each in bank.questions)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_neither_place_nor_length_gives_the_answer_away(path: Path) -> None:
    questions = [each for each in load_bank(path).questions if not each.several]
    places = Counter(next(iter(each.right)) for each in questions)
    assert max(places.values()) <= len(questions) * 45 // 100
    longest = sum(sticks_out(each) for each in questions)
    assert longest <= len(questions) // 2


def sticks_out(question: Question) -> bool:
    """Whether the right option is longer than each of the others."""
    (right,) = question.right
    lengths = [len(each.text) for each in question.options]
    return all(lengths[right] > each for n, each in enumerate(lengths) if n != right)


def test_a_good_bank_is_read() -> None:
    bank = read(GOOD)
    assert bank.question("wick-001").right == {0}
    assert bank.topic_words("oil") == "Oil"
    with pytest.raises(KeyError):
        bank.question("wick-002")


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        (
            ", right = true }",
            " }",
            "questions[1].options",
            "at least one must be right",
        ),
        ('"Raw" }', '"Raw", right = true }', "questions[1].options", "at least one"),
        (', { text = "Raw" }', "", "questions[1].options", "must be 2 to 8"),
        ('"Raw"', '"refined"', "questions[1].options.text", "is there 2 times"),
        ('topic = "oil"', 'topic = "wax"', "questions.topic", "none of: oil"),
        ('oil = "Oil"', 'oil = "Oil"\nwax = "Wax"', "topics", "nothing is asked about"),
        ('oil = "Oil"', "", "topics", "at least one topic"),
        ('why = "It was refined."', "", "questions[1].why", "is missing"),
        ("sample = true", "sample = 1", "sample", "must be true or false"),
        (
            'why = "It',
            'image = "a.png"\nwhy = "It',
            "questions[1].image",
            "unknown key",
        ),
        ("sample = true", "sample = true\nmark = 80", "mark", "unknown key"),
    ],
)
def test_a_wrong_bank_names_its_place(
    old: str, new: str, place: str, reason: str
) -> None:
    assert old in GOOD
    with pytest.raises(BankError) as fault:
        read(GOOD.replace(old, new, 1))
    assert f"wick.toml: {place}" in str(fault.value)
    assert reason in str(fault.value)


def test_no_code_and_no_question_is_there_twice() -> None:
    again = GOOD + GOOD[GOOD.index("[[questions]]") :]
    with pytest.raises(
        BankError, match=r"questions\.code: 'wick-001' is there 2 times"
    ):
        read(again)
    with pytest.raises(BankError, match=r"questions\.text"):
        read(again[::-1].replace("100-kciw", "200-kciw", 1)[::-1])


def test_a_file_that_is_no_bank_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with pytest.raises(BankError, match="cannot be read"):
        load_bank(path)
    path.write_text("exam = ")
    with pytest.raises(BankError, match="is not TOML"):
        load_bank(path)
