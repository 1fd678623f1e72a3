"""Two accounts of one person over REST: reported by their holder, merged by staff."""

from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, STAFF_MERGE, OwnDoor, StaffDoor
from accounts.models import Duplicate
from accounts.rest import RestView
from accounts.services import report_duplicate, withdraw_duplicate
from core import clock
from core.paging import cut
from core.rest import (
    Paged,
    envelope,
    id_in_address,
    page_of,
)
from portal.api.ce_asking import Nothing
from portal.api.days import day_in
from portal.api.duplicate_shapes import (
    PREFIX,
    ComparedResource,
    DuplicateResource,
    KeepQuery,
    NewDuplicate,
    NewMerge,
    OwnDuplicateResource,
    WhyNotMerged,
    own_shown,
    shown,
    side_shown,
)
from portal.queries.merging import (
    accounts_of,
    counted_once,
    duplicate_of,
    own_reports,
)
from renewals.queries.merging import compare
from renewals.services import merge_accounts, refuse_merge, undo_merge

STEPS = ("not-eligible", "stale-version")


class MyDuplicates(RestView):
    """Reports of one's own."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    query: ClassVar = Paged
    operations: ClassVar = {
        "GET": ("list", "my_duplicates"),
        "POST": ("report", "my_duplicate"),
    }

    @extend_schema(
        summary="List what you reported", responses=page_of(OwnDuplicateResource)
    )
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List one's own reports, the newest first, from either account once merged."""
        page = Paged.page_of(self.asked)
        rows = cut(list(own_reports(door.member)), page)
        return envelope(request, page, rows.count, map(own_shown, rows.rows))

    @extend_schema(
        summary="Report another account of yours",
        request=NewDuplicate,
        responses={HTTPStatus.CREATED: OwnDuplicateResource},
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Report it; a link goes to its address, where an account has that address.

        The answer is the same whoever has it. The link is opened in a browser.
        """
        asked = self.sent(request, NewDuplicate)
        row = report_duplicate(
            actor=door.actor,
            member=door.member,
            program=asked["program"],
            email=asked["email"],
            now=clock.now(),
        )
        return Response(own_shown(row), HTTPStatus.CREATED)


class WithdrawingMyDuplicate(RestView):
    """Taking one's own report back."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": STEPS}
    operations: ClassVar = {"POST": ("withdraw", "my_duplicate")}

    @extend_schema(
        summary="Take your report back", request=None, responses=OwnDuplicateResource
    )
    def post(self, request: Request, door: OwnDoor, duplicate_id: str) -> Response:
        """Leave both accounts as they are, unless staff merged them; twice is once."""
        self.sent(request, Nothing)
        row = withdraw_duplicate(
            actor=door.actor,
            member=door.member,
            duplicate_id=id_in_address(PREFIX, duplicate_id),
            now=clock.now(),
        )
        return Response(own_shown(row))


class Duplicates(RestView):
    """What was reported to a body."""

    permissions: ClassVar = {"GET": STAFF_MERGE}
    query: ClassVar = Paged
    operations: ClassVar = {"GET": ("list", "duplicates")}

    @extend_schema(
        summary="List reports of two accounts", responses=page_of(DuplicateResource)
    )
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List the reports whose second account was proved, the newest first."""
        page = Paged.page_of(self.asked)
        rows = cut(list(Duplicate.objects.of_program(door.program)), page)
        return envelope(request, page, rows.count, map(shown, rows.rows))


class OneDuplicate(RestView):
    """One report with both accounts side by side."""

    permissions: ClassVar = {"GET": STAFF_MERGE}
    query: ClassVar = KeepQuery
    operations: ClassVar = {"GET": ("compare", "duplicate")}

    @extend_schema(summary="Compare two accounts", responses=ComparedResource)
    def get(self, request: Request, door: StaffDoor, duplicate_id: str) -> Response:
        """Read both accounts, what is in the way, and what would count once."""
        row = _row(door, duplicate_id)
        sides: dict[str, Any] = {"would_keep": None, "would_give_up": None}
        problems: list[str] = []
        doubled: list[str] = []
        if row.state == Duplicate.State.PROVED:
            both = accounts_of(row, self.asked.get("keep"))
            found = compare(*both, now=clock.now())
            problems = list(found.in_the_way)
            doubled = list(counted_once(*both))
            sides = {
                "would_keep": side_shown(found.kept),
                "would_give_up": side_shown(found.given_up),
            }
        after = {"in_the_way": problems, "counted_once": doubled}
        return Response({**shown(row), **sides, **after})


class MergingDuplicate(RestView):
    """Merging two accounts."""

    permissions: ClassVar = {"POST": STAFF_MERGE}
    refusals: ClassVar = {"POST": STEPS}
    operations: ClassVar = {"POST": ("merge", "duplicate")}

    @extend_schema(
        summary="Merge two accounts",
        request=NewMerge,
        examples=[
            OpenApiExample(
                "Merge two accounts",
                {
                    "keep": f"mem_{1:032x}",
                    "ground": "Both sent the same licence.",
                },
                request_only=True,
            )
        ],
        responses=DuplicateResource,
    )
    def post(self, request: Request, door: StaffDoor, duplicate_id: str) -> Response:
        """Merge them: all of one names the other; the same again changes nothing.

        Each thing in the way is a problem of its own. Nobody merges their own.
        """
        row = _row(door, duplicate_id)
        asked = self.sent(request, NewMerge)
        done = merge_accounts(
            actor=door.actor,
            duplicate=row,
            keep=asked["keep"],
            ground=asked["ground"],
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(shown(done))


class RefusingDuplicate(RestView):
    """Leaving two accounts as they are."""

    permissions: ClassVar = {"POST": STAFF_MERGE}
    refusals: ClassVar = {"POST": STEPS}
    operations: ClassVar = {"POST": ("refuse", "duplicate")}

    @extend_schema(
        summary="Leave two accounts as they are",
        request=WhyNotMerged,
        responses=DuplicateResource,
    )
    def post(self, request: Request, door: StaffDoor, duplicate_id: str) -> Response:
        """Refuse to merge them, with a reason that the holder reads."""
        row = _row(door, duplicate_id)
        asked = self.sent(request, WhyNotMerged)
        done = refuse_merge(
            actor=door.actor, duplicate=row, reason=asked["reason"], now=clock.now()
        )
        return Response(shown(done))


class UndoingDuplicate(RestView):
    """Undoing a merge."""

    permissions: ClassVar = {"POST": STAFF_MERGE}
    refusals: ClassVar = {"POST": STEPS}
    operations: ClassVar = {"POST": ("undo", "duplicate")}

    @extend_schema(
        summary="Undo a merge", request=WhyNotMerged, responses=DuplicateResource
    )
    def post(self, request: Request, door: StaffDoor, duplicate_id: str) -> Response:
        """Give back all that was moved, within 24 hours of the merge."""
        row = _row(door, duplicate_id)
        asked = self.sent(request, WhyNotMerged)
        done = undo_merge(
            actor=door.actor,
            duplicate=row,
            reason=asked["reason"],
            today=day_in(door.program),
            now=clock.now(),
        )
        return Response(shown(done))


def _row(door: StaffDoor, duplicate_id: str) -> Duplicate:
    return duplicate_of(door.program, id_in_address(PREFIX, duplicate_id))
