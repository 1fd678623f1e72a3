"""What kinds ask beside time, as it is typed and as it is shown; and words on kinds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ce_credits.models import Activity
from ce_credits.rules import AMOUNTS, EXTRAS, as_given, only_asked
from credentials.policy import (
    Kind,
    NeverFormula,
    number_words,
    policy_for,
    versions_of,
)

Typed = Mapping[str, str]
LABELS = {
    "housekeeping_minutes": "Minutes of housekeeping",
    "paid": "Was it paid?",
    "academic_credits": "Academic credits",
    "positions": "Number of positions",
    "level": "Level",
    "stated_credits": "Credit its provider states",
    "website": "Website",
    "topics": "What it was about",
}
YES, NO = "yes", "no"
EMPTY: tuple[object, ...] = (None, "", [], ())
# More digits than these are no number of anything.
MOST_DIGITS = 20
AMOUNT = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?")


@dataclass(frozen=True)
class KindWords:
    """What to know of a kind before anything is sent: it never counts, or need not be.

    `stops` marks what nobody should go on with; `url` leads to what misses it.
    """

    text: str
    stops: bool
    url: str = ""


def kind_words(kind: Kind | None) -> KindWords | None:
    """Say that a kind never counts (N11), or that it reports itself (N12)."""
    if kind is None:
        return None
    if isinstance(kind.formula, NeverFormula):
        says = kind.formula.says
        return KindWords(f"This never counts: {says}.", stops=True)
    if kind.appears is None:
        return None
    days = f"{kind.appears.from_days} to {kind.appears.to_days} business days"
    text = (
        f"This reports itself: it appears {days} after you completed it. Report it "
        "only if it is missing after that."
    )
    return KindWords(text, stops=False)


def whole_typed(text: str) -> int | str | None:
    """Give the rules a whole number where one was typed, else the text itself.

    None stands for an empty field.
    """
    text = text.strip()
    if not text:
        return None
    digits = text.removeprefix("-")
    whole = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(text) if whole else text


def inputs_typed(typed: Typed) -> dict[str, object]:
    """Take what was typed as the rules want it; what can't be used stays as it is."""
    found: dict[str, object] = {}
    for name in EXTRAS:
        text = typed.get(name, "").strip()
        if name in ("housekeeping_minutes", "positions"):
            found[name] = whole_typed(text)
        elif name in AMOUNTS:
            found[name] = Decimal(text) if AMOUNT.fullmatch(text) else text
        elif name == "topics":
            found[name] = text.split()
        elif name == "paid":
            found[name] = {YES: True, NO: False}.get(text, text)
        else:
            found[name] = text
    return {name: value for name, value in found.items() if value not in EMPTY}


def inputs_text(values: Mapping[str, object]) -> dict[str, str]:
    """Give inputs as they would be typed."""
    return {name: _text(value) for name, value in values.items() if name in EXTRAS}


def inputs_of(activity: Activity) -> dict[str, object]:
    """Give what a reported activity keeps of what its kind asks."""
    if activity.on is None or not activity.inputs:
        return {}
    kind = policy_for(activity.program, on=activity.on).kind(activity.kind)
    return only_asked(kind, as_given(activity.inputs))


def input_facts(values: Mapping[str, object], program: str) -> list[tuple[str, str]]:
    """Give each input with its label, as pages list facts."""
    return [
        (LABELS[name], _shown(name, values[name], program)) for name in _there(values)
    ]


def input_words(values: Mapping[str, object], program: str) -> list[str]:
    """Give each input in a few words: 10 min of housekeeping, unpaid, national."""
    return [_words(name, values[name], program) for name in _there(values)]


def _there(values: Mapping[str, object]) -> list[str]:
    return [name for name in EXTRAS if values.get(name) not in EMPTY]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return number_words(value) if isinstance(value, Decimal) else str(value)


def topic_words(value: object, program: str) -> str:
    """Name topics as the body does: Risk management, Pain management."""
    policy = versions_of(program)[-1]
    codes = value if isinstance(value, (list, tuple)) else ()
    return ", ".join(policy.topic_title(str(code)) for code in codes)


def _shown(name: str, value: object, program: str) -> str:
    if name == "topics":
        return topic_words(value, program)
    text = _text(value)
    return text[:1].upper() + text[1:] if name in ("paid", "level") else text


def _words(name: str, value: object, program: str) -> str:
    text = _text(value)
    match name:
        case "topics":
            return f"about {topic_words(value, program)}"
        case "stated_credits":
            return f"{text} stated by its provider"
        case "housekeeping_minutes":
            return f"{text} min of housekeeping"
        case "academic_credits":
            return "1 academic credit" if text == "1" else f"{text} academic credits"
        case "positions":
            return "1 position" if text == "1" else f"{text} positions"
        case "paid":
            return {YES: "paid", NO: "unpaid"}.get(text, text)
        case _:
            return text
