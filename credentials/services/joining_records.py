"""A practice's own record gives way to the person's: its seats and terms go along."""

from collections.abc import Sequence

from accounts.events import RecordsJoined
from core.events import publish
from core.failures import NotEligible
from credentials.events import TermsUndone, Why
from credentials.models import Assignment, Window
from credentials.queries import UNDO_WITHIN, held_by, why_not_again
from credentials.services.assigning import Choice, Pick, assign
from credentials.services.undoing import give_back, held_pools


def cannot_join(*, event: RecordsJoined, what: str) -> NotEligible:
    """Say to the person what on the practice's own record can't be brought along."""
    return NotEligible(
        f"{event.new.practice.name} keeps a record for you that holds {what}. "
        "Ask your certifying body to bring the two together first."
    )


def on_records_joined(event: RecordsJoined) -> None:
    """Give the set-aside record's seats back, and assign them to the person anew.

    What was assigned is written for good, so it is undone there, and its terms are set
    aside. What the practice gave the person before is not assigned twice. Its terms
    begin on their record with the same days, if they never had one.

    Raises:
        NotEligible: they have a term, and the practice's is no slip of today; or what
            was done with its term keeps it.
    """
    new = event.new
    given = list(
        Assignment.objects.filter(practice=new.practice_id, member=event.empty)
        .exclude(state=Assignment.State.UNDONE)
        .select_for_update(of=("self",))
        .select_related("product", "member", "batch", "practice", "sponsorship")
        .order_by("pk")
    )
    terms = _terms_of(given, event)
    had = Window.objects.filter(member=new.member, program=new.program).exists()
    if had and any(event.now >= each.created_at + UNDO_WITHIN for each in terms):
        raise cannot_join(
            event=event, what="a membership it assigned more than 24 hours ago"
        )
    pools = held_pools(new.practice, given)
    for each in given:
        give_back(event.actor, each, pools[each.product_id], event.now)
    by_term = {each.pk: each for each in given if each.product.begins_term}
    begun = [
        (by_term[each.assignment_id], each) for each in terms if each.assignment_id
    ]
    _set_aside([each for each, _ in begun], "joined" if had else "moved", event)
    for each in given:
        if not each.product.begins_term:
            _assign_anew(each, event)
    if not had:
        for each, window in begun:
            _assign(each, event, window)


def _terms_of(given: Sequence[Assignment], event: RecordsJoined) -> Sequence[Window]:
    """Find the terms that stand on the practice's own record, the oldest first."""
    begins = {each.pk for each in given if each.product.begins_term}
    terms = list(Window.objects.filter(member=event.empty).order_by("sequence"))
    # What was begun before this was noted has no assignment, and can't be set aside.
    if {each.assignment_id for each in terms} != begins:
        raise cannot_join(event=event, what="a term")
    return terms


def _set_aside(given: Sequence[Assignment], why: Why, event: RecordsJoined) -> None:
    days = {event.new.program: event.today}
    # The newest first: one that another follows stands.
    for each in reversed(given):
        try:
            publish(TermsUndone([each], event.actor, days, event.now, why))
        except NotEligible as error:
            raise cannot_join(event=event, what="a term that has been used") from error


def _assign_anew(given: Assignment, event: RecordsJoined) -> None:
    new, member = event.new, event.new.member
    held = held_by(new.practice, new.program, [member.pk]).get(member.pk, ())
    if not why_not_again(given.product, given.choice, held, name=member.name):
        _assign(given, event)


def _assign(
    given: Assignment, event: RecordsJoined, window: Window | None = None
) -> None:
    assign(
        actor=event.actor,
        practice=event.new.practice,
        product=given.product,
        picks=[Pick(event.new.member.pk)],
        form_key=f"joined:{given.pk}",
        today=event.today,
        now=event.now,
        choice=Choice(given.choice, given.choice_title),
        begins_on=window.applied_on if window else None,
    )
