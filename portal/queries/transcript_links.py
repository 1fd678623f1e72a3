"""The secret addresses of a transcript: a holder's list, and what one of them opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.rules import hash_of
from core.failures import Missing
from core.shown import when_day_words, when_words
from credentials.policy import day_words, programs, zone_of
from portal.models import TranscriptLink
from portal.queries.shown import Tag
from portal.queries.transcript import Where

# Beyond this nobody reads a list; those that work come first.
MOST_SHOWN = 100
TodayIn = Callable[[ZoneInfo], date]
TAGS = {
    "works": Tag("ok", "Works"),
    "over": Tag("neutral", "Over"),
    TranscriptLink.Ending.REVOKED: Tag("neutral", "Revoked"),
    TranscriptLink.Ending.MERGED: Tag("neutral", "Ended: accounts merged"),
}


@dataclass(frozen=True)
class LinkLine:
    """A link as its holder's list shows it; `revoke_url` is empty where it is over."""

    name: str
    tag: Tag
    made_text: str
    until_text: str
    opened_text: str
    revoke_url: str


def link_of(secret: str, *, today_in: TodayIn) -> TranscriptLink:
    """Find whose transcript a secret opens.

    Raises:
        Missing: nobody's; one that is ended or over; or of somebody who can't sign in
            any more. Nobody learns which.
    """
    found = (
        TranscriptLink.objects.filter(
            secret_hash=hash_of(secret), user__is_active=True, program__in=programs()
        )
        .standing()
        .select_related("user")
        .first()
    )
    if found is None or found.until_on < today_in(zone_of(found.program)):
        raise Missing("Not found.")
    return found


def own_links(user: User, program: str = "") -> QuerySet[TranscriptLink]:
    """List somebody's links, those that nobody ended first, then the newest."""
    found = TranscriptLink.objects.visible_to(user)
    found = found.filter(program=program) if program else found
    return found.order_by(F("ended_at").asc(nulls_first=True), "-made_at", "pk")


def own_link(user: User, link_id: UUID) -> TranscriptLink:
    """Find a link of somebody's own, also one that is over.

    Raises:
        Missing: it is nobody's, or somebody else's.
    """
    found = TranscriptLink.objects.visible_to(user).filter(pk=link_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def state_of(link: TranscriptLink, today: date) -> str:
    """Say how a link stands on a day: works, over, revoked or merged."""
    if link.ended_at:
        return link.ending
    return "works" if today <= link.until_on else "over"


def link_lines(user: User, program: str, *, today: date) -> Sequence[LinkLine]:
    """Show somebody's links to their transcript of one program."""
    zone = zone_of(program)
    return [_line(each, zone, today) for each in own_links(user, program)[:MOST_SHOWN]]


def address_of(secret: str) -> str:
    """Give the whole address that a holder hands out; it names nobody."""
    return settings.BASE_URL + reverse("shared_transcript", kwargs={"secret": secret})


def place_behind(secret: str) -> Where:
    """Name the pages that a secret opens."""
    named = {"secret": secret}
    return Where(
        page=reverse("shared_transcript", kwargs=named),
        pdf=reverse("shared_transcript_pdf", kwargs=named),
    )


def _line(link: TranscriptLink, zone: ZoneInfo, today: date) -> LinkLine:
    state = state_of(link, today)
    opened = link.opened_at
    revoke = reverse("revoke_transcript_link", kwargs={"link_id": link.pk})
    return LinkLine(
        name=link.name,
        tag=TAGS[state],
        made_text=when_day_words(link.made_at, zone),
        until_text=day_words(link.until_on),
        opened_text=f"Last opened {when_words(opened, zone)}."
        if opened
        else "Not opened yet.",
        revoke_url=revoke if state == "works" else "",
    )
