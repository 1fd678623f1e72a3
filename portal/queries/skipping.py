"""Who of the people picked could not be given the product, before anything is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Practice, Sponsorship
from credentials.models import Product
from credentials.policy import day_words
from credentials.services import MOST_AT_ONCE, Pick
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


def split(
    practice: Practice, product: Product, picks: Sequence[Pick], today: date
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
    lives = lives_of(ids, product.program)
    skipped, kept = [], []
    for row in rows:
        life, name = lives[row.member_id], row.member.name
        reason = why_not(product, life, name=name, today=today)
        number = seen[row.member_id]
        # What changed since the page was opened is the service's to refuse.
        if reason and number in (None, len(life.windows)):
            skipped.append(Skipped(name, reason))
            continue
        latest = life.latest
        detail = f"Renewal date {day_words(latest.renewal_on)}" if latest else ""
        value = f"{row.member_id}" + ("" if number is None else f".{number}")
        kept.append(Kept(name, detail, value))
    return Split(skipped, kept, whole=len(skipped) + len(kept) == len(seen))
