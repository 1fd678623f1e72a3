"""A body's live activities over REST: listed, read, written (M4, M12)."""

from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.rest import RestView
from core import clock
from core.failures import Missing
from core.paging import cut
from core.rest import Paged, envelope, id_in_address, page_of
from courses.models import LiveActivity
from courses.queries.written import seen_live
from courses.services import change_live, create_live
from credentials.policy import programs
from portal.api.days import day_in
from portal.api.live import live_facts
from portal.api.live_asking import LiveFields, live_facts_sent
from portal.api.live_shapes import LIVE, BodyLiveResource

STANDS = Q(registrations__place__isnull=False)


class BodyLiveActivities(RestView):
    """What a body holds live."""

    permissions: ClassVar = {"GET": STAFF_CATALOGUE, "POST": STAFF_CATALOGUE}
    query: ClassVar = Paged
    refusals: ClassVar = {"POST": ("not-eligible",)}
    operations: ClassVar = {
        "GET": ("list", "body_live_activities"),
        "POST": ("create", "body_live_activity"),
    }

    @extend_schema(
        summary="List a body's live activities", responses=page_of(BodyLiveResource)
    )
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List all of them, drafts too, the latest first. Codes are not told here."""
        page = Paged.page_of(self.asked)
        found = cut(list(_counted(door)), page)
        return envelope(request, page, found.count, map(_shown, found.rows))

    @extend_schema(
        summary="Write a live activity",
        request=LiveFields,
        responses={HTTPStatus.CREATED: BodyLiveResource},
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Begin a live activity; it is a draft that nobody finds until you announce
        it.
        """
        _known(door)
        asked = self.sent(request, LiveFields)
        made = create_live(
            actor=door.actor,
            program=door.program,
            facts=live_facts_sent(asked),
            today=day_in(door.program),
            now=clock.now(),
        )
        return body_live_answer(door, made.pk, HTTPStatus.CREATED)


class BodyLiveActivity(RestView):
    """One live activity of a body."""

    permissions: ClassVar = {"GET": STAFF_CATALOGUE, "PUT": STAFF_CATALOGUE}
    matched: ClassVar = frozenset({"PUT"})
    refusals: ClassVar = {"PUT": ("not-eligible", "stale-version")}
    operations: ClassVar = {
        "GET": ("read", "body_live_activity"),
        "PUT": ("change", "body_live_activity"),
    }

    @extend_schema(summary="Read a body's live activity", responses=BodyLiveResource)
    def get(self, request: Request, door: StaffDoor, live_id: str) -> Response:
        """Read one, with how many come, were there and claimed it."""
        return body_live_answer(door, id_in_address(LIVE, live_id))

    @extend_schema(
        summary="Change a draft", request=LiveFields, responses=BodyLiveResource
    )
    def put(self, request: Request, door: StaffDoor, live_id: str) -> Response:
        """Change all that a draft says; what is announced stays as it is."""
        live = body_live_of(door, live_id)
        asked = self.sent(request, LiveFields)
        self.check_copy(live_etag(live))
        change_live(
            actor=door.actor,
            live=live,
            facts=live_facts_sent(asked),
            seen=seen_live(live),
            today=day_in(door.program),
            now=clock.now(),
        )
        return body_live_answer(door, live.pk)


def body_live_of(door: StaffDoor, live_id: str) -> LiveActivity:
    """Find a body's live activity, a draft too, by the id in an address.

    Raises:
        Missing: there is none.
    """
    found = _counted(door).filter(pk=id_in_address(LIVE, live_id)).first()
    if found is None:
        raise Missing("Not found.")
    return found


def body_live_answer(
    door: StaffDoor, live_id: UUID, status: int = HTTPStatus.OK
) -> Response:
    """Answer with a live activity as it is now.

    Raises:
        Missing: the body has none of this id.
    """
    found = _counted(door).filter(pk=live_id).first()
    if found is None:
        raise Missing("Not found.")
    return Response(_shown(found), status, headers={"ETag": live_etag(found)})


def live_etag(live: LiveActivity) -> str:
    """Name an activity as it is now, so that only what was read is changed."""
    return f'"{live.changed_at:%Y%m%d%H%M%S%f}"'


def _known(door: StaffDoor) -> None:
    if door.program not in programs():
        raise Missing("Not found.")


def _counted(door: StaffDoor) -> QuerySet[LiveActivity]:
    _known(door)
    rows = LiveActivity.objects.of_program(door.program)
    return rows.order_by("-first_on", "title", "pk").annotate(
        coming=Count("registrations", filter=STANDS),
        there=Count("registrations__attendance"),
        claims=Count("registrations__claim"),
    )


def _shown(live: LiveActivity) -> dict[str, Any]:
    state = "announced" if live.published_at else "draft"
    counts: Any = live
    return live_facts(live) | {
        "state": "cancelled" if live.cancelled_at else state,
        "registered": counts.coming,
        "attended": counts.there,
        "claimed": counts.claims,
    }
