"""One item of a body's catalogue: its evaluation's last day, what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from accounts.access import STAFF_CATALOGUE, StaffDoor
from accounts.routes import route
from ce_credits.models import CatalogueItem
from ce_credits.queries import DEADLINE, TOPICS, seen_of, topics_of_item
from ce_credits.services import set_evaluation_deadline, set_topics
from ce_credits.services.catalogue_items import CHANGED
from core import clock
from core.failures import NotUsable, Stale
from core.plain_forms import PlainForm
from core.showing import show_on
from portal.forms import DeadlineForm, ItemTopicsForm
from portal.forms.authoring import show_meanwhile
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
    form = DeadlineForm(_sent(request), held=item.evaluation_deadline)

    def save() -> None:
        set_evaluation_deadline(
            actor=door.actor,
            item=item,
            deadline=form.cleaned_data["evaluation_deadline"],
            seen=form.cleaned_data["seen"] or None,
            today=today,
            now=clock.now(),
        )

    page = partial(deadline_page, today=today)
    changing = Changing(item, DEADLINE, form, page, f"Evaluation of {item}")
    return _changed(request, changing, save)


@route(permission=STAFF_CATALOGUE, methods=("GET", "POST"))
def topics(request: HttpRequest, door: StaffDoor, item_id: UUID) -> HttpResponseBase:
    """Show what an item is about; on POST set it (M8)."""
    item, today = item_of(door.program, item_id), body_today(door)
    asked = topics_of_item(item, today)
    form = ItemTopicsForm(_sent(request), topics=asked, held=item.topics)

    def save() -> None:
        set_topics(
            actor=door.actor,
            item=item,
            topics=form.cleaned_data.get("topics", ()),
            seen=form.cleaned_data["seen"] or None,
            today=today,
            now=clock.now(),
        )

    page = partial(topics_page, today=today)
    changing = Changing(item, TOPICS, form, page, f"Topics of {item}")
    return _changed(request, changing, save)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class Changing:
    """One thing of an item that is changed: its column, its form, its page."""

    item: CatalogueItem
    name: str
    form: PlainForm
    page: Callable[[CatalogueItem], ItemPage]
    title: str


def _changed(
    request: HttpRequest, changing: Changing, save: Callable[[], None]
) -> HttpResponseBase:
    """Show one thing of an item; on POST save it, and go back to the catalogue.

    Of a change meanwhile the page shows what is there now, beside what was sent.
    """
    item, form, status = changing.item, changing.form, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                save()
            except NotUsable as refusal:
                show_on(form, refusal)
            except Stale as stale:
                if stale.text != CHANGED:
                    messages.info(request, stale.text)
                    return redirect("staff_catalogue", program=item.program)
                item.refresh_from_db()
                show_meanwhile(form, stale, seen_of(getattr(item, changing.name)))
                status = stale.status
            else:
                messages.success(request, f"Saved for “{item}”.")
                return redirect("staff_catalogue", program=item.program)
    context = {
        "page": changing.page(item),
        "form": form,
        "page_title": changing.title,
    }
    return render(request, "portal/staff_catalogue_item.html", context, status=status)
