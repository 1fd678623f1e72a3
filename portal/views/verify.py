"""Public checks: anybody with a certificate's number, nobody without."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control

from accounts.access import PUBLIC, Door
from accounts.routes import route
from core import clock
from core.errors import answer
from core.throttle import too_many_lookups
from credentials.policy import programs, zone_of
from portal.queries.trail import when_words
from portal.queries.verification import check_number, program_of

FORM = {
    "verify_url": reverse_lazy("verify_form"),
    "sample_number": "CMS-7Q4K-29XD-M3V5",
    "page_title": "Verify a credential",
}
UNKNOWN = "No credential matches. Check the number on the certificate."


@route(permission=PUBLIC)
def verify_form(request: HttpRequest, door: Door) -> HttpResponseBase:
    """Ask for a number; with one in the address, go to its page."""
    number = request.GET.get("number", "").strip()
    if not number:
        context = {"number": "", **FORM}
        return render(request, "certificates/verify_form.html", context)
    return verify_page(request, number)


@route(permission=PUBLIC)
def verify(request: HttpRequest, door: Door, number: str) -> HttpResponseBase:
    """Show what the public may know of one certificate."""
    return verify_page(request, number)


def verify_page(request: HttpRequest, number: str) -> HttpResponse:
    """Answer a number: the same sentence for all that can't be found."""
    if too_many_lookups(request):
        return answer(request, 429)
    program = program_of(number) or programs()[0]
    today = clock.today(zone_of(program))
    check = check_number(number, today=today)
    if check is None:
        context = {
            "number": number[:64],
            "errors": [{"text": UNKNOWN, "href": "#number"}],
            **FORM,
        }
        return render(request, "certificates/verify_form.html", context, status=404)
    page = reverse("verify", kwargs={"number": check.number})
    if request.path != page:
        return redirect(page)
    zone = zone_of(program)
    moment = clock.domain_now(zone)
    context = {
        "check": check,
        "verify_url": reverse("verify_form"),
        "checked_text": when_words(moment, zone),
        "page_title": f"{check.name}, {check.credential}",
    }
    response = render(request, "certificates/verify.html", context)
    patch_cache_control(response, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
