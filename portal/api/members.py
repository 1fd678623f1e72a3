"""The members a practice sponsors."""

from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_MEMBERS, API_MEMBERS_WRITE, PracticeDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.rest import (
    DayField,
    IdField,
    Paged,
    Strict,
    TextField,
    WordField,
    envelope,
    id_in_address,
    page_of,
)
from credentials.policy import term_programs, zone_of
from credentials.services import enrol
from portal.api.days import days
from portal.api.terms import Term, term_shown
from portal.queries.roster import (
    ORDERINGS,
    Asked,
    InProgram,
    OnRoster,
    member,
    members,
)
from renewals.rules import STANDINGS

MODES = ("auto", "manual", "none")
LONGEST_SEARCH = 100


class MembersQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )
    status = WordField(STANDINGS, required=False, help_text="Standing today.")
    mode = WordField(
        MODES, required=False, help_text="How they renew; `none` has no term yet."
    )
    renewal_before = DayField(
        required=False, help_text="Renewal date before this day, the day excluded."
    )
    q = TextField(
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Words that all stand in the name or the e-mail address.",
    )
    ordering = WordField(tuple(ORDERINGS), default="name")


class NewMember(Strict):
    """Whom to add; it takes one certification package."""

    program = WordField(term_programs(), help_text="The certifying body.")
    first_name = TextField(max_length=100)
    last_name = TextField(max_length=100)
    email = TextField(max_length=254)


class MemberProgram(serializers.Serializer):
    """How the member stands in one body's program."""

    program = serializers.CharField()
    mode = serializers.ChoiceField(choices=MODES)
    standing = serializers.ChoiceField(choices=STANDINGS)
    sponsored_since = serializers.DateField()
    renewal_date = serializers.DateField(allow_null=True)
    term = Term(allow_null=True)


class MemberResource(serializers.Serializer):
    """A person the practice sponsors."""

    id = IdField("mem")
    first_name = serializers.CharField()
    last_name = serializers.CharField()
    email = serializers.CharField(help_text="Empty where none is known.")
    programs = MemberProgram(many=True)


class Members(RestView):
    """Everybody the practice sponsors today."""

    permissions: ClassVar = {"GET": API_MEMBERS, "POST": API_MEMBERS_WRITE}
    query = MembersQuery
    refusals: ClassVar = {"POST": ("conflict", "pool-exhausted", "stale-version")}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="list_members",
        summary="List members",
        responses=page_of(MemberResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List the members the practice sponsors, with standing and renewal date."""
        asked = Asked(
            program=self.asked.get("program", ""),
            standing=self.asked.get("status", ""),
            mode=self.asked.get("mode", ""),
            renewal_before=self.asked.get("renewal_before"),
            q=self.asked.get("q", ""),
            ordering=self.asked["ordering"],
        )
        page = MembersQuery.page_of(self.asked)
        found = members(door.practice, asked, page, days=days())
        return envelope(request, page, found.count, map(shown, found.rows))

    @extend_schema(
        operation_id="add_member",
        summary="Add a member with a certification package",
        request=NewMember,
        responses={HTTPStatus.CREATED: MemberResource},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Put a person on the list with a package's parts, and mail an invitation.

        The answer is the same whether or not the address is known elsewhere.
        """
        asked = self.sent(request, NewMember)
        added = enrol(
            actor=door.actor,
            practice=door.practice,
            form_key=self.form_key,
            today=clock.today(zone_of(asked["program"])),
            now=clock.now(),
            **asked,
        )
        found = member(door.practice, added.pk, days=days())
        return Response(shown(found), HTTPStatus.CREATED)


class OneMember(RestView):
    """One member the practice sponsors."""

    permissions: ClassVar = {"GET": API_MEMBERS}

    @extend_schema(
        operation_id="read_member", summary="Read a member", responses=MemberResource
    )
    def get(self, request: Request, door: PracticeDoor, member_id: str) -> Response:
        """Read one member the practice sponsors."""
        found = member(door.practice, id_in_address("mem", member_id), days=days())
        return Response(shown(found))


def shown(found: OnRoster) -> dict[str, Any]:
    """Spell a member out."""
    return {
        "id": public_ids.spell("mem", found.id),
        "first_name": found.first_name,
        "last_name": found.last_name,
        "email": found.email,
        "programs": [_program(each) for each in found.programs],
    }


def _program(found: InProgram) -> dict[str, Any]:
    return {
        "program": found.program,
        "mode": found.mode,
        "standing": found.standing,
        "sponsored_since": found.sponsored_since.isoformat(),
        "renewal_date": found.term.renewal_on.isoformat() if found.term else None,
        "term": term_shown(found.term) if found.term else None,
    }
