"""Audit binders over REST: asked for, looked after, fetched whole or as one PDF."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_EXPORTS, PracticeDoor
from accounts.models import ApiToken
from accounts.rest import RestView
from core import clock
from core.failures import Missing
from core.files import MADE_TYPES, StoredFile
from core.files import answer as file_answer
from core.models import ExportJob
from core.problems import Forbidden
from core.rest import Paged, envelope, id_in_address, page_of
from credentials.policy import programs
from portal.api.binder_shapes import PREFIX, BinderResource, NewBinder, spelled
from portal.api.days import day_in
from portal.copies import binder_pdf
from portal.queries.binder_page import binders_of, openings_of
from portal.queries.binder_people import Chosen, Period
from portal.queries.exports import file_of
from portal.services import ask_for_binder, check_opened, open_export

# Beside the door's: a binder shows what each of them opens.
NEEDS = ("members:read", "certificates:read", "ce:read", "documents:read")


class BindersQuery(Paged):
    """The query parameters of the list."""


class BinderView(RestView):
    """An address of binders: a token needs every scope of what they show."""

    def look_at(self, request: Request) -> None:
        """Refuse a token that lacks one of them."""
        token = request.auth
        if isinstance(token, ApiToken):
            for each in NEEDS:
                if each not in token.scopes:
                    raise Forbidden(f"This token doesn't have the scope {each}.")


class Binders(BinderView):
    """Binders that were asked for; asking for one."""

    permissions: ClassVar = {"GET": API_EXPORTS, "POST": API_EXPORTS}
    query: ClassVar = BindersQuery
    refusals: ClassVar = {"POST": ("not-eligible",)}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="list_binders",
        summary="List audit binders",
        responses=page_of(BinderResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List the binders that were asked for, the newest first.

        Binders need `exports:read` and the scopes of what they show: `members:read`,
        `certificates:read`, `ce:read` and `documents:read`.
        """
        page = BindersQuery.page_of(self.asked)
        found = binders_of(door.practice)
        rows = _shown(door, list(found[page.rows]))
        return envelope(request, page, found.count(), rows)

    @extend_schema(
        operation_id="ask_for_binder",
        summary="Ask for an audit binder",
        request=NewBinder,
        examples=[
            OpenApiExample(
                "One year, whoever is on the list now",
                {"from_on": "2025-01-01", "until_on": "2025-12-31", "only": "open"},
                request_only=True,
            ),
        ],
        responses={HTTPStatus.ACCEPTED: BinderResource},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Have an audit binder made: crosswalk, certificates, proof, documents.

        Who is in it is settled now. The body's documents in it carry the token's name
        and whoever made it, and count as read each time it is opened: such a binder
        opens for whoever asked for it alone, while the practice is in good standing.
        """
        asked = self.sent(request, NewBinder)
        program = asked.get("program", programs()[0])
        today = day_in(program)
        job = ask_for_binder(
            actor=door.actor,
            practice=door.practice,
            program=program,
            chosen=_chosen(asked, Period.usual(today)),
            ticked=asked.get("members"),
            key=self.form_key,
            today=today,
            now=clock.now(),
        )
        return Response(_shown(door, [job])[0], HTTPStatus.ACCEPTED)


class OneBinder(BinderView):
    """One binder that was asked for."""

    permissions: ClassVar = {"GET": API_EXPORTS}

    @extend_schema(
        operation_id="read_binder",
        summary="Read an audit binder",
        responses=BinderResource,
    )
    def get(self, request: Request, door: PracticeDoor, binder_id: str) -> Response:
        """Read how far a binder is, and who opened it."""
        return Response(_shown(door, [_one(door, binder_id)])[0])


class BinderFile(BinderView):
    """The ZIP itself."""

    permissions: ClassVar = {"GET": API_EXPORTS}
    refusals: ClassVar = {"GET": ("not-eligible", "stale-version")}

    @extend_schema(
        operation_id="read_binder_file",
        summary="Read an audit binder's ZIP",
        responses={(HTTPStatus.OK, MADE_TYPES["zip"]): OpenApiTypes.BINARY},
    )
    def get(
        self, request: Request, door: PracticeDoor, binder_id: str
    ) -> HttpResponseBase:
        """Read the ZIP with every file; there is none before it is ready."""
        return _opened(request, door, binder_id, file_answer)


class BinderPdf(BinderView):
    """The PDF alone."""

    permissions: ClassVar = {"GET": API_EXPORTS}
    refusals: ClassVar = {"GET": ("not-eligible", "stale-version")}

    @extend_schema(
        operation_id="read_binder_pdf",
        summary="Read an audit binder's PDF",
        responses={(HTTPStatus.OK, MADE_TYPES["pdf"]): OpenApiTypes.BINARY},
    )
    def get(
        self, request: Request, door: PracticeDoor, binder_id: str
    ) -> HttpResponseBase:
        """Read the one PDF out of the ZIP, as it lies in it."""
        return _opened(request, door, binder_id, binder_pdf)


def _opened(
    request: Request,
    door: PracticeDoor,
    binder_id: str,
    give: Callable[[StoredFile], HttpResponseBase],
) -> HttpResponseBase:
    """Open a binder: whoever may not is told why, and a file that goes out is noted."""
    job, now = _one(door, binder_id), clock.now()
    whole, today = file_of(job, now), day_in(job.program)
    actor, practice = door.actor, door.practice
    check_opened(actor=actor, practice=practice, job=job, today=today)
    answer = give(whole)
    if request.method == "GET":
        open_export(actor=actor, practice=practice, job=job, today=today, now=now)
    return answer


def _chosen(asked: Mapping[str, Any], usual: Period) -> Chosen:
    period = Period(
        asked.get("from_on", usual.from_on), asked.get("until_on", usual.until_on)
    )
    return Chosen(period, asked.get("only", ""), asked.get("q", ""))


def _one(door: PracticeDoor, binder_id: str) -> ExportJob:
    """Find one of the practice's binders.

    Raises:
        Missing: there is none.
    """
    found = binders_of(door.practice).filter(pk=id_in_address(PREFIX, binder_id))
    job = found.first()
    if job is None:
        raise Missing("Not found.")
    return job


def _shown(door: PracticeDoor, jobs: Sequence[ExportJob]) -> list[Mapping[str, Any]]:
    opened = openings_of(door.practice, jobs)
    return [spelled(door, job, opened[job.pk]) for job in jobs]
