"""Sending a paper that is made while somebody waits, or saying that it can't be."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from core.pdf import PdfError

logger = structlog.get_logger(__name__)


def name_file(response: HttpResponseBase, name: str, ending: str) -> None:
    """Have an answer saved under a name of its own, and kept by no cache.

    Args:
        response: what is sent.
        name: without an ending; what not every system takes is left out.
        ending: such as "pdf".
    """
    plain = "".join(sign for sign in name if sign.isascii() and sign.isprintable())
    plain = plain.replace('"', "").replace("\\", "").replace("/", "-")
    response["Content-Disposition"] = f'attachment; filename="{plain}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"


def send_paper(
    request: HttpRequest,
    make: Callable[[], bytes],
    *,
    name: str,
    back: str,
    unmade: str = "portal/paper_unmade.html",
) -> HttpResponseBase:
    """Send a PDF that is made now; where it can't be, say so and what to do.

    Args:
        request: of whoever waits.
        make: makes it; raises `PdfError` where it can't.
        name: what it is saved under, without an ending.
        back: the page that shows the same.
        unmade: the template of the page that says it can't be made.
    """
    try:
        content = make()
    except PdfError as error:
        logger.error("paper not made", error=str(error))
        context = {"back_url": back, "page_title": "PDF not made"}
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return render(request, unmade, context, status=status)
    response = HttpResponse(content, content_type="application/pdf")
    name_file(response, name, "pdf")
    return response
