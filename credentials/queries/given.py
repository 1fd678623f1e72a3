"""What people were given, and what stands in the way of giving or undoing it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Practice
from core.prepared import filled, prepared
from credentials.models import (
    Assignment,
    Product,
)
from credentials.policy import day_words, policy_for

# What can be given again after it: a failed attempt, or an access that has ended.
OVER = (Assignment.State.FAILED, Assignment.State.EXPIRED)
AGAIN = {
    Assignment.State.STARTED: "has begun {} already.",
    Assignment.State.COMPLETE: "has completed {} already.",
}

# For a slip, not a rule of a body: within a day of the press.
UNDO_WITHIN = timedelta(hours=24)
USED = {
    Assignment.State.STARTED: "{name} has begun {title}, so it can't be undone.",
    Assignment.State.COMPLETE: "{name} has completed {title}, so it can't be undone.",
    Assignment.State.FAILED: "{name} has used the attempt at {title}.",
    Assignment.State.EXPIRED: "{title} has expired for {name}.",
}


def held_by(
    practice: Practice, program: str, member_ids: Iterable[UUID]
) -> Mapping[UUID, Sequence[Assignment]]:
    """List what a practice gave its members beside terms, the newest first.

    What was undone is left out. One statement, however many members.
    """
    ids = tuple(member_ids)
    held: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for each in _given(practice.pk, program, filled(ids)) if ids else ():
        if not each.product.begins_term:
            held[each.member_id].append(each)
    return held


@prepared
def _given(
    practice_id: UUID, program: str, member_ids: tuple[UUID, ...]
) -> QuerySet[Assignment]:
    return (
        Assignment.objects.filter(
            practice=practice_id,
            product__program=program,
            member__pk__in=member_ids,
        )
        .exclude(state=Assignment.State.UNDONE)
        .select_related("product")
        .order_by("-at", "-pk")
    )


def why_not_again(
    product: Product, choice: str, held: Iterable[Assignment], *, name: str
) -> str | None:
    """Say why a member can't be given a product once more; None when they can.

    Args:
        product: one that begins no term; those have the term's own rule.
        choice: the code of what was chosen, or empty.
        held: what the member was given, the newest first.
        name: the member's.
    """
    for each in held:
        if (each.product_id, each.choice) != (product.pk, choice):
            continue
        if each.state in OVER:
            return None
        given = f"has {{}} already, assigned {day_words(each.on)}."
        words = AGAIN.get(Assignment.State(each.state), given)
        return f"{name} {words.format(each.title)}"
    return None


def why_not_undone(given: Assignment, now: datetime) -> str | None:
    """Say why an assignment can't be taken back; None when it can.

    Of one that began a term, whoever keeps terms has more to say
    (`renewals.queries.why_terms_stand`).

    Args:
        given: the assignment, with its member, product, practice and sponsorship.
        now: the real instant.
    """
    name, title = given.member.name, given.title
    used = USED.get(Assignment.State(given.state))
    if used:
        return used.format(name=name, title=title)
    if now >= given.at + UNDO_WITHIN:
        return f"{title} was assigned to {name} more than 24 hours ago."
    left_on = given.sponsorship.until_on
    if given.product.begins_term and left_on:
        return (
            f"{name} left {given.practice.name} on {day_words(left_on)} "
            "and keeps the term."
        )
    return None


def package_codes(program: str, today: date) -> Sequence[str]:
    """Name the products of a body's package of the day, or none (A2).

    It is the first of what its pack sells that fills several.
    """
    sales = policy_for(program, on=today).sales
    offers = sales.offers if sales else ()
    return next((offer.grants for offer in offers if offer.grants[1:]), ())


def package_of(program: str, today: date) -> Sequence[Product]:
    """List the parts of a body's package; none where one of them is not there."""
    codes = package_codes(program, today)
    found = Product.objects.filter(program=program, code__in=codes)
    parts = list(found.order_by("order"))
    return parts if len(parts) == len(codes) else []
