"""A member's terms over REST: what each asks, what is there, and why."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_CE, OWN, OwnDoor, PracticeDoor
from accounts.rest import RestView
from ce_credits.models import Activity
from core import public_ids
from core.paging import cut
from core.rest import IdField, Paged, WordField, envelope, id_in_address, page_of
from credentials.policy import credit_words, term_programs
from portal.api.ce_shapes import PREFIX, GivenCredit, credit_shown
from portal.api.days import day_in
from portal.api.terms import CertificateState
from portal.queries.figures import TermFigures, programs_behind, terms_behind

TERM_PREFIX = "trm"


class TermsQuery(Paged):
    """The query parameters of the list."""

    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )


class CountedActivity(serializers.Serializer):
    """An activity that counts in a term."""

    id = IdField(PREFIX)
    title = serializers.CharField()
    kind = serializers.CharField()
    on = serializers.DateField()
    status = serializers.ChoiceField(choices=Activity.State.values)
    credit = GivenCredit()


class TermResource(serializers.Serializer):
    """A term: its days, what it asks, what is there, what is missing, and why."""

    id = IdField(TERM_PREFIX)
    program = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    renewal_on = serializers.DateField(help_text="The day after the last one.")
    applied_on = serializers.DateField(help_text="The day it was assigned.")
    unit = serializers.CharField()
    need = serializers.DecimalField(8, 2, help_text="Credits the term asks for.")
    completed = serializers.DecimalField(
        8, 2, help_text="Credits of all activities that count in it today."
    )
    have = serializers.DecimalField(
        8, 2, help_text="What of them is applied, under the body's limits."
    )
    missing = serializers.DecimalField(8, 2, help_text="Credits still needed.")
    activities = CountedActivity(many=True)
    certificate = CertificateState(allow_null=True)
    policy = serializers.CharField(help_text="The version the term was applied under.")


class TermList(RestView):
    """Terms behind a door."""

    query: ClassVar = TermsQuery
    operations: ClassVar = {"GET": ("list", "terms")}

    def terms(
        self, request: Request, door: PracticeDoor | OwnDoor, member_id: UUID
    ) -> Response:
        """Answer a member's terms, the newest first.

        Raises:
            Missing: the practice doesn't stand for the member; no such page.
        """
        wanted = self.asked.get("program", "")
        found = [
            term
            for program in programs_behind(door, member_id, wanted)
            for term in terms_behind(door, member_id, program, today=day_in(program))
        ]
        found.sort(key=lambda each: each.window.first_on, reverse=True)
        page = TermsQuery.page_of(self.asked)
        rows = cut(found, page)
        return envelope(request, page, rows.count, map(_shown, rows.rows))


class PracticeTerms(TermList):
    """The terms of somebody the practice sponsors."""

    permissions: ClassVar = {"GET": API_CE}

    @extend_schema(summary="List a member's terms", responses=page_of(TermResource))
    def get(self, request: Request, door: PracticeDoor, member_id: str) -> Response:
        """List terms of the programs in which the practice stands for the member."""
        return self.terms(request, door, id_in_address("mem", member_id))


class MyTerms(TermList):
    """One's own terms."""

    permissions: ClassVar = {"GET": OWN}

    @extend_schema(summary="List terms", responses=page_of(TermResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List one's own terms, each with what it asks and what counts in it."""
        return self.terms(request, door, door.member.pk)


def _shown(found: TermFigures) -> dict[str, Any]:
    window = found.window
    return {
        "id": public_ids.spell(TERM_PREFIX, window.pk),
        "program": window.program,
        "first_on": window.first_on.isoformat(),
        "last_on": window.last_on.isoformat(),
        "renewal_on": window.renewal_on.isoformat(),
        "applied_on": window.applied_on.isoformat(),
        "unit": found.unit,
        "need": credit_words(found.need),
        "completed": credit_words(found.completed),
        "have": credit_words(found.have),
        "missing": credit_words(found.missing),
        "activities": [
            {
                "id": public_ids.spell(PREFIX, award.activity_id),
                "title": award.activity.title,
                "kind": award.kind,
                "on": award.on.isoformat(),
                "status": award.activity.state,
                "credit": credit_shown(award.activity, award),
            }
            for award in found.awards
        ],
        "certificate": _certificate(found),
        "policy": window.policy,
    }


def _certificate(found: TermFigures) -> Mapping[str, Any] | None:
    held = found.held
    if held is None:
        return None
    own = held.certificate_id if found.own_paper else None
    return {
        "state": held.state,
        "have": credit_words(held.have),
        "need": credit_words(held.need),
        "why": held.reasons,
        "id": own and public_ids.spell("crt", own),
    }
