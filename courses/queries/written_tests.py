"""A version's test as whoever writes it reads it, also where it isn't whole yet."""

from collections.abc import Sequence

from django.db.models import QuerySet

from courses.models import CourseFile, CourseVersion
from courses.rules import Bank, BankError, SourceError, bank_of_text, pictures_of


def draft_bank(version: CourseVersion) -> tuple[Bank | None, str]:
    """Read a draft's bank, and say what is wrong where it can't be; it has one."""
    try:
        return bank_of_text(version.bank, begun=True), ""
    except (BankError, SourceError) as fault:
        return None, str(fault)


def question_pictures(version: CourseVersion) -> QuerySet[CourseFile]:
    """List the pictures that questions of a version may show."""
    return version.files.filter(kind=CourseFile.Kind.QUESTION).order_by("name")


def problems_of_test(version: CourseVersion) -> Sequence[str]:
    """Say what of a draft's test is missing before it can be published."""
    if not version.bank:
        return ()
    bank, problem = draft_bank(version)
    if bank is None:
        return [f"The test can't be read: {problem}."]
    have, drawn = len(bank.questions), version.questions or 0
    if not have:
        return ["The test has no question yet."]
    if have < drawn:
        noun = "question" if have == 1 else "questions"
        text = f"The test draws {drawn} questions, but has {have} {noun}."
        return [f"{text} Write more, or draw fewer."]
    there = frozenset(question_pictures(version).values_list("name", flat=True))
    return [
        f"Question {number} shows pictures/{name}, which is not among the files."
        for name, number in pictures_of(bank).items()
        if name not in there
    ]
