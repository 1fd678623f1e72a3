"""Changing the people of a practice: details, mode, leaving, asking to join."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_MEMBERS, API_MEMBERS_WRITE, PracticeDoor
from accounts.details import PersonDetails, details_of, version_of
from accounts.models import Sponsorship
from accounts.rest import RestView
from accounts.services import (
    change_details,
    end_sponsorship,
    invite,
    switch_renewal_mode,
)
from core import clock, public_ids
from core.failures import FieldProblem, Missing, NotUsable
from core.rest import IdField, Query, Strict, TextField, WordField, id_in_address
from credentials.policy import term_programs, zone_of

LONGEST_LINE, LONGEST_ADDRESS, LONGEST_REASON = 254, 400, 400
WHICH = "The certifying body; needed where the practice sponsors them in several."
SEVERAL = "The practice sponsors this member in several programs. Say which."
DETAILS = ("email", "phone", "address", "profession", "job_role")


class InProgram(Query):
    """Which sponsorship is meant."""

    program = WordField(term_programs(), required=False, help_text=WHICH)


class Details(serializers.Serializer):
    """How a member is reached, and what they do."""

    id = IdField("mem")
    program = serializers.CharField()
    email = serializers.CharField(help_text="Theirs alone once they have an account.")
    phone = serializers.CharField()
    address = serializers.CharField()
    profession = serializers.CharField()
    job_role = serializers.CharField()


class ChangedDetails(Strict):
    """What is to change; a field left out stays as it is."""

    program = WordField(term_programs(), required=False, help_text=WHICH)
    email = TextField(required=False, allow_blank=True, max_length=LONGEST_LINE)
    phone = TextField(required=False, allow_blank=True, max_length=LONGEST_LINE)
    address = TextField(required=False, allow_blank=True, max_length=LONGEST_ADDRESS)
    profession = TextField(required=False, allow_blank=True, max_length=LONGEST_LINE)
    job_role = TextField(required=False, allow_blank=True, max_length=LONGEST_LINE)


class Mode(Strict):
    """How the next renewal is to come about (A11)."""

    program = WordField(term_programs(), required=False, help_text=WHICH)
    mode = WordField(("auto", "manual"))


class ModeNow(serializers.Serializer):
    """How the next renewal comes about now."""

    id = IdField("mem")
    program = serializers.CharField()
    mode = serializers.ChoiceField(choices=("auto", "manual"))
    changed = serializers.BooleanField()


class Removal(Strict):
    """Who is taken off the list in which program, and why."""

    program = WordField(term_programs(), required=False, help_text=WHICH)
    reason = TextField(max_length=LONGEST_REASON)


class Removed(serializers.Serializer):
    """Their last day on the list."""

    id = IdField("mem")
    program = serializers.CharField()
    until_on = serializers.DateField()


class Transfer(Strict):
    """Whom to ask to join, whoever sponsors them."""

    program = WordField(term_programs(), help_text="The certifying body.")
    first_name = TextField(max_length=100)
    last_name = TextField(max_length=100)
    email = TextField(max_length=LONGEST_LINE)


class TransferAsked(serializers.Serializer):
    """The question is on its way; only the person answers it."""

    email = serializers.CharField()
    program = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MemberDetails(RestView):
    """How one member is reached."""

    permissions: ClassVar = {"GET": API_MEMBERS, "PATCH": API_MEMBERS_WRITE}
    query = InProgram
    refusals: ClassVar = {
        "GET": ("validation-error",),
        "PATCH": ("conflict", "stale-version"),
    }
    matched: ClassVar = frozenset({"PATCH"})

    @extend_schema(
        operation_id="read_member_details",
        summary="Read a member's details",
        responses=Details,
    )
    def get(self, request: Request, door: PracticeDoor, member_id: str) -> Response:
        """Read how one member is reached."""
        return _details(_held(door, member_id, self.asked))

    @extend_schema(
        operation_id="change_member_details",
        summary="Change a member's details",
        request=ChangedDetails,
        responses=Details,
    )
    def patch(self, request: Request, door: PracticeDoor, member_id: str) -> Response:
        """Change how one member is reached. Their name stands on certificates."""
        _on_list(door, member_id)
        asked = self.sent(request, ChangedDetails)
        held = _held(door, member_id, asked)
        before = details_of(held)
        self.check_copy(_etag(before))
        now = {name: asked.get(name, getattr(before, name)) for name in DETAILS}
        change_details(
            actor=door.actor,
            sponsorship=held,
            details=PersonDetails(**now),
            seen=version_of(before),
            now=clock.now(),
        )
        return _details(_held(door, member_id, asked))


class RenewalMode(RestView):
    """How one member's next renewal comes about."""

    permissions: ClassVar = {"PUT": API_MEMBERS_WRITE}
    refusals: ClassVar = {"PUT": ("conflict",)}

    @extend_schema(
        operation_id="set_renewal_mode",
        summary="Set a member's renewal mode",
        request=Mode,
        responses=ModeNow,
    )
    def put(self, request: Request, door: PracticeDoor, member_id: str) -> Response:
        """Set it to auto-renewal or manual renewal (A11); the same again is nothing."""
        _on_list(door, member_id)
        asked = self.sent(request, Mode)
        held = _held(door, member_id, asked)
        changed = switch_renewal_mode(
            actor=door.actor, sponsorship=held, mode=asked["mode"], now=clock.now()
        )
        return Response(_named(held) | {"mode": asked["mode"], "changed": changed})


