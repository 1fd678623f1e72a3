"""What the lists share whose filters staff keep under a name."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from accounts.access import StaffDoor
from core import clock
from core.failures import NotUsable
from core.showing import show_on
from portal.forms import ViewForm
from portal.models import SavedView
from portal.sent import sent
from portal.services import View, remove_view, save_view

# Any filters, spelled out: a letter of theirs may take twelve signs.
LONGEST_QUERY = 4000
WHO = {
    SavedView.Place.QUEUE: "all who review",
    SavedView.Place.APPLICATIONS: "all who manage",
}


def filters_sent(request: HttpRequest) -> QueryDict:
    """Read the filters that a form names, as an address has them."""
    return QueryDict(sent(request.POST, "filters", LONGEST_QUERY).removeprefix("?"))


def view_saved(
    request: HttpRequest,
    door: StaffDoor,
    place: SavedView.Place,
    query: str,
    form: ViewForm,
) -> bool:
    """Save a view and say so; False where the form says what stands against it."""
    if not form.is_valid():
        return False
    view = View(place, form.cleaned_data["name"], query)
    try:
        row = save_view(
            actor=door.actor, program=door.program, view=view, now=clock.now()
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return False
    messages.success(request, f"Saved the view “{row.name}” for {WHO[place]}.")
    return True


def view_removed(
    request: HttpRequest, door: StaffDoor, place: SavedView.Place, view_id: UUID
) -> None:
    """Remove a view of a list and say so."""
    name = remove_view(
        actor=door.actor,
        program=door.program,
        place=place,
        view_id=view_id,
        now=clock.now(),
    )
    messages.success(request, f"Removed the view “{name}”.")
