"""By when the credit of education that reports itself is due to be there (N12)."""

from dataclasses import dataclass
from datetime import date

from ce_credits.models import CatalogueItem
from ce_credits.rules import appears_after
from core.business_days import business_day_after
from credentials.policy import policy_for


@dataclass(frozen=True)
class Due:
    """The last day by which credit is due to appear, and what it is counted from.

    `evaluation_deadline` is None where the day of completion alone counts; `rule` is
    the id of the rule that says so.
    """

    on: date
    evaluation_deadline: date | None
    rule: str

    def missing(self, today: date) -> bool:
        """Whether it should have been there by now."""
        return self.on < today


def due_of(
    program: str, kind: str, done_on: date, item: CatalogueItem | None
) -> Due | None:
    """Say by when something completed on a day is due; None where it never comes.

    Args:
        kind: the code of the kind of activity.
        item: the activity of the catalogue, where one is known; a conference has the
            day its evaluation closes.
    """
    policy = policy_for(program, on=done_on)
    found = policy.kind(kind)
    if found is None or found.appears is None:
        return None
    deadline = item.evaluation_deadline if item and item.kind == kind else None
    due_on = business_day_after(
        appears_after(done_on, deadline),
        found.appears.to_days,
        country=policy.body.holidays,
    )
    return Due(due_on, deadline, found.appears.basis.rule)
