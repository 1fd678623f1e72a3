"""A body's catalogue: look through it, import a file in two steps, withdraw items."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from ce_credits.services import (
    apply_file,
    check_file,
    offer_item,
)
from ce_credits.services.catalogue import MOST_BYTES
from core import clock
from core.failures import NotUsable, Stale
from core.files import shown_name
from core.showing import show_on
from credentials.policy import policy_for
from portal.forms import CatalogueForm
from portal.queries.catalogue import (
    ONLY,
    catalogue_page,
    file_of,
    file_page,
    sample,
)
from portal.queries.catalogue_items import item_of
from portal.queries.paging import page_number
from portal.sent import sent
from portal.views.bodies import body_today


@route(permission=STAFF_CATALOGUE, methods=("GET", "POST"))
def catalogue(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """List the catalogue; on POST check a file, which changes no item yet."""
    today = body_today(door)
    if request.method != "POST":
        return _page(request, door, CatalogueForm())
    form = CatalogueForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, door, form, 422)
    upload = form.cleaned_data["file"]
    try:
        file = check_file(
            actor=door.actor,
            policy=policy_for(door.program, on=today),
            name=shown_name(upload.name),
            content=upload.read(MOST_BYTES + 1),
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, door, form, 422)
    return redirect("staff_catalogue_file", program=door.program, file_id=file.pk)


@route(permission=STAFF_CATALOGUE, methods=("GET", "POST"))
def file(request: HttpRequest, door: StaffDoor, file_id: UUID) -> HttpResponseBase:
    """Show what importing a checked file would do; on POST import it."""
    body_today(door)
    found = file_of(door.program, file_id)
    if request.method == "POST":
        try:
            count = apply_file(actor=door.actor, file=found, now=clock.now())
        except Stale as stale:
            messages.info(request, stale.text)
        else:
            noun = "activity" if count == 1 else "activities"
            messages.success(request, f"Imported {count:,} {noun} from {found.name}.")
        return redirect("staff_catalogue", program=door.program)
    number = page_number(request.GET.get("page", "1"))
    page = file_page(found, number=number)
    context = {"page": page, "page_title": f"Check {page.name}"}
    return render(request, "portal/staff_catalogue_file.html", context)


@route(permission=STAFF_CATALOGUE, methods=("POST",))
def offer(request: HttpRequest, door: StaffDoor, item_id: UUID) -> HttpResponseBase:
    """Withdraw an item from what members may pick, or offer it again."""
    item = item_of(door.program, item_id)
    offered = sent(request.POST, "offered", 1) == "1"
    try:
        offer_item(actor=door.actor, item=item, offered=offered, now=clock.now())
    except Stale as stale:
        messages.info(request, stale.text)
    else:
        done = "offered again" if offered else "withdrawn: nobody can pick it any more"
        messages.success(request, f"“{item}” is {done}.")
    return redirect("staff_catalogue", program=door.program)


@route(permission=STAFF_CATALOGUE)
def sample_file(request: HttpRequest, door: StaffDoor) -> HttpResponseBase:
    """Hand out a file to begin from."""
    body_today(door)
    response = HttpResponse(
        sample(door.program), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="catalogue.csv"'
    return response


def _page(
    request: HttpRequest, door: StaffDoor, form: CatalogueForm, status: int = 200
) -> HttpResponse:
    only = sent(request.GET, "only", 20)
    page = catalogue_page(
        door.program,
        q=sent(request.GET, "q", 100),
        only=only if only in ONLY else "",
        number=page_number(request.GET.get("page", "1")),
    )
    context = {"page": page, "form": form, "page_title": f"{page.body_name} catalogue"}
    return render(request, "portal/staff_catalogue.html", context, status=status)
