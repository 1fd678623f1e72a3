"""Writing an activity: its form, its drafts, its files, and submitting it."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render

from accounts.access import OWN, OwnDoor
from accounts.routes import route
from ce_credits.models import Activity
from ce_credits.services import save_draft, start_draft, submit
from core import clock
from core.failures import FieldProblem, Missing, NotUsable, Refusal, Stale
from credentials.policy import policy_for, zone_of
from portal.programs import own_program_asked, uuid_or_none
from portal.queries.activity import sent_words
from portal.queries.activity_expected import expected_words
from portal.queries.activity_form import (
    begun,
    filled_by_files,
    filled_from,
    is_blank,
    item_of,
    still_marked,
)
from portal.queries.activity_mine import activity_url, edit_url
from portal.queries.activity_quote import quote
from portal.queries.activity_typed import Typed, report_of, typed_of
from portal.queries.own_programs import own_programs
from portal.sent import number_sent, sent, typed_sent
from portal.views.ce_desk import Desk
from portal.views.ce_files import Taken, drop_file, take_files

RELOAD = "Reload the page, then send the form again."
FIELD_WORDS = {"title": "title", "on": "date", "minutes": "minutes"}


@route(permission=OWN, methods=("GET", "POST"))
def new(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Show an empty form; the first time it is sent begins a draft."""
    program = own_program_asked(request, own_programs(door.member))
    if request.method != "POST":
        desk = _desk(request, door, program)
        policy = policy_for(program, on=desk.today)
        return desk.page(_picked(desk, begun(door.member, policy)))
    key = uuid_or_none(request.POST.get("draft", ""))
    if key is None:
        raise NotUsable(RELOAD)
    if is_blank(typed_sent(request.POST)) and not request.FILES:
        return _nothing_yet(_desk(request, door, program))
    activity = start_draft(
        actor=door.actor,
        member=door.member,
        program=program,
        typed=typed_sent(request.POST),
        key=key,
        now=clock.now(),
    )
    return _act(_desk(request, door, program, activity), activity)


@route(permission=OWN, methods=("GET", "POST"))
def edit(request: HttpRequest, door: OwnDoor, activity_id: UUID) -> HttpResponseBase:
    """Go on writing a draft, or what staff sent back."""
    activity = own_activity(door, activity_id)
    desk = _desk(request, door, activity.program, activity)
    if request.method == "POST":
        return _act(desk, activity)
    if activity.state not in Activity.OPEN:
        return redirect(activity_url(activity))
    return desk.page(_picked(desk, typed_of(activity)))


@route(permission=OWN, methods=("POST",))
def check(request: HttpRequest, door: OwnDoor) -> HttpResponseBase:
    """Answer what was typed so far with its credit; nothing is saved."""
    program = own_program_asked(request, own_programs(door.member))
    typed, today = typed_sent(request.POST), clock.today(zone_of(program))
    report = report_of(typed, item_of(program, typed.get("item", "")))
    found = quote(
        door.member,
        program,
        report,
        activity_id=uuid_or_none(request.POST.get("draft", "")),
        today=today,
    )
    words = expected_words(door.member, program, report, today=today)
    context = {"quote": found, "kind_words": words}
    return render(request, "portal/ce_checked.html", context)


def own_activity(door: OwnDoor, activity_id: UUID) -> Activity:
    """Find one of a holder's activities.

    Raises:
        Missing: it is somebody else's, withdrawn, or nobody's.
    """
    mine = Activity.objects.visible_to(door.member).shown().filter(pk=activity_id)
    found = mine.select_related("member", "catalogue_item").first()
    if found is None:
        raise Missing("Not found.")
    return found


def _desk(
    request: HttpRequest,
    door: OwnDoor,
    program: str,
    activity: Activity | None = None,
) -> Desk:
    return Desk(request, door, program, clock.today(zone_of(program)), activity)


