"""The certificates that were issued on a practice's account, and their PDFs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_CERTIFICATES, PracticeDoor
from accounts.rest import RestView
from certificates.models import Certificate, Opening
from certificates.queries import Status, certificates_of
from certificates.services import open_paper, restore_paper
from core import clock, public_ids
from core.failures import Missing
from core.files import answer, is_kept
from core.paging import take
from core.problems import NotReady, refused
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

PREFIX = "crt"
PDF = "application/pdf"
# A PDF takes a second or two; a client that asks again this late misses nothing.
ASK_AGAIN = 5
STATES = tuple(status.value for status in Status)
PAPERS = {
    Certificate.Paper.WAITING: "preparing",
    Certificate.Paper.MAKING: "preparing",
    Certificate.Paper.READY: "ready",
    Certificate.Paper.FAILED: "failed",
}
COLUMNS = (
    "pk",
    "program",
    "member_id",
    "number",
    "attestation_number",
    "facts__title",
    "facts__holder_name",
    "facts__credential_title",
    "valid_from",
    "valid_until",
    "issued_on",
    "issued_at",
    "status",
    "paper",
    "sha256",
)
ORDERINGS = {
    "issued_at": ("issued_at", "pk"),
    "-issued_at": ("-issued_at", "-pk"),
    "valid_until": ("valid_until", "pk"),
    "-valid_until": ("-valid_until", "-pk"),
}


class CertificatesQuery(Paged):
    """The query parameters of the list."""

    program = WordField(programs(), required=False, help_text="The certifying body.")
    member = IdField("mem", required=False)
    status = WordField(STATES, required=False, help_text="What it is worth today.")
    ordering = WordField(tuple(ORDERINGS), default="-issued_at")


class CertificateResource(serializers.Serializer):
    """A certificate; what it says never changes."""

    id = IdField(PREFIX)
    number = serializers.CharField()
    attestation_number = serializers.CharField(
        allow_null=True, help_text="Null where the body gives none."
    )
    program = serializers.CharField()
    member = IdField("mem")
    name = serializers.CharField(help_text="The holder, as printed.")
    title = serializers.CharField()
    credential = serializers.CharField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()
    issued_on = serializers.DateField(help_text="The day in the body's zone.")
    issued_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=STATES)
    pdf = serializers.ChoiceField(choices=("preparing", "ready", "failed"))
    pdf_sha256 = serializers.CharField(
        allow_null=True, help_text="Of the PDF's bytes, once it is ready."
    )
    verify_url = serializers.URLField()


class Certificates(RestView):
    """What was issued to the practice's people."""

    permissions: ClassVar = {"GET": API_CERTIFICATES}
    query = CertificatesQuery

    @extend_schema(
        operation_id="list_certificates",
        summary="List certificates",
        responses=page_of(CertificateResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List the certificates issued on the practice's account, the newest first."""
        wanted = {
            name: self.asked[name]
            for name in ("program", "member", "status")
            if name in self.asked
        }
        page = CertificatesQuery.page_of(self.asked)
        found = take(
            certificates_of(door.practice, days=_days())
            .filter(**wanted)
            .order_by(*ORDERINGS[self.asked["ordering"]]),
            page,
            *COLUMNS,
        )
        return envelope(request, page, found.count, map(_shown, found.rows))


class OneCertificate(RestView):
    """One certificate."""

    permissions: ClassVar = {"GET": API_CERTIFICATES}

    @extend_schema(
        operation_id="read_certificate",
        summary="Read a certificate",
        responses=CertificateResource,
    )
    def get(
        self, request: Request, door: PracticeDoor, certificate_id: str
    ) -> Response:
        """Read one certificate."""
        found = certificates_of(door.practice, days=_days()).filter(
            pk=id_in_address(PREFIX, certificate_id)
        )
        for row in found.values(*COLUMNS):
            return Response(_shown(row))
        raise Missing("Not found.")


class CertificatePdf(RestView):
    """One certificate as paper."""

    permissions: ClassVar = {"GET": API_CERTIFICATES}
    refusals: ClassVar = {"GET": ("not-ready", "conflict", "not-eligible")}

    @extend_schema(
        operation_id="read_certificate_pdf",
        summary="Read a certificate's PDF",
        responses={(200, PDF): OpenApiTypes.BINARY},
    )
    def get(
        self, request: Request, door: PracticeDoor, certificate_id: str
    ) -> HttpResponseBase:
        """Read the PDF; while it is being made, 409 says when to ask again.

        Who reads it first is written down: from then on the renewal it was issued for
        can't be undone. Of a renewal that was undone before, there is no PDF.
        """
        row_id = id_in_address(PREFIX, certificate_id)
        found = Certificate.objects.of(door.practice).filter(pk=row_id).first()
        if found is None:
            raise Missing("Not found.")
        if gone_paper(found):
            restore_paper(actor=door.actor, certificate=found, now=clock.now())
            return refused(request, being_made(found))
        made = found.paper == Certificate.Paper.READY
        if made and request.method == "GET":
            open_paper(
                actor=door.actor,
                certificate=found,
                way=Opening.Way.PROGRAM,
                now=clock.now(),
            )
        return pdf(found)


def gone_paper(certificate: Certificate) -> bool:
    """Say whether a PDF was made, and its file is gone."""
    made = certificate.paper == Certificate.Paper.READY
    return made and not is_kept(certificate.file_key)


def pdf(certificate: Certificate) -> HttpResponseBase:
    """Send a certificate's PDF, to be saved.

    Raises:
        NotReady: it is being made, or could not be.
    """
    if certificate.paper == Certificate.Paper.FAILED:
        raise NotReady("This PDF could not be made. Ask the certifying body.")
    if certificate.paper != Certificate.Paper.READY:
        raise being_made(certificate)
    answered = answer(replace(certificate.file, ours=False))
    answered.headers["ETag"] = f'"{certificate.sha256}"'
    return answered


def being_made(certificate: Certificate) -> NotReady:
    """Say when to ask again."""
    return NotReady(
        f"The PDF of {certificate.number} is being prepared.",
        extra={"retry_after": ASK_AGAIN},
    )


def _days() -> Mapping[str, date]:
    return {program: clock.today(zone_of(program)) for program in programs()}


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    number = row["number"]
    path = reverse("verify", kwargs={"number": number})
    return {
        "id": public_ids.spell(PREFIX, row["pk"]),
        "number": number,
        "attestation_number": row["attestation_number"],
        "program": row["program"],
        "member": public_ids.spell("mem", row["member_id"]),
        "name": row["facts__holder_name"],
        "title": row["facts__title"],
        "credential": row["facts__credential_title"],
        "valid_from": row["valid_from"].isoformat(),
        "valid_until": row["valid_until"].isoformat(),
        "issued_on": row["issued_on"].isoformat(),
        "issued_at": instant(row["issued_at"]),
        "status": row["status"],
        "pdf": PAPERS[Certificate.Paper(row["paper"])],
        "pdf_sha256": row["sha256"] or None,
        "verify_url": f"{settings.BASE_URL}{path}",
    }
