"""Whether a number is a decrease, and whether as many people are named as it asks."""

from core.failures import FieldProblem, NotUsable
from credentials.rules import Seats


def check_number(*, seats: Seats, to: int) -> None:
    """Refuse a number that is no decrease.

    Raises:
        NotUsable: it is below zero, the present one or above it.
    """
    if to < 0:
        text, code = "Enter 0 or more.", "below_zero"
    elif to == seats.number:
        text = f"The number is {seats.number} already. Enter a smaller one."
        code = "same"
    elif to > seats.number:
        text = f"The number is {seats.number}. To have more, order them."
        code = "greater"
    else:
        return
    raise NotUsable(text, [FieldProblem("to", text, code)])


def check_named(*, seats: Seats, to: int, named: int) -> None:
    """Refuse too few or too many people to leave out.

    Raises:
        NotUsable: another number of people has to be named; nobody at all is a problem
            of the number, as nobody was asked yet.
    """
    need = seats.too_many(to)
    if named == need:
        return
    people = "1 person" if need == 1 else f"{need} people"
    if not need:
        text = f"{_in_use_words(seats)}. Nobody needs to be left out."
    elif not named:
        text = f"{_in_use_words(seats)}. Remove {people} first."
    else:
        text = f"You chose {named}. Choose {people} to leave out."
    place, code = ("leave_out", "other_count") if named else ("to", "in_use")
    raise NotUsable(text, [FieldProblem(place, text, code)])


def _in_use_words(seats: Seats) -> str:
    return (
        "1 seat is in use" if seats.in_use == 1 else f"{seats.in_use} seats are in use"
    )
