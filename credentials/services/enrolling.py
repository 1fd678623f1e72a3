"""Adding somebody with a certification package: all its parts, or nothing."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts.models import Member, Practice, Sponsorship
from accounts.services import add_member, invite
from core.actor import Actor
from core.failures import FieldProblem, NotUsable, Stale
from credentials.models import AssignmentBatch, Product, SeatPool
from credentials.queries import package_of
from credentials.services.assigning import Pick, PoolExhausted, assign

# With a product's code behind it, it is the key of that part's batch.
LONGEST_KEY = 22


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    practice: Practice,
    program: str,
    first_name: str,
    last_name: str,
    email: str,
    form_key: str,
    today: date,
    now: datetime,
) -> Member:
    """Put a person on the list with a package, and invite them to an account.

    They renew manually until somebody says otherwise. The same form key again gives
    back the first answer.

    Raises:
        NotUsable: a name or the address can't be used, or is on the list already.
        PoolExhausted: no package is left; `extra["available"]` is 0.
        Stale: the form key was used for somebody else.
    """
    # Two administrators adding the same person, or the last package, take turns.
    Practice.objects.select_for_update(no_key=True).get(pk=practice.pk)
    parts = package_of(program, today)
    key = form_key[:LONGEST_KEY]
    answered = _answered_before(practice, [_key(key, each) for each in parts], email)
    if answered:
        return answered
    _check_new(practice, email)
    _hold_package(practice, parts)
    member = add_member(
        actor=actor,
        practice=practice,
        program=program,
        first_name=first_name,
        last_name=last_name,
        email=email,
        renewal_mode=Sponsorship.Mode.MANUAL,
        today=today,
        now=now,
    )
    for part in parts:
        assign(
            actor=actor,
            practice=practice,
            product=part,
            picks=[Pick(member.pk)],
            form_key=_key(key, part),
            today=today,
            now=now,
        )
    invite(
        actor=actor,
        practice=practice,
        program=program,
        first_name=member.first_name,
        last_name=member.last_name,
        email=member.email,
        member=member,
        now=now,
    )
    return member


def _key(form_key: str, part: Product) -> str:
    return f"{form_key}:{part.code}"


def _answered_before(
    practice: Practice, keys: Sequence[str], email: str
) -> Member | None:
    batches = AssignmentBatch.objects.filter(practice=practice, form_key__in=keys)
    batch = batches.first()
    if batch is None:
        return None
    member = batch.assignments.select_related("member").get().member
    if member.email != email.strip().lower():
        raise Stale("This form was used already. Nobody was added. Reload the page.")
    return member


def _check_new(practice: Practice, email: str) -> None:
    found = Member.objects.of(practice).filter(email__iexact=email.strip()).first()
    if found:
        text = f"{found.name} is already a member here, with that address."
        raise NotUsable(text, [FieldProblem("email", text, "taken")])


def _hold_package(practice: Practice, parts: Sequence[Product]) -> None:
    """Lock the parts' pools before the first entry of the trail, and look into them."""
    held = SeatPool.objects.of(practice).select_for_update().order_by("product_id")
    left = {pool.product_id: pool.available for pool in held.filter(product__in=parts)}
    if not parts or not all(left.get(part.pk, 0) for part in parts):
        text = "No certification package is left. Nobody was added. Add seats first."
        problem = FieldProblem("email", text, "insufficient")
        raise PoolExhausted(text, [problem], {"available": 0})
