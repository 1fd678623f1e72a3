"""One item of a body's catalogue: its evaluation's last day, what it is about."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from ce_credits.models import CatalogueItem
from ce_credits.queries import topics_of_item
from ce_credits.services import set_evaluation_deadline, set_topics
from core import clock
from core.failures import NotUsable, Stale
from core.plain_forms import PlainForm
from core.showing import show_on
from portal.forms import DeadlineForm, ItemTopicsForm
from portal.queries.catalogue_items import (
    ItemPage,
    deadline_page,
    item_of,
    topics_page,
)
from portal.views.bodies import body_today


@route(permission=STAFF_CATALOGUE, methods=("GET", "POST"))
def deadline(request: HttpRequest, door: StaffDoor, item_id: UUID) -> HttpResponseBase:
    """Show the day a conference's evaluation closes; on POST set it or take it away."""
    item, today = item_of(door.program, item_id), body_today(door)
    held = {"evaluation_deadline": item.evaluation_deadline}
    form = DeadlineForm(
        request.POST if request.method == "POST" else None, initial=held
    )

    def save() -> None:
        set_evaluation_deadline(
            actor=door.actor,
            item=item,
            deadline=form.cleaned_data["evaluation_deadline"],
            today=today,
            now=clock.now(),
        )

    page = deadline_page(item, today=today)
    return _changed(request, item, page, form, save, f"Evaluation of {item}")


@route(permission=STAFF_CATALOGUE, methods=("GET", "POST"))
def topics(request: HttpRequest, door: StaffDoor, item_id: UUID) -> HttpResponseBase:
    """Show what an item is about; on POST set it (M8)."""
    item, today = item_of(door.program, item_id), body_today(door)
    form = ItemTopicsForm(
        request.POST if request.method == "POST" else None,
        topics=topics_of_item(item, today),
        held=item.topics,
    )

    def save() -> None:
        set_topics(
            actor=door.actor,
            item=item,
            topics=form.cleaned_data.get("topics", ()),
            today=today,
            now=clock.now(),
        )

    page = topics_page(item, today=today)
    return _changed(request, item, page, form, save, f"Topics of {item}")


def _changed(
    request: HttpRequest,
    item: CatalogueItem,
    page: ItemPage,
    form: PlainForm,
    save: Callable[[], None],
    title: str,
) -> HttpResponseBase:
    """Show one thing of an item; on POST save it, and go back to the catalogue."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save()
            except NotUsable as refusal:
                show_on(form, refusal)
            except Stale as stale:
                messages.info(request, stale.text)
                return redirect("staff_catalogue", program=item.program)
            else:
                messages.success(request, f"Saved for “{item}”.")
                return redirect("staff_catalogue", program=item.program)
    context = {"page": page, "form": form, "page_title": title}
    return render(request, "portal/staff_catalogue_item.html", context, status=status)
