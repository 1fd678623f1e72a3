"""Proofs of an activity over REST: added while it is written, read afterwards."""

from http import HTTPStatus
from typing import ClassVar

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import API_CE, API_CE_RECORD, OWN, STAFF_DECIDE, Door
from accounts.rest import RestView
from ce_credits.services import add_proof, remove_proof
from core import clock
from core.files import MOST_BYTES, TYPES
from core.files import answer as file_answer
from core.paging import cut
from core.rest import Paged, Strict, envelope, id_in_address, page_of
from core.rest.uploads import FormParser, TakesFile, UploadField
from portal.api.ce_found import found_to_write
from portal.api.ce_shapes import PREFIX, PROOF_PREFIX, ProofResource, proof_shown
from portal.queries.reported import one_proof, one_reported

MEDIA = FormParser.media_type


class ProofsQuery(Paged):
    """The query parameters of the list."""


class NewProof(Strict):
    """A file that proves an activity: a PDF, PNG or JPEG of at most 10 MB."""

    file = UploadField(help_text="One part with a file name.")


class ProofList(RestView):
    """The proofs of an activity."""

    query: ClassVar = ProofsQuery
    operations: ClassVar = {
        "GET": ("list", "ce_proofs"),
        "POST": ("add", "ce_proof"),
    }

    @extend_schema(summary="List proofs", responses=page_of(ProofResource))
    def get(self, request: Request, door: Door, activity_id: str) -> Response:
        """List an activity's proofs, the first one first."""
        page = ProofsQuery.page_of(self.asked)
        proofs = one_reported(door, id_in_address(PREFIX, activity_id)).proofs
        found = cut(proofs, page)
        return envelope(request, page, found.count, map(proof_shown, found.rows))


class ProofBook(TakesFile, ProofList):
    """The proofs of an activity that is being written."""

    most_bytes: ClassVar = MOST_BYTES
    refusals: ClassVar = {
        "POST": ("conflict", "no-room", "not-eligible", "file-rejected")
    }

    @extend_schema(
        summary="Add proof",
        request={MEDIA: NewProof},
        responses={HTTPStatus.CREATED: ProofResource},
    )
    def post(self, request: Request, door: Door, activity_id: str) -> Response:
        """Add a file as proof. It is looked into first: what could do harm is refused.

        The same file again is the proof that is there. `said` is what the file itself
        says of the activity, to compare with what is reported.
        """
        row = found_to_write(door, activity_id).row
        asked = self.sent(request, NewProof)
        proof = add_proof(
            actor=door.actor, activity=row, upload=asked["file"], now=clock.now()
        )
        return Response(proof_shown(proof), HTTPStatus.CREATED)


class PracticeProofs(ProofBook):
    """Proofs of what the practice's people reported."""

    permissions: ClassVar = {"GET": API_CE, "POST": API_CE_RECORD}


class MyProofs(ProofBook):
    """Proofs of one's own."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}


class BodyProofs(ProofList):
    """Proofs of what was reported to a body."""

    permissions: ClassVar = {"GET": STAFF_DECIDE}


class OneProof(RestView):
    """One proof as the file it is."""

    operations: ClassVar = {
        "GET": ("read", "ce_proof"),
        "DELETE": ("remove", "ce_proof"),
    }

    @extend_schema(
        summary="Read a proof's file",
        responses={
            (HTTPStatus.OK, each): OpenApiTypes.BINARY for each in TYPES.values()
        },
    )
    def get(
        self, request: Request, door: Door, activity_id: str, proof_id: str
    ) -> HttpResponseBase:
        """Read the file, to be saved: a PDF as it was sent, a picture drawn anew."""
        proof = one_proof(
            door,
            id_in_address(PREFIX, activity_id),
            id_in_address(PROOF_PREFIX, proof_id),
        )
        return file_answer(proof.file)


class OpenProof(OneProof):
    """One proof of an activity that is being written."""

    refusals: ClassVar = {"DELETE": ("conflict", "not-eligible")}

    @extend_schema(summary="Remove a proof", responses={HTTPStatus.NO_CONTENT: None})
    def delete(
        self, request: Request, door: Door, activity_id: str, proof_id: str
    ) -> Response:
        """Take a proof away while the activity is being written."""
        found = found_to_write(door, activity_id)
        proof = one_proof(door, found.row.pk, id_in_address(PROOF_PREFIX, proof_id))
        remove_proof(actor=door.actor, activity=found.row, proof=proof, now=clock.now())
        return Response(status=HTTPStatus.NO_CONTENT)


class PracticeProof(OpenProof):
    """One proof of what the practice's people reported."""

    permissions: ClassVar = {"GET": API_CE, "DELETE": API_CE_RECORD}


class MyProof(OpenProof):
    """One proof of one's own."""

    permissions: ClassVar = {"GET": OWN, "DELETE": OWN}


class BodyProof(OneProof):
    """One proof of what was reported to a body."""

    permissions: ClassVar = {"GET": STAFF_DECIDE}
