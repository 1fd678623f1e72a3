"""What each decision on an activity would change: credit, totals, certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.models import Activity
from ce_credits.rules import ActivityInput, Award, Credit, award
from credentials.policy import credit_words, day_words, policy_for
from portal.queries.learning import window_words
from portal.queries.resting import short_words
from renewals.models import TermCertificate
from renewals.queries import Life, short_certificates, verdict_of
from renewals.rules import Term, term_of, totals


@dataclass(frozen=True)
class Change:
    """A member's total after a decision, and what follows for certificates."""

    label: str
    total: str
    follows: Sequence[str] = ()


@dataclass(frozen=True)
class Changes:
    """What a term's total is now and would be; `term` is empty outside any term."""

    term: str
    now: str
    after: Sequence[Change]


def answer_for(activity: Activity, minutes: object) -> Award:
    """Ask the rules what an activity gives; without minutes, as it was reported."""
    return award(
        policy_for(activity.program, on=activity.day),
        ActivityInput(
            kind=activity.kind,
            on=activity.day,
            minutes=activity.minutes if minutes is None else minutes,
            title=activity.title,
        ),
    )


def changes_of(
    activity: Activity,
    life: Life,
    answer: Award,
    determined: Decimal | None,
    today: date,
) -> Changes:
    """Work out the totals of the activity's term after each decision still open."""
    term = term_of(life.terms, activity.day)
    if term is None:
        return Changes("", "", ())
    credits = answer.credits if answer.credits is not None else determined
    after = []
    if activity.state != Activity.State.ACCEPTED and answer.outcome != "refused":
        after.append(_approved(activity, life, term, answer, credits, today))
    if activity.state != Activity.State.REJECTED:
        without = life.supposing(activity.pk)
        after.append(
            Change(
                "If not accepted, or sent back",
                _total(activity.program, without, term, today),
                _follows(life, without, today),
            )
        )
    return Changes(
        term=f"{day_words(term.first_on)} to {day_words(term.last_on)}",
        now=_total(activity.program, life, term, today),
        after=after,
    )


def _approved(
    activity: Activity,
    life: Life,
    term: Term,
    answer: Award,
    credits: Decimal | None,
    today: date,
) -> Change:
    if credits is None:
        total = _total(activity.program, life, term, today)
        return Change("If approved", f"{total}, and what you determine")
    credit = Credit(
        on=activity.day,
        credits=credits,
        counts_from=today,
        kind=activity.kind,
        approved=bool(answer.approved),
    )
    then = life.supposing(activity.pk, credit)
    at = f" at {answer.minutes} min" if answer.minutes else ""
    return Change(
        f"If approved{at}",
        _total(activity.program, then, term, today),
        _follows(life, then, today),
    )


def _total(program: str, life: Life, term: Term, today: date) -> str:
    policy = policy_for(program, on=term.last_on)
    have = totals(life.terms, term, life.credits, as_of=today, caps=policy.caps)
    need = credit_words(policy.requirement.credits)
    return f"{credit_words(have.credits)} of {need} {policy.unit}"


def _follows(life: Life, then: Life, today: date) -> list[str]:
    """Say which held certificate would issue, and which issued one would rest on air.

    What is short already, and would be still, is said elsewhere.
    """
    said = []
    for held in life.certificates:
        if held.state != TermCertificate.State.HELD:
            continue
        if verdict_of(held.window, then, today).state == "issued":
            span = window_words(held.window)
            said.append(f"The certificate held for the term {span} issues itself.")
    known = {short.held.pk for short in short_certificates(life, today)}
    said += [
        short_words(short)
        for short in short_certificates(then, today)
        if short.held.pk not in known
    ]
    return said
