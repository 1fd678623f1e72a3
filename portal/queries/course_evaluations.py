"""What evaluations say of a course, for its staff: never fewer than a handful (M3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from core.extract_cells import Column, Kind
from core.extracts import LinesTable
from core.failures import Missing
from core.scope import Scope, scoped
from courses.models import Course, EvaluationAnswers
from courses.queries.course_tests import rules_of
from courses.rules import Said, Summary, Tallied, released, summary
from courses.rules.evaluating import Answers
from portal.queries.month_chart import nice
from portal.queries.reports_grids import Grid, Line, noun, number

WIDTH, ROW = 420, 30


@dataclass(frozen=True)
class Bar:
    """One answer as a bar: how long, how high it stands, and its words."""

    text: str
    count: str
    y: int
    width: int


@dataclass(frozen=True)
class Asked:
    """A question of the scale: its picture, and the table that says the same."""

    bars: Sequence[Bar]
    height: int
    grid: Grid


@dataclass(frozen=True)
class EvaluationsPage:
    """All the template shows; `nothing` says why there is nothing, where that is so."""

    course: str
    course_url: str
    verdict: str
    asked: Sequence[Asked]
    said: Sequence[Said]
    nothing: str
    rule: str
    ruling: str
    csv_url: str
    xlsx_url: str


def staff_course(program: str, course_id: UUID) -> Course:
    """Find a course of a body.

    Raises:
        Missing: it has none of this id.
    """
    found = Course.objects.of_program(program).filter(pk=course_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def evaluations_page(course: Course, today: date) -> EvaluationsPage:
    """Put a course's evaluations together, in one statement."""
    asked = rules_of(course, today).evaluation
    count, rows = _rows(course, today)
    found = summary(asked, rows)
    where = {"program": course.program, "course_id": course.pk}
    return EvaluationsPage(
        course=course.title,
        course_url=reverse("staff_course", kwargs=where),
        verdict=noun(count, "evaluation", "evaluations")
        + (f", {number(len(rows))} shown" if found and len(rows) < count else ""),
        asked=[asked_shown(each, asked.scale) for each in found.scales]
        if found
        else (),
        said=[each for each in found.words if each.texts] if found else (),
        nothing=""
        if found
        else f"Shown from {asked.shown_from} evaluations on, once their month is over, "
        "so that nobody is known by theirs.",
        rule=asked.basis.rule,
        ruling=asked.basis.ruling,
        csv_url=reverse("staff_evaluations_csv", kwargs=where),
        xlsx_url=reverse("staff_evaluations_xlsx", kwargs=where),
    )


def evaluations_table(course: Course, today: date) -> LinesTable:
    """Give the same as the rows of a file: each answer with how often it was given."""
    asked = rules_of(course, today).evaluation

    def read() -> Sequence[Sequence[object]]:
        found = summary(asked, _rows(course, today)[1])
        return list(_lines(found, asked.scale)) if found else []

    def lines(scope: Scope) -> Sequence[Sequence[object]]:
        with scoped(scope):
            return read()

    columns = [Column("question"), Column("answer"), Column("count", kind=Kind.COUNT)]
    return LinesTable(columns, lines, lambda: len(read()))


def _rows(course: Course, today: date) -> tuple[int, Sequence[Answers]]:
    """Count what was given, and read what of it may be shown."""
    rows = EvaluationAnswers.objects.of_program(course.program)
    rows = rows.filter(version__course=course).order_by()
    pairs = list(rows.values_list("month", "answers"))
    least = rules_of(course, today).evaluation.shown_from
    return len(pairs), released(pairs, today=today, at_least=least)


def _lines(found: Summary, scale: Sequence[str]) -> Sequence[Sequence[object]]:
    counted = [
        (each.question.text, text, count)
        for each in found.scales
        for text, count in zip(scale, each.counts, strict=True)
    ]
    said = [
        (each.question.text, text, 1) for each in found.words for text in each.texts
    ]
    return [*counted, *said]


def asked_shown(found: Tallied, scale: Sequence[str]) -> Asked:
    """Show a question of the scale: its picture, and the table beside it."""
    whole = nice(max(found.counts)) or 1
    pairs = list(zip(scale, found.counts, strict=True))
    return Asked(
        bars=[
            Bar(text, number(count), place * ROW, round(WIDTH * count / whole))
            for place, (text, count) in enumerate(pairs)
        ],
        height=len(pairs) * ROW,
        grid=Grid(
            id=f"asked-{found.question.code}",
            title=found.question.text,
            heads=("Answer", "How many"),
            lines=[Line(text, [number(count)]) for text, count in pairs],
            total=[number(found.total)],
        ),
    )
