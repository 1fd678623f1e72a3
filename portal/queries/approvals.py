"""Activities that a sponsor applies to have approved, as they see them (M12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from ce_credits.models import ApprovalApplication, ApprovalStep, AttendanceList
from core.failures import Missing
from credentials.policy import (
    ApprovalRules,
    approval_programs,
    day_words,
    licence_programs,
    policy_for,
    zone_of,
)
from portal.queries.attendance import ListShown, list_shown
from portal.queries.paging import Pager, pager_of
from portal.queries.places import Place, body_full_name, body_name
from portal.queries.programmes import ProgrammeShown, programme_shown
from portal.queries.shown import Tag
from portal.queries.trail import when_words

PAGE_SIZE = 50
State, Kind = ApprovalApplication.State, ApprovalStep.Kind
TAGS = {
    State.DRAFT: Tag("neutral", State.DRAFT.label),
    State.SUBMITTED: Tag("info", State.SUBMITTED.label),
    State.ASKED: Tag("warn", State.ASKED.label),
    State.APPROVED: Tag("ok", State.APPROVED.label),
    State.REFUSED: Tag("bad", State.REFUSED.label),
    State.WITHDRAWN: Tag("neutral", State.WITHDRAWN.label),
    State.ENDED: Tag("bad", State.ENDED.label),
    State.REPLACED: Tag("neutral", State.REPLACED.label),
}
HAPPENED = {
    Kind.SUBMITTED: "Sent to the body",
    Kind.ASKED: "Asked",
    Kind.ANSWERED: "Answered",
    Kind.APPROVED: "Approved",
    Kind.REFUSED: "Refused",
    Kind.WITHDRAWN: "Withdrawn",
    Kind.ENDED: "Approval ended",
    Kind.REPLACED: "Replaced",
}


@dataclass(frozen=True)
class ApprovalRow:
    """One application of a list."""

    title: str
    url: str
    sponsor: str
    body_name: str
    when_text: str
    code: str
    changes: str
    tag: Tag


@dataclass(frozen=True)
class ApprovalsPage:
    """A sponsor's applications, and where one begins another."""

    rows: Sequence[ApprovalRow]
    bodies: Sequence[Place]
    pager: Pager


@dataclass(frozen=True)
class StepShown:
    """One thing that happened, with its words."""

    text: str
    who_when: str
    words: str


@dataclass(frozen=True)
class ApprovalPage:
    """One application."""

    row: ApprovalRow
    verdict: str
    question: str
    edit_url: str
    may_withdraw: bool
    may_change: bool
    related: Sequence[Place]
    seen: int
    programme: ProgrammeShown | None
    steps: Sequence[StepShown]
    takes_attendance: bool
    by_licence: bool
    lists: Sequence[ListShown]


def approvals_page(user: User, *, number: int) -> ApprovalsPage:
    """List a sponsor's applications, the newest first."""
    mine = ApprovalApplication.objects.visible_to(user)
    pager = pager_of(number, mine.count(), PAGE_SIZE, {})
    rows = mine.select_related("item", "replaces__item")[pager.start :][:PAGE_SIZE]
    new = reverse("approval_new")
    return ApprovalsPage(
        rows=[row_of(each, reverse("approval", args=(each.pk,))) for each in rows],
        bodies=[
            Place(body_name(code), body_full_name(code), f"{new}?program={code}")
            for code in approval_programs()
        ],
        pager=pager,
    )


