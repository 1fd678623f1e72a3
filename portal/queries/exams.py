"""An exam as its member sees it: before, during and after (A14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from uuid import UUID

from accounts.models import Member
from core.failures import Missing
from courses.models import Answer, Attempt
from courses.queries import Held, attempts_of, exam_of, why_not_begun
from courses.queries.allowances import minutes_for
from courses.queries.sitting import bank_at, mark_of, pass_mark_of, sheet_of
from courses.rules import is_open, percent_words
from credentials.models import Assignment
from credentials.policy import day_words, number_words, zone_of
from portal.queries.places import body_name
from portal.queries.rooms import Room, room_of
from portal.queries.shown import Tag

BEING_MARKED = "The time is up. Your answers are being marked: look again in a minute."
UNPUBLISHED = "No exam is published for this yet. It opens here once it is."


@dataclass(frozen=True)
class Topic:
    """A topic to learn again: how much of it was right."""

    title: str
    figure: str


@dataclass(frozen=True)
class Try:
    """One try that is over."""

    number: int
    day_text: str
    figure: str
    needed: str
    tag: Tag
    weak: Sequence[Topic]


@dataclass(frozen=True)
class ExamPage:
    """Before and after an exam: what it is, what was reached, whether it can begin."""

    title: str
    body_name: str
    facts: Sequence[tuple[str, str]]
    affidavit: str
    rule: str
    why_not: str
    running_url: str
    tries: Sequence[Try]
    passed: bool


@dataclass(frozen=True)
class Shown:
    """One option, by its place as shown."""

    place: int
    text: str
    checked: bool


@dataclass(frozen=True)
class Cell:
    """One question of the overview."""

    number: int
    url: str
    words: str
    answered: bool
    flagged: bool
    current: bool


@dataclass(frozen=True)
class QuestionPage:
    """One question of a running exam, and how far it is."""

    title: str
    number: int
    of: int
    text: str
    picture_url: str
    picture_words: str
    several: bool
    options: Sequence[Shown]
    flagged: bool
    cells: Sequence[Cell]
    answered: int
    ends_text: str
    seconds: int
    back_url: str
    next_url: str
    submit_url: str


@dataclass(frozen=True)
class SubmitPage:
    """What is handed in: how many answers, and what is still open."""

    title: str
    of: int
    answered: int
    cells: Sequence[Cell]
    ends_text: str
    seconds: int
    back_url: str


def assignment_of(member: Member, assignment_id: UUID) -> Assignment:
    """Find what somebody was given.

    Raises:
        Missing: there is no such thing, it was taken back, or it is somebody else's.
    """
    rows = Assignment.objects.visible_to(member).select_related("product", "practice")
    row = rows.filter(pk=assignment_id).exclude(state=Assignment.State.UNDONE).first()
    if row is None:
        raise Missing("Not found.")
    return row


def exams_given(member: Member, days: Mapping[str, date]) -> Sequence[Assignment]:
    """List the exams that somebody was given, the newest first.

    `days` has the day in each body's zone.
    """
    rows = Assignment.objects.visible_to(member).select_related("product")
    rows = rows.filter(product__program__in=days)
    rows = rows.exclude(state=Assignment.State.UNDONE).order_by("-at", "pk")
    return [each for each in rows if exam_of(each, days[each.product.program])]


def exam_page(row: Assignment, *, today: date, now: datetime) -> ExamPage:
    """Say what an exam asks, what was reached, and whether it can be begun today."""
    tries = attempts_of(row)
    held = exam_of(row, today)
    running = tries[-1] if tries and tries[-1].ended_at is None else None
    runs = running is not None and is_open(now, running.ends_at)
    over = [each for each in tries if each.ended_at is not None]
    return ExamPage(
        title=held.title if held else row.title,
        body_name=body_name(row.product.program),
        facts=_facts(row, held, len(tries)) if held else (),
        affidavit=held.paper.affidavit if held else "",
        rule=held.exam.basis.rule if held else "",
        why_not=_why_not(row, held, over, running, today),
        running_url=room_of(row).question_url(1) if runs else "",
        tries=[try_of(each) for each in reversed(over)],
        passed=any(each.passed for each in over),
    )


def question_page(
    room: Room, attempt: Attempt, number: int, *, now: datetime
) -> QuestionPage:
    """Show one question of a running exam; no other is told.

    Raises:
        Missing: there is no such question.
    """
    sheet = sheet_of(attempt)
    if not 1 <= number <= len(sheet.asked):
        raise Missing("Not found.")
    asked = sheet.asked[number - 1]
    question = bank_at(attempt).question(asked.code)
    kept = {each.question: each for each in attempt.answers.all()}
    own = kept.get(asked.code)
    chosen = set(own.chosen) if own else set()
    last = number == len(sheet.asked)
    return QuestionPage(
        title=attempt.title,
        number=number,
        of=len(sheet.asked),
        text=question.text,
        picture_url=room.picture_url(number) if question.picture else "",
        picture_words=question.picture_words,
        several=question.several,
        options=[
            Shown(shown, question.options[place].text, place in chosen)
            for shown, place in enumerate(asked.options)
        ],
        flagged=bool(own and own.flagged),
        cells=_cells(room, attempt, kept, number),
        answered=_answered(kept),
        ends_text=_ends_text(attempt),
        seconds=_seconds(attempt, now),
        back_url=room.question_url(number - 1) if number > 1 else "",
        next_url=room.submit_url if last else room.question_url(number + 1),
        submit_url=room.submit_url,
    )


def submit_page(room: Room, attempt: Attempt, *, now: datetime) -> SubmitPage:
    """Say what would be handed in now."""
    kept = {each.question: each for each in attempt.answers.all()}
    return SubmitPage(
        title=attempt.title,
        of=attempt.number,
        answered=_answered(kept),
        cells=_cells(room, attempt, kept, 0),
        ends_text=_ends_text(attempt),
        seconds=_seconds(attempt, now),
        back_url=room.question_url(attempt.number),
    )


def _facts(row: Assignment, held: Held, tried: int) -> Sequence[tuple[str, str]]:
    paper = held.paper
    minutes = minutes_for(row.member_id, row.product.program, paper.minutes)
    return (
        ("Questions", f"{paper.questions}"),
        ("Time", f"{minutes} minutes, from the moment you start"),
        ("To pass", f"{number_words(held.exam.pass_mark)} % right"),
        ("Tries left", f"{max(paper.attempts - tried, 0)} of {paper.attempts}"),
    )


def _why_not(
    row: Assignment,
    held: Held | None,
    over: Sequence[Attempt],
    running: Attempt | None,
    today: date,
) -> str:
    if running is not None:
        # Shown once its time is up.
        return BEING_MARKED
    return why_not_begun(row, held, over, today) if held else UNPUBLISHED


def try_of(attempt: Attempt) -> Try:
    """Say what came of an attempt that is over, and which topics to learn again."""
    assert attempt.right is not None
    mark, bank = mark_of(attempt), bank_at(attempt)
    return Try(
        number=attempt.nth,
        day_text=day_words(attempt.started_on),
        figure=f"{percent_words(attempt.right, attempt.number)}, "
        f"{attempt.right} of {attempt.number} right",
        needed="" if attempt.passed else _needed(attempt),
        tag=Tag("ok", "Passed") if attempt.passed else Tag("bad", "Not passed"),
        weak=[
            Topic(bank.topic_words(each.topic), f"{each.right} of {each.asked} right")
            for each in mark.weak
        ],
    )


def _needed(attempt: Attempt) -> str:
    return f"{number_words(pass_mark_of(attempt))} % right is needed to pass."


def _cells(
    room: Room, attempt: Attempt, kept: dict[str, Answer], current: int
) -> Sequence[Cell]:
    cells = []
    for number, asked in enumerate(sheet_of(attempt).asked, start=1):
        own = kept.get(asked.code)
        answered, flagged = bool(own and own.chosen), bool(own and own.flagged)
        words = "answered" if answered else "not answered"
        cells.append(
            Cell(
                number=number,
                url=room.question_url(number),
                words=f"{words}, flagged" if flagged else words,
                answered=answered,
                flagged=flagged,
                current=number == current,
            )
        )
    return cells


def _answered(kept: dict[str, Answer]) -> int:
    return sum(bool(each.chosen) for each in kept.values())


def _ends_text(attempt: Attempt) -> str:
    return f"{attempt.ends_at.astimezone(zone_of(attempt.program)):%-I:%M:%S %p %Z}"


def _seconds(attempt: Attempt, now: datetime) -> int:
    return max(ceil((attempt.ends_at - now).total_seconds()), 0)
