"""The way on from a cycle's page: its application in short, and more time (N5-N8)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse

from accounts.models import Member
from core.words import day_words, money_words
from credentials.policy import credit_words
from portal.queries.learning import TermCredit
from portal.queries.recertify import ROUTES, ApplicationPage, application_page
from portal.queries.recertify_states import asked_by
from portal.queries.recertify_tasks import Task
from renewals.queries import kind_on, why_no_request
from renewals.rules.cycles import Cycle

HEADINGS = {
    "recertification": "Recertification application",
    "reinstatement": "Reinstatement application",
}


@dataclass(frozen=True)
class Applying:
    """The application that the day allows, or what was sent.

    `first` says whether it is the next thing to do, before any more credit.
    """

    heading: str
    text: str
    tasks: Sequence[Task]
    fee_text: str
    label: str
    url: str
    first: bool


@dataclass(frozen=True)
class MoreTime:
    """An extension that can be asked for, or was."""

    text: str
    label: str
    url: str
    until_text: str


def applying_in(
    member: Member,
    cycle: Cycle | None,
    credit: TermCredit | None,
    *,
    today: date,
    now: datetime,
) -> Applying | None:
    """Say what can be applied for on a day; None where nothing can, or was.

    Args:
        member: whose page it is.
        cycle: their oldest that is not recertified.
        credit: what they have in it.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    if cycle is None or cycle.season.stage(today) in {"running", "expired"}:
        return None
    program, kind = cycle.policy.program, kind_on(cycle, today)
    page = application_page(member, program, kind, today=today, now=now)
    lives = bool(page.withdraw_url)
    if not page.writes and not lives:
        return None
    place = reverse(ROUTES[kind], kwargs={"program": program})
    complete = credit is not None and not (credit.missing or credit.missing_approved)
    return Applying(
        heading=HEADINGS[kind],
        text=page.verdict,
        tasks=[_from_afar(each, place) for each in page.tasks],
        fee_text=f"Fee today: {page.total_text}." if page.writes else "",
        label=_label(page, lives=lives),
        url=place,
        first=page.writes and complete,
    )


def more_time_in(
    cycle: Cycle | None, credit: TermCredit | None, *, today: date, now: datetime
) -> MoreTime | None:
    """Say what an extension asks, to whom it is open and still of use (N7)."""
    if cycle is None or credit is None or credit.term.last_on != cycle.last_on:
        return None
    place = reverse(ROUTES["extension"], kwargs={"program": cycle.policy.program})
    if cycle.waits(today) and cycle.in_review(today) is None:
        text = "Your request for more time is under review."
        return MoreTime(text, "See your request", place, "")
    complete = not (credit.missing or credit.missing_approved)
    if complete or why_no_request(cycle, today, now) is not None:
        return None
    plan, asked = cycle.policy.cycles, cycle.need(today).extension
    have = credit_words(credit.have)
    text = f"You have {have} of the {credit_words(asked)} credits an extension asks."
    if credit.have >= asked:
        text = (
            f"You have {have} credits, and an extension asks {credit_words(asked)}. "
            f"It runs to {day_words(cycle.season.extended_until)} and costs "
            f"{money_words(plan.extension.fee, plan.currency)}, paid with the "
            "application."
        )
    return MoreTime(text, "Request extension", place, f"by {asked_by(cycle)}")


def _from_afar(task: Task, place: str) -> Task:
    """Lead to a task's place on the application's own page."""
    return replace(task, url=f"{place}{task.url}") if task.url[:1] == "#" else task


def _label(page: ApplicationPage, *, lives: bool) -> str:
    if not lives:
        return page.title
    return "Continue your application" if page.writes else "See your application"