def own_approval(user: User, application_id: UUID) -> ApprovalApplication:
    """Find an application of a sponsor's own.

    Raises:
        Missing: there is none.
    """
    mine = ApprovalApplication.objects.visible_to(user).select_related("item")
    found = mine.filter(pk=application_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def approval_rules(program: str, today: date) -> ApprovalRules:
    """Give how a body approves activities.

    Raises:
        Missing: it approves none.
    """
    found = None
    if program in approval_programs():
        found = policy_for(program, on=today).approval
    if found is None:
        raise Missing("Not found.")
    return found


def approval_page(application: ApprovalApplication) -> ApprovalPage:
    """Show an application to its sponsor."""
    steps = list(application.steps.all())
    state = State(application.state)
    place = {"application_id": application.pk}
    open_now = state in ApprovalApplication.OPEN
    asked = steps[-1].words if steps and state == State.ASKED else ""
    lists = AttendanceList.objects.of(application)[:PAGE_SIZE]
    return ApprovalPage(
        row=row_of(application, reverse("approval", kwargs=place)),
        verdict=_verdict(application, steps),
        question=asked,
        edit_url=reverse("approval_edit", kwargs=place) if open_now else "",
        may_withdraw=state in ApprovalApplication.UNDECIDED,
        may_change=state == State.APPROVED,
        related=related_to(application, "approval"),
        seen=application.version,
        programme=programme_shown(application) if application.facts else None,
        steps=steps_shown(application, steps),
        takes_attendance=application.item is not None,
        by_licence=application.program in licence_programs(),
        lists=[list_shown(each) for each in lists],
    )


def related_to(
    application: ApprovalApplication, page: str, **place: str
) -> Sequence[Place]:
    """Name what an application changes, and the changes of it that were asked for.

    Args:
        page: the page that shows one, and what else its address holds.
    """
    changes = application.changes.exclude(state=State.WITHDRAWN)
    if page == "staff_approval":
        changes = changes.filter(submitted_at__isnull=False)
    found = [("Its change", each) for each in changes.order_by("created_at", "pk")]
    former = application.replaces
    return [
        Place(
            f"{each} ({each.item.code})" if each.item else str(each),
            f"{verb}: {TAGS[State(each.state)].word.lower()}",
            reverse(page, kwargs=place | {"application_id": each.pk}),
        )
        for verb, each in ([("It changes", former)] if former else []) + found
    ]


def row_of(application: ApprovalApplication, url: str) -> ApprovalRow:
    """Show an application in a line."""
    sent = application.submitted_at or application.created_at
    verb = "Sent" if application.submitted_at else "Begun"
    former = application.replaces
    return ApprovalRow(
        title=str(application),
        url=url,
        sponsor=application.sponsor,
        body_name=body_name(application.program),
        when_text=f"{verb} {when_words(sent, zone_of(application.program))}",
        code=application.item.code if application.item else "",
        changes=former.item.code if former and former.item else "",
        tag=TAGS[State(application.state)],
    )


def steps_shown(
    application: ApprovalApplication, steps: Sequence[ApprovalStep]
) -> Sequence[StepShown]:
    """Show what happened, the newest first."""
    zone = zone_of(application.program)
    return [
        StepShown(
            text=HAPPENED[Kind(step.kind)],
            who_when=f"{step.by}, {when_words(step.at, zone)}",
            words=_words(application, step),
        )
        for step in reversed(steps)
    ]


def _words(application: ApprovalApplication, step: ApprovalStep) -> str:
    if step.kind != Kind.REFUSED:
        return step.words
    rules = policy_for(application.program, on=step.on).approval
    ground = rules.ground(step.ground) if rules else None
    return ". ".join(filter(None, (ground.text if ground else "", step.words)))


def _verdict(application: ApprovalApplication, steps: Sequence[ApprovalStep]) -> str:
    body = body_name(application.program)
    if application.state == State.APPROVED and application.item is not None:
        return f"{body} approved it. Its code is {application.item.code}."
    why = application.ended_why
    ended = day_words(application.ended_on) if application.ended_on else ""
    return {
        State.DRAFT: f"{body} has not got it yet: send it once it is whole.",
        State.SUBMITTED: f"{body} looks at it. You get a mail with what comes of it.",
        State.ASKED: f"{body} asks something. It goes on once you answer.",
        State.REFUSED: f"{body} did not approve it.",
        State.WITHDRAWN: "You took it back.",
        State.ENDED: f"{body} took its approval back on {ended}: {why} Days until "
        "then have credit.",
        State.REPLACED: f"{why} Days until {ended} are reported here.",
    }[State(application.state)]
