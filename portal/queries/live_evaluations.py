"""What evaluations say of a live activity, for its staff: never a few alone (M3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from courses.models import LiveActivity, LiveAnswers
from courses.rules import Said, released, summary
from portal.queries.course_evaluations import Asked, asked_shown
from portal.queries.course_words import rules_for
from portal.queries.reports_grids import noun


@dataclass(frozen=True)
class LiveEvaluations:
    """How many there are, and what they say once they may be shown."""

    text: str
    asked: Sequence[Asked] = ()
    said: Sequence[Said] = ()


def live_evaluations(live: LiveActivity, today: date) -> LiveEvaluations | None:
    """Put an activity's evaluations together; None where nobody gave one yet."""
    rules = rules_for(live.program, today)
    pairs = list(LiveAnswers.objects.filter(live=live).values_list("month", "answers"))
    if rules is None or not pairs:
        return None
    asked, count = rules.evaluation, noun(len(pairs), "evaluation", "evaluations")
    rows = released(pairs, today=today, at_least=asked.shown_from)
    found = summary(asked, rows)
    if found is None:
        return LiveEvaluations(
            f"{count}. Shown from {asked.shown_from} on, once their month is over, so "
            "that nobody is known by theirs."
        )
    return LiveEvaluations(
        f"{count}, {found.count} shown.",
        [asked_shown(each, asked.scale) for each in found.scales],
        [each for each in found.words if each.texts],
    )
