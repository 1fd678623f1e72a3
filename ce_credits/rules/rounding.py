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


def learning(formula: RateFormula, minutes: int, housekeeping: int) -> Fraction:
    """Give the minutes that count: housekeeping above its allowance is left out (N9).

    Of m minutes m x allowance / unit are allowed, unrounded.
    """
    allowed = Fraction(minutes * (formula.housekeeping or 0), formula.unit_minutes)
    return minutes - max(housekeeping - allowed, Fraction(0))


def rate_credits(formula: RateFormula, minutes: Fraction | int) -> Decimal:
    """Credits for minutes of learning under a rate."""
    amount = _amount(formula, minutes)
    return round_to_step(amount, formula.step, formula.rounding)


def rate_words(formula: RateFormula, minutes: Fraction | int) -> str:
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
    counted = _about(Fraction(minutes))
    sum_ = f"{counted}/{formula.unit_minutes}{times} = {about}"
    return f"{rate}, {how} of {credit_words(formula.step)} ({sum_})"


def _about(amount: Fraction) -> str:
    return number_words(Decimal(round(amount * 100)) / 100)


def _amount(formula: RateFormula, minutes: Fraction | int) -> Fraction:
    return Fraction(minutes) / formula.unit_minutes * Fraction(formula.credits)
