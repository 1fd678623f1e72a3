"""Credit by rate: so much for a unit of minutes, cut to whole steps, always exact."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from credentials.policy import RateFormula, Rounding, credit_words, number_words

HALF = Fraction(1, 2)


def round_to_step(amount: Fraction, step: Decimal, rounding: Rounding) -> Decimal:
    """Cut an amount to whole steps.

    `down` drops what is over a step; `nearest` takes the nearer one, a tie going to the
    even one; `half_up` takes the nearer one, a tie going up.
    """
    steps = amount / Fraction(step)
    if rounding == "down":
        count = floor(steps)
    elif rounding == "nearest":
        count = round(steps)
    else:
        count = floor(steps + HALF)
    return count * step


def rate_credits(formula: RateFormula, minutes: int) -> Decimal:
    """Credits for whole minutes under a rate."""
    amount = _amount(formula, minutes)
    return round_to_step(amount, formula.step, formula.rounding)


def rate_words(formula: RateFormula, minutes: int) -> str:
    """Say a rate and its arithmetic: "1 for 60 min, ... (50/60 = 0.83)"."""
    how = {
        "down": "rounded down to steps",
        "nearest": "rounded to the nearest step",
        "half_up": "rounded to the nearest step, halves up,",
    }[formula.rounding]
    times = "" if formula.credits == 1 else f" x {number_words(formula.credits)}"
    cents = _amount(formula, minutes) * 100
    about = credit_words(Decimal(round(cents)) / 100)
    rate = f"{number_words(formula.credits)} for {formula.unit_minutes} min"
    sum_ = f"{minutes}/{formula.unit_minutes}{times} = {about}"
    return f"{rate}, {how} of {credit_words(formula.step)} ({sum_})"


def _amount(formula: RateFormula, minutes: int) -> Fraction:
    return Fraction(minutes, formula.unit_minutes) * Fraction(formula.credits)
