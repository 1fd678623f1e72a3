"""A badge that its holder shares, over REST: the facts a signed badge will have."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import PUBLIC, Door
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import Missing
from core.rest import IdField, id_in_address
from core.throttle import VerifyThrottle
from credentials.policy import zone_of
from portal.api.verification import VerdictResource, verdict_words
from portal.queries.badges import (
    BadgeShown,
    badge_address,
    badge_shown,
    program_of_badge,
)

BADGE_PREFIX = "bdg"


class SharedBadge(serializers.Serializer):
    """What anybody may know of a badge that is shared."""

    id = IdField(BADGE_PREFIX)
    name = serializers.CharField(help_text="The holder, as on the certificate.")
    credential = serializers.CharField()
    code = serializers.CharField()
    credential_number = serializers.CharField()
    issuer = serializers.CharField()
    criteria = serializers.ListField(child=serializers.CharField())
    rule = serializers.CharField(help_text="The rule the criteria are from.")
    rule_source = serializers.CharField(help_text="The text the rule is from.")
    issued_on = serializers.DateField()
    valid_from = serializers.DateField()
    expires_on = serializers.DateField(help_text="The last day.")
    certificate_number = serializers.CharField()
    certificate = VerdictResource(
        help_text="valid, expired, superseded or revoked: its certificate."
    )
    standing = VerdictResource(
        help_text="in_good_standing, not_current or unknown: the credential today."
    )
    url = serializers.URLField()
    verify_url = serializers.URLField()


class ReadingBadge(RestView):
    """A badge that is shared."""

    permissions: ClassVar = {"GET": PUBLIC}
    authentication_classes = ()
    throttle_classes = (VerifyThrottle,)
    refusals: ClassVar = {"GET": ("not-found",)}

    @extend_schema(
        operation_id="read_badge", summary="Read a shared badge", responses=SharedBadge
    )
    def get(self, request: Request, door: Door, badge_id: str) -> Response:
        """Read a badge; one that is unknown and one that was withdrawn are one 404."""
        row_id = id_in_address(BADGE_PREFIX, badge_id)
        program = program_of_badge(row_id)
        today = clock.today(zone_of(program)) if program else None
        found = badge_shown(row_id, today=today) if today else None
        if found is None:
            raise Missing("Not found.")
        answer = Response(_shown(row_id, found))
        answer["X-Robots-Tag"] = "noindex"
        return answer


def _shown(row_id: UUID, found: BadgeShown) -> dict[str, Any]:
    return {
        "id": public_ids.spell(BADGE_PREFIX, row_id),
        "name": found.name,
        "credential": found.credential,
        "code": found.code,
        "credential_number": found.credential_number,
        "issuer": found.issuer,
        "criteria": list(found.criteria),
        "rule": found.rule,
        "rule_source": found.source,
        "issued_on": found.issued_on.isoformat(),
        "valid_from": found.valid_from.isoformat(),
        "expires_on": found.valid_until.isoformat(),
        "certificate_number": found.number,
        "certificate": verdict_words(found.certificate),
        "standing": verdict_words(found.standing),
        "url": badge_address(row_id),
        "verify_url": f"{settings.BASE_URL}{found.verify_url}",
    }
