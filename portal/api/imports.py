"""Rosters over REST: checked, which changes nobody, or imported as well."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_IMPORT, PracticeDoor
from accounts.models import RosterImport
from accounts.rest import RestView
from accounts.services import check_roster, start_import
from accounts.services.roster_columns import match_columns, missing_columns
from core import clock, public_ids
from core.downloads import CSV, download
from core.failures import FieldProblem, Missing, NotUsable
from core.files import shown_name
from core.files.tables import MOST_BYTES, read_table
from core.rest import (
    IdField,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from core.rest.uploads import FormParser, TakesFile, UploadField
from credentials.policy import term_programs
from portal.queries.rosters import bad_lines, renewals_of, roster_of

PREFIX = "imp"
YES_NO = ("true", "false")
WHOLE, GOOD = "all_or_nothing", "good_rows"
MOST_NAMED = 100
# What a list shows of a roster; its rows and remarks may be ten thousands.
LISTED = (
    *("program", "name", "state", "whole", "invite", "row_count", "new", "changed"),
    *("bad", "done", "added", "updated", "by", "at", "ended_at"),
)


class ImportsQuery(Paged):
    """The query parameters of the list."""


class NewImport(Strict):
    """A roster, CSV or XLSX of at most 10 MB and 10,000 rows; what to do with it."""

    file = UploadField(
        help_text="One part with a file name. The first row names columns."
    )
    program = WordField(
        term_programs(), required=False, help_text="The certifying body."
    )
    dry_run = WordField(
        YES_NO, required=False, help_text="`true`: check it, and change nobody."
    )
    mode = WordField(
        (WHOLE, GOOD),
        required=False,
        help_text=f"Without it, `{WHOLE}`: one bad row, and nobody is changed.",
    )
    invite = WordField(
        YES_NO, required=False, help_text="`true`: mail everybody new an invitation."
    )


class Remark(serializers.Serializer):
    """What is wrong with a row, or worth knowing."""

    row = serializers.IntegerField(min_value=1, help_text="As spreadsheets count.")
    column = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class ListedImport(serializers.Serializer):
    """A roster in brief: how many rows would do what, or how far its import is."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(RosterImport.State.values)
    mode = serializers.ChoiceField((WHOLE, GOOD))
    invite = serializers.BooleanField()
    rows = serializers.IntegerField(min_value=0, help_text="In the file.")
    new = serializers.IntegerField(min_value=0, help_text="Rows that add somebody.")
    changed = serializers.IntegerField(min_value=0, help_text="That update somebody.")
    bad = serializers.IntegerField(min_value=0, help_text="That can't be imported.")
    done = serializers.IntegerField(min_value=0, help_text="Rows gone through so far.")
    added = serializers.IntegerField(min_value=0)
    updated = serializers.IntegerField(min_value=0)
    checked_by = serializers.CharField(help_text="Or, once it began, who imported it.")
    checked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class ImportResource(ListedImport):
    """A roster: what its rows would do, or how far its import is."""

    problems = Remark(many=True)
    notes = Remark(many=True)


