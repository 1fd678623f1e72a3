"""A body's documents over REST: the list, a reading with its copy, a confirmation."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_DOCUMENTS, API_FILE_DOCUMENTS, PracticeDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.files import answer_copy
from core.rest import IdField, Paged, envelope, id_in_address, instant, page_of
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
)
from credentials.services import acknowledge_version, reader_of
from portal.api.ce_asking import Nothing
from portal.api.days import day_in, days
from portal.copies import copy_for, copy_of
from portal.queries.documents import version_for
from portal.queries.documents_over_rest import (
    Listed,
    documents_seen,
    listed,
    reading_of,
)

DOCUMENT, VERSION, READING, ACKNOWLEDGED = "doc", "dvr", "rdg", "ack"


class DocumentsQuery(Paged):
    """The query parameters of the list."""


class Acknowledgement(serializers.Serializer):
    """Somebody confirmed for the practice that they read a version."""

    id = IdField(ACKNOWLEDGED)
    acknowledged_by = serializers.CharField()
    acknowledged_at = serializers.DateTimeField()


class DocumentVersionResource(serializers.Serializer):
    """A version as it was published."""

    id = IdField(VERSION)
    number = serializers.IntegerField(min_value=1)
    title = serializers.CharField()
    effective_on = serializers.DateField()
    changes = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of the file as it was published.")
    pages = serializers.IntegerField()
    published_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    acknowledgements = Acknowledgement(many=True)


class DocumentResource(serializers.Serializer):
    """A body's document; `why_not` says why it can't be opened, and what helps."""

    id = IdField(DOCUMENT)
    program = serializers.CharField()
    title = serializers.CharField()
    current = IdField(VERSION, allow_null=True)
    readable = serializers.BooleanField()
    why_not = serializers.CharField(help_text="Empty where it can be opened.")
    versions = DocumentVersionResource(many=True)


class Reading(serializers.Serializer):
    """Somebody opened a version; its copy is at `pdf` for a minute."""

    id = IdField(READING)
    version = IdField(VERSION)
    reader = serializers.CharField(help_text="The name on the copy's pages.")
    read_at = serializers.DateTimeField()
    pdf = serializers.CharField(help_text="The copy's address, for one minute.")


class Documents(RestView):
    """The documents a practice sees."""

    permissions: ClassVar = {"GET": API_DOCUMENTS}
    query: ClassVar = DocumentsQuery

    @extend_schema(
        operation_id="list_documents",
        summary="List documents",
        responses=page_of(DocumentResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List the bodies' documents with their versions, by title."""
        page = DocumentsQuery.page_of(self.asked)
        found = documents_seen(door.practice)
        rows = listed(door.practice, list(found[page.rows]), days=dict(days()))
        return envelope(request, page, found.count(), map(_shown, rows))


class Readings(RestView):
    """Opening a version."""

    permissions: ClassVar = {"POST": API_DOCUMENTS}
    refusals: ClassVar = {"POST": ("conflict", "not-eligible", "stale-version")}

    @extend_schema(
        operation_id="read_document",
        summary="Read a document",
        request=Nothing,
        responses={HTTPStatus.CREATED: Reading},
    )
    def post(self, request: Request, door: PracticeDoor, version_id: str) -> Response:
        """Open a version: it is noted, by the token's name and whoever made it.

        The copy at `pdf` has that name, the practice and the time on every page.
        """
        self.sent(request, Nothing)
        version = version_for(door.practice, id_in_address(VERSION, version_id))
        # The copy that is fetched is made anew: nothing is noted unless one can be.
        _, reading = copy_for(
            door, version, today=day_in(version.document.program), now=clock.now()
        )
        return Response(_reading(door, reading), HTTPStatus.CREATED)


class ReadingCopy(RestView):
    """The copy of a reading."""

    permissions: ClassVar = {"GET": API_DOCUMENTS}
    refusals: ClassVar = {"GET": ("conflict", "not-eligible", "stale-version")}

    @extend_schema(
        operation_id="fetch_document_copy",
        summary="Fetch a reading's copy",
        responses={(HTTPStatus.OK, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(
        self, request: Request, door: PracticeDoor, reading_id: str
    ) -> HttpResponseBase:
        """Fetch the PDF within a minute, while the practice is in good standing."""
        user, _ = reader_of(actor=door.actor)
        reading = reading_of(
            door.practice,
            id_in_address(READING, reading_id),
            user_id=user.pk,
            now=clock.now(),
        )
        today = day_in(reading.version.document.program)
        copy = copy_of(door.practice, reading, today=today)
        return answer_copy(copy, reading.version.name)


class Acknowledging(RestView):
    """Confirming that a version was read."""

    permissions: ClassVar = {"POST": API_FILE_DOCUMENTS}
    refusals: ClassVar = {"POST": ("conflict", "not-eligible", "stale-version")}

    @extend_schema(
        operation_id="acknowledge_document",
        summary="Acknowledge a document",
        request=Nothing,
        responses={HTTPStatus.CREATED: Acknowledgement},
    )
    def post(self, request: Request, door: PracticeDoor, version_id: str) -> Response:
        """Confirm for whoever made the token that they read a version; once each."""
        self.sent(request, Nothing)
        version = version_for(door.practice, id_in_address(VERSION, version_id))
        made = acknowledge_version(
            actor=door.actor,
            practice=door.practice,
            version=version,
            today=day_in(version.document.program),
            now=clock.now(),
        )
        return Response(_acknowledged(made), HTTPStatus.CREATED)


def _reading(door: PracticeDoor, reading: DocumentReading) -> Mapping[str, Any]:
    spelled = public_ids.spell(READING, reading.pk)
    return {
        "id": spelled,
        "version": public_ids.spell(VERSION, reading.version_id),
        "reader": reading.reader,
        "read_at": instant(reading.at),
        "pdf": f"/api/v1/practices/{door.practice.slug}/readings/{spelled}.pdf",
    }


def _acknowledged(row: DocumentAcknowledgement) -> Mapping[str, Any]:
    return {
        "id": public_ids.spell(ACKNOWLEDGED, row.pk),
        "acknowledged_by": row.by,
        "acknowledged_at": instant(row.at),
    }


def _version(
    version: DocumentVersion, acknowledged: list[DocumentAcknowledgement]
) -> Mapping[str, Any]:
    return {
        "id": public_ids.spell(VERSION, version.pk),
        "number": version.number,
        "title": version.title,
        "effective_on": version.effective_on.isoformat(),
        "changes": version.changes,
        "sha256": version.sha256,
        "pages": version.pages,
        "published_at": instant(version.published_at),
        "withdrawn_at": instant(version.withdrawn_at) if version.withdrawn_at else None,
        "acknowledgements": [_acknowledged(each) for each in acknowledged],
    }


def _shown(row: Listed) -> Mapping[str, Any]:
    current = public_ids.spell(VERSION, row.current) if row.current else None
    return {
        "id": public_ids.spell(DOCUMENT, row.document.pk),
        "program": row.document.program,
        "title": row.document.title,
        "current": current,
        "readable": not row.why_not,
        "why_not": row.why_not,
        "versions": [_version(each, list(acks)) for each, acks in row.versions],
    }
