"""Credit that holders miss, over REST: said by them, answered by the body (N12)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, STAFF_RECORD_CE, OwnDoor, StaffDoor
from accounts.rest import RestView
from ce_credits.models import Activity, FeedRow, MissingCredit
from ce_credits.queries import credited, due_of
from ce_credits.services import Said, answer_missing, ask_missing
from core import clock, public_ids
from core.paging import Page, take
from core.rest import (
    DayField,
    IdField,
    LineField,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from credentials.policy import cycle_programs
from portal.api.days import day_in
from portal.queries.fed import item_called
from portal.queries.missed import missed, one_missed
from portal.queries.missing import answered, outcome

PREFIX = "mis"
LONGEST_REASON = 400
State = MissingCredit.State
THERE, NOT_COUNTED, WITH_STAFF = "there", "not_counted", "with_staff"
OUTCOMES = (State.FOUND.value, State.NOT_REPORTED.value)


class MissedQuery(Paged):
    """The query parameters of staff's list."""

    status = WordField(State.values, required=False)


class NewMissing(Strict):
    """Which credit is missing."""

    program = WordField(cycle_programs(), help_text="The certifying body.")
    item = LineField(max_length=40, help_text="The code of the body's catalogue.")
    on = DayField(help_text="The day it was completed.")


class MissedAnswer(Strict):
    """What came of it, and what the holder is told."""

    outcome = WordField(OUTCOMES)
    reason = LineField(max_length=LONGEST_REASON)


class MissingResource(serializers.Serializer):
    """A credit that its holder misses."""

    id = IdField(
        PREFIX, allow_null=True, help_text="null where the feed answered at once."
    )
    member = IdField("mem")
    program = serializers.CharField()
    item = serializers.CharField(help_text="The code of the catalogue.")
    title = serializers.CharField()
    on = serializers.DateField()
    status = serializers.ChoiceField(
        choices=(THERE, NOT_COUNTED, WITH_STAFF, *State.values),
        help_text="there: the credit is in `activity`; not_counted: it came, and "
        "`activity` says why it does not count; with_staff: a row of theirs "
        "waits for staff; expected: it is not due yet; open: staff look for it; "
        "found: it is there, even if staff did not find it when they answered.",
    )
    due_on = serializers.DateField(help_text="The day by which it is due to appear.")
    evaluation_deadline = serializers.DateField(
        allow_null=True, help_text="Of a conference, the day its evaluation closes."
    )
    rule = serializers.CharField(help_text="The rule that `due_on` follows from.")
    message = serializers.CharField()
    activity = IdField("ce", allow_null=True)
    asked_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)


class MyMissing(RestView):
    """What I miss; missing more."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    query: ClassVar = Paged
    operations: ClassVar = {
        "GET": ("list", "my_missing_credits"),
        "POST": ("report", "missing_credit"),
    }

    @extend_schema(summary="List what I miss", responses=page_of(MissingResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List the credits I missed, the newest first, and what came of each."""
        mine = MissingCredit.objects.visible_to(door.member)
        return _page(request, mine.select_related("item"), Paged.page_of(self.asked))

    @extend_schema(
        summary="Say that a credit is missing",
        request=NewMissing,
        responses=MissingResource,
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Hear what the feed holds of it; else it is kept once, and looked for."""
        asked = self.sent(request, NewMissing)
        item = item_called(asked["program"], asked["item"])
        said = ask_missing(
            actor=door.actor,
            member=door.member,
            item=item if item and item.offered_now else None,
            on=asked["on"],
            today=day_in(asked["program"]),
            now=clock.now(),
        )
        return Response(_said(said), HTTPStatus.OK)


class Missed(RestView):
    """What a body's holders miss."""

    permissions: ClassVar = {"GET": STAFF_RECORD_CE}
    query: ClassVar = MissedQuery
    operations: ClassVar = {"GET": ("list", "missing_credits")}

    @extend_schema(summary="List missing credits", responses=page_of(MissingResource))
    def get(self, request: Request, door: StaffDoor) -> Response:
        """List what holders miss; `status=open` is what waits for staff."""
        found = missed(door.program, state=self.asked.get("status", ""))
        return _page(request, found, MissedQuery.page_of(self.asked))


class AnsweringMissed(RestView):
    """Staff's answer."""

    permissions: ClassVar = {"POST": STAFF_RECORD_CE}
    refusals: ClassVar = {"POST": ("not-eligible", "stale-version")}
    operations: ClassVar = {"POST": ("answer", "missing_credit")}

    @extend_schema(
        summary="Answer a missing credit",
        request=MissedAnswer,
        responses=MissingResource,
    )
    def post(self, request: Request, door: StaffDoor, missed_id: str) -> Response:
        """Say that it is there, or that nobody reported it; the holder gets a mail."""
        question = one_missed(door.program, id_in_address(PREFIX, missed_id))
        asked = self.sent(request, MissedAnswer)
        done = answer_missing(
            actor=door.actor,
            question=question,
            outcome=asked["outcome"],
            reason=asked["reason"],
            now=clock.now(),
        )
        return Response(_shown(done))


def _page(request: Request, found: QuerySet[MissingCredit], page: Page) -> Response:
    rows = take(found, page, "pk")
    pks = [row["pk"] for row in rows.rows]
    whole = found.in_bulk(pks)
    return envelope(request, page, rows.count, _all([whole[pk] for pk in pks]))


def _said(said: Said) -> Mapping[str, Any]:
    if said.question is not None:
        return _shown(said.question)
    row = said.row
    assert row is not None
    assert row.member_id is not None
    assert row.item is not None
    assert row.on is not None
    closes = said.due.evaluation_deadline
    return {
        "id": None,
        "member": public_ids.spell("mem", row.member_id),
        "program": row.program,
        "item": row.item.code,
        "title": row.item.title,
        "on": row.on.isoformat(),
        "status": _status(row),
        "due_on": said.due.on.isoformat(),
        "evaluation_deadline": closes.isoformat() if closes else None,
        "rule": said.due.rule,
        "message": answered(said).text,
        "activity": (
            public_ids.spell("ce", row.activity_id) if row.activity_id else None
        ),
        "asked_at": None,
        "answered_at": None,
    }


def _status(row: FeedRow) -> str:
    if row.activity is None:
        return WITH_STAFF
    counts = row.activity.state == Activity.State.ACCEPTED
    return THERE if counts else NOT_COUNTED


def _shown(question: MissingCredit) -> Mapping[str, Any]:
    (shown,) = _all([question])
    return shown


def _all(questions: Sequence[MissingCredit]) -> list[Mapping[str, Any]]:
    there = credited(questions)
    return [_one(each, there=each.pk in there) for each in questions]


def _one(question: MissingCredit, *, there: bool) -> Mapping[str, Any]:
    item = question.item
    state, words = outcome(question, there=there)
    due = due_of(question.program, item.kind, question.on, item)
    closes = item.evaluation_deadline
    return {
        "id": public_ids.spell(PREFIX, question.pk),
        "member": public_ids.spell("mem", question.member_id),
        "program": question.program,
        "item": item.code,
        "title": item.title,
        "on": question.on.isoformat(),
        "status": state.value,
        "due_on": question.due_on.isoformat(),
        "evaluation_deadline": closes.isoformat() if closes else None,
        "rule": due.rule if due else "",
        "message": words,
        "activity": None,
        "asked_at": instant(question.asked_at),
        "answered_at": (
            instant(question.answered_at) if question.answered_at else None
        ),
    }
