"""A body's applications as its managers list them: by state, kind and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.urls import reverse

from core.words import day_words
from portal.models import SavedView
from portal.queries.narrowing import (
    MEMBER_NAME,
    Narrowed,
    Option,
    Pill,
    every_word,
)
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.viewing import Views, views_of
from renewals.models import ApplicationQuestion, Recertification
from renewals.models.cycles import RecertificationQuerySet
from renewals.queries import BEGINS, answer_of, overdue

PAGE_SIZE = 50
State = Recertification.State
TAGS = {
    State.AWAITING: Tag("neutral", "Awaiting payment"),
    State.OPEN: Tag("warn", "To decide"),
    State.APPROVED: Tag("ok", "Approved"),
    State.REFUSED: Tag("bad", "Refused"),
    State.WITHDRAWN: Tag("neutral", "Withdrawn"),
}
# As an address names them; the first is the usual one.
STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "": ("To decide", (State.OPEN,)),
    "awaiting": ("Awaiting payment", (State.AWAITING,)),
    "decided": ("Decided", (State.APPROVED, State.REFUSED)),
    "all": ("All", tuple(State.values)),
}
OVERDUE = "overdue"
HELD, ASKED, ANSWERED = "held", "asked", "answered"
MARKS = {
    OVERDUE: "Overdue",
    HELD: "Held",
    ASKED: "Needs information",
    ANSWERED: "Answered",
}


@dataclass(frozen=True)
class Asked(Narrowed):
    """The filters of the list's address; what is not known there is no filter."""

    state: str = ""
    kind: str = ""
    mark: str = ""
    q: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the state is chosen."""
        return bool(self.kind or self.mark or self.q)

    @property
    def query(self) -> str:
        """The end of an address that keeps them; empty where there are none."""
        return self.url if self.pairs else ""


@dataclass(frozen=True)
class Row:
    """One application of the list; `due_text` says by when it is answered."""

    name: str
    url: str
    kind: str
    submitted_text: str
    cycle_text: str
    tag: Tag
    due_text: str
    marks: Sequence[Tag]


@dataclass(frozen=True)
class Applications:
    """The list: what waits for a decision first, what is due first at the top."""

    body_name: str
    verdict: str
    asked: Asked
    clear_url: str
    decrees_url: str
    views: Views
    states: Sequence[Pill]
    kinds: Sequence[Option]
    marks: Sequence[Option]
    rows: Sequence[Row]
    pager: Pager


def asked_of(state: str, kind: str, mark: str, q: str) -> Asked:
    """Read the filters of an address; what is none of them is left aside."""
    return Asked(
        state=state if state in STATES else "",
        kind=kind if kind in Recertification.Kind.values else "",
        mark=mark if mark in MARKS else "",
        q=q.strip(),
    )


def applications_url(program: str) -> str:
    """The address of the list without filters."""
    return reverse("staff_applications", kwargs={"program": program})


def applications_waiting(program: str, today: date) -> str:
    """Say how many wait for a decision; empty where none does."""
    sent = Recertification.objects.of_program(program).sent()
    waiting, late = _counts(sent, program, today)
    return _verdict(waiting, late) if waiting else ""


def applications(
    program: str, asked: Asked, *, number: int, today: date
) -> Applications:
    """List what was submitted to a body, by the day its answer is due (N13)."""
    sent = Recertification.objects.of_program(program).sent()
    found = sent.annotate(begins=BEGINS).filter(_kept(sent, program, asked, today))
    counts = _counts(sent, program, today)
    pager = pager_of(number, found.count(), PAGE_SIZE, asked.pairs)
    turn = Case(
        When(state=State.OPEN, then=Value(0)),
        When(state=State.AWAITING, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    ordered = found.select_related("member").order_by(turn, "begins", "pk")
    ordered = ordered.prefetch_related("questions")
    rows = ordered[pager.start : pager.start + PAGE_SIZE]
    return Applications(
        body_name=body_name(program),
        verdict=_verdict(*counts),
        asked=asked,
        clear_url=replace(asked, kind="", mark="", q="").url,
        decrees_url=reverse("staff_decrees", kwargs={"program": program}),
        views=views_of(
            program,
            SavedView.Place.APPLICATIONS,
            applications_url(program),
            asked.query,
        ),
        states=[
            Pill(label, replace(asked, state=code).url, current=code == asked.state)
            for code, (label, _) in STATES.items()
        ],
        kinds=[
            Option(code, label, code == asked.kind)
            for code, label in Recertification.Kind.choices
        ],
        marks=[
            Option(code, label, code == asked.mark) for code, label in MARKS.items()
        ],
        rows=[row_of(each, today) for each in rows],
        pager=pager,
    )


def row_of(row: Recertification, today: date) -> Row:
    """Show one application as a line."""
    place = {"program": row.program, "application_id": row.pk}
    assert row.submitted_on is not None
    due = answer_of(row)
    return Row(
        name=row.member.name,
        url=reverse("staff_application", kwargs=place),
        kind=row.get_kind_display(),
        submitted_text=day_words(row.submitted_on),
        cycle_text=day_words(row.cycle_last_on),
        tag=TAGS[State(row.state)],
        due_text=due.words if due else "",
        marks=_marks(row, today),
    )


def _marks(row: Recertification, today: date) -> list[Tag]:
    """Say in words what else is to know of what waits for a decision."""
    due = answer_of(row)
    said = {
        Tag("bad", MARKS[OVERDUE]): due is not None and due.overdue(today),
        Tag("info", MARKS[HELD]): row.held_on is not None,
        Tag("warn", MARKS[ASKED]): row.asked is not None,
        Tag("info", MARKS[ANSWERED]): row.answered,
    }
    return [tag for tag, is_so in said.items() if is_so]


def _kept(sent: RecertificationQuerySet, program: str, asked: Asked, today: date) -> Q:
    keep = Q(state__in=STATES[asked.state][1])
    if asked.kind:
        keep &= Q(kind=asked.kind)
    if asked.mark == OVERDUE:
        keep &= overdue(sent, program, today)
    elif asked.mark:
        keep &= Q(state=State.OPEN) & _marked(asked.mark)
    return keep & every_word(asked.q, *MEMBER_NAME)


def _marked(mark: str) -> Q:
    """Keep what is held, is asked something, or has answered all of it."""
    if mark == HELD:
        return Q(held_on__isnull=False)
    questions = ApplicationQuestion.objects.filter(application=OuterRef("pk"))
    waits = Q(Exists(questions.filter(answered_on=None)))
    return waits if mark == ASKED else Q(Exists(questions)) & ~waits


def _counts(
    sent: RecertificationQuerySet, program: str, today: date
) -> tuple[int, int]:
    """Count what waits for a decision, and what of it is overdue."""
    waiting = sent.filter(state=State.OPEN)
    late = waiting.annotate(begins=BEGINS).filter(overdue(sent, program, today))
    return waiting.count(), late.count()


def _verdict(waiting: int, late: int) -> str:
    if not waiting:
        return "Nothing to decide."
    noun = "application waits" if waiting == 1 else "applications wait"
    said = f"{waiting} {noun} for a decision."
    return f"{said} {late} overdue." if late else said
