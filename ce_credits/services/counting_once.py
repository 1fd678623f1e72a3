"""What one person reported twice counts once: set aside, and taken up again (M1)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ce_credits.models import Activity, CreditAward
from ce_credits.rules import Reason
from ce_credits.services.numbered import Step
from ce_credits.services.steps import add_award, is_set_aside, newest_award, write_down
from core.actor import Actor
from credentials.policy import credit_words, day_words


@transaction.atomic
def count_once(
    *,
    actor: Actor,
    same: Sequence[Activity],
    rule: str,
    today: date,
    now: datetime,
) -> None:
    """Let the first of several reports of one thing count, and no other of them.

    What was set aside so and is the first now counts again. Where staff took the credit
    of a report away, or decided anew on it, that stands. Again changes nothing.

    Args:
        actor: by whose doing they are one person's.
        same: reports of one person that are the same, locked, in the order they count.
        rule: the rule that says so.
        today: the day in the body's zone.
        now: the instant, UTC.
    """
    first: Activity | None = None
    for activity in same:
        award = newest_award(activity)
        if award is None or activity.state != Activity.State.ACCEPTED:
            continue
        step = Step("once", actor, today, now)
        if first is None:
            if is_set_aside(award):
                award = _take_up(activity, step)
            first = activity if award.credits else None
        elif award.credits:
            _set_aside(activity, step, award, _why(award, first, rule))


def _why(award: CreditAward, first: Activity, rule: str) -> Reason:
    text = (
        f"{credit_words(award.credits)} {award.unit} -> 0.0, what was earned twice "
        f"counts once, as that of {day_words(first.day)}"
    )
    return Reason(rule, text)


def _set_aside(activity: Activity, step: Step, award: CreditAward, why: Reason) -> None:
    values = _values(award) | {
        "credits": Decimal(0),
        "rule": why.rule,
        "explanation": why.text,
        "reasons": [asdict(why)],
    }
    add_award(activity, step, None, **values)
    write_down(
        activity,
        step,
        action="ce.set_aside",
        sentence=f"Set aside the credit of “{activity.title}” of "
        f"{day_words(activity.day)}: it was earned twice, and counts once",
    )


def _take_up(activity: Activity, step: Step) -> CreditAward:
    """Give back what an activity brought before it was set aside."""
    brought = activity.awards.filter(credits__gt=0).order_by("-sequence")
    award = add_award(activity, step, None, **_values(brought[0]))
    write_down(
        activity,
        step,
        action="ce.taken_up",
        sentence=f"“{activity.title}” of {day_words(activity.day)} counts again",
    )
    return award


def _values(award: CreditAward) -> dict[str, object]:
    """What two awards of an activity have in common."""
    same = "credits", "unit", "index_number", "approved", "rule", "policy", "topics"
    return {
        name: getattr(award, name) for name in (*same, "explanation", "reasons", "note")
    }
