"""The assignments page: select people, press Assign on a tile."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.access import PRACTICE_ASSIGN, PracticeDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal
from credentials.models import Product
from credentials.policy import policy_for, zone_of
from credentials.services import assign
from portal.programs import program_asked
from portal.queries.assignments import Asked, assignments_page
from portal.queries.paging import page_number
from portal.queries.results import Renewed, renewed_by
from portal.queries.skipping import Split, split
from portal.sent import picks_sent, sent

Problems = Sequence[dict[str, str]]


@route(permission=PRACTICE_ASSIGN, methods=("GET", "POST"))
def assignments(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show the page; on POST assign a product, or open what a View tile names."""
    if request.method == "POST":
        if request.POST.get("view"):
            return _open_view(request, door)
        return _assign(request, door)
    return _page(request, door)


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    errors: Problems = (),
    status: int = 200,
) -> HttpResponse:
    program = program_asked(request)
    today = clock.today(zone_of(program))
    asked = Asked(
        only=request.GET.get("only", "") if request.GET.get("only") in ONLY else "",
        q=sent(request.GET, "q", 100),
        number=page_number(request.GET.get("page", "1")),
        checked={str(pick.member_id) for pick in picks_sent(request.POST)},
        errors=errors,
    )
    page = assignments_page(
        door.practice,
        program,
        asked,
        form_key=uuid4().hex,
        due_days=policy_for(program, on=today).standing.due_days,
        today=today,
    )
    context = {"page": page, "page_title": "Membership and Certification Assignments"}
    return render(request, "portal/assignments.html", context, status=status)


DONE = {
    Product.Kind.RENEWAL: "is now renewed until",
    Product.Kind.MEMBERSHIP: "is now a member, with renewal date",
}
ONLY = frozenset({"renew", "due", "non"})


def _assign(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    program = program_asked(request)
    today = clock.today(zone_of(program))
    product = get_object_or_404(
        Product, program=program, code=sent(request.POST, "assign", 41)
    )
    picks = picks_sent(request.POST)
    people = split(door.practice, product, picks, today)
    # Strangers, people who left and too many are the service's to refuse.
    if people.skipped and people.whole and not request.POST.get("confirmed"):
        return _before_commit(request, door, product, people)
    try:
        batch = assign(
            actor=door.actor,
            practice=door.practice,
            product=product,
            picks=picks,
            form_key=sent(request.POST, "form_key", 64) or uuid4().hex,
            today=today,
            now=clock.now(),
        )
    except Missing:
        raise
    except Refusal as refusal:
        errors = [{"text": refusal.text, "href": "#people"}]
        return _page(request, door, errors, refusal.status)
    messages.success(request, _words(door, product, renewed_by(batch)))
    return redirect(_back(request, door))


def _before_commit(
    request: HttpRequest, door: PracticeDoor, product: Product, people: Split
) -> HttpResponse:
    if not people.kept:
        text = f"{people.skipped[0].reason} Nothing was assigned."
        return _page(request, door, [{"text": text, "href": "#people"}], 409)
    hidden = [
        ("form_key", sent(request.POST, "form_key", 64)),
        ("program", product.program),
        ("assign", product.code),
        ("confirmed", "1"),
        *(("member", person.value) for person in people.kept),
    ]
    count, url = len(people.skipped), _back(request, door)
    check = {
        "product_label": product.label,
        "title": "1 person is skipped" if count == 1 else f"{count} people are skipped",
        "skipped": people.skipped,
        "kept": people.kept,
        "fields": hidden,
        "action_url": url,
        "cancel_url": url,
        "button": f"Assign to {len(people.kept)}",
    }
    context = {"check": check, "page_title": "Check before you assign"}
    return render(request, "portal/assign_check.html", context)


def _open_view(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    picks = picks_sent(request.POST)
    certificate = request.POST.get("view") == "certificate"
    what = "certificate" if certificate else "record"
    if len(picks) != 1:
        text = f"Select one person to view their {what}."
        return _page(request, door, [{"text": text, "href": "#people"}], 422)
    place: dict[str, Any] = {
        "practice": door.practice.slug,
        "member_id": picks[0].member_id,
    }
    name = "member_certificate" if certificate else "member_record"
    return redirect(reverse(name, kwargs=place))


def _words(door: PracticeDoor, product: Product, done: Sequence[Renewed]) -> SafeString:
    lines = format_html_join(
        " ",
        f"{{}} {DONE[Product.Kind(product.kind)]} {{}}. {{}}{{}}",
        (
            (
                person.name,
                person.renewal_date,
                person.certificate_words,
                _link(door, person),
            )
            for person in done[:10]
        ),
    )
    count = len(done)
    if count <= 10:
        return lines
    return format_html(
        "{} {} assigned. {} And {} more.", count, product.nouns, lines, count - 10
    )


def _link(door: PracticeDoor, person: Renewed) -> SafeString | str:
    if not person.certificate_id:
        return ""
    url = reverse(
        "practice_certificate",
        kwargs={
            "practice": door.practice.slug,
            "certificate_id": person.certificate_id,
        },
    )
    return format_html(
        ' <a href="{}">View {}\'s certificate</a>', url, person.first_name
    )


def _back(request: HttpRequest, door: PracticeDoor) -> str:
    url = reverse("assignments", kwargs={"practice": door.practice.slug})
    query = request.GET.urlencode()
    return f"{url}?{query}" if query else url
