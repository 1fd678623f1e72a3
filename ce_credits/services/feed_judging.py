"""Whether a completion that a feed sends can be taken, and whose it is (N12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeVar
from uuid import UUID

from django.db.models.functions import Lower

from accounts.models import Member
from ce_credits.models import CatalogueItem, FeedRow
from ce_credits.rules import (
    ENDED,
    Completion,
    agrees,
    day_read,
    minutes_read,
    same_person,
)
from ce_credits.services.reports import Report, problems_of_inputs
from core.failures import FieldProblem
from credentials.models import Certification, StandingPeriod
from credentials.policy import day_words, policy_for

# What a statement names of a long file at a time.
PIECE = 1000
Value = TypeVar("Value")


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
        self.by_number = _by_number(program, {each.number for each in kept})
        self.by_email = _by_email(program, {each.email for each in kept})
        codes = {each.code for each in kept}
        self.items = {
            item.code: item
            for piece in _pieces(codes)
            for item in CatalogueItem.objects.of_program(program).filter(code__in=piece)
        }
        found = [*self.by_number.values(), *chain(*self.by_email.values())]
        self.standings = _standings(program, {each.pk for each in found}, today)
        self.keys = {
            key
            for piece in _pieces({each.key for each in sent})
            for key in FeedRow.objects.of_program(program)
            .filter(key__in=piece)
            .values_list("key", flat=True)
        }

    def judge(self, sent: Completion) -> Judged:
        """Say whose a completion is, and each thing that stands in its way.

        What is tried is judged as what is kept: a cell that is too long is cut.
        """
        key, sent = sent.key, sent.kept
        member, problem = self._person(sent)
        item = self.items.get(sent.code.strip())
        on, minutes = day_read(sent.completed_on), minutes_read(sent.minutes)
        problems = [each for each in (problem, self._ended(member)) if each]
        problems += self._problems_of(sent, item, on, minutes)
        return Judged(member, item, on, minutes, problems, key in self.keys)

    def _person(self, sent: Completion) -> tuple[Member | None, FieldProblem | None]:
        number = sent.number.strip()
        if number:
            return self._numbered(sent, number)
        if not sent.email.strip():
            text = "Send a certification number, or an e-mail address and both names."
            return None, FieldProblem("certification_no", text, "nobody_named")
        there = self.by_email.get(sent.email.strip().lower(), [])
        if not there:
            text = "Nobody of the body has this e-mail address."
            return None, FieldProblem("email", text, "unknown_person")
        named = [m for m in there if same_person(sent, m.first_name, m.last_name)]
        if len(named) == 1:
            return named[0], None
        if named:
            text = "Several people have this address and name. Choose one."
            return None, FieldProblem("email", text, "ambiguous")
        text = "Whoever has this address has another name on the registry."
        return None, FieldProblem("last_name", text, "name_differs")

    def _numbered(
        self, sent: Completion, number: str
    ) -> tuple[Member | None, FieldProblem | None]:
        member = self.by_number.get(number.upper())
        if member is None:
            text = "No credential of the body has this number."
            return None, FieldProblem("certification_no", text, "unknown_person")
        if not agrees(sent, member.last_name):
            text = "Whoever has this number has another last name on the registry."
            return None, FieldProblem("last_name", text, "name_differs")
        return member, None

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
        elif not item.offered_now:
            text = "The catalogue has this activity no more: it was withdrawn."
            yield FieldProblem("activity_code", text, "withdrawn_activity")
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
    )


def _measured(item: CatalogueItem | None) -> bool:
    return item is not None and item.minutes is not None


def _by_number(program: str, numbers: set[str]) -> dict[str, Member]:
    wanted = {each.strip() for each in numbers if each.strip()}
    wanted |= {each.upper() for each in wanted}
    return {
        each.number.upper(): each.member
        for piece in _pieces(wanted)
        for each in Certification.objects.filter(
            program=program, number__in=piece
        ).select_related("member", "member__user")
    }


def _by_email(program: str, emails: set[str]) -> dict[str, list[Member]]:
    wanted = {each.strip().lower() for each in emails if each.strip()}
    found: dict[str, list[Member]] = defaultdict(list)
    for piece in _pieces(wanted):
        here = Member.objects.annotate(own=Lower("email"), account=Lower("user__email"))
        pks = [
            *here.filter(own__in=piece).values_list("pk", flat=True),
            *here.filter(account__in=piece).values_list("pk", flat=True),
        ]
        named = Member.objects.of_program(program).filter(pk__in=pks)
        for member in named.select_related("user"):
            account = member.user.email if member.user else ""
            for address in {member.email.lower(), account.lower()} & wanted:
                found[address].append(member)
    return found


def _standings(program: str, members: set[UUID], today: date) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for piece in _pieces(members):
        rows = StandingPeriod.objects.filter(
            program=program, member_id__in=piece, from_on__lte=today
        )
        newest_first = rows.order_by("member_id", "-recording", "-from_on")
        for member_id, standing in newest_first.values_list("member_id", "standing"):
            found.setdefault(member_id, standing)
    return found


def _pieces(values: Iterable[Value]) -> Iterator[list[Value]]:
    ordered = list(values)
    for start in range(0, len(ordered), PIECE):
        yield ordered[start : start + PIECE]
