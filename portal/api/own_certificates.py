"""One's own certificates over REST, and sharing what they certify as a badge (N14)."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from certificates.models import Badge, Certificate
from certificates.services import share_badge, withdraw_badge
from core import clock, public_ids
from core.paging import cut
from core.rest import (
    IdField,
    Paged,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from credentials.policy import programs, zone_of
from portal.api.badges import BADGE_PREFIX
from portal.api.ce_asking import Nothing
from portal.api.cycles import CERTIFICATION_PREFIX
from portal.queries.badges import badge_address
from portal.queries.my_certificates import (
    own_badge,
    own_badges,
    own_certificates,
    own_certification,
)
from portal.queries.verification import PAPER_CODES, paper_verdict

CERTIFICATE_PREFIX = "crt"


class OwnCertificatesQuery(Paged):
    """The query parameters of the list."""

    program = WordField(programs(), required=False, help_text="The certifying body.")


class OwnCertificate(serializers.Serializer):
    """A certificate of one's own; what it says never changes."""

    id = IdField(CERTIFICATE_PREFIX)
    number = serializers.CharField()
    attestation_number = serializers.CharField(
        allow_null=True, help_text="Null where the body gives none."
    )
    program = serializers.CharField()
    certification = IdField(
        CERTIFICATION_PREFIX,
        allow_null=True,
        help_text="The credential it certifies for a cycle; null for a term's.",
    )
    name = serializers.CharField(help_text="The holder, as printed.")
    title = serializers.CharField()
    credential = serializers.CharField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(
        allow_null=True, help_text="Null where it never runs out: a course was taken."
    )
    issued_on = serializers.DateField(help_text="The day in the body's zone.")
    issued_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=PAPER_CODES)
    verify_url = serializers.URLField()


class BadgeResource(serializers.Serializer):
    """A badge that one shares."""

    id = IdField(BADGE_PREFIX)
    program = serializers.CharField()
    certification = IdField(CERTIFICATION_PREFIX)
    code = serializers.CharField()
    url = serializers.URLField(help_text="The page that anybody may open.")
    shared_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class MyCertificates(RestView):
    """One's own certificates."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = OwnCertificatesQuery
    operations: ClassVar = {"GET": ("list", "certificates")}

    @extend_schema(
        summary="List your own certificates", responses=page_of(OwnCertificate)
    )
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List what was issued to you, the newest first."""
        found = own_certificates(door.member).prefetch_related("events")
        if "program" in self.asked:
            found = found.filter(program=self.asked["program"])
        page = OwnCertificatesQuery.page_of(self.asked)
        rows = cut(list(found), page)
        days = {each: clock.today(zone_of(each)) for each in programs()}
        shown = [_certificate(each, days) for each in rows.rows]
        return envelope(request, page, rows.count, shown)


class MyBadges(RestView):
    """The badges one shares."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = Paged
    operations: ClassVar = {"GET": ("list", "badges")}

    @extend_schema(summary="List your badges", responses=page_of(BadgeResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List the badges that you share now."""
        page = Paged.page_of(self.asked)
        rows = cut(list(own_badges(door.member).order_by("shared_at", "pk")), page)
        return envelope(request, page, rows.count, map(_badge, rows.rows))


class SharingBadge(RestView):
    """The badge of a credential of one's own."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("share", "badge")}

    @extend_schema(
        summary="Share a badge",
        request=Nothing,
        responses={HTTPStatus.CREATED: BadgeResource},
    )
    def post(self, request: Request, door: OwnDoor, certification_id: str) -> Response:
        """Let anybody with its address see a credential; shared already, it stays so.

        There is a badge once a certificate of the credential is issued.
        """
        self.sent(request, Nothing)
        row_id = id_in_address(CERTIFICATION_PREFIX, certification_id)
        made = share_badge(
            actor=door.actor,
            certification=own_certification(door.member, row_id),
            now=clock.now(),
        )
        return Response(_badge(made), HTTPStatus.CREATED)


class WithdrawingBadge(RestView):
    """The end of a badge."""

    permissions: ClassVar = {"POST": OWN}
    operations: ClassVar = {"POST": ("withdraw", "badge")}

    @extend_schema(summary="Withdraw a badge", request=Nothing, responses=BadgeResource)
    def post(self, request: Request, door: OwnDoor, badge_id: str) -> Response:
        """Let nobody see a badge any more; its address stays dead."""
        self.sent(request, Nothing)
        row_id = id_in_address(BADGE_PREFIX, badge_id)
        found = own_badge(door.member, row_id)
        withdraw_badge(actor=door.actor, badge=found, now=clock.now())
        return Response(_badge(own_badge(door.member, row_id)))


def _certificate(row: Certificate, days: Mapping[str, date]) -> dict[str, Any]:
    path = reverse("verify", kwargs={"number": row.number})
    certified = row.certification_id
    return {
        "id": public_ids.spell(CERTIFICATE_PREFIX, row.pk),
        "number": row.number,
        "attestation_number": row.attestation_number,
        "program": row.program,
        "certification": (
            public_ids.spell(CERTIFICATION_PREFIX, certified) if certified else None
        ),
        "name": row.facts["holder_name"],
        "title": row.facts["title"],
        "credential": row.facts["credential_title"],
        "valid_from": row.valid_from.isoformat(),
        "valid_until": None if row.for_good else row.valid_until.isoformat(),
        "issued_on": row.issued_on.isoformat(),
        "issued_at": instant(row.issued_at),
        "status": paper_verdict(row, days[row.program]).code,
        "verify_url": f"{settings.BASE_URL}{path}",
    }


def _badge(row: Badge) -> dict[str, Any]:
    withdrawn = row.withdrawn_at
    return {
        "id": public_ids.spell(BADGE_PREFIX, row.pk),
        "program": row.program,
        "certification": public_ids.spell(CERTIFICATION_PREFIX, row.certification_id),
        "code": row.certification.code,
        "url": badge_address(row.pk),
        "shared_at": instant(row.shared_at),
        "withdrawn_at": instant(withdrawn) if withdrawn else None,
    }
