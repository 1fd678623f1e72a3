"""Whether a completion that a feed sends can be taken, and whose it is (N12)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from accounts.models import Member
from ce_credits.models import ApprovalApplication, CatalogueItem, FeedRow
from ce_credits.rules import (
    ENDED,
    Completion,
    day_read,
    minutes_read,
    no_credit_since,
)
from ce_credits.services.feed_people import People, pieces
from ce_credits.services.reports import Report, problems_of_inputs
from core.failures import FieldProblem
from credentials.models import StandingPeriod
from credentials.policy import day_words, policy_for


@dataclass(frozen=True)
class Judged:
    """What is known of a completion; taken where there is no problem.

    A problem's field is the column as it is sent, its code says of which sort it is.
    """

    member: Member | None
    item: CatalogueItem | None
    on: date | None
    minutes: int | None
    problems: Sequence[FieldProblem] = ()
    repeated: bool = False


class Register:
    """The people, activities and standings that some completions name."""

    def __init__(
        self, program: str, sent: Sequence[Completion], *, today: date
    ) -> None:
        """Read all of them in a few statements, however many completions there are."""
        self.program, self.today = program, today
        kept = [each.kept for each in sent]
        self.people = People(program, kept)
        codes = {each.code for each in kept}
        self.items = {
            item.code: item
            for piece in pieces(codes)
            for item in _items(program, piece)
        }
        self.standings = _standings(program, self.people.found, today)
        self.keys = {
            key
            for piece in pieces({each.key for each in sent})
            for key in FeedRow.objects.of_program(program)
            .filter(key__in=piece)
            .values_list("key", flat=True)
        }

    def judge(self, sent: Completion) -> Judged:
        """Say whose a completion is, and each thing that stands in its way.

        What is tried is judged as what is kept: a cell that is too long is cut.
        """
        key, sent = sent.key, sent.kept
        member, problem = self.people.find(sent)
        item = self.items.get(sent.code.strip())
        on, minutes = day_read(sent.completed_on), minutes_read(sent.minutes)
        problems = [each for each in (problem, self._ended(member)) if each]
        problems += self._problems_of(sent, item, on, minutes)
        return Judged(member, item, on, minutes, problems, key in self.keys)

    def _ended(self, member: Member | None) -> FieldProblem | None:
        standing = self.standings.get(member.pk, "") if member else ""
        if standing not in ENDED:
            return None
        text = f"The credential is {standing}: nothing is added by itself."
        return FieldProblem("certification_no", text, "ended")

    def _problems_of(
        self,
        sent: Completion,
        item: CatalogueItem | None,
        on: date | None,
        minutes: int | None,
    ) -> Iterator[FieldProblem]:
        if item is None:
            text = "The catalogue has no activity of this code."
            yield FieldProblem("activity_code", text, "unknown_activity")
        elif problem := _problem_of_offer(item, on):
            yield problem
        if on is None:
            text = "Send a day such as 2025-10-02."
            yield FieldProblem("completed_on", text, "bad_day")
        elif on > self.today:
            text = f"{day_words(on)} is still to come."
            yield FieldProblem("completed_on", text, "future_day")
        if minutes is None and (sent.minutes.strip() or not _measured(item)):
            text = "Send whole minutes above 0."
            yield FieldProblem("minutes", text, "bad_minutes")
        elif item is not None and on is not None and on <= self.today:
            yield from problems_of_item(self.program, item, on, minutes, self.today)


def _problem_of_offer(item: CatalogueItem, on: date | None) -> FieldProblem | None:
    """Say whether a completion of a day is too late for what the catalogue had."""
    # What was never a sponsor's has none.
    approval: ApprovalApplication | None = getattr(item, "approval", None)
    if approval is not None and approval.ended_on is not None:
        if on is None or on <= approval.ended_on:
            return None
        text = no_credit_since(approval.ended_on, approval.ended_why)
        return FieldProblem("completed_on", text, "approval_ended")
    if item.offered_now:
        return None
    text = "The catalogue has this activity no more: it was withdrawn."
    return FieldProblem("activity_code", text, "withdrawn_activity")


def problems_of_item(
    program: str, item: CatalogueItem, on: date, minutes: int | None, today: date
) -> Iterator[FieldProblem]:
    """Say what the rules of its day have against an activity of the catalogue."""
    report = report_of(item, on, minutes)
    kind = report.kind_in(program, today)
    if kind is None:
        text = "The rules of that day know no such kind of activity."
        yield FieldProblem("activity_code", text, "unknown_activity")
        return
    now = policy_for(program, on=today).kind(item.kind)
    if now and now.appears and not kind.appears:
        text = "Education of that day doesn't report itself: its holder reports it."
        yield FieldProblem("completed_on", text, "self_reported")
    for each in problems_of_inputs(report=report, program=program, today=today):
        name = "minutes" if each.field == "minutes" else "activity_code"
        yield FieldProblem(name, each.text, "against_the_rules")
    if report.answer(program, today).credits is None:
        text = "The rules leave this credit to staff. Record it at the member's record."
        yield FieldProblem("activity_code", text, "against_the_rules")


def report_of(item: CatalogueItem, on: date, minutes: int | None) -> Report:
    """Make the report of an item that somebody completed."""
    return Report(
        kind=item.kind,
        title=item.title,
        on=on,
        minutes=minutes or item.minutes,
        provider=item.provider,
        item=item,
        inputs={"topics": item.topics},
    )


def _measured(item: CatalogueItem | None) -> bool:
    return item is not None and item.minutes is not None


def _items(program: str, codes: Sequence[str]) -> Iterable[CatalogueItem]:
    items = CatalogueItem.objects.of_program(program).filter(code__in=codes)
    return items.select_related("approval")


def _standings(program: str, members: set[UUID], today: date) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for piece in pieces(members):
        rows = StandingPeriod.objects.filter(
            program=program, member_id__in=piece, from_on__lte=today
        )
        newest_first = rows.order_by("member_id", "-recording", "-from_on")
        for member_id, standing in newest_first.values_list("member_id", "standing"):
            found.setdefault(member_id, standing)
    return found
