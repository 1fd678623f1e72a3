"""How much credit an accepted activity has: what the rules give, or staff determine."""

from dataclasses import replace
from decimal import Decimal

from ce_credits.rules import Award, Reason, levels_of, main_input
from core.failures import FieldProblem, NotUsable
from credentials.policy import Kind, credit_words

MOST_CREDITS = Decimal(1000)
LONGEST = 600


def problem_of(*, kind: Kind | None, answer: Award) -> FieldProblem:
    """Say why the rules refuse, at the field that stands in the way."""
    levels = levels_of(kind)
    if answer.field == "level" and levels:
        return FieldProblem("level", f"Choose {' or '.join(levels)}.")
    if answer.field == "academic_credits":
        return FieldProblem(answer.field, "Enter the course's academic credits.")
    return FieldProblem(answer.field, answer.explanation)


def too_much(kind: Kind | None, answer: Award) -> FieldProblem | None:
    """Say so where the rules give more credit than is ever kept for one activity."""
    if answer.credits is None or answer.credits <= MOST_CREDITS:
        return None
    most = f"{MOST_CREDITS:,} {answer.unit}"
    text = f"One activity brings at most {most}. Check what you entered."
    return FieldProblem(main_input(kind), text)


def settled(
    kind: Kind | None, answer: Award, determined: Decimal | None, words: str
) -> Award:
    """Return the award of an accepted activity, with its credit and why (A6).

    Args:
        kind: the activity's, as the pack of its day has it.
        answer: what the rules say.
        determined: the credit staff decide on where the rules leave it to them.
        words: their reason, which becomes the award's.

    Raises:
        NotUsable: the rules refuse it, give a figure of their own, or leave it to staff
            who named none that can be stored.
    """
    if answer.outcome == "refused":
        raise _stopped(problem_of(kind=kind, answer=answer))
    problem = too_much(kind, answer)
    if problem is not None:
        raise _stopped(problem)
    if answer.credits is not None:
        if determined is not None and determined != answer.credits:
            raise _not_usable(
                f"The rules give {credit_words(answer.credits)} {answer.unit} here. "
                "Leave this empty."
            )
        return answer
    if determined is None:
        raise _not_usable(f"{answer.explanation} Enter the credit you determine.")
    fits = determined.is_finite() and 0 <= determined <= MOST_CREDITS
    if not fits or determined != round(determined, 2):
        raise _not_usable("Enter credit from 0 to 1,000, with two decimals at most.")
    return _determined(answer, determined, words.strip())


def _determined(answer: Award, credits: Decimal, words: str) -> Award:
    given = answer.explanation.partition(" -> ")[0]
    figure = f"{credit_words(credits)} {answer.unit}"
    said = f"{given} -> {figure}, determined by staff"
    text = f"Staff determined {figure}: {words}" if words else f"Staff: {figure}"
    return replace(
        answer,
        outcome="awarded",
        credits=credits,
        explanation=(f"{said}: {words}" if words else said)[:LONGEST],
        reasons=(*answer.reasons, Reason(answer.rule, text[:LONGEST])),
    )


def _not_usable(text: str) -> NotUsable:
    return _stopped(FieldProblem("credits", text))


def _stopped(problem: FieldProblem) -> NotUsable:
    return NotUsable(problem.text, [problem])