class Removing(RestView):
    """Taking one member off the list."""

    permissions: ClassVar = {"POST": API_MEMBERS_WRITE}
    refusals: ClassVar = {"POST": ("conflict",)}

    @extend_schema(
        operation_id="remove_member",
        summary="Remove a member from the practice",
        request=Removal,
        responses={HTTPStatus.OK: Removed},
    )
    def post(self, request: Request, door: PracticeDoor, member_id: str) -> Response:
        """Take them off the list; today is their last day on it.

        What was issued stays on the practice's record, the person keeps theirs.
        """
        _on_list(door, member_id)
        asked = self.sent(request, Removal)
        held = _held(door, member_id, asked)
        today = clock.today(zone_of(held.program))
        end_sponsorship(
            actor=door.actor,
            sponsorship=held,
            reason=asked["reason"],
            today=today,
            now=clock.now(),
        )
        return Response(_named(held) | {"until_on": today.isoformat()})


class Transfers(RestView):
    """Asking somebody to join, whoever sponsors them now."""

    permissions: ClassVar = {"POST": API_MEMBERS_WRITE}
    refusals: ClassVar = {"POST": ("conflict",)}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="ask_to_join",
        summary="Ask somebody to join",
        request=Transfer,
        responses={HTTPStatus.ACCEPTED: TransferAsked},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Mail somebody the question; they join by their own consent alone.

        The answer is the same whether or not the address is known.
        """
        asked = self.sent(request, Transfer)
        sent = invite(
            actor=door.actor, practice=door.practice, now=clock.now(), **asked
        )
        answer = {
            "email": sent.email,
            "program": sent.program,
            "expires_at": sent.expires_at.isoformat(),
        }
        return Response(answer, HTTPStatus.ACCEPTED)


def _on_list(door: PracticeDoor, member_id: str) -> None:
    """Find somebody before a body is looked at, as every other address does.

    Raises:
        Missing: nobody of the practice's list has the id.
    """
    found: UUID = id_in_address("mem", member_id)
    if not Sponsorship.objects.of(door.practice).open().filter(member=found).exists():
        raise Missing("Not found.")


def _held(door: PracticeDoor, member_id: str, asked: Mapping[str, Any]) -> Sponsorship:
    found: UUID = id_in_address("mem", member_id)
    held = Sponsorship.objects.of(door.practice).open().filter(member=found)
    if "program" in asked:
        held = held.filter(program=asked["program"])
    rows = list(held.select_related("member", "practice")[:2])
    if not rows:
        raise Missing("Not found.")
    if len(rows) > 1:
        raise NotUsable(SEVERAL, [FieldProblem("program", SEVERAL, "required")])
    return rows[0]


def _named(held: Sponsorship) -> dict[str, Any]:
    return {
        "id": public_ids.spell("mem", held.member_id),
        "program": held.program,
    }


def _etag(details: PersonDetails) -> str:
    return f'"{version_of(details)}"'


def _details(held: Sponsorship) -> Response:
    details = details_of(held)
    shown = {name: getattr(details, name) for name in DETAILS}
    return Response(_named(held) | shown, headers={"ETag": _etag(details)})
