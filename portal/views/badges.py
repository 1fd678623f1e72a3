"""A badge that its holder shares: its page, its picture, its certificate (N14)."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from accounts.access import PUBLIC, Door
from accounts.routes import route
from core import clock
from core.errors import answer
from core.failures import Missing
from core.files import answer as answer_file
from core.medal import painted
from core.throttle import too_many_lookups
from credentials.policy import zone_of
from portal.queries.badges import (
    BadgeShown,
    badge_address,
    badge_shown,
    paper_of_badge,
    program_of_badge,
)

SVG = "image/svg+xml"


@route(permission=PUBLIC)
def badge(request: HttpRequest, door: Door, badge_id: UUID) -> HttpResponseBase:
    """Show a badge that is shared."""
    if too_many_lookups(request):
        return answer(request, 429)
    shown = _found(badge_id)
    context = {
        "badge": shown,
        "address": badge_address(badge_id),
        "page_title": f"{shown.name}, {shown.credential}",
    }
    return _unlisted(render(request, "certificates/badge.html", context))


@route(permission=PUBLIC)
def badge_image(request: HttpRequest, door: Door, badge_id: UUID) -> HttpResponseBase:
    """Send the picture of a badge that is shared."""
    if too_many_lookups(request):
        return answer(request, 429)
    context = {"picture": _found(badge_id).picture}
    image = render(request, "certificates/badge.svg", context, content_type=SVG)
    return _unlisted(image)


@route(permission=PUBLIC)
def badge_picture(request: HttpRequest, door: Door, badge_id: UUID) -> HttpResponseBase:
    """Send the picture of a badge that is shared, for where no drawing is shown."""
    if too_many_lookups(request):
        return answer(request, 429)
    image = painted(_found(badge_id).picture.words)
    return _unlisted(HttpResponse(image, content_type="image/png"))


@route(permission=PUBLIC)
def badge_paper(request: HttpRequest, door: Door, badge_id: UUID) -> HttpResponseBase:
    """Send the certificate behind a badge that is shared, once its PDF is made."""
    if too_many_lookups(request):
        return answer(request, 429)
    certificate = paper_of_badge(badge_id)
    if certificate is None:
        raise Missing("Not found.")
    response = answer_file(replace(certificate.file, ours=True))
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(badge_id: UUID) -> BadgeShown:
    """Read a badge as of its body's day.

    Raises:
        Missing: it is unknown, or withdrawn: nobody learns which.
    """
    program = program_of_badge(badge_id)
    today = clock.today(zone_of(program)) if program else None
    found = badge_shown(badge_id, today=today) if today else None
    if found is None:
        raise Missing("Not found.")
    return found


def _unlisted(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
