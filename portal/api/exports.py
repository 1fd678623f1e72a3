"""A practice's tables as files over REST: asked for, looked after, fetched."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_EXPORTS, PracticeDoor
from accounts.models import ApiToken
from accounts.rest import RestView
from core import clock, public_ids
from core.exporting import ask_for_export, note_opened
from core.extracts import FORMATS
from core.failures import FieldProblem, Missing, NotUsable
from core.files import MADE_TYPES
from core.files import answer as file_answer
from core.models import ExportJob
from core.problems import Forbidden
from core.rest import (
    IdField,
    Paged,
    Strict,
    TextField,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from credentials.policy import term_programs
from portal.queries.export_kinds import BY_CODE, KINDS, ExportKind, not_understood
from portal.queries.exports import file_of, is_there

PREFIX = "exp"
MADE_HERE = [MADE_TYPES[each].partition(";")[0] for each in FORMATS]


class ExportsQuery(Paged):
    """The query parameters of the list."""


class Filters(Strict):
    """The filters of the table's page; each kind takes some of them."""

    only = TextField(required=False, max_length=10)
    q = TextField(required=False, max_length=100)
    state = TextField(required=False, max_length=10)
    who = TextField(required=False, max_length=100)
    what = TextField(required=False, max_length=100)
    since = TextField(required=False, max_length=10)
    until = TextField(required=False, max_length=10)
    record = TextField(required=False, max_length=100)


class NewExport(Strict):
    """Which table, in which format."""

    kind = WordField(list(BY_CODE), help_text="The table.")
    format = WordField(FORMATS, help_text="How it is written.")
    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )
    filters = Filters(required=False)


class ExportResource(serializers.Serializer):
    """A file that was asked for. It is there for seven days once it is made."""

    id = IdField(PREFIX)
    kind = serializers.CharField()
    format = serializers.ChoiceField(FORMATS)
    program = serializers.CharField()
    filters = serializers.DictField(child=serializers.CharField())
    state = serializers.ChoiceField(ExportJob.State.values)
    done = serializers.IntegerField(min_value=0, help_text="Rows written.")
    of = serializers.IntegerField(min_value=0, help_text="Of so many; 0: not known.")
    problem = serializers.CharField(help_text="Why it was not made; else empty.")
    file_name = serializers.CharField()
    size = serializers.IntegerField(min_value=0, help_text="Bytes.")
    sha256 = serializers.CharField()
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)


