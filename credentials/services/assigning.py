"""Assigning a product: all the people picked, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from accounts.models import Practice, Sponsorship
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.failures import FieldProblem, Missing, NotEligible, NotUsable, Refusal, Stale
from credentials.events import ProductAssigned
from credentials.models import (
    Assignment,
    AssignmentBatch,
    Product,
    SeatEntry,
    SeatPool,
    Window,
)
from credentials.policy import day_words
from credentials.queries import held_by, why_not_again

# What one request can do while others wait for the practice's trail: some seconds.
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Pick:
    """Somebody to assign to.

    `seen` is the number of the latest term the caller's page showed (0 for none), so
    that a page left open can't renew somebody twice; None takes whatever is there.
    """

    member_id: UUID
    seen: int | None = None


@dataclass(frozen=True)
class Choice:
    """Which specialty or course is meant: its code, and its words as they are today."""

    code: str = ""
    title: str = ""


ALL_ALIKE = Choice()


class PoolExhausted(Refusal):
    """Fewer seats are left than people were picked."""

    slug: ClassVar[str] = "pool-exhausted"
    title: ClassVar[str] = "Not enough available to assign"


@transaction.atomic
def assign(
    *,
    actor: Actor,
    practice: Practice,
    product: Product,
    picks: Sequence[Pick],
    form_key: str,
    today: date,
    now: datetime,
    choice: Choice = ALL_ALIKE,
    begins_on: date | None = None,
) -> AssignmentBatch:
    """Give a product to people the practice sponsors, one seat each, all or nothing.

    The same form key again gives back the first answer and assigns nothing. The caller
    has looked the choice up where the product asks for one. `begins_on` is for a term
    that began on another record: the day from which it counts, instead of today.

    Raises:
        NotUsable: nobody was picked, more than 500 people, or there is no choice.
        Missing: somebody picked is not known here.
        NotEligible: somebody has left or has it already, or a rule says no.
        Stale: the page is older than somebody's latest term, or was used already.
        PoolExhausted: too few seats; `extra["available"]` says how many there are.
    """
    wanted = _unique(picks)
    _check_choice(product, choice)
    batch = _open_batch(actor, practice, product, form_key, now)
    if batch is None:
        return _answered_before(practice, product, form_key, wanted, choice)
    sponsorships = _sponsorships(practice, product, list(wanted))
    if product.begins_term:
        _check_seen(product, wanted, sponsorships)
    else:
        _check_held(practice, product, choice, sponsorships)
    _take_seats(actor, batch, len(wanted), now)
    assignments = Assignment.objects.bulk_create(
        Assignment(
            batch=batch,
            practice=practice,
            member=sponsorship.member,
            sponsorship=sponsorship,
            product=product,
            choice=choice.code,
            choice_title=choice.title,
            on=today,
            at=now,
        )
        for sponsorship in sponsorships
    )
    _record(actor, assignments, now)
    publish(ProductAssigned(batch, assignments, actor, today, now, begins_on))
    return batch


def _record(actor: Actor, assignments: Sequence[Assignment], now: datetime) -> None:
    for assignment in assignments:
        record(
            actor=actor,
            action="product.assigned",
            subject=assignment,
            practice_id=assignment.practice_id,
            member_id=assignment.member_id,
            program=assignment.product.program,
            sentence=f"Assigned {assignment.title} to {assignment.member.name}",
            now=now,
        )


def _check_choice(product: Product, choice: Choice) -> None:
    if product.asks_choice and not choice.code:
        text = f"Choose which {product.noun} is meant."
        raise NotUsable(text, [FieldProblem("choice", text, "required")])
    if choice.code and not product.asks_choice:
        text = f"{product.label} has nothing to choose."
        raise NotUsable(text, [FieldProblem("choice", text, "unknown")])


def _unique(picks: Sequence[Pick]) -> dict[UUID, Pick]:
    wanted = {pick.member_id: pick for pick in picks}
    if not wanted:
        text = "Select at least one person, then choose Assign."
        raise NotUsable(text, [FieldProblem("members", text, "empty")])
    if len(wanted) > MOST_AT_ONCE:
        text = f"Select at most {MOST_AT_ONCE} people at a time."
        raise NotUsable(text, [FieldProblem("members", text, "too_many")])
    return wanted


def _open_batch(
    actor: Actor, practice: Practice, product: Product, form_key: str, now: datetime
) -> AssignmentBatch | None:
    try:
        with transaction.atomic():
            return AssignmentBatch.objects.create(
                practice=practice,
                product=product,
                form_key=form_key,
                by=actor.label,
                at=now,
            )
    except IntegrityError:
        return None


def _answered_before(
    practice: Practice,
    product: Product,
    form_key: str,
    wanted: dict[UUID, Pick],
    choice: Choice,
) -> AssignmentBatch:
    batch = AssignmentBatch.objects.get(practice=practice, form_key=form_key)
    given = set(batch.assignments.values_list("member_id", "choice"))
    asked = {(member_id, choice.code) for member_id in wanted}
    if batch.product_id != product.pk or given != asked:
        raise Stale(
            "This page was used already. Nothing was assigned. "
            "Reload it, then select people again."
        )
    return batch


def _sponsorships(
    practice: Practice, product: Product, member_ids: list[UUID]
) -> list[Sponsorship]:
    # The lock makes two administrators renewing the same person take turns.
    found = list(
        Sponsorship.objects.of(practice)
        .open()
        .filter(program=product.program, member__in=member_ids)
        .select_for_update(of=("self",), no_key=True)
        .select_related("member")
        .order_by("member_id")
    )
    absent = set(member_ids) - {sponsorship.member_id for sponsorship in found}
    if absent:
        _refuse_absent(practice, product, absent)
    return found


def _refuse_absent(practice: Practice, product: Product, absent: set[UUID]) -> None:
    left = (
        Sponsorship.objects.of(practice)
        .filter(program=product.program, member__in=absent)
        .exclude(until_on=None)
        .select_related("member")
        .order_by("-until_on")
        .first()
    )
    if left is None or left.until_on is None:
        raise Missing("Not found.")
    raise NotEligible(
        f"{left.member.name} left {practice.name} on {day_words(left.until_on)}. "
        "Nothing was assigned. Take them out of the selection."
    )


def _check_seen(
    product: Product, wanted: dict[UUID, Pick], sponsorships: list[Sponsorship]
) -> None:
    if all(pick.seen is None for pick in wanted.values()):
        return
    latest = dict(
        Window.objects.filter(program=product.program, member__in=list(wanted))
        .values("member")
        .annotate(latest=Max("sequence"))
        .values_list("member", "latest")
    )
    for sponsorship in sponsorships:
        seen = wanted[sponsorship.member_id].seen
        if seen is not None and seen != latest.get(sponsorship.member_id, 0):
            raise Stale(
                f"{sponsorship.member.name}'s membership changed since you opened this "
                "page. Nothing was assigned. Check the new date, then assign again."
            )


def _check_held(
    practice: Practice,
    product: Product,
    choice: Choice,
    sponsorships: list[Sponsorship],
) -> None:
    members = {row.member_id: row.member for row in sponsorships}
    held = held_by(practice, product.program, members)
    for member_id, member in members.items():
        had = held.get(member_id, ())
        reason = why_not_again(product, choice.code, had, name=member.name)
        if reason:
            raise NotEligible(f"{reason} Nothing was assigned.")


def _take_seats(
    actor: Actor, batch: AssignmentBatch, count: int, now: datetime
) -> None:
    product = batch.product
    pool, _ = SeatPool.objects.get_or_create(practice=batch.practice, product=product)
    taken = SeatPool.objects.filter(pk=pool.pk, granted__gte=F("used") + count).update(
        used=F("used") + count
    )
    if not taken:
        pool.refresh_from_db()
        raise _shortage(product, count, pool.available)
    SeatEntry.objects.create(
        pool=pool,
        delta=-count,
        reason=f"Assigned to {count} {'person' if count == 1 else 'people'}",
        key=f"batch:{batch.pk}",
        batch=batch,
        by=actor.label,
        at=now,
    )


def _shortage(product: Product, count: int, available: int) -> PoolExhausted:
    people = "1 person" if count == 1 else f"{count} people"
    one = available == 1
    there = f"{available} {product.noun if one else product.nouns}"
    spare = count - available
    remove = "1 person" if spare == 1 else f"{spare} people"
    text = (
        f"You selected {people} but {there} {'is' if one else 'are'} available. "
        f"Nothing was assigned. Remove {remove} or add seats."
    )
    problem = FieldProblem("items", text, "insufficient")
    return PoolExhausted(text, [problem], {"available": available})
