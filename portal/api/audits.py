"""A body's managers audit over REST: the list, one by hand, decisions, the end."""

from http import HTTPStatus
from typing import ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import STAFF_AUDITS, StaffDoor
from accounts.models import Member
from accounts.rest import RestView
from ce_credits.models import Activity, AuditCase, AuditItem
from ce_credits.models.audits import LONGEST_WORDS
from ce_credits.services import Finding, close_case, decide_item, due_day, open_case
from core import clock
from core.failures import FieldProblem, Missing, NotUsable
from core.paging import take
from core.rest import (
    AmountField,
    CodeField,
    DayField,
    IdField,
    ListOf,
    Paged,
    Strict,
    TextField,
    WordField,
    envelope,
    id_in_address,
    page_of,
)
from portal.api.audit_shapes import (
    ITEM,
    OUTCOMES,
    PREFIX,
    STATUSES,
    AuditResource,
    case_shown,
    etag_of,
    with_items,
)
from portal.api.ce_asking import LONGEST_CODE
from portal.api.ce_shapes import PREFIX as ACTIVITY
from portal.api.days import day_in
from portal.api.seen import SeenVersion
from portal.queries.audits import case_of, cases_with

LONGEST_REASON = 400
MOST_CHOSEN = 100
CASE_SEEN = "The audit's version that the manager saw."


class AuditsQuery(Paged):
    """The query parameters of the list."""

    status = WordField(STATUSES, required=False)
    member = IdField("mem", required=False)


class NewAudit(Strict):
    """Whom to audit by hand, of what, by when and why."""

    member = IdField("mem")
    activities = ListOf(child=IdField(ACTIVITY), min_length=1, max_length=MOST_CHOSEN)
    due_on = DayField(
        required=False, help_text="The last day to answer; else the policy's."
    )
    reason = TextField(max_length=LONGEST_REASON, help_text="Staff alone read it.")


class NewFinding(Strict):
    """What a manager finds of one item, of the versions they looked at."""

    version = SeenVersion(CASE_SEEN, first=0)
    activity_version = SeenVersion("The activity's version that they saw.", first=0)
    outcome = WordField(OUTCOMES)
    ground = CodeField(
        required=False,
        max_length=LONGEST_CODE,
        help_text="Why it is not accepted: a code of the policy's list.",
    )
    words = TextField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_WORDS,
        help_text="The holder reads them.",
    )
    credits = AmountField(
        required=False,
        allow_null=True,
        help_text="What staff determine, only where the rules leave it to them (A6).",
    )


class NewEnd(Strict):
    """The end of an audit."""

    version = SeenVersion(CASE_SEEN, first=0)
    reason = TextField(
        required=False,
        allow_blank=True,
        max_length=LONGEST_REASON,
        help_text="Needed where something was not answered: why it is refused.",
    )


class Audits(RestView):
    """A body's audits; opening one by hand."""

    permissions: ClassVar = {"GET": STAFF_AUDITS, "POST": STAFF_AUDITS}
    query: ClassVar = AuditsQuery
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"GET": ("list", "audits"), "POST": ("open", "audit")}

    @extend_schema(summary="List audits", responses=page_of(AuditResource))
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List a body's audits, those that are due first at the top."""
        page = AuditsQuery.page_of(self.asked)
        cases = cases_with(
            door.program, self.asked.get("status", ""), self.asked.get("member")
        )
        found = take(cases.order_by("due_on", "pk"), page, "pk")
        ids = [row["pk"] for row in found.rows]
        whole = with_items(AuditCase.objects.of_program(door.program)).in_bulk(ids)
        today = day_in(door.program)
        rows = [case_shown(whole[pk], today=today) for pk in ids]
        return envelope(request, page, found.count, rows)

    @extend_schema(
        summary="Open an audit",
        request=NewAudit,
        examples=[
            OpenApiExample(
                "One submission",
                {
                    "member": f"mem_{'0' * 32}",
                    "activities": [f"ce_{'0' * 32}"],
                    "reason": "A complaint came in.",
                },
                request_only=True,
            )
        ],
        responses={HTTPStatus.CREATED: AuditResource},
    )
    def post(self, request: Request, door: StaffDoor) -> Response:
        """Ask a member to prove what they reported; a letter says what and by when.

        One audit of a member is open at a time. Nobody audits themselves.
        """
        asked = self.sent(request, NewAudit)
        today = day_in(door.program)
        people = Member.objects.of_program(door.program)
        member = people.filter(pk=asked["member"]).first()
        if member is None:
            text = "Nobody of the body has this id."
            raise NotUsable(text, [FieldProblem("member", text)])
        chosen = Activity.objects.of_program(door.program).filter(
            member=member, pk__in=asked["activities"]
        )
        if len(chosen) != len(set(asked["activities"])):
            text = "Choose submissions of this member."
            raise NotUsable(text, [FieldProblem("activities", text)])
        case = open_case(
            actor=door.actor,
            program=door.program,
            member=member,
            activities=sorted(chosen, key=lambda each: (each.day, each.pk)),
            due_on=asked.get("due_on") or due_day(program=door.program, today=today),
            reason=asked["reason"],
            today=today,
            now=clock.now(),
        )
        return _answer(door, case, HTTPStatus.CREATED)


