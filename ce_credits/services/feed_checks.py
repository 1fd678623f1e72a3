"""What staff have to say to settle a row of a feed, or to set it aside."""

from datetime import date

from ce_credits.models import CatalogueItem
from ce_credits.services.feed_judging import problems_of_item
from core.failures import FieldProblem, NotUsable
from credentials.policy import day_words

LONGEST = 400


def check_settling(
    item: CatalogueItem | None,
    on: date,
    minutes: int | None,
    reason: str,
    today: date,
    program: str,
) -> None:
    """Hold that a row can be taken for an activity, on a day, for so many minutes.

    Raises:
        NotUsable: the fields that stand in the way.
    """
    problems = []
    if item is None:
        text = "The catalogue has no activity of this code."
        problems.append(FieldProblem("activity_code", text))
    if on > today:
        text = f"{day_words(on)} is still to come. Enter the day it was completed."
        problems.append(FieldProblem("completed_on", text))
    if item is not None and on <= today:
        # Staff may take what its holder would report themselves.
        found = problems_of_item(program, item, on, minutes, today)
        problems += [each for each in found if each.code != "self_reported"]
    if problems:
        raise NotUsable(problems[0].text, problems)
    check_reason(reason)


def check_reason(reason: str) -> None:
    """Hold that somebody says why.

    Raises:
        NotUsable: nobody does, or at too great length.
    """
    if not reason.strip():
        text = "Write why."
        raise NotUsable(text, [FieldProblem("reason", text)])
    if len(reason.strip()) > LONGEST:
        text = f"Use at most {LONGEST} characters."
        raise NotUsable(text, [FieldProblem("reason", text)])
