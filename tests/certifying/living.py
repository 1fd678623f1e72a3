"""Somebody who is recertified for the cycle to Dec 1, 2028."""

from datetime import date

from accounts.models import Member
from certificates.models import Certificate
from credentials.models import Certification
from tests.cast import certify
from tests.recertifying.living import BODY, a_holder, applied, decided, fresh, pays

APPLIED, APPROVED = date(2025, 11, 3), date(2025, 11, 20)
NEXT = (date(2025, 12, 2), date(2028, 12, 1))


def a_dual_holder(name: str = "Nora North") -> Member:
    """Somebody with both credentials for the first time, and all they need (N4)."""
    member = a_holder(name)
    certify(member, on=date(2024, 6, 30), program=BODY, code="CPMSM")
    return member


def recertified(member: Member) -> list[Certificate]:
    """Apply, pay and be approved; the certificates by credential."""
    row = applied(member, APPLIED)
    pays(row.order, APPLIED)
    decided(fresh(row), "approved", APPROVED)
    found = Certificate.objects.filter(member=member)
    return list(found.order_by("certification__code"))


def held(member: Member, code: str = "CPCS") -> Certification:
    """A credential of somebody's."""
    return Certification.objects.get(member=member, code=code)
