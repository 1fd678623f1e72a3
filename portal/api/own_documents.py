"""A practice's own documents over REST: filed, listed, fetched and removed."""

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
from core.files import MOST_BYTES, TYPES
from core.files import answer as file_answer
from core.rest import (
    DayField,
    IdField,
    LineField,
    Paged,
    Strict,
    TextField,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from core.rest.uploads import FormParser, TakesFile, UploadField
from credentials.models import OwnDocumentVersion
from credentials.services import Filing, file_own_document, remove_own_document
from portal.queries.own_documents import newest_of, own_version_of

PREFIX, DOCUMENT = "odv", "odc"
MEDIA = FormParser.media_type
LONGEST_REASON = 400


class OwnDocumentsQuery(Paged):
    """The query parameters of the list."""


class NewOwnDocument(Strict):
    """A file of the practice's own: a PDF, PNG or JPEG of at most 10 MB."""

    title = LineField(max_length=200)
    kind = WordField(OwnDocumentVersion.Kind.values)
    covers_from = DayField(required=False, help_text="The first day it covers.")
    covers_until = DayField(
        required=False, help_text="The last day; left out while it holds."
    )
    document = IdField(
        DOCUMENT, required=False, help_text="Whose next version it is, if any."
    )
    file = UploadField(help_text="One part with a file name.")


class SettingAside(Strict):
    """Why a document is removed."""

    reason = TextField(max_length=LONGEST_REASON, help_text="Kept in the activity log.")


class OwnDocumentResource(serializers.Serializer):
    """One version of a document that the practice filed."""

    id = IdField(PREFIX)
    document = IdField(DOCUMENT)
    version = serializers.IntegerField(min_value=1)
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=OwnDocumentVersion.Kind.values)
    covers_from = serializers.DateField(allow_null=True)
    covers_until = serializers.DateField(allow_null=True)
    name = serializers.CharField()
    sha256 = serializers.CharField(help_text="Of the bytes that were sent.")
    stored_sha256 = serializers.CharField(help_text="Of the file as it is fetched.")
    size = serializers.IntegerField(help_text="Bytes, as kept.")
    pages = serializers.IntegerField()
    added_by = serializers.CharField()
    added_at = serializers.DateTimeField()


class OwnDocuments(TakesFile, RestView):
    """What the practice filed."""

    permissions: ClassVar = {"GET": API_DOCUMENTS, "POST": API_FILE_DOCUMENTS}
    query: ClassVar = OwnDocumentsQuery
    most_bytes: ClassVar = MOST_BYTES
    refusals: ClassVar = {"POST": ("no-room", "file-rejected", "stale-version")}

    @extend_schema(
        operation_id="list_own_documents",
        summary="List own documents",
        responses=page_of(OwnDocumentResource),
    )
    def get(self, request: Request, door: PracticeDoor) -> Response:
        """List every version of what the practice filed, the newest first."""
        page = OwnDocumentsQuery.page_of(self.asked)
        found = OwnDocumentVersion.objects.of(door.practice).there()
        rows = found.order_by("-added_at", "-number", "pk")[page.rows]
        return envelope(request, page, found.count(), map(_shown, rows))

    @extend_schema(
        operation_id="file_own_document",
        summary="File an own document",
        request={MEDIA: NewOwnDocument},
        responses={HTTPStatus.CREATED: OwnDocumentResource},
    )
    def post(self, request: Request, door: PracticeDoor) -> Response:
        """File a document, or the next version of one. The file is looked into first.

        The same file with the same title, kind and days is the version that is there:
        nothing changes.
        """
        asked = self.sent(request, NewOwnDocument)
        filed = file_own_document(
            actor=door.actor,
            practice=door.practice,
            document=asked.get("document"),
            filing=Filing(
                title=asked["title"],
                kind=asked["kind"],
                covers_from=asked.get("covers_from"),
                covers_until=asked.get("covers_until"),
            ),
            upload=asked["file"],
            now=clock.now(),
        )
        return Response(_shown(filed.version), HTTPStatus.CREATED)


class OwnDocumentFile(RestView):
    """One version as the file it is."""

    permissions: ClassVar = {"GET": API_DOCUMENTS}

    @extend_schema(
        operation_id="read_own_document_file",
        summary="Read an own document's file",
        responses={
            (HTTPStatus.OK, each): OpenApiTypes.BINARY for each in TYPES.values()
        },
    )
    def get(
        self, request: Request, door: PracticeDoor, own_version_id: str
    ) -> HttpResponseBase:
        """Read a version's file: a PDF as it was sent, a picture drawn anew."""
        version = own_version_of(door.practice, id_in_address(PREFIX, own_version_id))
        return file_answer(version.file)


class RemovingOwnDocument(RestView):
    """Setting a document aside."""

    permissions: ClassVar = {"POST": API_FILE_DOCUMENTS}

    @extend_schema(
        operation_id="remove_own_document",
        summary="Remove an own document",
        request=SettingAside,
        responses={HTTPStatus.NO_CONTENT: None},
    )
    def post(self, request: Request, door: PracticeDoor, document_id: str) -> Response:
        """Set a document aside with all its versions; the reason is kept.

        The files stay in the practice's record and count as before. The document's
        id is that in `document`, not a version's.
        """
        found = newest_of(door.practice, id_in_address(DOCUMENT, document_id))
        asked = self.sent(request, SettingAside)
        remove_own_document(
            actor=door.actor,
            practice=door.practice,
            document=found.document,
            reason=asked["reason"],
            now=clock.now(),
        )
        return Response(status=HTTPStatus.NO_CONTENT)


def _shown(row: OwnDocumentVersion) -> Mapping[str, Any]:
    return {
        "id": public_ids.spell(PREFIX, row.pk),
        "document": public_ids.spell(DOCUMENT, row.document),
        "version": row.number,
        "title": row.title,
        "kind": row.kind,
        "covers_from": row.covers_from.isoformat() if row.covers_from else None,
        "covers_until": row.covers_until.isoformat() if row.covers_until else None,
        "name": row.name,
        "sha256": row.sha256,
        "stored_sha256": row.stored_sha256,
        "size": row.size,
        "pages": row.pages,
        "added_by": row.added_by,
        "added_at": instant(row.added_at),
    }
