"""Sharing one's transcript by a secret address, and what that address opens."""

from http import HTTPStatus
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control

from accounts.access import ENTRY, OWN, Door, OwnDoor
from accounts.models import Member
from accounts.routes import route
from core import clock
from core.errors import answer
from core.failures import Missing, Refusal
from core.once import only_once
from core.scope import Scope, scoped
from core.showing import show_on
from core.throttle import too_many_lookups
from credentials.policy import zone_of
from portal.forms.sharing import LinkForm
from portal.layouts import render_transcript
from portal.models import TranscriptLink
from portal.programs import own_program_asked
from portal.queries.own_programs import learnt_programs, other_programs, own_url
from portal.queries.places import body_full_name
from portal.queries.transcript import Transcript, transcript_of
from portal.queries.transcript_links import (
    address_of,
    link_lines,
    link_of,
    own_link,
    place_behind,
)
from portal.services import make_link, note_opened, revoke_link
from portal.views.sending import send_paper
from portal.views.transcript import asked_in, facts_of


@route(permission=OWN, methods=("GET", "POST"), own_step=True)
def links(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """List the links to one's transcript; make one, which is shown this once."""
    program = own_program_asked(request, learnt_programs(door.member))
    form = LinkForm(request.POST or None, initial={"form_key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        try:
            secret = _make(door, program, form)
        except Refusal as refusal:
            show_on(form, refusal)
            return _page(request, door, program, form, status=refusal.status)
        fresh = LinkForm(initial={"form_key": uuid4().hex})
        return _page(request, door, program, fresh, secret=secret)
    refused = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _page(request, door, program, form, status=refused)


@route(permission=OWN, methods=("POST",))
def revoke(request: HttpRequest, door: OwnDoor, link_id: UUID) -> HttpResponseBase:
    """End a link: whoever has it reads nothing any more."""
    found = own_link(door.person, link_id)
    revoke_link(actor=door.actor, link=found, now=clock.now())
    messages.success(request, f"The link for {found.name} opens nothing any more.")
    return redirect(own_url("transcript_links", found.program))


@route(permission=ENTRY)
def shared(request: HttpRequest, door: Door, secret: str) -> HttpResponseBase:
    """Show the transcript that a secret opens; a wrong one opens nothing."""
    if too_many_lookups(request):
        return answer(request, 429)
    link = link_of(secret, today_in=clock.today)
    page = _read(request, link, secret)
    context = {"page": page, "page_title": f"Transcript of {page.name}"}
    return _unlisted(render(request, "portal/transcript_shared.html", context))


@route(permission=ENTRY)
def shared_pdf(request: HttpRequest, door: Door, secret: str) -> HttpResponseBase:
    """Send the same on paper; where it can't be made, say so."""
    if too_many_lookups(request):
        return answer(request, 429)
    page = _read(request, link_of(secret, today_in=clock.today), secret)
    facts = facts_of(page)
    response = send_paper(
        request,
        lambda: render_transcript(facts, seconds=settings.CERTIFICATE_SECONDS),
        name=f"transcript-{page.as_of.isoformat()}",
        back=page.url,
    )
    return _unlisted(response)


def _page(
    request: HttpRequest,
    door: OwnDoor,
    program: str,
    form: LinkForm,
    *,
    secret: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    others = other_programs(learnt_programs(door.member), program, "transcript_links")
    today = clock.today(zone_of(program))
    context = {
        "page_title": "Share your transcript",
        "form": form,
        "body_name": body_full_name(program),
        "secret": address_of(secret) if secret else "",
        "links": link_lines(door.person, program, today=today),
        "back_url": own_url("transcript", program),
        "others": others,
    }
    response = render(request, "portal/transcript_links.html", context, status=status)
    patch_cache_control(response, no_store=True, private=True)
    return response


def _make(door: OwnDoor, program: str, form: LinkForm) -> str:
    """Make the link once, however often the form is sent."""
    now, asked = clock.now(), form.cleaned_data
    with only_once(door.actor, f"transcript link {program}", asked["form_key"], now):
        made = make_link(
            actor=door.actor,
            user=door.person,
            program=program,
            name=asked["name"],
            days=int(asked["days"]),
            today=clock.today(zone_of(program)),
            now=now,
        )
    return made.secret


def _read(request: HttpRequest, link: TranscriptLink, secret: str) -> Transcript:
    """Read the transcript behind a link among its holder's own rows.

    Raises:
        Missing: its holder has no record any more.
    """
    note_opened(link=link, now=clock.now())
    with scoped(Scope.own(link.user_id)):
        member = Member.objects.visible_to(link.user).first()
        if member is None:
            raise Missing("Not found.")
        return transcript_of(
            member,
            link.program,
            asked_in(request),
            where=place_behind(secret),
            today=clock.today(zone_of(link.program)),
        )


def _unlisted(response: HttpResponseBase) -> HttpResponseBase:
    assert isinstance(response, HttpResponse)
    patch_cache_control(response, no_store=True, private=True)
    response["X-Robots-Tag"] = "noindex"
    return response
