"""What was typed for a draft that somebody threw away meanwhile: kept, and put anew."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict

from accounts.access import StaffDoor
from core import clock
from core.failures import Missing, Stale
from core.files import shown_name
from core.plain_forms import PlainForm
from courses.models import CourseVersion
from courses.queries.drafts import draft_of
from courses.queries.last_written import ThrownAway, published_since, thrown_away
from courses.services import begin_anew, begin_draft, save_module
from portal.forms.authoring import (
    CourseFileForm,
    ModuleForm,
    PageForm,
    VersionForm,
)
from portal.forms.staff_tests import FiguresForm, QuestionForm, TestTextForm
from portal.queries.putting import Place, places_for
from portal.sent import sent
from portal.views.bodies import body_today

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    Files = MultiValueDict[str, UploadedFile[Any]]
else:
    # Generic for the type checker alone.
    Files = MultiValueDict
View = Callable[..., HttpResponseBase]
KEPT = "Nothing was saved. What you wrote is still here."
# Nothing can put a file back into a form: only its sender has it.
AGAIN = "Nothing was saved. Choose “{name}” again to send it elsewhere."
FORMS: dict[str, Callable[[QueryDict, Files, CourseVersion], PlainForm]] = {
    "page": lambda data, _, row: PageForm(data, version=row),
    "question": lambda data, *_: QuestionForm(data, pictures=()),
    "text": lambda data, _, row: TestTextForm(data, version=row),
    "figures": lambda data, _, row: FiguresForm(data, version=row),
    "objectives": lambda data, _, row: VersionForm(data, version=row),
    "module": lambda data, *_: ModuleForm(data),
    "file": lambda data, files, _: CourseFileForm(data, files),
}
# Pages with several buttons, of which one sends what was typed.
DONE = frozenset({"figures", "module"})


def keeps_typed(what: str) -> Callable[[View], View]:
    """Where the draft is gone that a form was sent to, answer with what was typed.

    It can be put into the draft that was begun since, or a new one. What was never a
    draft of this body, or holds nothing typed, is not found as ever.

    Args:
        what: which of `FORMS` the page sends; of a file its name and what it is for.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(
            request: HttpRequest, door: StaffDoor, version_id: UUID, **place: object
        ) -> HttpResponseBase:
            try:
                return view(request, door, version_id, **place)
            except Missing:
                gone = thrown_away(door.program, version_id)
                typed = what not in DONE or sent(request.POST, "do", 10) == what
                if request.method != "POST" or gone is None or not typed:
                    raise
            return _answer(request, door, gone, what, str(place.get("code", "")))

        return kept

    return decorate


def _answer(
    request: HttpRequest, door: StaffDoor, gone: ThrownAway, what: str, code: str
) -> HttpResponseBase:
    """Begin a draft and go on there with what was sent, or show what was typed.

    Where a draft was begun or published since, it is shown: what stands there now is
    written over only by who knows of it.
    """
    code = _code(request, what, code)
    if "again" in request.POST:
        try:
            url = _begun(request, door, gone, what, code)
        except Stale:
            # The one that was begun, else one of what was published: shown below.
            begin_draft(actor=door.actor, course=gone.course, now=clock.now())
        else:
            return HttpResponseRedirect(url, preserve_request=True)
    draft = draft_of(gone.course)
    places = places_for(draft, what, code) if draft else ()
    context = {
        "gone": gone,
        "draft": draft,
        "since": published_since(gone),
        "places": places,
        "form": _form(request, gone, what, places),
        "do": what if what in DONE else "",
        "page_title": "This draft was thrown away",
    }
    status = Missing.status
    return render(request, "portal/staff_thrown_away.html", context, status=status)


def _code(request: HttpRequest, what: str, code: str) -> str:
    """Say by which name its place in a draft is found; "" where it has none there."""
    if what == "page":
        return sent(request.POST, "code", 200)
    if what == "file":
        file = request.FILES.get("file")
        return shown_name(file.name or "") if file else ""
    return code


def _begun(
    request: HttpRequest, door: StaffDoor, gone: ThrownAway, what: str, code: str
) -> str:
    """Begin a draft; where in it goes what was typed."""
    body_today(door)
    now = clock.now()
    draft = begin_anew(actor=door.actor, gone=gone, now=now)
    if what == "page" and not draft.modules.exists():
        title = sent(request.POST, "title", 200) or gone.course.title
        save_module(
            actor=door.actor, version=draft, module_id=None, title=title, now=now
        )
    # The page or question of its address, else the end.
    places = places_for(draft, what, code)
    return next((each for each in places if each.same), places[-1]).url


def _form(
    request: HttpRequest, gone: ThrownAway, what: str, places: Sequence[Place]
) -> PlainForm:
    """The form as it was sent; what it knows of the draft is that of its new place."""
    data = request.POST.copy()
    data["seen"] = next((each.seen for each in places if each.same), "")
    version = CourseVersion(course=gone.course)
    form = FORMS[what](data, request.FILES, version)
    for name, field in form.fields.items():
        # Files of the draft went with it: what was chosen is shown all the same.
        if isinstance(field, forms.ChoiceField) and (chosen := data.get(name)):
            field.choices = [*field.choices, (chosen, chosen)]  # type: ignore[misc]
    name = _code(request, what, "") if what == "file" else ""
    form.add_error(None, f"{gone.words} {AGAIN.format(name=name) if name else KEPT}")
    return form
