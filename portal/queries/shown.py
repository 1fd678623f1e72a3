"""How a date, a mode and a quality are shown, one way on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from accounts.models import Sponsorship
from credentials.models import Assignment, Product
from credentials.policy import day_words


@dataclass(frozen=True)
class Chip:
    """A renewal date: kind is none, plain, due or now (A12)."""

    kind: str
    word: str
    text: str


@dataclass(frozen=True)
class Measure:
    """A bar: what is there of what is asked."""

    id: str
    label: str
    done: str
    of: str
    value: str
    max: str


@dataclass(frozen=True)
class Mode:
    """The circle: N non-member, M manual, A auto-renewal (A12)."""

    letter: str
    text: str
    cls: str


@dataclass(frozen=True)
class Quality:
    """An icon of a line: what it is, its state, and the words for it."""

    code: str
    label: str
    colour: str
    icon: str
    state: str
    text: str


NOT_ASSIGNED = "not assigned"
# By state: the icon's, and the words where a course reported none.
STATES = {
    Assignment.State.ASSIGNED: ("assigned", "assigned"),
    Assignment.State.ACTIVE: ("done", "active"),
    Assignment.State.STARTED: ("progress", "in progress"),
    Assignment.State.COMPLETE: ("done", "complete"),
    Assignment.State.FAILED: ("failed", "not passed"),
    Assignment.State.EXPIRED: ("failed", "expired"),
    Assignment.State.UNDONE: ("none", NOT_ASSIGNED),
}
NON_MEMBER = Mode("N", "Non-member", "n")
MODES = {
    Sponsorship.Mode.AUTO: Mode("A", "Auto-renewal", "a"),
    Sponsorship.Mode.MANUAL: Mode("M", "Manual renewal", "m"),
}


def days_words(days: int) -> str:
    """Write a number of days: 1 day, 14 days."""
    return "1 day" if days == 1 else f"{days} days"


def chip(last_on: date | None, standing: str | None, today: date) -> Chip:
    """Show the renewal date after a term's last day, as the standing asks (A12)."""
    if last_on is None:
        return Chip("none", "", "No term yet")
    renewal_on = last_on + timedelta(days=1)
    if standing == "renew_now":
        return Chip("now", "Renew now", day_words(renewal_on))
    if standing == "due":
        left = days_words((renewal_on - today).days)
        return Chip("due", f"Due in {left}", day_words(renewal_on))
    return Chip("plain", "", day_words(renewal_on))


def mode(renewal_mode: str, *, has_term: bool, left_from: date | None = None) -> Mode:
    """Show how a member renews; without a term they are not a member.

    Args:
        left_from: since when their practice doesn't renew them, None where it does.
    """
    if not has_term:
        return NON_MEMBER
    shown = MODES[Sponsorship.Mode(renewal_mode)]
    if left_from is None:
        return shown
    return replace(shown, text=f"{shown.text}, left out from {day_words(left_from)}")


def left_out_words(left_from: date | None) -> str:
    """Say since when somebody isn't renewed any more (A13); empty where they are."""
    return f"Left out from {day_words(left_from)}" if left_from else ""


def quality(
    product: Product,
    last_on: date | None,
    standing: str | None,
    held: Sequence[Assignment],
) -> Quality:
    """Show a product's icon on somebody's line.

    Args:
        product: what the icon is of; one that begins a term shows the term.
        last_on: the newest term's last day.
        standing: today's.
        held: what they were given beside terms, the newest first.
    """
    if product.begins_term:
        state, words = _of_term(last_on, standing)
    else:
        state, words = _of_held([row for row in held if row.product_id == product.pk])
    return Quality(
        code=product.code,
        label=product.label,
        colour=product.colour,
        icon=product.icon,
        state=state,
        text=f"{product.label}: {words}",
    )


class Icons:
    """The icons of many people's lines: what many of them share is put in words once.

    Args:
        products: what there is an icon of, in their order.
    """

    def __init__(self, products: Sequence[Product]) -> None:
        """Know nobody's yet."""
        self._products = products
        self._bare: dict[tuple[date | None, str | None], Sequence[Quality]] = {}

    def of(
        self,
        last_on: date | None,
        standing: str | None,
        held: Sequence[Assignment],
    ) -> Sequence[Quality]:
        """Show somebody's: `quality` of each product, and its arguments."""
        bare = self._bare.get((last_on, standing))
        if bare is None:
            bare = [quality(each, last_on, standing, ()) for each in self._products]
            self._bare[last_on, standing] = bare
        if not held:
            return bare
        given = {row.product_id for row in held}
        return [
            quality(each, last_on, standing, held) if each.pk in given else shown
            for each, shown in zip(self._products, bare, strict=True)
        ]


def _of_term(last_on: date | None, standing: str | None) -> tuple[str, str]:
    if last_on is None:
        return "none", NOT_ASSIGNED
    if standing == "renew_now":
        return "failed", f"ended {day_words(last_on)}"
    return "done", f"current through {day_words(last_on)}"


def _of_held(rows: Sequence[Assignment]) -> tuple[str, str]:
    """Show the newest, and say how many there are before it."""
    if not rows:
        return "none", NOT_ASSIGNED
    state, _ = STATES[Assignment.State(rows[0].state)]
    words = progress_words(rows[0])
    return state, f"{words}; {len(rows) - 1} more" if rows[1:] else words


def progress_words(given: Assignment) -> str:
    """Say where something stands: "passed 92%", "Dermatology, assigned"."""
    words = given.label or STATES[Assignment.State(given.state)][1]
    return f"{given.choice_title}, {words}" if given.choice_title else words


def initials(name: str) -> str:
    """Take the first letters of the first and last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if words[1:] else words))


@dataclass(frozen=True)
class Tag:
    """A status in a word: tone is ok, warn, bad, info or neutral."""

    tone: str
    word: str


STANDING_TAGS = {
    "good": Tag("ok", "In good standing"),
    "due": Tag("warn", "Due soon"),
    "renew_now": Tag("bad", "Renew now"),
    "late": Tag("warn", "Late"),
    "under_review": Tag("info", "Under review"),
    "extended": Tag("info", "Extended"),
    "lapsed": Tag("bad", "Lapsed"),
    "expired": Tag("bad", "Expired"),
    "none": Tag("neutral", "Not started"),
}