class Exports(RestView):
    """Files that were asked for; asking for one."""

    permissions: ClassVar = {"GET": API_EXPORTS, "POST": API_EXPORTS}
    query = ExportsQuery
    refusals: ClassVar = {"POST": ("not-eligible",)}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="list_exports",
        summary="List exports",
        responses=page_of(ExportResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List the files that were asked for, the newest first.

        A token sees those of tables it has the scope of.
        """
        found = _seen(request, door).order_by("-at", "pk")
        page = ExportsQuery.page_of(self.asked)
        rows = found[page.first : page.first + page.size]
        return envelope(request, page, found.count(), map(_shown, rows))

    @extend_schema(
        operation_id="ask_for_export",
        summary="Ask for an export",
        request=NewExport,
        examples=[
            OpenApiExample(
                "People, for a spreadsheet",
                {"kind": "people", "format": "csv"},
                request_only=True,
            ),
        ],
        responses={HTTPStatus.ACCEPTED: ExportResource},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Have a table made as a file. A table needs the scope of what it shows.

        `people`, `compliance` and `renewals` need `members:read`; `assignments` needs
        `assignments:read`, and so does `seats`; `certificates` its own, `ce` needs
        `ce:read`; `orders` and `invoices` need `orders:read`; `readings`,
        `acknowledgements` and `own_documents` need `documents:read`. The `activity` log
        needs no other.
        """
        asked = self.sent(request, NewExport)
        kind = BY_CODE[asked["kind"]]
        if kind.code not in _codes(request):
            raise Forbidden(f"This token doesn't have the scope {kind.needs}.")
        job = ask_for_export(
            actor=door.actor,
            practice_id=door.practice.pk,
            program=asked.get("program", term_programs()[0]),
            kind=kind.code,
            params={"format": asked["format"], "filters": _filters(asked, kind)},
            key=self.form_key,
            now=clock.now(),
        )
        return Response(_shown(job), HTTPStatus.ACCEPTED)


class OneExport(RestView):
    """One file that was asked for."""

    permissions: ClassVar = {"GET": API_EXPORTS}

    @extend_schema(
        operation_id="read_export", summary="Read an export", responses=ExportResource
    )
    def get(self, request: Request, door: PracticeDoor, export_id: str) -> Response:
        """Read how far a file is."""
        return Response(_shown(_one(request, door, export_id)))


class ExportFile(RestView):
    """The file itself."""

    permissions: ClassVar = {"GET": API_EXPORTS}

    @extend_schema(
        operation_id="read_export_file",
        summary="Read an export's file",
        responses={(HTTPStatus.OK, each): OpenApiTypes.BINARY for each in MADE_HERE},
    )
    def get(
        self, request: Request, door: PracticeDoor, export_id: str
    ) -> HttpResponseBase:
        """Read the file; there is none before it is ready, or after its seven days."""
        job, now = _one(request, door, export_id), clock.now()
        answer = file_answer(file_of(job, now))
        if request.method == "GET":
            note_opened(actor=door.actor, job=job, now=now)
        return answer


def _codes(request: Request) -> Sequence[str]:
    """The tables somebody may have: a token those it has the scope of."""
    token = request.auth
    if not isinstance(token, ApiToken):
        return list(BY_CODE)
    return [each.code for each in KINDS if not each.needs or each.needs in token.scopes]


def _seen(request: Request, door: PracticeDoor) -> "QuerySet[ExportJob]":
    return ExportJob.objects.of(door.practice).filter(kind__in=_codes(request))


def _one(request: Request, door: PracticeDoor, export_id: str) -> ExportJob:
    """Find one of the practice's files.

    Raises:
        Missing: there is none, or it shows what the token may not see.
    """
    found = _seen(request, door).filter(pk=id_in_address(PREFIX, export_id)).first()
    if found is None:
        raise Missing("Not found.")
    return found


def _filters(asked: Mapping[str, Any], kind: ExportKind) -> Mapping[str, str]:
    """Read the filters.

    Raises:
        NotUsable: one is not of this table, or says nothing we know; it is named.
    """
    said: Mapping[str, str] = asked.get("filters", {})
    known = ", ".join(kind.filters) or "none"
    problems = [
        FieldProblem(f"filters.{name}", f"{kind.name} takes: {known}.", "unknown")
        for name in said
        if name not in kind.filters
    ]
    problems += [
        FieldProblem(f"filters.{name}", may_be, "unknown")
        for name, may_be in not_understood(said).items()
        if name in kind.filters
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)
    return dict(said)


def _shown(job: ExportJob) -> Mapping[str, Any]:
    state = ExportJob.State(job.state)
    if state == ExportJob.State.READY and not is_there(job, clock.now()):
        state = ExportJob.State.EXPIRED
    return {
        "id": public_ids.spell(PREFIX, job.pk),
        "kind": job.kind,
        "format": job.params["format"],
        "program": job.program,
        "filters": job.params.get("filters", {}),
        "state": state.value,
        "done": job.done,
        "of": job.in_all,
        "problem": job.problem,
        "file_name": job.file_name,
        "size": job.size,
        "sha256": job.sha256,
        "asked_by": job.by,
        "asked_at": instant(job.at),
        "ready_at": instant(job.ready_at) if job.ready_at else None,
        "expires_at": instant(job.expires_at) if job.expires_at else None,
    }
