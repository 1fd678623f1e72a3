"""One activity before its reviewer: look at the proof, then decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from accounts.access import STAFF_DECIDE, StaffDoor
from accounts.models import StaffRole
from accounts.routes import route
from ce_credits.services import Ruling, decide
from ce_credits.services.steps import CHANGED
from core import clock
from core.failures import Missing, NotUsable, Refusal
from core.showing import show_on
from credentials.policy import policy_for
from portal.asked import asked_in
from portal.forms import DecisionForm
from portal.queries.activity_inputs import inputs_of, inputs_text
from portal.queries.activity_typed import minutes_typed
from portal.queries.decided import decided_words, held_before, stands_already
from portal.queries.queue import place_of, queue_url
from portal.queries.review import Asking, Trial, activity_of, review_of
from portal.sent import sent
from portal.views.asking import looking_in
from portal.views.bodies import body_today

if TYPE_CHECKING:
    from portal.queries.flags import Flagged

CHECK = "check"
ANEW = (
    "This activity changed since you opened it. Nothing was done. "
    "Here is how it stands now, with what you typed."
)
MINUTES = 20


@dataclass(frozen=True)
class Said:
    """What the reviewer sent: the form as they filled it in, and what was tried."""

    form: DecisionForm
    trial: Trial
    errors: Sequence[dict[str, str]] = ()


@route(permission=STAFF_DECIDE, methods=("GET", "POST"))
def review(
    request: HttpRequest, door: StaffDoor, activity_id: UUID
) -> HttpResponseBase:
    """Show an activity; on POST decide on it, or only work its credit out anew."""
    today = body_today(door)
    activity = activity_of(door.program, activity_id)
    if request.method != "POST":
        return _page(request, door, activity)
    form = _form(activity, request.POST)
    if not form.is_valid():
        return _page(request, door, activity, _said(form), 422)
    said = _said(form)
    if sent(request.POST, "outcome", MINUTES) == CHECK:
        return _page(request, door, activity, said)
    asked = asked_in(request.GET)
    after = place_of(door.program, asked, activity, today).after_url
    return _decide(request, door, activity, said) or redirect(
        after or queue_url(door.program, asked)
    )


def _decide(
    request: HttpRequest, door: StaffDoor, activity: "Flagged", said: Said
) -> HttpResponse | None:
    """Decide; a page where that was refused, none where it is done."""
    form, outcome = said.form, sent(request.POST, "outcome", 20)
    seen, waiting = form.cleaned_data["seen"], held_before(activity)
    try:
        decided = decide(
            actor=door.actor,
            activity=activity,
            seen=seen,
            ruling=Ruling(
                outcome,
                ground=form.cleaned_data["ground"],
                words=form.cleaned_data["words"],
                minutes=said.trial.minutes,
                inputs=said.trial.inputs,
                determined=said.trial.determined,
            ),
            today=body_today(door),
            now=clock.now(),
        )
    except NotUsable as refusal:
        show_on(form, refusal)
        return _page(request, door, activity, said, 422)
    except Missing:
        raise
    except Refusal as refusal:
        if stands_already(activity.pk, seen, outcome, door.person.pk):
            # Pressed twice: the first press did it.
            return None
        return _anew(request, door, activity, refusal)
    messages.success(request, decided_words(decided, waiting, body_today(door)))
    return None


def _anew(
    request: HttpRequest, door: StaffDoor, before: "Flagged", refusal: Refusal
) -> HttpResponse:
    """Show what changed meanwhile, with what was typed; it can be sent from there."""
    activity = activity_of(door.program, before.pk)
    data = request.POST.copy()
    data["seen"] = str(activity.version)
    form = _form(activity, data)
    form.full_clean()
    said = _said(form)
    text = ANEW if refusal.text == CHANGED else refusal.text
    errors = [{"text": text, "href": "#decide"}]
    said = Said(form, said.trial, errors)
    return _page(request, door, activity, said, refusal.status)


def _page(
    request: HttpRequest,
    door: StaffDoor,
    activity: "Flagged",
    said: Said | None = None,
    status: int = 200,
) -> HttpResponse:
    if said is None:
        said = _fresh(request, door, activity)
    asking = Asking(asked_in(request.GET), looking_in(request), said.trial)
    page = review_of(activity, asking, reader_id=door.person.pk, today=body_today(door))
    if page.answer.outcome != "staff" and not said.form.typed("credits"):
        said.form.without_credits()
    context = {
        "page": page,
        "form": said.form,
        "errors": said.errors,
        "manages": door.role == StaffRole.Role.MANAGER,
        "page_title": page.verdict,
    }
    return render(request, "portal/staff_review.html", context, status=status)


def _fresh(request: HttpRequest, door: StaffDoor, activity: "Flagged") -> Said:
    tried = minutes_typed(sent(request.GET, "minutes", MINUTES))
    return Said(_form(activity, tried=tried), Trial(tried))


def _form(
    activity: "Flagged",
    data: QueryDict | None = None,
    tried: int | str | None = None,
) -> DecisionForm:
    policy = policy_for(activity.program, on=activity.day)
    return DecisionForm(
        policy,
        data,
        seen=activity.version,
        minutes=activity.minutes if tried is None else tried,
        kind=policy.kind(activity.kind),
        inputs=inputs_text(inputs_of(activity)),
    )


def _said(form: DecisionForm) -> Said:
    trial = Trial(form.typed_minutes, form.determined, form.typed_inputs)
    return Said(form, trial)