class OneAudit(RestView):
    """One audit of a body."""

    permissions: ClassVar = {"GET": STAFF_AUDITS}
    operations: ClassVar = {"GET": ("read", "audit")}

    @extend_schema(summary="Read an audit", responses=AuditResource)
    def get(self, request: Request, door: StaffDoor, audit_id: str) -> Response:
        """Read an audit with its items; the answer to it once it is sent."""
        return _answer(door, _case(door, audit_id))


class DecidingItem(RestView):
    """The decision on one item of an audit."""

    permissions: ClassVar = {"POST": STAFF_AUDITS}
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"POST": ("decide_on", "audit_item")}

    @extend_schema(
        summary="Decide on an item",
        request=NewFinding,
        examples=[
            OpenApiExample(
                "A tracking table",
                {
                    "version": 1,
                    "activity_version": 1,
                    "outcome": "not_accepted",
                    "ground": "tracking_table",
                },
                request_only=True,
            )
        ],
        responses=AuditResource,
    )
    def post(
        self, request: Request, door: StaffDoor, audit_id: str, item_id: str
    ) -> Response:
        """Verify an item, or do not accept it: then it stops counting at once (A9).

        Until the answer is sent, or the day it is due has passed, it can be verified
        alone.
        """
        case = _case(door, audit_id)
        asked = self.sent(request, NewFinding)
        decide_item(
            actor=door.actor,
            item=_item(case, item_id),
            seen=asked["version"],
            finding=Finding(
                asked["outcome"],
                asked["activity_version"],
                ground=asked.get("ground", ""),
                words=asked.get("words", ""),
                determined=asked.get("credits"),
            ),
            today=day_in(door.program),
            now=clock.now(),
        )
        return _answer(door, case)


class ClosingAudit(RestView):
    """The end of an audit."""

    permissions: ClassVar = {"POST": STAFF_AUDITS}
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"POST": ("close", "audit")}

    @extend_schema(summary="Close an audit", request=NewEnd, responses=AuditResource)
    def post(self, request: Request, door: StaffDoor, audit_id: str) -> Response:
        """Close it once each item is decided, or once the day it was due has passed.

        What was not answered is then not accepted. An application that it held goes on.
        """
        case = _case(door, audit_id)
        asked = self.sent(request, NewEnd)
        close_case(
            actor=door.actor,
            case=case,
            seen=asked["version"],
            reason=asked.get("reason", ""),
            today=day_in(door.program),
            now=clock.now(),
        )
        return _answer(door, case)


def _case(door: StaffDoor, audit_id: str) -> AuditCase:
    return case_of(door.program, id_in_address(PREFIX, audit_id))


def _item(case: AuditCase, item_id: str) -> AuditItem:
    items = case.items.select_related("case__member", "activity__member")
    item = items.filter(pk=id_in_address(ITEM, item_id)).first()
    if item is None:
        raise Missing("Not found.")
    return item


def _answer(door: StaffDoor, case: AuditCase, status: int = HTTPStatus.OK) -> Response:
    found = with_items(AuditCase.objects.of_program(door.program)).get(pk=case.pk)
    shown = case_shown(found, today=day_in(door.program))
    return Response(shown, status, headers={"ETag": etag_of(found)})
