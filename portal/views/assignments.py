"""The assignments page: select people, press Assign on a tile."""

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.access import PRACTICE_ASSIGN, PracticeDoor
from accounts.routes import route
from core import clock
from core.failures import Missing, Refusal, Stale
from credentials.models import AssignmentBatch, Product
from credentials.policy import policy_for, zone_of
from credentials.services import Choice, Pick, assign, enrol
from portal.forms import AddMemberForm, ChoiceForm
from portal.programs import term_program_asked
from portal.queries.assigning import strangers
from portal.queries.assignments import Asked, assignments_page
from portal.queries.choices import choice_of, choices_of
from portal.queries.exports import export_links
from portal.queries.paging import page_number
from portal.queries.people import people as people_of
from portal.queries.picking import everybody_picked
from portal.queries.results import assigned_before
from portal.queries.skipping import Split, chosen_words, split
from portal.sent import picks_sent, sent
from portal.views.assigned_words import assigned_words

Problems = Sequence[dict[str, str]]
NOTHING_TO_CHOOSE = "The body's catalogue has no course to assign yet."


@route(permission=PRACTICE_ASSIGN, methods=("GET", "POST"))
def assignments(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Show the page; on POST assign a product, or open what a View tile names."""
    if request.method == "POST":
        if request.POST.get("view"):
            return _open_view(request, door)
        if request.POST.get("add"):
            return _add(request, door)
        return _assign(request, door)
    return _page(request, door)


def _page(
    request: HttpRequest,
    door: PracticeDoor,
    errors: Problems = (),
    status: int = 200,
    adding: AddMemberForm | None = None,
) -> HttpResponse:
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    asked = Asked(
        only=_only(request),
        q=sent(request.GET, "q", 100),
        number=page_number(request.GET.get("page", "1")),
        view="table" if request.GET.get("view") == "table" else "",
        checked={str(pick.member_id) for pick in picks_sent(request.POST)},
        everybody="everybody" in request.POST,
        errors=errors,
    )
    page = assignments_page(
        door.practice,
        program,
        asked,
        form_key=uuid4().hex,
        due_days=policy_for(program, on=today).terms.standing.due_days,
        today=today,
    )
    said = {"only": asked.only, "q": asked.q}
    kept = {name: value for name, value in said.items() if value}
    context = {
        "page": page,
        "export": export_links(door.practice, program, "people", kept),
        "form": adding or AddMemberForm(),
        "page_title": "Membership and Certification Assignments",
    }
    return render(request, "portal/assignments.html", context, status=status)


ONLY = frozenset({"renew", "due", "non"})


def _only(request: HttpRequest) -> str:
    only = request.GET.get("only", "")
    return only if only in ONLY else ""


def _picked(
    request: HttpRequest, door: PracticeDoor, program: str, today: date
) -> Sequence[Pick]:
    """Read who was selected: line by line, or everybody who matches."""
    value = sent(request.POST, "everybody", 40)
    if not value:
        return picks_sent(request.POST)
    found = people_of(door.practice, program, today)
    q = sent(request.GET, "q", 100)
    return everybody_picked(found, value, only=_only(request), q=q)


def _assign(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    program = term_program_asked(request)
    today = clock.today(zone_of(program))
    product = get_object_or_404(
        Product, program=program, code=sent(request.POST, "assign", 41)
    )
    key = sent(request.POST, "form_key", 64)
    done = assigned_before(door.practice, product, key)
    if done and request.POST.get("everybody"):
        # Who matched then can't be told any more; it was they.
        return _told(request, door, done)
    try:
        picks = _picked(request, door, program, today)
    except Stale as stale:
        errors = [{"text": stale.text, "href": "#people"}]
        return _page(request, door, errors, stale.status)
    choice = choice_of(product, sent(request.POST, "choice", 60), today) or Choice()
    if product.asks_choice and picks and not choice.code:
        return _ask(request, door, product, picks, today)
    people = split(door.practice, product, picks, today, choice)
    # Strangers, people who left and too many are the service's to refuse.
    confirmed = done or request.POST.get("confirmed")
    if people.skipped and people.whole and not confirmed:
        return _before_commit(request, door, product, choice, people)
    try:
        batch = assign(
            actor=door.actor,
            practice=door.practice,
            product=product,
            picks=picks,
            form_key=key or uuid4().hex,
            today=today,
            now=clock.now(),
            choice=choice,
        )
    except Missing:
        raise
    except Refusal as refusal:
        errors = [{"text": refusal.text, "href": "#people"}]
        return _page(request, door, errors, refusal.status)
    return _told(request, door, batch)


def _told(
    request: HttpRequest, door: PracticeDoor, batch: AssignmentBatch
) -> HttpResponseBase:
    messages.success(request, assigned_words(door, batch))
    return redirect(_back(request, door))


def _ask(
    request: HttpRequest,
    door: PracticeDoor,
    product: Product,
    picks: Sequence[Pick],
    today: date,
) -> HttpResponse:
    """Ask which one is meant; the people stay selected, and nothing is assigned yet."""
    if strangers(door.practice, product.program, (pick.member_id for pick in picks)):
        raise Missing("Not found.")
    choices = choices_of(product, today)
    asked = request.POST if "asked" in request.POST else None
    form = ChoiceForm(product, choices, asked)
    url = _back(request, door)
    page = {
        "product_label": product.label,
        "sub": chosen_words(door.practice, product, picks),
        "fields": [
            ("form_key", sent(request.POST, "form_key", 64)),
            ("program", product.program),
            ("assign", product.code),
            ("asked", "1"),
            *(("member", _value(pick)) for pick in picks),
        ],
        "action_url": url,
        "cancel_url": url,
        "button": f"Assign to {len({pick.member_id for pick in picks})}",
        "nothing": NOTHING_TO_CHOOSE,
    }
    context = {
        "page": page,
        "form": form,
        "page_title": f"Which {product.noun}?",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portal/assign_choose.html", context, status=status)


def _value(pick: Pick) -> str:
    return f"{pick.member_id}" + ("" if pick.seen is None else f".{pick.seen}")


def _before_commit(
    request: HttpRequest,
    door: PracticeDoor,
    product: Product,
    choice: Choice,
    people: Split,
) -> HttpResponse:
    if not people.kept:
        text = f"{people.skipped[0].reason} Nothing was assigned."
        return _page(request, door, [{"text": text, "href": "#people"}], 409)
    hidden = [
        ("form_key", sent(request.POST, "form_key", 64)),
        ("program", product.program),
        ("assign", product.code),
        ("choice", choice.code),
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


def _add(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """Add somebody with a package, and invite them."""
    program = term_program_asked(request)
    form = AddMemberForm(request.POST)
    if not form.is_valid():
        return _page(request, door, (), HTTPStatus.UNPROCESSABLE_ENTITY, form)
    try:
        member = enrol(
            actor=door.actor,
            practice=door.practice,
            program=program,
            form_key=sent(request.POST, "form_key", 64) or uuid4().hex,
            today=clock.today(zone_of(program)),
            now=clock.now(),
            **form.cleaned_data,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, door, (), refusal.status, form)
    text = f"{member.name} was added. Invitation sent to {member.email}."
    messages.success(request, text)
    return redirect(_back(request, door))


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


def _back(request: HttpRequest, door: PracticeDoor) -> str:
    url = reverse("assignments", kwargs={"practice": door.practice.slug})
    query = request.GET.urlencode()
    return f"{url}?{query}" if query else url
