"""A version's test as its writers see it: its questions, and what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from core.failures import Missing
from courses.models import CourseVersion
from courses.queries.course_tests import bank_in
from courses.queries.written import seen_test
from courses.queries.written_tests import draft_bank, problems_of_test
from courses.rules import Bank
from portal.queries.exams import Shown


@dataclass(frozen=True)
class QuestionRow:
    """A question in the list."""

    number: int
    code: str
    text: str
    about: str
    url: str


@dataclass(frozen=True)
class StaffTest:
    """A version's test: `unread` says why its text can't be read, else ""."""

    version: CourseVersion
    questions: Sequence[QuestionRow]
    problems: Sequence[str]
    unread: str
    seen: str


@dataclass(frozen=True)
class PreviewedQuestion:
    """A question as whoever sits the test sees it, its answers in the bank's order."""

    number: int
    text: str
    several: bool
    options: Sequence[Shown]
    picture_url: str
    picture_words: str

    @property
    def field(self) -> str:
        """A name of its own for its boxes."""
        return f"chosen-{self.number}"


def staff_test(version: CourseVersion) -> StaffTest:
    """List the questions of a version's test; without a test there are none."""
    bank, unread = read_test(version)
    questions = bank.questions if bank else ()
    return StaffTest(
        version=version,
        questions=[
            QuestionRow(
                number=number,
                code=each.code,
                text=each.text,
                about=_about(bank, each.topic, several=each.several) if bank else "",
                url=_question_url(version, each.code),
            )
            for number, each in enumerate(questions, start=1)
        ],
        problems=() if version.published_at else problems_of_test(version),
        unread=unread,
        seen=seen_test(version),
    )


def read_test(version: CourseVersion) -> tuple[Bank | None, str]:
    """Read a version's bank, and say what is wrong where it can't be.

    None and nothing where it has no test.
    """
    if not version.bank:
        return None, ""
    if version.published_at:
        return bank_in(version), ""
    return draft_bank(version)


def previewed(version: CourseVersion) -> Sequence[PreviewedQuestion]:
    """Show all questions of a test as they are asked.

    Raises:
        Missing: the version has no test, or its text can't be read.
    """
    bank, _ = read_test(version)
    if bank is None:
        raise Missing("Not found.")
    return [
        PreviewedQuestion(
            number=number,
            text=each.text,
            several=each.several,
            options=[
                Shown(place, option.text, checked=False)
                for place, option in enumerate(each.options)
            ],
            picture_url=_picture_url(version, each.picture),
            picture_words=each.picture_words,
        )
        for number, each in enumerate(bank.questions, start=1)
    ]


def _about(bank: Bank, topic: str, *, several: bool) -> str:
    kind = "several answers" if several else "one answer"
    return f"{bank.topic_words(topic)}, {kind}"


def _question_url(version: CourseVersion, code: str) -> str:
    place = {"program": version.course.program, "version_id": version.pk}
    return reverse("staff_test_question", kwargs=place | {"code": code})


def _picture_url(version: CourseVersion, name: str) -> str:
    if not name:
        return ""
    place = {"program": version.course.program, "version_id": version.pk}
    return reverse("staff_version_file", kwargs=place | {"name": name})
