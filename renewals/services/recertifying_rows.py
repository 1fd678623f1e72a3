"""What all services that change an application share."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from core.failures import Missing, Stale
from renewals.models import Recertification
from renewals.queries import Applying
from renewals.rules.cycles import Fee

CHANGED = (
    "This application changed in another tab since you opened it. Nothing was changed. "
    "Here is what you typed: check it, then send it again."
)


def lock_application(application_id: UUID) -> Recertification:
    """Lock an application until the transaction ends, and read it as it is now.

    Where its order is locked as well, that comes first: so payments do.

    Raises:
        Missing: it can't be seen from here.
    """
    rows = Recertification.objects.select_for_update(of=("self",))
    found = rows.select_related("member__user", "order", "audit")
    row = found.filter(pk=application_id).first()
    if row is None:
        raise Missing("Not found.")
    return row


def lock_all_of(application: Recertification) -> None:
    """Lock all of its member's, in one order: of two decided on, one waits (N8)."""
    lock_all_of_member(application.member_id, application.program)


def lock_all_of_member(member_id: UUID, program: str) -> None:
    """Lock all that a member ever applied for, in one order."""
    mine = Recertification.objects.filter(member=member_id, program=program)
    list(mine.order_by("pk").select_for_update().values_list("pk", flat=True))


def check_seen(row: Recertification, seen: int) -> None:
    """Hold the version somebody saw against the row's.

    Raises:
        Stale: it changed meanwhile.
    """
    if row.version != seen:
        raise Stale(CHANGED)


def put_hold(row: Recertification, *, by: str, why: str, on: date) -> None:
    """Hold a locked row, whoever does; `change` saves it, and `lift_hold` ends it."""
    row.held_on, row.held_by, row.held_reason = on, by[:200], why


def lift_hold(row: Recertification) -> None:
    """Take the hold off a locked row, as whatever ends it does; `change` saves it."""
    row.held_on, row.held_by, row.held_reason = None, "", ""


def change(row: Recertification, now: datetime) -> None:
    """Save a locked row as its next version."""
    row.version += 1
    row.changed_at = now
    row.save()


def fee_facts(fee: Fee) -> dict[str, Any]:
    """Spell a fee as a row keeps it, part by part."""
    return {
        "currency": fee.currency,
        "fee": [
            {
                "code": part.code,
                "label": part.label,
                "amount": str(part.amount),
                "rule": part.rule,
            }
            for part in fee.parts
        ],
    }


def because(found: Applying) -> dict[str, Any]:
    """Give each rule that says no, for whoever reads by program."""
    return {
        "why": [
            {"rule": each.rule, "text": each.text, "ruling": each.ruling}
            for each in found.why_not
        ]
    }
