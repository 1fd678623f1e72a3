"""Renewing somebody and undoing it, with each instant of its own."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from accounts.models import Member, Practice
from certificates.models import Certificate
from core.actor import Actor
from credentials.models import Assignment, Product, Window
from credentials.services import Pick, assign, undo
from renewals.models import TermCertificate
from tests.cast import BODY, NOW, TODAY, seats

# The cast was made at NOW: what is renewed here came later.
PRESSED = NOW + timedelta(minutes=5)
LATER = NOW + timedelta(minutes=10)
ALICE = Actor(label="Alice Adams")


def renew(
    practice: Practice,
    product: Product,
    *members: Member,
    now: datetime = PRESSED,
    today: date = TODAY,
) -> list[Assignment]:
    """Assign a product with its seats, and give the assignments by name."""
    seats(practice, product, len(members))
    batch = assign(
        actor=ALICE,
        practice=practice,
        product=product,
        picks=[Pick(member.pk) for member in members],
        form_key=uuid4().hex,
        today=today,
        now=now,
    )
    return list(batch.assignments.order_by("member__last_name"))


def undo_all(
    *given: Assignment, now: datetime = LATER, today: date = TODAY
) -> list[Assignment]:
    """Undo assignments of one practice."""
    return list(
        undo(
            actor=ALICE,
            practice=given[0].practice,
            assignment_ids=[each.pk for each in given],
            days={BODY: today},
            now=now,
        )
    )


def term_of(given: Assignment) -> Window:
    """The term an assignment began, undone or not."""
    return Window.every.get(assignment=given)


def held_of(given: Assignment) -> TermCertificate:
    """What was decided on its certificate, undone or not."""
    return TermCertificate.every.get(window__assignment=given)


def paper_of(given: Assignment) -> Certificate:
    """The certificate it brought."""
    found = held_of(given).certificate
    assert found is not None
    return found
