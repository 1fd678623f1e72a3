"""How much credit an accepted activity has: what the rules give, or staff determine."""

from decimal import Decimal

from ce_credits.rules import Award
from core.failures import FieldProblem, NotUsable
from credentials.policy import credit_words

MOST_CREDITS = Decimal(1000)


def settled_credits(answer: Award, determined: Decimal | None) -> Decimal:
    """Return the credit of an accepted activity (A6).

    Raises:
        NotUsable: the rules refuse it, give a figure of their own, or leave it to staff
            who named none that can be stored.
    """
    if answer.outcome == "refused":
        raise NotUsable(
            answer.explanation, [FieldProblem("minutes", answer.explanation)]
        )
    if answer.credits is not None:
        if determined is not None and determined != answer.credits:
            raise _not_usable(
                f"The rules give {credit_words(answer.credits)} {answer.unit} here. "
                "Leave this empty."
            )
        return answer.credits
    if determined is None:
        raise _not_usable(f"{answer.explanation} Enter the credit you determine.")
    fits = determined.is_finite() and 0 <= determined <= MOST_CREDITS
    if not fits or determined != round(determined, 2):
        raise _not_usable("Enter credit from 0 to 1,000, with two decimals at most.")
    return determined


def _not_usable(text: str) -> NotUsable:
    return NotUsable(text, [FieldProblem("credits", text)])
