"""Pages with a hole each, and what the matrix must say of them."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import include, path

from accounts.access import OWN, PRACTICE_SEE, PUBLIC, Door, OwnDoor, PracticeDoor
from accounts.models import Member, Practice
from accounts.routes import route
from config import urls as project
from tests.matrix.expectations import Row, Word, get, write

handler403, handler404 = project.handler403, project.handler404


@route(permission=PRACTICE_SEE)
def sound(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """A page without a hole."""
    found = get_object_or_404(Member.objects.of(door.practice), pk=member_id)
    return HttpResponse(found.name)


@route(permission=PRACTICE_SEE)
def unscoped(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """A page that shows any practice's people."""
    return HttpResponse(get_object_or_404(Member, pk=member_id).name)


@route(permission=PRACTICE_SEE)
def telling(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """A page that says somebody else's person exists."""
    found = get_object_or_404(Member, pk=member_id)
    if not Member.objects.of(door.practice).filter(pk=member_id).exists():
        raise PermissionDenied
    return HttpResponse(found.name)


@route(permission=PRACTICE_SEE)
def looking(
    request: HttpRequest, door: PracticeDoor, member_id: UUID
) -> HttpResponseBase:
    """A page that answers alike, but works longer for somebody else's person."""
    found = get_object_or_404(Member, pk=member_id)
    return HttpResponse(
        get_object_or_404(Member.objects.of(door.practice), pk=found.pk)
    )


@route(permission=PUBLIC)
def opened(request: HttpRequest, door: Door) -> HttpResponseBase:
    """A page of a practice that anybody may see."""
    return HttpResponse("open")


def changes_first(request: HttpRequest, practice: str) -> HttpResponseBase:
    """A page that writes before it looks who asks."""
    Practice.objects.filter(slug=practice).update(name="Changed")
    return guarded(request, practice=practice)


@route(permission=PRACTICE_SEE)
def guarded(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """What it shows then."""
    return HttpResponse("changed")


@route(permission=PRACTICE_SEE, methods=("GET", "POST"))
def any_method(request: HttpRequest, door: PracticeDoor) -> HttpResponseBase:
    """A page that writes when it is looked at."""
    Practice.objects.filter(pk=door.practice.pk).update(name="Changed")
    return HttpResponse("changed")


@route(permission=OWN)
def not_own(request: HttpRequest, door: OwnDoor, member_id: UUID) -> HttpResponseBase:
    """A page of one's own that shows anybody's."""
    return HttpResponse(get_object_or_404(Member, pk=member_id).name)


def hints(request: HttpRequest, practice: str) -> HttpResponseBase:
    """A page that asks only those to sign in who guessed a practice."""
    get_object_or_404(Practice, slug=practice)
    return guarded(request, practice=practice)


for view in (changes_first, hints):
    vars(view).update(permission=PRACTICE_SEE, methods=("GET", "HEAD"))

scratch = [
    path("sound/<slug:practice>/<uuid:member_id>/", sound, name="sound"),
    path("unscoped/<slug:practice>/<uuid:member_id>/", unscoped, name="unscoped"),
    path("telling/<slug:practice>/<uuid:member_id>/", telling, name="telling"),
    path("looking/<slug:practice>/<uuid:member_id>/", looking, name="looking"),
    path("opened/<slug:practice>/", opened, name="opened"),
    path("changes/<slug:practice>/", changes_first, name="changes"),
    path("any/<slug:practice>/", any_method, name="any"),
    path("own/<uuid:member_id>/", not_own, name="own"),
    path("hints/<slug:practice>/", hints, name="hints"),
]
urlpatterns = [*project.urlpatterns, path("scratch/", include(scratch))]
PERSON = Row(Word.PRACTICE, {"GET": get()}, {"member_id": "person"})
PAGE = Row(Word.PRACTICE, {"GET": get()})
# Route → its row, and a fault the matrix must find in it.
FAULTS: dict[str, tuple[Row, str]] = {
    "unscoped": (PERSON, "administrator GET: 200, not 404 (foreign member_id)"),
    "telling": (
        PERSON,
        "administrator GET: tells a foreign member_id from a missing one",
    ),
    "looking": (
        PERSON,
        "administrator GET: goes another way for a foreign member_id",
    ),
    "opened": (PAGE, "stranger GET: 200, not told there is nothing"),
    "changes": (PAGE, "stranger GET: 404, changed ['accounts_practice']"),
    "any": (PAGE, "has ['GET', 'HEAD', 'POST'], not ['GET', 'HEAD']"),
    "own": (
        Row(Word.OWN, {"GET": get()}, {"member_id": "person"}, own_things=True),
        "foreign member GET: 200, not told there is nothing",
    ),
    "hints": (PAGE, "signed out GET: tells a foreign practice from a missing one"),
}
LOOKING = Row(
    Word.PRACTICE, {"GET": get(), "POST": write(200, lambda world: {"a": "b"})}
)
