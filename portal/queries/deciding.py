"""What each decision on an activity would change: credit, totals, certificates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ce_credits.models import Activity
from ce_credits.queries import input_of
from ce_credits.rules import Award, Credit, award
from credentials.policy import credit_words, day_words, policy_for
from portal.queries.learning import window_words
from portal.queries.resting import short_words
from renewals.models import TermCertificate
from renewals.queries import Life, Span, short_certificates, verdict_of


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


def answer_for(
    activity: Activity,
    minutes: object,
    inputs: Mapping[str, object] | None = None,
) -> Award:
    """Ask the rules what an activity gives; without minutes, as it was reported.

    `inputs` are what else staff read from the proof otherwise than it was reported.
    """
    policy = policy_for(activity.program, on=activity.day)
    return award(policy, input_of(activity, minutes=minutes, inputs=inputs))


def changes_of(
    activity: Activity,
    life: Life,
    answer: Award,
    determined: Decimal | None,
    today: date,
) -> Changes:
    """Work out the totals of the activity's term after each decision still open."""
    term = life.books(today).span_of(activity.day)
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
                _total(without, term, today),
                _follows(life, without, today),
            )
        )
    return Changes(
        term=f"{day_words(term.first_on)} to {day_words(term.last_on)}",
        now=_total(life, term, today),
        after=after,
    )


def _approved(
    activity: Activity,
    life: Life,
    term: Span,
    answer: Award,
    credits: Decimal | None,
    today: date,
) -> Change:
    if credits is None:
        total = _total(life, term, today)
        return Change("If approved", f"{total}, and what you determine")
    credit = Credit(
        on=activity.day,
        credits=credits,
        counts_from=today,
        kind=activity.kind,
        approved=bool(answer.approved),
        title=activity.title,
        level=str(activity.inputs.get("level", "")),
        topics=answer.topics,
    )
    then = life.supposing(activity.pk, credit)
    at = f" at {answer.minutes} min" if answer.minutes else ""
    return Change(
        f"If approved{at}",
        _total(then, term, today),
        _follows(life, then, today),
    )


def _total(life: Life, span: Span, today: date) -> str:
    books = life.books(today)
    have, asked = books.totals(span, life.credits), books.asked(span)
    return f"{credit_words(have.credits)} of {credit_words(asked.credits)} {asked.unit}"


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
