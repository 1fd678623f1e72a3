"""The good-standing report for anybody: one person, a list, and whose a file is."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from accounts.access import PUBLIC, Door
from accounts.routes import route
from core import clock
from core.errors import answer
from core.failures import NotUsable
from core.files.tables import read_table
from core.pdf import PdfError
from core.showing import show_on
from core.shown import when_words
from core.throttle import too_many_lines, too_many_lookups
from credentials.models import GivenReport
from credentials.policy import programs, zone_of
from credentials.queries import given_report
from portal.copies import hour_of, report_answer, report_of
from portal.forms import CheckFileForm, ListForm, PersonForm
from portal.queries.good_standing import Line, answers, credential_choices
from portal.queries.lines import lines_of_table, lines_of_text
from portal.services import Unsigned, made_of, sign, unsign

BOTH = ("GET", "POST")
UNKNOWN = "No credential matches. Check the number, or how the name is spelled."
UNMADE = (
    "The PDF can't be made right now. Choose CSV, send fewer lines at once, or try "
    "again in a few minutes."
)
TOO_MANY = (
    "This address has asked about as many people as it may for now. "
    "Send the list again in {minutes} minutes."
)
logger = structlog.get_logger(__name__)


@route(permission=PUBLIC, methods=BOTH)
def person(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Ask about one person; on POST answer, the same sentence for all not found."""
    now = _hours()
    choices = credential_choices(now[programs()[0]].date())
    if request.method != "POST":
        return _person_form(request, PersonForm(choices))
    form = PersonForm(choices, request.POST)
    if not form.is_valid():
        return _person_form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if too_many_lookups(request):
        return answer(request, HTTPStatus.TOO_MANY_REQUESTS)
    (found,) = answers([form.line], now)
    if not found.found:
        form.add_error(None, UNKNOWN)
        return _person_form(request, form, HTTPStatus.NOT_FOUND)
    context = {
        "found": found,
        "checked_text": hour_of(found),
        "page_title": f"{found.name}, {found.title}",
    }
    return _private(render(request, "certificates/verify_person.html", context))


@route(permission=PUBLIC, methods=BOTH)
def listed(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Ask about a list; on POST show the answers, and the file they are in."""
    if request.method != "POST":
        return _list_form(request, ListForm())
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if too_many_lookups(request):
        return answer(request, HTTPStatus.TOO_MANY_REQUESTS)
    try:
        lines = _lines_sent(form)
    except NotUsable as refusal:
        show_on(form, refusal)
        return _list_form(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    seconds = too_many_lines(request, len(lines))
    if seconds:
        form.add_error(None, TOO_MANY.format(minutes=-(-int(seconds) // 60)))
        return _list_form(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    return _answered(request, form, lines)


@route(permission=PUBLIC, methods=("POST",))
def report_file(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Send the file whose hash the page showed: its rows come signed in the form."""
    if too_many_lookups(request):
        return answer(request, HTTPStatus.TOO_MANY_REQUESTS)
    form = ListForm()
    try:
        rows = unsign(signed=request.POST.get("report", ""))
        # A PDF is laid out anew each time, so its lines count again.
        drawn = len(rows.cells) if rows.kind == GivenReport.Kind.PDF else 0
        if drawn and (seconds := too_many_lines(request, drawn)):
            text = TOO_MANY.format(minutes=-(-int(seconds) // 60))
            return _again(request, form, text, HTTPStatus.TOO_MANY_REQUESTS)
        given = made_of(rows=rows)
    except Unsigned as refusal:
        return _again(request, form, refusal.text, HTTPStatus.UNPROCESSABLE_ENTITY)
    except PdfError as error:
        logger.error("report not made", error=str(error))
        return _again(request, form, UNMADE, HTTPStatus.SERVICE_UNAVAILABLE)
    return report_answer(given)


@route(permission=PUBLIC, methods=BOTH)
def report_check(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Ask for a file; on POST say whether it was given out here, and when."""
    form = CheckFileForm()
    if request.method == "POST":
        form = CheckFileForm(request.POST, request.FILES)
    context = {"form": form, "page_title": "Check a report"}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if too_many_lookups(request):
            return answer(request, HTTPStatus.TOO_MANY_REQUESTS)
        digest = sha256()
        for piece in form.cleaned_data["file"].chunks():
            digest.update(piece)
        found = given_report(digest.hexdigest())
        given = when_words(found.as_of, zone_of(programs()[0])) if found else ""
        context |= {"sha256": digest.hexdigest(), "found": found, "given_text": given}
    page = render(request, "certificates/report_check.html", context, status=status)
    return _private(page)


def _hours() -> Mapping[str, datetime]:
    """Say what hour it is in each body's zone."""
    return {each: clock.domain_now(zone_of(each)) for each in programs()}


def _lines_sent(form: ListForm) -> list[Line]:
    upload = form.cleaned_data["file"]
    if upload:
        return lines_of_table(read_table(upload))
    return lines_of_text(form.cleaned_data["lines"])


def _answered(
    request: HttpRequest, form: ListForm, lines: list[Line]
) -> HttpResponseBase:
    check = request.build_absolute_uri(reverse("report_check"))
    found, rows = report_of(
        lines,
        kind=form.cleaned_data["kind"],
        check=check,
        moments=_hours(),
        now=clock.now(),
    )
    try:
        given = made_of(rows=rows)
    except PdfError as error:
        logger.error("report not made", error=str(error))
        return _again(request, form, UNMADE, HTTPStatus.SERVICE_UNAVAILABLE)
    context = {
        "answers": found,
        "rows": rows,
        "given": given,
        "signed": sign(rows=rows),
        "page_title": "Good-standing report",
    }
    return _private(render(request, "certificates/report.html", context))


def _again(
    request: HttpRequest, form: ListForm, text: str, status: int
) -> HttpResponseBase:
    context = {
        "form": form,
        "errors": [{"text": text, "href": ""}],
        "page_title": "Check a list",
    }
    page = render(request, "certificates/report_form.html", context, status=status)
    return _private(page)


def _list_form(
    request: HttpRequest, form: ListForm, status: int = HTTPStatus.OK
) -> HttpResponseBase:
    context = {"form": form, "page_title": "Check a list"}
    return render(request, "certificates/report_form.html", context, status=status)


def _person_form(
    request: HttpRequest, form: PersonForm, status: int = HTTPStatus.OK
) -> HttpResponseBase:
    context = {"form": form, "page_title": "Look up a person"}
    page = render(request, "certificates/person_form.html", context, status=status)
    return _private(page) if form.is_bound else page


def _private(response: HttpResponse) -> HttpResponse:
    """Have an answer about people kept by nobody."""
    patch_cache_control(response, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
