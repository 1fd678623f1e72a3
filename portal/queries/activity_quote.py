"""What an activity would give, before it is submitted: credit, reason, totals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.queries import duplicates_of
from ce_credits.rules import Award, Credit, Likeness, Told
from ce_credits.services import Report, problem_of
from credentials.policy import credit_words, day_words
from portal.queries.activity_inputs import input_words
from portal.queries.activity_place import place_of_member, present_words
from portal.queries.activity_reported import reported
from portal.queries.activity_typed import minutes_read
from portal.queries.activity_workings import (
    Steps,
    arrows,
    inputs_words,
    policy_of,
    workings_of_answer,
)
from portal.queries.learning import (
    TAGS,
    Account,
    TermCredit,
)
from portal.queries.shown import Measure
from renewals.queries import Span, life_of
from renewals.rules import cut_words

ASKS = "Give the minutes, or a title that names its length."
ASKS_MINUTES = "Give the minutes."
ASKS_KIND = "Choose a kind of activity."


@dataclass(frozen=True)
class Twin:
    """An activity reported before that may be the same: `by` its title, or its hour."""

    title: str
    url: str
    state: str
    by: Likeness


@dataclass(frozen=True)
class Change:
    """A total as it is, and as it becomes."""

    label: str
    now: str
    after: str


@dataclass(frozen=True)
class Becoming:
    """What the totals of a term become with an activity."""

    measure: Measure
    changes: Sequence[Change]
    summary: str
    note: str = ""


@dataclass(frozen=True)
class Quote:
    """The answer to what was typed so far.

    `figure` is the credit in large, `line` the credit line of the rules, `place` the
    term it counts in, `warning` what is odd about the day, `present` today's span,
    `minutes_read` what the title names.
    """

    figure: str
    line: str
    notes: Sequence[str]
    place: str
    warning: str
    twins: Sequence[Twin]
    becoming: Becoming | None
    steps: Steps
    present: str
    minutes_read: str

    @property
    def said(self) -> str:
        """The answer for somebody who listens: short, as it comes at every change."""
        summary = self.becoming.summary if self.becoming else ""
        return " ".join(part for part in (self.line, summary) if part)


def quote(
    member: Member,
    program: str,
    report: Report,
    *,
    activity_id: UUID | None = None,
    today: date,
) -> Quote:
    """Answer a report as the rules would, and say what the totals become.

    `activity_id` is the activity that is being written, where it has a row already.
    """
    life = life_of(member.pk, program)
    rows = reported(member.pk, program)
    report = report.by(member)
    answer = report.answer(program, today)
    books = life.books(today)
    place = place_of_member(member.pk, books, report.on)
    becoming = None
    if answer.outcome != "refused" and place.term:
        account = Account.of(life, today, rows)
        more = _credit(report, answer, today)
        becoming = _becoming(account, place.term, activity_id, more)
    return Quote(
        figure=_figure(report, answer),
        line=_line(report, answer),
        notes=_notes(answer, becoming),
        place=place.words if report.on or becoming else "",
        warning=place.warning,
        twins=_twins(member, program, _told(report, answer), activity_id),
        becoming=becoming,
        steps=_steps(program, report, answer),
        present=present_words(books),
        minutes_read=minutes_read(report.title, report.policy(program, today)),
    )


def draft_words(report: Report, program: str, today: date) -> tuple[str, str]:
    """Give the figure and the reason of a draft, which counts nothing yet."""
    answer = report.answer(program, today)
    if answer.outcome == "refused":
        return "", f"Draft, not counted. {_line(report, answer)}"
    line = arrows(answer.explanation)
    figure = _figure(report, answer)
    return (
        f"+{figure}" if answer.credits is not None else figure,
        f"Draft, not counted. Once it is submitted with proof: {line}",
    )


def _becoming(
    account: Account, term: Span, activity_id: UUID | None, more: Credit | None
) -> Becoming:
    before = account.term(term)
    after = account.with_it(activity_id, more).term(term) if more else before
    gain = after.have - before.have
    pairs = (
        ("Completed", before.totals.completed, after.totals.completed),
        ("Applied", before.totals.applied, after.totals.applied),
        ("Still needed", before.totals.needed, after.totals.needed),
    )
    summary = "Nothing changes until a staff member decides."
    if more:
        summary = (
            f"{credit_words(before.have)} now, {credit_words(gain)} from this. "
            f"{_missing(after)}"
        )
    note = ""
    if more and gain < more.credits:
        note = cut_words(more.credits, gain)
    return Becoming(
        measure=replace(after.measure, id="ce-after", label=f"{after.unit} after this"),
        changes=[Change(*pair) for pair in pairs],
        summary=summary,
        note=note,
    )


def _missing(after: TermCredit) -> str:
    if not after.missing:
        return f"This {after.noun} is complete."
    by = day_words(after.term.last_on)
    return f"{credit_words(after.missing)} still needed by {by}."


def _credit(report: Report, answer: Award, today: date) -> Credit | None:
    if answer.credits is None:
        return None
    return Credit(
        on=report.on or today,
        credits=answer.credits,
        counts_from=today,
        kind=report.kind,
        approved=bool(answer.approved),
        title=report.title.strip(),
        level=str(report.inputs.get("level", "")),
        topics=answer.topics,
    )


def _figure(report: Report, answer: Award) -> str:
    if answer.outcome == "staff":
        return "Staff decide"
    if answer.outcome == "awarded" and answer.credits is not None:
        return f"{credit_words(answer.credits)} {answer.unit}"
    return "" if report.lacks(answer) or not report.kind else "No credit"


def _line(report: Report, answer: Award) -> str:
    if not report.kind:
        return ASKS_KIND
    if answer.asks_minutes and not report.title.strip():
        return ASKS if policy_of(answer.policy).titles.read_minutes else ASKS_MINUTES
    if report.lacks(answer):
        kind = policy_of(answer.policy).kind(report.kind)
        return arrows(problem_of(kind=kind, answer=answer).text)
    return arrows(answer.explanation)


def _notes(answer: Award, becoming: Becoming | None) -> list[str]:
    notes = [
        each.text
        for each in answer.reasons
        if each.ruling and each.text not in answer.explanation
    ]
    return [*notes, *([becoming.note] if becoming and becoming.note else [])]


def _steps(program: str, report: Report, answer: Award) -> Steps:
    if answer.outcome == "refused":
        return []
    extras = input_words(report.asked(program, report.on or date.max), program)
    given = inputs_words(program, report.kind, answer.minutes, report.on, extras)
    return [("Input", given), *workings_of_answer(answer)]


def _told(report: Report, answer: Award) -> Told:
    return Told(report.title, report.on, answer.minutes, report.provider)


def _twins(
    member: Member, program: str, told: Told, activity_id: UUID | None
) -> list[Twin]:
    found = duplicates_of(
        member_id=member.pk, program=program, told=told, besides=activity_id
    )
    return [
        Twin(
            title=str(each.activity),
            url=reverse("my_activity", kwargs={"activity_id": each.activity.pk}),
            state=TAGS[Activity.State(each.activity.state)].word,
            by=each.likeness,
        )
        for each in found
    ]
