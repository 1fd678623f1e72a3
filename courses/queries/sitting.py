"""An attempt as it was drawn: its sheet, its bank and what its policy asks."""

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from courses.models import Attempt, CourseFile
from courses.queries.allowances import tries_of
from courses.rules import (
    Asked,
    Bank,
    BankError,
    Mark,
    Sheet,
    mark_sheet,
    read_bank,
)
from courses.rules.banks import BANKS, PICTURE_NAME, PICTURES
from credentials.policy import Exam, Paper, policy_for
from credentials.policy.reading import Table

# Banks are few and do not change; an answer need not read its own anew.
KEPT = 32


def sheet_of(attempt: Attempt) -> Sheet:
    """Give the questions of an attempt, in their order."""
    return Sheet(tuple(Asked(code, tuple(options)) for code, options in attempt.sheet))


def bank_at(attempt: Attempt) -> Bank:
    """Read the bank as it was when the attempt was drawn from it."""
    return _read(attempt.bank.sha256, attempt.bank.text)


def picture_of(attempt: Attempt, number: int) -> CourseFile | None:
    """Find the picture of a question of a sheet, from 1; None where it has none.

    Raises:
        IndexError: there is no such question.
    """
    code = sheet_of(attempt).asked[number - 1].code
    name = bank_at(attempt).question(code).picture
    if not name or attempt.enrolment is None:
        return None
    rows = CourseFile.objects.filter(version=attempt.enrolment.version_id, name=name)
    return rows.filter(kind=CourseFile.Kind.QUESTION).first()


def installed_picture(attempt: Attempt, number: int) -> Path | None:
    """Find the picture of a question of an exam, from 1; None where it has none.

    It is one of the program's own files: an exam's bank has no version to hold it.

    Raises:
        IndexError: there is no such question.
    """
    code = sheet_of(attempt).asked[number - 1].code
    name = bank_at(attempt).question(code).picture
    if attempt.enrolment is not None or not PICTURE_NAME.fullmatch(name):
        return None
    path = BANKS / PICTURES / name
    return path if path.is_file() else None


def exam_at(attempt: Attempt) -> Exam:
    """Give the exam as the policy of its beginning has it (X1)."""
    exam = policy_for(attempt.program, on=attempt.started_on).exam(attempt.exam)
    assert exam is not None, "a policy in force is never edited"
    return exam


def most_attempts(attempt: Attempt) -> int:
    """Say how often what an attempt is of can be taken."""
    if attempt.enrolment is not None:
        return tries_of(attempt.enrolment)
    return paper_of(attempt).attempts


def paper_of(attempt: Attempt) -> Paper:
    """Say how an attempt's exam is set."""
    exam = exam_at(attempt)
    paper = exam.specialty_paper if attempt.specialty else exam.paper
    assert paper is not None, "a policy in force is never edited"
    return paper


def pass_mark_of(attempt: Attempt) -> Decimal:
    """Give the percent of the questions that must be right."""
    if attempt.enrolment is not None:
        percent = attempt.enrolment.version.pass_percent
        assert percent is not None, "a version with attempts has a test"
        return Decimal(percent)
    return exam_at(attempt).pass_mark


def mark_of(attempt: Attempt) -> Mark:
    """Work out what came of an attempt, topic by topic, from what was answered."""
    answers = {each.question: frozenset(each.chosen) for each in attempt.answers.all()}
    bank, sheet = bank_at(attempt), sheet_of(attempt)
    return mark_sheet(bank, sheet, answers, pass_mark_of(attempt))


@lru_cache(maxsize=KEPT)
def _read(digest: str, text: str) -> Bank:
    table = Table(tomllib.loads(text), file=digest, place="", error=BankError)
    return read_bank(table, digest)
