"""One's own credentials and cycles over REST: what is asked, what is there, and why."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import public_ids
from core.paging import cut
from core.rest import IdField, Paged, WordField, envelope, page_of
from credentials.models import Certification
from credentials.policy import credit_words, cycle_programs, programs
from portal.api.days import day_in
from portal.api.terms import Reason
from portal.queries.cycle_figures import CycleFigures, certifications_of, cycles_of
from renewals.queries import Amount
from renewals.rules.cycles import CYCLE_STANDINGS, Closed, Fee

CERTIFICATION_PREFIX = "ctn"


class CertificationsQuery(Paged):
    """The query parameters of the list."""

    program = WordField(programs(), required=False, help_text="The certifying body.")


class CyclesQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        cycle_programs(), required=False, help_text="The certifying body."
    )


class EarnedCredential(serializers.Serializer):
    """A credential that was earned, for life."""

    id = IdField(CERTIFICATION_PREFIX)
    program = serializers.CharField()
    code = serializers.CharField()
    number = serializers.CharField()
    earned_on = serializers.DateField()


class AppliedCredit(serializers.Serializer):
    """A credit of a cycle: what was reported, what of it counts, and why less."""

    on = serializers.DateField()
    kind = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    approved = serializers.BooleanField()
    reported = serializers.DecimalField(8, 2)
    applied = serializers.DecimalField(8, 2)
    cut = serializers.CharField(allow_blank=True, help_text="Why less counts.")


class FeePart(serializers.Serializer):
    """A part of a fee, and its rule."""

    code = serializers.CharField()
    text = serializers.CharField()
    amount = serializers.DecimalField(10, 2)
    rule = serializers.CharField()


class CycleFee(serializers.Serializer):
    """What the next application costs today; without an amount it is closed."""

    society_member = serializers.BooleanField()
    kind = serializers.CharField(allow_null=True)
    amount = serializers.DecimalField(10, 2, allow_null=True)
    currency = serializers.CharField()
    parts = FeePart(many=True)
    why = serializers.CharField(allow_blank=True, help_text="Why it is closed.")


class CycleResource(serializers.Serializer):
    """A cycle: its days, what it asks, what is there, what is missing, and why."""

    program = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    counts_from = serializers.DateField(help_text="The first day whose CE counts.")
    opens_on = serializers.DateField(help_text="When the application opens.")
    late_until = serializers.DateField(help_text="The last day with a late fee.")
    grace_until = serializers.DateField(help_text="The last day of reinstatement.")
    standing = serializers.ChoiceField(choices=CYCLE_STANDINGS)
    unit = serializers.CharField()
    need = serializers.DecimalField(8, 2)
    need_approved = serializers.DecimalField(8, 2)
    have = serializers.DecimalField(8, 2)
    have_approved = serializers.DecimalField(8, 2)
    missing = serializers.DecimalField(8, 2)
    missing_approved = serializers.DecimalField(8, 2)
    credits = AppliedCredit(many=True)
    fees = CycleFee(many=True)
    why = Reason(many=True)
    policy = serializers.CharField(help_text="The version its last day falls under.")


class MyCertifications(RestView):
    """What somebody holds."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = CertificationsQuery
    operations: ClassVar = {"GET": ("list", "certifications")}

    @extend_schema(summary="List certifications", responses=page_of(EarnedCredential))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List one's own credentials, the latest first."""
        wanted = self.asked.get("program", "")
        found = [
            each
            for each in certifications_of(door.member)
            if wanted in ("", each.program)
        ]
        page = CertificationsQuery.page_of(self.asked)
        rows = cut(found, page)
        return envelope(request, page, rows.count, map(_certification, rows.rows))


class MyCycles(RestView):
    """One's own cycles."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = CyclesQuery
    operations: ClassVar = {"GET": ("list", "cycles")}

    @extend_schema(summary="List cycles", responses=page_of(CycleResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List one's own cycles, the newest first, with why each is as it is."""
        wanted = self.asked.get("program", "")
        found = [
            each
            for program in cycle_programs()
            if wanted in ("", program)
            for each in cycles_of(door.member, program, today=day_in(program))
        ]
        found.sort(key=lambda each: each.cycle.first_on, reverse=True)
        page = CyclesQuery.page_of(self.asked)
        rows = cut(found, page)
        return envelope(request, page, rows.count, map(_cycle, rows.rows))


def _certification(row: Certification) -> dict[str, Any]:
    return {
        "id": public_ids.spell(CERTIFICATION_PREFIX, row.pk),
        "program": row.program,
        "code": row.code,
        "number": row.number,
        "earned_on": row.earned_on.isoformat(),
    }


def _cycle(found: CycleFigures) -> dict[str, Any]:
    cycle, season = found.cycle, found.cycle.season
    member, other = found.fees
    currency = found.policy.currency
    return {
        "program": found.program,
        "first_on": cycle.first_on.isoformat(),
        "last_on": cycle.last_on.isoformat(),
        "counts_from": cycle.counts_from.isoformat(),
        "opens_on": season.opens_on.isoformat(),
        "late_until": season.late_until.isoformat(),
        "grace_until": season.grace_until.isoformat(),
        "standing": found.standing,
        "unit": found.policy.unit,
        "need": credit_words(found.need),
        "need_approved": credit_words(found.need_approved),
        "have": credit_words(found.have),
        "have_approved": credit_words(found.have_approved),
        "missing": credit_words(found.missing),
        "missing_approved": credit_words(found.missing_approved),
        "credits": [_credit(each) for each in found.amounts],
        "fees": [
            _fee(member, currency, society_member=True),
            _fee(other, currency, society_member=False),
        ],
        "why": [
            {"rule": each.rule, "text": each.text, "ruling": each.ruling}
            for each in found.why
        ],
        "policy": found.policy.version,
    }


def _credit(each: Amount) -> dict[str, Any]:
    credit = each.credit
    return {
        "on": credit.on.isoformat(),
        "kind": credit.kind,
        "title": credit.title,
        "approved": credit.approved,
        "reported": credit_words(credit.credits),
        "applied": credit_words(each.applied),
        "cut": each.cut,
    }


def _fee(fee: Fee | Closed, currency: str, *, society_member: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {"society_member": society_member, "currency": currency}
    if isinstance(fee, Closed):
        nothing: dict[str, Any] = {"kind": None, "amount": None, "parts": []}
        return {**shown, **nothing, "why": fee.reason.text}
    amount = f"{fee.amount:.2f}"
    return {
        **shown,
        "kind": fee.kind,
        "amount": amount,
        "parts": parts_shown(fee),
        "why": "",
    }


def parts_shown(fee: Fee) -> list[dict[str, str]]:
    """Spell out the parts of a fee, each with its rule."""
    return [
        {
            "code": part.code,
            "text": part.label,
            "amount": f"{part.amount:.2f}",
            "rule": part.rule,
        }
        for part in fee.parts
    ]
