"""Public verification: what anybody may know who has a certificate's number."""

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import PUBLIC, Door
from accounts.rest import RestView
from core import clock
from core.failures import Missing
from core.throttle import VerifyThrottle
from credentials.policy import programs, zone_of
from portal.queries.verification import Verdict, check_number, program_of


class VerdictResource(serializers.Serializer):
    """An answer as a word for programs and one for people."""

    code = serializers.CharField()
    words = serializers.CharField()


class Verification(serializers.Serializer):
    """A certificate and the credential today; nothing else about the person."""

    number = serializers.CharField()
    attestation_number = serializers.CharField(
        allow_null=True, help_text="Null where the body gives none."
    )
    name = serializers.CharField()
    credential = serializers.CharField()
    title = serializers.CharField()
    issuer = serializers.CharField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(
        allow_null=True, help_text="Null where it never runs out: a course was taken."
    )
    issued_on = serializers.DateField()
    certificate = VerdictResource(
        help_text="valid, expired, superseded or revoked: this certificate."
    )
    standing = VerdictResource(
        allow_null=True,
        help_text="in_good_standing, last_approved, lapsed, not_current or unknown: "
        "the credential today. Null for a course's certificate.",
    )
    licence = VerdictResource(
        allow_null=True,
        help_text="retired: its holder gave up practice. Null where they didn't, or "
        "hold no licence with the body.",
    )


class Verify(RestView):
    """The public check of one certificate."""

    permissions: ClassVar = {"GET": PUBLIC}
    authentication_classes = ()
    throttle_classes = (VerifyThrottle,)
    refusals: ClassVar = {"GET": ("not-found",)}

    @extend_schema(
        operation_id="verify", summary="Verify a certificate", responses=Verification
    )
    def get(self, request: Request, door: Door, code: str) -> Response:
        """Check a certificate's number. Spaces, dashes and capitals don't matter."""
        program = program_of(code) or programs()[0]
        check = check_number(code, today=clock.today(zone_of(program)))
        if check is None:
            raise Missing("Not found.")
        answer = Response(
            {
                "number": check.number,
                "attestation_number": check.attestation_number,
                "name": check.name,
                "credential": check.credential,
                "title": check.title,
                "issuer": check.issuer,
                "valid_from": check.valid_from.isoformat(),
                "valid_until": (
                    None if check.for_good else check.valid_until.isoformat()
                ),
                "issued_on": check.issued_on.isoformat(),
                "certificate": verdict_words(check.certificate_verdict),
                "standing": _words(check.credential_verdict),
                "licence": _words(check.licence_verdict),
            }
        )
        answer["X-Robots-Tag"] = "noindex"
        return answer


def _words(verdict: Verdict | None) -> dict[str, str] | None:
    return verdict_words(verdict) if verdict else None


def verdict_words(verdict: Verdict) -> dict[str, str]:
    """Spell an answer for programs and for people."""
    return {"code": verdict.code, "words": verdict.word}