class Imports(TakesFile, RestView):
    """What was sent in; sending a roster."""

    permissions: ClassVar = {"GET": API_IMPORT, "POST": API_IMPORT}
    query: ClassVar = ImportsQuery
    most_bytes: ClassVar = MOST_BYTES
    refusals: ClassVar = {"POST": ("stale-version", "file-rejected")}
    once: ClassVar = frozenset({"POST"})

    @extend_schema(
        operation_id="list_imports",
        summary="List imports",
        responses=page_of(ListedImport),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List the rosters that were sent in, the newest first.

        What is wrong with rows of one stands in it by itself.
        """
        page = ImportsQuery.page_of(self.asked)
        found = RosterImport.objects.of(door.practice)
        rows = found.only(*LISTED).order_by("-at", "pk")[page.rows]
        return envelope(request, page, found.count(), map(_listed, rows))

    @extend_schema(
        operation_id="import_members",
        summary="Import members",
        request={FormParser.media_type: NewImport},
        responses={
            HTTPStatus.CREATED: ImportResource,
            HTTPStatus.ACCEPTED: ImportResource,
        },
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """Check a roster (201), or import it as well (202): a worker does it.

        Columns are found by their names. Rows are found by `external_id`, else by
        `email`; names, addresses and renewal dates are never changed.
        """
        asked = self.sent(request, NewImport)
        program = asked.get("program", term_programs()[0])
        rows = read_table(asked["file"])
        _check_columns(rows[0][1])
        now, whole = clock.now(), asked.get("mode", WHOLE) == WHOLE
        roster = check_roster(
            actor=door.actor,
            practice=door.practice,
            program=program,
            name=shown_name(asked["file"].name),
            rows=rows,
            renewals=renewals_of(door.practice, program),
            now=now,
        )
        if asked.get("dry_run") == "true":
            return Response(_shown(roster), HTTPStatus.CREATED)
        if whole and roster.bad:
            raise _bad(roster)
        start_import(
            actor=door.actor,
            roster=roster,
            whole=whole,
            invite=asked.get("invite") == "true",
            now=now,
        )
        roster.refresh_from_db()
        return Response(_shown(roster), HTTPStatus.ACCEPTED)


class OneImport(RestView):
    """One roster."""

    permissions: ClassVar = {"GET": API_IMPORT}

    @extend_schema(
        operation_id="read_import", summary="Read an import", responses=ImportResource
    )
    def get(self, request: Request, door: PracticeDoor, import_id: str) -> Response:
        """Read what a roster would do, or how far its import is."""
        found = roster_of(door.practice, id_in_address(PREFIX, import_id))
        return Response(_shown(found))


class ImportBadRows(RestView):
    """The rows to mend, to be sent again."""

    permissions: ClassVar = {"GET": API_IMPORT}

    @extend_schema(
        operation_id="read_import_bad_rows",
        summary="Read the rows to mend",
        responses={(HTTPStatus.OK, CSV.partition(";")[0]): OpenApiTypes.BINARY},
    )
    def get(
        self, request: Request, door: PracticeDoor, import_id: str
    ) -> HttpResponseBase:
        """Read the bad rows as CSV, each with what is wrong in a column of its own."""
        found = roster_of(door.practice, id_in_address(PREFIX, import_id))
        if not found.problems or not found.cells:
            raise Missing("Not found.")
        return download(bad_lines(found), CSV, "rows-to-mend.csv")


def _check_columns(names: Sequence[str]) -> None:
    """Hold the file to the columns that are needed.

    Raises:
        NotUsable: one is missing; each is named.
    """
    problems = [
        FieldProblem(
            "file", f"The file has no column {name}. Add it.", "missing_column"
        )
        for name in missing_columns(match_columns(names))
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)


def _bad(roster: RosterImport) -> NotUsable:
    """Name the rows because of which nobody was changed, a hundred of them at most."""
    said = "Some rows have problems, so nothing was saved. Mend them, or send "
    problems = [
        FieldProblem(
            f"rows.{each['row']}.{each['column']}", str(each["text"]), str(each["code"])
        )
        for each in roster.problems[:MOST_NAMED]
    ]
    return NotUsable(f"{said}mode={GOOD} to import the others.", problems)


def _remark(each: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "row": each["row"],
        "column": each["column"],
        "code": each["code"],
        "message": each["text"],
    }


def _shown(roster: RosterImport) -> Mapping[str, Any]:
    return {
        **_listed(roster),
        "problems": [_remark(each) for each in roster.problems],
        "notes": [_remark(each) for each in roster.notes],
    }


def _listed(roster: RosterImport) -> Mapping[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, roster.pk),
        "program": roster.program,
        "name": roster.name,
        "state": roster.state,
        "mode": WHOLE if roster.whole else GOOD,
        "invite": roster.invite,
        "rows": roster.row_count,
        "new": roster.new,
        "changed": roster.changed,
        "bad": roster.bad,
        "done": roster.done,
        "added": roster.added,
        "updated": roster.updated,
        "checked_by": roster.by,
        "checked_at": instant(roster.at),
        "ended_at": instant(roster.ended_at) if roster.ended_at else None,
    }
