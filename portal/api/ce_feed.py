"""Learning systems send what people completed; staff settle what matches nobody."""

from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import (
    STAFF_FEED,
    STAFF_FEED_SEND,
    STAFF_RECORD_CE,
    Feeding,
    StaffDoor,
)
from accounts.models import Member
from accounts.rest import RestView
from ce_credits.models import FeedRow
from ce_credits.rules import Completion
from ce_credits.services import (
    Register,
    receive_feed,
    set_row_aside,
    settle_row,
)
from ce_credits.services.feeding import check_source
from core import clock
from core.failures import FieldProblem, NotUsable
from core.paging import take
from core.rest import envelope, id_in_address, page_of
from portal.api.ce_feed_shapes import (
    PREFIX,
    Aside,
    FedResource,
    FeedQuery,
    NewFeed,
    ReceivedFeed,
    Settlement,
    completion_of,
    fed_shown,
)
from portal.api.days import day_in
from portal.queries.fed import fed, item_called, one_fed

EXAMPLE = {
    "sender": "The academy",
    "items": [
        {
            "certification_no": "CPCS-123",
            "activity_code": "ETH-1",
            "completed_on": "2025-10-02",
            "minutes": 60,
        }
    ],
}


class Feed(RestView):
    """What feeds sent a body; sending more."""

    permissions: ClassVar = {"GET": STAFF_FEED, "POST": STAFF_FEED_SEND}
    query: ClassVar = FeedQuery
    operations: ClassVar = {
        "GET": ("list", "fed_completions"),
        "POST": ("send", "completions"),
    }

    @extend_schema(summary="List completions", responses=page_of(FedResource))
    def get(self, request: Request, door: Feeding) -> Response:
        """List what was sent; `status=unmatched` is what waits for staff."""
        page = FeedQuery.page_of(self.asked)
        state, q = self.asked.get("status", ""), self.asked.get("q", "")
        found = take(fed(door.program, state=state, q=q), page, "pk")
        pks = [row["pk"] for row in found.rows]
        whole = fed(door.program).in_bulk(pks)
        return envelope(
            request, page, found.count, [fed_shown(whole[pk]) for pk in pks]
        )

    @extend_schema(
        summary="Send completions",
        request=NewFeed,
        examples=[OpenApiExample("One hour", EXAMPLE, request_only=True)],
        responses={HTTPStatus.ACCEPTED: ReceivedFeed, HTTPStatus.OK: ReceivedFeed},
    )
    def post(self, request: Request, door: Feeding) -> Response:
        """Take completions in (202): a worker gives each its credit, once for good.

        The same completion sent again is the row it was; its `status` says how far it
        is. With `dry_run` nothing is kept (200).
        """
        asked = self.sent(request, NewFeed)
        sent = [completion_of(each) for each in asked["items"]]
        if asked.get("dry_run"):
            check_source(asked["sender"])
            return Response(_tried(door.program, sent))
        received = receive_feed(
            actor=door.actor,
            program=door.program,
            source=asked["sender"],
            sent=sent,
            now=clock.now(),
        )
        answer = {
            "dry_run": False,
            "repeated": received.delivery.repeated,
            "items": [fed_shown(row) for row in received.rows],
            "tried": [],
        }
        return Response(answer, HTTPStatus.ACCEPTED)


class OneFed(RestView):
    """One completion that a feed sent."""

    permissions: ClassVar = {"GET": STAFF_FEED}
    operations: ClassVar = {"GET": ("read", "fed_completion")}

    @extend_schema(summary="Read a completion", responses=FedResource)
    def get(self, request: Request, door: Feeding, fed_id: str) -> Response:
        """Read a completion and what became of it."""
        return Response(fed_shown(_row(door, fed_id)))


class SettlingFed(RestView):
    """Settling a completion that waits for staff."""

    permissions: ClassVar = {"POST": STAFF_RECORD_CE}
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"POST": ("settle", "fed_completion")}

    @extend_schema(
        summary="Settle a completion", request=Settlement, responses=FedResource
    )
    def post(self, request: Request, door: StaffDoor, fed_id: str) -> Response:
        """Say whose it is, of which activity, when and how long; it counts at once."""
        row = _row(door, fed_id)
        asked = self.sent(request, Settlement)
        people = Member.objects.of_program(door.program)
        member = people.filter(pk=asked["member"]).first()
        if member is None:
            text = "Nobody of the body has this id."
            raise NotUsable(text, [FieldProblem("member", text)])
        settle_row(
            actor=door.actor,
            row=row,
            member=member,
            item=item_called(door.program, asked["activity_code"]),
            on=asked["completed_on"],
            minutes=asked.get("minutes"),
            reason=asked["reason"],
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(fed_shown(_row(door, fed_id)))


class SettingFedAside(RestView):
    """Setting aside a completion that waits for staff."""

    permissions: ClassVar = {"POST": STAFF_RECORD_CE}
    refusals: ClassVar = {"POST": ("stale-version",)}
    operations: ClassVar = {"POST": ("set_aside", "fed_completion")}

    @extend_schema(
        summary="Set a completion aside", request=Aside, responses=FedResource
    )
    def post(self, request: Request, door: StaffDoor, fed_id: str) -> Response:
        """Give nobody credit for it, with the reason."""
        row = _row(door, fed_id)
        asked = self.sent(request, Aside)
        set_row_aside(
            actor=door.actor, row=row, reason=asked["reason"], now=clock.now()
        )
        return Response(fed_shown(_row(door, fed_id)))


def _row(door: Feeding, fed_id: str) -> FeedRow:
    return one_fed(door.program, id_in_address(PREFIX, fed_id))


def _tried(program: str, sent: list[Completion]) -> dict[str, Any]:
    register = Register(program, sent, today=day_in(program))
    seen: set[str] = set()
    tried: list[dict[str, Any]] = []
    for place, each in enumerate(sent):
        judged = register.judge(each)
        again = judged.repeated or each.key in seen
        seen.add(each.key)
        problems = [
            {"field": f"items.{place}.{p.field}", "code": p.code, "message": p.text}
            for p in judged.problems
        ]
        outcome = "repeated" if again else "unmatched" if problems else "taken"
        tried.append({"item": place, "outcome": outcome, "problems": problems})
    return {
        "dry_run": True,
        "repeated": sum(each["outcome"] == "repeated" for each in tried),
        "items": [],
        "tried": tried,
    }
