"""An application in a cycle is submitted (N5-N8)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from billing.models import Order
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable, Stale
from renewals.models import Recertification
from renewals.queries import Applying, applying, kind_of
from renewals.rules.cycles import Fee
from renewals.services.recertifying_orders import order_parts, parts_lacking
from renewals.services.recertifying_rows import (
    because,
    change,
    check_seen,
    fee_facts,
    lock_application,
)
from renewals.services.recertifying_taking import take

State = Recertification.State


@transaction.atomic
def submit_application(
    *,
    actor: Actor,
    application: Recertification,
    seen: int,
    told: str,
    seller: str,
    today: date,
    now: datetime,
) -> Recertification:
    """Submit an application: its order is placed, and it is taken once that is paid.

    A request for more time costs nothing now and is under review at once. Whoever is a
    member of the society today pays its members' fee (N6). A reinstatement may be
    submitted and paid while credit is missing (N8). One that is submitted already stays
    as it is, so pressing twice submits once.

    Args:
        actor: who submits.
        application: their draft, or one whose order was cancelled or given back.
        seen: the version they saw.
        told: the address that mail about the order goes to.
        seller: the body's full name, for the invoice.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotUsable: the name is not the profile's, or nothing is declared.
        NotEligible: it is outside its window, or credit is missing.
        Stale: it changed since they saw it, or has ended.
    """
    row = lock_application(application.pk)
    if row.state in {State.AWAITING, State.OPEN} and not row.needs_order:
        return row
    if not row.lives:
        raise Stale("This application has ended. Nothing was submitted.")
    check_seen(row, seen)
    found = applying(row.member, row.program, kind_of(row), today=today, now=now)
    _check_complete(row)
    _check_open(row, found)
    row.state, row.submitted_on = State.AWAITING, today
    row.society_member = found.society_member
    assert found.cycle is not None
    before = row.facts.get("orders", [])
    if row.order is not None and row.order.state == Order.State.PARTLY_REFUNDED:
        # What is left of it is still paid.
        before = [*before, str(row.order.pk)]
    row.policy = found.cycle.policy.version
    row.facts = _facts(found, today) | {"orders": before}
    if found.fee is not None:
        # An invoice takes its number before anything is on the trail, as everywhere.
        change(row, now)
        fee = _rest_of(found.fee, before)
        row.order = order_parts(actor, row, fee, told, seller, today, now)
    change(row, now)
    record(
        actor=actor,
        action="application.submitted",
        subject=row,
        member_id=row.member_id,
        program=row.program,
        sentence=f"Submitted the {row.kind} application",
        now=now,
    )
    if found.fee is None:
        return take(actor=actor, row=row, paid_on=None, today=today, now=now)
    return row


def _rest_of(fee: Fee, before: list[str]) -> Fee:
    """Leave out what earlier orders of the application hold already.

    Raises:
        NotEligible: they hold all of it, so there is nothing to order.
    """
    parts = parts_lacking(fee, before)
    if not parts:
        raise NotEligible(
            "All of its fee is ordered already. Nothing was submitted. "
            "Withdraw it, then begin anew."
        )
    return replace(fee, parts=parts)


def _check_complete(row: Recertification) -> None:
    problems = []
    if row.name != " ".join(row.member.name.split()):
        text = (
            f"Write your name as it stands in your profile: {row.member.name}. "
            "To have that changed, write to us first."
        )
        problems.append(FieldProblem("name", text))
    if not row.declared:
        text = "Declare that what you send is true."
        problems.append(FieldProblem("declared", text))
    if problems:
        raise NotUsable(problems[0].text, problems)


def _check_open(row: Recertification, found: Applying) -> None:
    if found.why_not:
        text = " ".join(each.text for each in found.why_not)
        raise NotEligible(f"{text} Nothing was submitted.", extra=because(found))
    if found.cycle is not None and found.cycle.last_on != row.cycle_last_on:
        raise NotEligible(
            "This draft is of another cycle. Nothing was submitted. "
            "Withdraw it, then begin anew."
        )


def _facts(found: Applying, today: date) -> dict[str, Any]:
    """Keep what an application came to when it was submitted (X1, X2)."""
    need = found.need(today)
    assert need is not None
    credits, approved = found.asked(today)
    facts: dict[str, Any] = {
        "credits": str(found.have.credits),
        "approved": str(found.have.approved),
        "need": str(credits),
        "need_approved": str(approved),
        "need_rule": need.basis.rule,
        "fee": [],
    }
    if found.fee is not None:
        facts |= fee_facts(found.fee)
    return facts
