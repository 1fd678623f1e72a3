"""Live activities over REST: coming to one, and claiming it with its code (M4)."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.failures import FieldProblem, Missing, NotUsable
from core.paging import cut
from core.problems import RateLimited
from core.rest import Paged, envelope, id_in_address, instant, page_of
from core.throttle import too_many_codes
from courses.models import LiveActivity, LiveClaim, LiveRegistration
from courses.queries.live import free_places, live_shown, registration_of
from courses.rules.live import sessions_kept
from courses.services import (
    cancel_registration,
    claim_live,
    find_claim,
    register_live,
)
from courses.services.live_claiming import claim_rules
from credentials.policy import programs, zone_of
from portal.api.ce_shapes import PREFIX as ACTIVITY
from portal.api.days import day_in
from portal.api.learning_shapes import EvaluationShown
from portal.api.live_shapes import (
    CLAIM,
    LIVE,
    REGISTRATION,
    LiveClaimResource,
    NewLiveClaim,
    NewRegistration,
    OwnLiveResource,
    RegistrationResource,
)
from portal.api.own_certificates import CERTIFICATE_PREFIX
from portal.queries.live import live_of
from portal.queries.live_limits import wait_words

NO_LIVE = "There is no such activity that you may come to."


class LiveActivities(RestView):
    """What is held live."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = Paged
    operations: ClassVar = {"GET": ("list", "live_activities")}

    @extend_schema(summary="List live activities", responses=page_of(OwnLiveResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List what is announced and not over, and what you registered for."""
        page = Paged.page_of(self.asked)
        found = cut(list(live_shown(door.member, _days())), page)
        left = free_places(found.rows)
        shown = [_own(door, each, left[each.pk]) for each in found.rows]
        return envelope(request, page, found.count, shown)


class OneLiveActivity(RestView):
    """One live activity."""

    permissions: ClassVar = {"GET": OWN}
    operations: ClassVar = {"GET": ("read", "live_activity")}

    @extend_schema(summary="Read a live activity", responses=OwnLiveResource)
    def get(self, request: Request, door: OwnDoor, live_id: str) -> Response:
        """Read an activity that is announced, or that you registered for."""
        live = _live(door, live_id)
        return Response(_own(door, live, free_places([live])[live.pk]))


class LiveQuestions(RestView):
    """What is asked about a live activity."""

    permissions: ClassVar = {"GET": OWN}
    operations: ClassVar = {"GET": ("read", "live_evaluation")}

    @extend_schema(summary="Read what is asked", responses=EvaluationShown)
    def get(self, request: Request, door: OwnDoor, live_id: str) -> Response:
        """Read the questions that a claim answers, and whether you answered them."""
        live = _live(door, live_id)
        try:
            asked = claim_rules(live, day_in(live.program)).evaluation
        except LookupError as fault:
            raise Missing("Not found.") from fault
        row = registration_of(door.member, live)
        return Response(
            {
                "given": hasattr(row, "claim"),
                "scale": list(asked.scale),
                "questions": [
                    {"code": each.code, "text": each.text, "form": each.form}
                    for each in asked.questions
                ],
            }
        )


class LiveRegistrations(RestView):
    """Coming to something live."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible", "validation-error")}
    operations: ClassVar = {"POST": ("create", "live_registration")}

    @extend_schema(
        summary="Register for a live activity",
        request=NewRegistration,
        responses={HTTPStatus.CREATED: RegistrationResource},
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Take a place under a name. Again gives the registration you have."""
        asked = self.sent(request, NewRegistration)
        row_id = public_ids.read(LIVE, asked["activity"])
        shown = live_shown(door.member, _days())
        live = shown.filter(pk=row_id).first() if row_id else None
        if live is None:
            raise NotUsable(NO_LIVE, [FieldProblem("activity", NO_LIVE)])
        row = register_live(
            actor=door.actor,
            live=live,
            member=door.member,
            first_name=asked["first_name"],
            last_name=asked["last_name"],
            today=day_in(live.program),
            now=clock.now(),
        )
        return Response(_registered(row), HTTPStatus.CREATED)


class OneLiveRegistration(RestView):
    """One's own registration."""

    permissions: ClassVar = {"DELETE": OWN}
    refusals: ClassVar = {"DELETE": ("not-eligible",)}
    operations: ClassVar = {"DELETE": ("cancel", "live_registration")}

    @extend_schema(
        summary="Cancel a registration", responses={HTTPStatus.NO_CONTENT: None}
    )
    def delete(self, request: Request, door: OwnDoor, registration_id: str) -> Response:
        """Give the place back, until the day before the activity begins."""
        rows = LiveRegistration.objects.visible_to(door.member)
        row_id = id_in_address(REGISTRATION, registration_id)
        row = rows.filter(pk=row_id).select_related("live").first()
        if row is None:
            raise Missing("Not found.")
        cancel_registration(
            actor=door.actor,
            registration=row,
            today=day_in(row.program),
            now=clock.now(),
        )
        return Response(status=HTTPStatus.NO_CONTENT)


class LiveClaims(RestView):
    """Claiming what was held live."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {"POST": ("claim", "live_activity")}

    @extend_schema(
        summary="Claim a live activity",
        request=NewLiveClaim,
        responses={HTTPStatus.OK: LiveClaimResource},
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Evaluate an activity and claim it. Again gives what you have of it.

        What you say is kept without a name. Codes are limited, right ones too: 429
        says when one is taken again.
        """
        sent = self.sent(request, NewLiveClaim)
        seconds = too_many_codes(request, door.actor.user_id)
        if seconds:
            raise RateLimited(
                wait_words(seconds), extra={"retry_after": int(seconds) + 1}
            )
        row = find_claim(
            member=door.member,
            typed=sent["code"],
            name=(sent["first_name"], sent["last_name"]),
            today_in=day_in,
        )
        claim = claim_live(
            actor=door.actor,
            registration=row,
            answers={**sent["choices"], **sent["words"]},
            today=day_in(row.program),
            now=clock.now(),
        )
        return Response(_claimed(claim, row))


def live_facts(live: LiveActivity) -> dict[str, Any]:
    """Show what anybody may read of an activity; never its codes."""
    return {
        "id": public_ids.spell(LIVE, live.pk),
        "program": live.program,
        "title": live.title,
        "summary": live.summary,
        "provider": live.provider,
        "joint_provider": live.joint_provider,
        "credit_kind": live.credit_kind,
        "credit": None if live.credit is None else f"{live.credit:.2f}",
        "topics": live.topics,
        "place": live.place,
        "capacity": live.capacity,
        "sessions": [
            {
                "day": each.day.isoformat(),
                "begins": f"{each.begins:%H:%M}",
                "ends": f"{each.ends:%H:%M}",
            }
            for each in sessions_kept(live.sessions)
        ],
        "zone": str(zone_of(live.program)),
        "evaluate_by": live.evaluate_by.isoformat(),
        "cancelled": live.cancelled_at is not None,
    }


def _own(door: OwnDoor, live: LiveActivity, left: int) -> dict[str, Any]:
    row = registration_of(door.member, live)
    return live_facts(live) | {
        "places_left": max(left, 0),
        "registered": row is not None and row.place is not None,
        "attended": hasattr(row, "attendance"),
        "claimed": hasattr(row, "claim"),
    }


def _live(door: OwnDoor, live_id: str) -> LiveActivity:
    return live_of(door.member, id_in_address(LIVE, live_id), _days())


def _days() -> dict[str, Any]:
    return {each: day_in(each) for each in programs()}


def _registered(row: LiveRegistration) -> dict[str, Any]:
    return {
        "id": public_ids.spell(REGISTRATION, row.pk),
        "activity": public_ids.spell(LIVE, row.live_id),
        "first_name": row.first_name,
        "last_name": row.last_name,
        "registered_at": instant(row.at),
    }


def _claimed(claim: LiveClaim, row: LiveRegistration) -> dict[str, Any]:
    paper, activity = claim.certificate, claim.activity_id
    url = reverse("verify", kwargs={"number": paper.number})
    return {
        "id": public_ids.spell(CLAIM, claim.pk),
        "live_activity": public_ids.spell(LIVE, row.live_id),
        "kind": claim.kind,
        "credits": f"{claim.credits:.2f}",
        "on": claim.on.isoformat(),
        "activity": public_ids.spell(ACTIVITY, activity) if activity else None,
        "certificate": public_ids.spell(CERTIFICATE_PREFIX, paper.pk),
        "verify_url": f"{settings.BASE_URL}{url}",
    }
