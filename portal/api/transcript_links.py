"""Links to one's own transcript over REST: listed, made, revoked."""

from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import OWN, OwnDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.paging import cut
from core.rest import (
    CountField,
    IdField,
    LineField,
    Paged,
    Strict,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from credentials.policy import programs
from portal.api.ce_asking import Nothing
from portal.api.days import day_in
from portal.models import TranscriptLink
from portal.queries.transcript_links import (
    address_of,
    own_link,
    own_links,
    state_of,
)
from portal.services import make_link, revoke_link
from portal.services.sharing import LONGEST_NAME, MOST_DAYS, USUAL_DAYS

LINK_PREFIX = "tln"
STATES = ("works", "over", *TranscriptLink.Ending.values)


class LinksQuery(Paged):
    """The query parameters of the list."""

    program = WordField(programs(), required=False, help_text="The certifying body.")


class NewTranscriptLink(Strict):
    """A link to make."""

    program = WordField(programs(), help_text="Whose transcript it opens.")
    name = LineField(
        max_length=LONGEST_NAME, help_text="For whom it is; for yourself alone."
    )
    days = CountField(
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        default=USUAL_DAYS,
        help_text="For how many days from today it works.",
    )


class TranscriptLinkResource(serializers.Serializer):
    """A link to one's transcript; its address is told once."""

    id = IdField(LINK_PREFIX)
    program = serializers.CharField()
    name = serializers.CharField()
    status = serializers.ChoiceField(choices=STATES)
    made_at = serializers.DateTimeField()
    until_on = serializers.DateField(help_text="The last day, in the body's zone.")
    opened_at = serializers.DateTimeField(
        allow_null=True, help_text="When it was last opened, to the hour."
    )
    ended_at = serializers.DateTimeField(allow_null=True)


class MadeTranscriptLink(TranscriptLinkResource):
    """A link just made."""

    url = serializers.URLField(help_text="In this answer alone: nothing keeps it.")


class MyTranscriptLinks(RestView):
    """The links to one's own transcripts."""

    permissions: ClassVar = {"GET": OWN, "POST": OWN}
    query: ClassVar = LinksQuery
    refusals: ClassVar = {"POST": ("validation-error", "not-eligible")}
    operations: ClassVar = {
        "GET": ("list", "transcript_links"),
        "POST": ("make", "transcript_link"),
    }
    # A kept answer would keep the secret: sent again, it makes another link.
    keyed: ClassVar = False

    @extend_schema(
        summary="List links to your transcript",
        responses=page_of(TranscriptLinkResource),
    )
    def get(self, request: Request, door: OwnDoor) -> Response:
        """List your links, those that nobody ended first."""
        page = LinksQuery.page_of(self.asked)
        found = own_links(door.person, self.asked.get("program", ""))
        rows = cut(list(found), page)
        return envelope(request, page, rows.count, map(_shown, rows.rows))

    @extend_schema(
        summary="Make a link to your transcript",
        request=NewTranscriptLink,
        responses={HTTPStatus.CREATED: MadeTranscriptLink},
    )
    def post(self, request: Request, door: OwnDoor) -> Response:
        """Let whoever has the address read your transcript until its last day.

        The address is in this answer alone; sent again, it makes another link.
        """
        asked = self.sent(request, NewTranscriptLink)
        made = make_link(
            actor=door.actor,
            user=door.person,
            program=asked["program"],
            name=asked["name"],
            days=asked["days"],
            today=day_in(asked["program"]),
            now=clock.now(),
        )
        shown = {**_shown(made.link), "url": address_of(made.secret)}
        return Response(shown, HTTPStatus.CREATED)


class RevokingTranscriptLink(RestView):
    """The end of a link."""

    permissions: ClassVar = {"POST": OWN}
    operations: ClassVar = {"POST": ("revoke", "transcript_link")}

    @extend_schema(
        summary="Revoke a link to your transcript",
        request=Nothing,
        responses=TranscriptLinkResource,
    )
    def post(
        self, request: Request, door: OwnDoor, transcript_link_id: str
    ) -> Response:
        """Let nobody read your transcript by it any more."""
        self.sent(request, Nothing)
        row_id = id_in_address(LINK_PREFIX, transcript_link_id)
        revoke_link(
            actor=door.actor, link=own_link(door.person, row_id), now=clock.now()
        )
        return Response(_shown(own_link(door.person, row_id)))


def _shown(link: TranscriptLink) -> dict[str, Any]:
    today: date = day_in(link.program)
    return {
        "id": public_ids.spell(LINK_PREFIX, link.pk),
        "program": link.program,
        "name": link.name,
        "status": state_of(link, today),
        "made_at": instant(link.made_at),
        "until_on": link.until_on.isoformat(),
        "opened_at": instant(link.opened_at) if link.opened_at else None,
        "ended_at": instant(link.ended_at) if link.ended_at else None,
    }
