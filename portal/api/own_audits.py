"""A member reads what an audit asks over REST, and answers it item by item."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from ce_credits.models import AuditCase, AuditItem
from ce_credits.services import (
    add_audit_proof,
    keep_answer,
    remove_audit_proof,
    send_answer,
)
from core import clock
from core.failures import FieldProblem, Missing, NotUsable
from core.files import MOST_BYTES, TYPES
from core.files import answer as file_answer
from core.paging import cut
from core.rest import Paged, envelope, id_in_address, page_of
from core.rest.uploads import FormParser, TakesFile
from portal.api.audit_shapes import (
    ITEM,
    PREFIX,
    NewWordsOfAll,
    OwnAuditResource,
    own_shown,
    with_items,
)
from portal.api.ce_proofs import NewProof
from portal.api.ce_shapes import PROOF_PREFIX, ProofResource, proof_shown
from portal.api.days import day_in
from portal.queries.own_audits import audit_of_mine, proof_of_answer

MEDIA = FormParser.media_type


class OwnAuditsQuery(Paged):
    """The query parameters of the list."""


class MyAudits(RestView):
    """One's own audits."""

    permissions: ClassVar = {"GET": OWN}
    query: ClassVar = OwnAuditsQuery
    operations: ClassVar = {"GET": ("list", "audits")}

    @extend_schema(summary="List audits", responses=page_of(OwnAuditResource))
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List one's own audits, the newest first."""
        page = OwnAuditsQuery.page_of(self.asked)
        mine = AuditCase.objects.visible_to(door.member).order_by("-opened_at", "pk")
        found = cut(list(with_items(mine)), page)
        return envelope(request, page, found.count, map(own_shown, found.rows))


class MyAudit(RestView):
    """One of one's own audits."""

    permissions: ClassVar = {"GET": OWN, "PATCH": OWN}
    refusals: ClassVar = {"PATCH": ("conflict",)}
    operations: ClassVar = {"GET": ("read", "audit"), "PATCH": ("answer", "audit")}

    @extend_schema(summary="Read an audit", responses=OwnAuditResource)
    def get(self, request: Request, door: OwnDoor, audit_id: str) -> Response:
        """Read what is asked, what you answered, and what staff found."""
        return _answer(door, _case(door, audit_id))

    @extend_schema(
        summary="Write an answer", request=NewWordsOfAll, responses=OwnAuditResource
    )
    def patch(self, request: Request, door: OwnDoor, audit_id: str) -> Response:
        """Keep words about the items. Nobody reads them until the answer is sent."""
        case = _case(door, audit_id)
        words = _words(case, self.sent(request, NewWordsOfAll))
        keep_answer(actor=door.actor, case=case, words=words, now=clock.now())
        return _answer(door, case)


class SendingAnswer(RestView):
    """Sending the answer to an audit."""

    permissions: ClassVar = {"POST": OWN}
    refusals: ClassVar = {"POST": ("conflict",)}
    operations: ClassVar = {"POST": ("send", "audit_answer")}

    @extend_schema(
        summary="Send an answer", request=NewWordsOfAll, responses=OwnAuditResource
    )
    def post(self, request: Request, door: OwnDoor, audit_id: str) -> Response:
        """Send the answer, with a file or words for each item. Then it is locked."""
        case = _case(door, audit_id)
        words = _words(case, self.sent(request, NewWordsOfAll))
        sent = send_answer(
            actor=door.actor,
            case=case,
            words=words,
            today=day_in(case.program),
            now=clock.now(),
        )
        return _answer(door, sent)


class AnsweringWithProof(TakesFile, RestView):
    """Files that answer an item."""

    permissions: ClassVar = {"POST": OWN}
    most_bytes: ClassVar = MOST_BYTES
    refusals: ClassVar = {"POST": ("conflict", "no-room", "file-rejected")}
    operations: ClassVar = {"POST": ("add", "audit_proof")}

    @extend_schema(
        summary="Add proof to an answer",
        request={MEDIA: NewProof},
        responses={HTTPStatus.CREATED: ProofResource},
    )
    def post(
        self, request: Request, door: OwnDoor, audit_id: str, item_id: str
    ) -> Response:
        """Add a file to an item. It is looked into first.

        A list that you wrote yourself is no proof.
        """
        item = _item(_case(door, audit_id), item_id)
        asked = self.sent(request, NewProof)
        proof = add_audit_proof(
            actor=door.actor, item=item, upload=asked["file"], now=clock.now()
        )
        return Response(proof_shown(proof), HTTPStatus.CREATED)


class AnswersProof(RestView):
    """One file that answers an item."""

    permissions: ClassVar = {"GET": OWN, "DELETE": OWN}
    refusals: ClassVar = {"DELETE": ("conflict",)}
    operations: ClassVar = {
        "GET": ("read", "audit_proof"),
        "DELETE": ("remove", "audit_proof"),
    }

    @extend_schema(
        summary="Read a file of an answer",
        responses={
            (HTTPStatus.OK, each): OpenApiTypes.BINARY for each in TYPES.values()
        },
    )
    def get(
        self,
        request: Request,
        door: OwnDoor,
        audit_id: str,
        item_id: str,
        proof_id: str,
    ) -> HttpResponseBase:
        """Read the file as it is kept."""
        item = _item(_case(door, audit_id), item_id)
        named = id_in_address(PROOF_PREFIX, proof_id)
        return file_answer(proof_of_answer(door.member, item, named).file)

    @extend_schema(
        summary="Remove a file of an answer", responses={HTTPStatus.NO_CONTENT: None}
    )
    def delete(
        self,
        request: Request,
        door: OwnDoor,
        audit_id: str,
        item_id: str,
        proof_id: str,
    ) -> Response:
        """Take a file away before the answer is sent."""
        item = _item(_case(door, audit_id), item_id)
        named = id_in_address(PROOF_PREFIX, proof_id)
        proof = proof_of_answer(door.member, item, named)
        remove_audit_proof(actor=door.actor, item=item, proof=proof, now=clock.now())
        return Response(status=HTTPStatus.NO_CONTENT)


def _case(door: OwnDoor, audit_id: str) -> AuditCase:
    return audit_of_mine(door.member, id_in_address(PREFIX, audit_id))


def _item(case: AuditCase, item_id: str) -> AuditItem:
    items = case.items.select_related("case", "activity__member")
    item = items.filter(pk=id_in_address(ITEM, item_id)).first()
    if item is None:
        raise Missing("Not found.")
    return item


def _words(case: AuditCase, asked: Mapping[str, Any]) -> dict[UUID, str]:
    """Read what is written, by item.

    Raises:
        NotUsable: an item is none of the audit's.
    """
    known = set(case.items.values_list("pk", flat=True))
    said = asked.get("items", ())
    problems = [
        FieldProblem(f"items.{place}.item", "Name an item of this audit.")
        for place, each in enumerate(said)
        if each["item"] not in known
    ]
    if problems:
        raise NotUsable(problems[0].text, problems)
    return {each["item"]: each["words"] for each in said}


def _answer(door: OwnDoor, case: AuditCase) -> Response:
    mine = AuditCase.objects.visible_to(door.member)
    return Response(own_shown(with_items(mine).get(pk=case.pk)))