def _picked(desk: Desk, typed: dict[str, str]) -> dict[str, str]:
    """Fill the form in from the catalogue item that was picked, if one was."""
    item = item_of(desk.program, sent(desk.request.GET, "item", 40))
    return filled_from(item, typed, desk.policy(typed)) if item else typed


def _nothing_yet(desk: Desk) -> HttpResponseBase:
    """Begin no draft where nothing was typed; say what submitting would ask."""
    typed, pressed = typed_sent(desk.request.POST), desk.request.POST.get("do")
    if pressed == "autosave":
        return JsonResponse({"url": desk.address, "saves": 0})
    if pressed == "submit":
        return desk.page(typed, desk.problems(typed))
    return desk.page(typed, [FieldProblem("title", "Type something first.")])


def _act(desk: Desk, activity: Activity) -> HttpResponseBase:
    """Do what the form's button says; everything that was typed is kept."""
    action = desk.request.POST.get("do", "save")
    typed = typed_sent(desk.request.POST)
    if action == "autosave":
        return _saved_by_itself(desk, activity, typed)
    if activity.state not in Activity.OPEN:
        return desk.too_late()
    try:
        return _done(desk, activity, typed, action)
    except NotUsable as refusal:
        return desk.page(typed, refusal.problems)
    except Refusal as refusal:
        return desk.stale(typed, refusal)


def _done(
    desk: Desk, activity: Activity, typed: Typed, action: str
) -> HttpResponseBase:
    taken = take_files(desk.request, desk.door, activity)
    if "remove" in desk.request.POST:
        drop_file(desk.request, desk.door, activity)
    filled, names = filled_by_files(typed, taken.added, desk.policy(typed))
    _save(desk, activity, filled, [*still_marked(activity, typed), *names])
    if taken.problems:
        more = desk.problems(filled) if action == "submit" else []
        return desk.page(filled, [*taken.problems, *more])
    # What nobody has looked at yet is not submitted.
    if action == "submit" and not names:
        return _submitted(desk, activity, filled)
    return _kept(desk, activity, taken, names, action)


def _save(
    desk: Desk, activity: Activity, typed: Typed, read_from_file: Sequence[str]
) -> None:
    save_draft(
        actor=desk.door.actor,
        activity=activity,
        typed=typed,
        seen_saves=number_sent(desk.request.POST, "saves"),
        read_from_file=read_from_file,
        now=clock.now(),
    )


def _saved_by_itself(desk: Desk, activity: Activity, typed: Typed) -> JsonResponse:
    """Keep what was typed so far, for the page that goes on."""
    try:
        _save(desk, activity, typed, still_marked(activity, typed))
    except Stale as stale:
        return JsonResponse({"stale": stale.text}, status=409)
    return JsonResponse({"url": edit_url(activity), "saves": activity.saves})


def _submitted(desk: Desk, activity: Activity, typed: Typed) -> HttpResponse:
    report = desk.report(typed)
    submit(
        actor=desk.door.actor,
        activity=activity,
        seen=number_sent(desk.request.POST, "seen"),
        report=report,
        today=desk.today,
        now=clock.now(),
    )
    text = sent_words(desk.door.member, activity, today=desk.today)
    messages.success(desk.request, text)
    return redirect(activity_url(activity))


def _kept(
    desk: Desk,
    activity: Activity,
    taken: Taken,
    names: Sequence[str],
    action: str,
) -> HttpResponse:
    """Say what was done, and lead back to the form."""
    request = desk.request
    if taken.added:
        messages.success(
            request, f"Added {_listed([each.name for each in taken.added])}."
        )
    if names:
        fields = _listed([FIELD_WORDS[name] for name in names])
        go_on = ", then submit it" if action == "submit" else ""
        messages.info(request, f"Filled in from your file: {fields}. Check it{go_on}.")
    if action == "save" and not taken.added and "remove" not in request.POST:
        messages.success(request, "Draft saved.")
    place = "#credit" if action == "check" else "#proof" if taken.added else ""
    return redirect(f"{edit_url(activity)}{place}")


def _listed(words: Sequence[str]) -> str:
    """Join words as they are spoken: a, b and c."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
