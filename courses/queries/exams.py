"""Which exam a product opens, what was taken of it, and whether it may be begun."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from uuid import UUID

from accounts.models import Member
from courses.models import Attempt
from courses.rules import Bank, load_bank, next_try_on, percent_words
from courses.rules.banks import BANKS
from credentials.models import Assignment
from credentials.policy import Exam, Paper, day_words, policy_for

State = Assignment.State
# Where an exam can still be worked on.
LIVE = frozenset({State.ASSIGNED, State.STARTED})


@dataclass(frozen=True)
class Held:
    """An exam as an assignment opens it: the exam, how it is set, and its policy."""

    exam: Exam
    paper: Paper
    specialty: str
    title: str
    policy: str


@dataclass(frozen=True)
class Passed:
    """An exam that a member passed, and how well, for the first time."""

    exam: str
    title: str
    words: str
    attempt: Attempt


def exam_of(assignment: Assignment, on: date) -> Held | None:
    """Say which exam an assignment opens, as the policy of a day sets it.

    None where its product opens none, or nobody wrote questions for it.
    """
    product = assignment.product
    policy = policy_for(product.program, on=on)
    for exam in policy.exams:
        paper = exam.paper_of(product.code)
        if paper is None:
            continue
        specialty = assignment.choice if paper is exam.specialty_paper else ""
        if (exam.code, specialty) not in banks():
            return None
        words = f": {assignment.choice_title}" if specialty else ""
        return Held(exam, paper, specialty, f"{exam.title}{words}", policy.version)
    return None


@cache
def banks() -> Mapping[tuple[str, str], tuple[Bank, str]]:
    """Read the banks that are installed, once: (exam, specialty) → bank and its text.

    Raises:
        BankError: one of them is wrong.
    """
    found = {}
    for path in sorted(BANKS.glob("*.toml")):
        bank = load_bank(path)
        found[bank.exam, bank.specialty] = (bank, path.read_text(encoding="utf-8"))
    return MappingProxyType(found)


def bank_of(held: Held) -> tuple[Bank, str]:
    """Give the bank an exam is drawn from, and its text."""
    return banks()[held.exam.code, held.specialty]


def attempts_of(assignment: Assignment) -> Sequence[Attempt]:
    """List what was taken of an assignment's exam, the first first."""
    return list(Attempt.objects.filter(assignment=assignment).order_by("nth"))


def exam_taken(assignment: Assignment, attempt_id: UUID) -> Attempt | None:
    """Find one of the tries at an assignment's exam."""
    rows = Attempt.objects.filter(assignment=assignment, pk=attempt_id)
    return rows.select_related("bank", "member").first()


def running_attempt(assignment: Assignment) -> Attempt | None:
    """Find the try that nobody handed in yet."""
    return Attempt.objects.running().filter(assignment=assignment).first()


def why_not_begun(
    assignment: Assignment, held: Held, tries: Sequence[Attempt], today: date
) -> str:
    """Say why an exam can't be begun on a day; empty where it can (A14).

    Args:
        assignment: what opens it.
        held: the exam.
        tries: what was taken of it, the first first; none of them running.
        today: the day in the body's zone.
    """
    if any(each.passed for each in tries):
        return "You passed this exam."
    if assignment.state not in LIVE or len(tries) >= held.paper.attempts:
        return (
            f"You took it {len(tries)} times, as often as it can be taken. Ask whoever "
            "assigned it to you for another."
        )
    if not tries:
        return ""
    again = next_try_on(tries[-1].started_on, held.paper.wait_days)
    return f"You can take it again from {day_words(again)} on." if again > today else ""


def passed_exams(member: Member, program: str) -> Sequence[Passed]:
    """List the exams of a body that a member passed, each once, the first first."""
    mine = Attempt.objects.of_program(program).of_exams()
    rows = mine.filter(member=member, passed=True)
    found: dict[str, Passed] = {}
    for row in rows.order_by("ended_at", "pk"):
        assert row.right is not None
        words = percent_words(row.right, row.number)
        found.setdefault(row.exam, Passed(row.exam, row.title, words, row))
    return list(found.values())
