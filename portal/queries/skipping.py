"""Who of the people picked could not be given the product, before anything is done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Practice, Sponsorship
from credentials.models import Product
from credentials.policy import day_words
from credentials.queries import held_by, why_not_again
from credentials.services import MOST_AT_ONCE, Choice, Pick
from renewals.queries import lives_of, why_not


@dataclass(frozen=True)
class Skipped:
    """Somebody who would be left out, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Kept:
    """Somebody the product can be assigned to; `value` is the form's own."""

    name: str
    detail: str
    value: str


@dataclass(frozen=True)
class Split:
    """The people picked, in two; `whole` says whether everybody is in one of them."""

    skipped: Sequence[Skipped]
    kept: Sequence[Kept]
    whole: bool


MOST_NAMED = 10
# Says of a sponsorship, and the term its line showed: why not, and what is known.
Judge = Callable[[Sponsorship, int | None], tuple[str | None, str]]


def split(
    practice: Practice,
    product: Product,
    picks: Sequence[Pick],
    today: date,
    choice: Choice,
) -> Split:
    """Tell who can be given the product and who not; strangers are in neither list."""
    seen = {pick.member_id: pick.seen for pick in picks}
    ids = list(seen)[:MOST_AT_ONCE]
    rows = (
        Sponsorship.objects.of(practice)
        .open()
        .filter(program=product.program, member__in=ids)
        .select_related("member")
        .order_by("member__last_name", "member__first_name")
    )
    judge = (
        _by_term(product, ids, today)
        if product.begins_term
        else _by_what_is_held(practice, product, choice, ids)
    )
    skipped, kept = [], []
    for row in rows:
        number = seen[row.member_id]
        reason, detail = judge(row, number)
        if reason:
            skipped.append(Skipped(row.member.name, reason))
            continue
        value = f"{row.member_id}" + ("" if number is None else f".{number}")
        kept.append(Kept(row.member.name, detail, value))
    return Split(skipped, kept, whole=len(skipped) + len(kept) == len(seen))


def chosen_words(practice: Practice, product: Product, picks: Sequence[Pick]) -> str:
    """Name the people a choice is made for."""
    rows = (
        Sponsorship.objects.of(practice)
        .open()
        .filter(program=product.program, member__in=[each.member_id for each in picks])
        .select_related("member")
        .order_by("member__last_name", "member__first_name")
    )
    names = [row.member.name for row in rows[:MOST_AT_ONCE]]
    more = len(names) - MOST_NAMED
    said = ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"For {said}. Nothing is assigned yet."


def _by_term(product: Product, ids: Iterable[UUID], today: date) -> Judge:
    lives = lives_of(ids, product.program)

    def judge(row: Sponsorship, seen: int | None) -> tuple[str | None, str]:
        life = lives[row.member_id]
        reason = why_not(product, life, name=row.member.name, today=today)
        latest = life.latest
        detail = f"Renewal date {day_words(latest.renewal_on)}" if latest else ""
        # What changed since the page was opened is the service's to refuse.
        return (reason if seen in {None, len(life.windows)} else None), detail

    return judge


def _by_what_is_held(
    practice: Practice, product: Product, choice: Choice, ids: Iterable[UUID]
) -> Judge:
    held = held_by(practice, product.program, ids)

    def judge(row: Sponsorship, seen: int | None) -> tuple[str | None, str]:
        had, name = held.get(row.member_id, ()), row.member.name
        return why_not_again(product, choice.code, had, name=name), ""

    return judge
