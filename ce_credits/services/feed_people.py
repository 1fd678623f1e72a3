"""Whom a completion of a feed names: by number, licence or address (N12)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Lower, Replace, Upper

from accounts.models import Member
from ce_credits.rules import Completion, agrees, same_person
from core.failures import FieldProblem
from credentials.models import Certification
from credentials.policy import licence_programs

# What a statement names of a long file at a time.
PIECE = 1000
NOBODY, DIFFERS, SEVERAL = "unknown_person", "name_differs", "ambiguous"
Item = TypeVar("Item")
Found = tuple[Member | None, FieldProblem | None]


class People:
    """The people that some completions name, read in a few statements.

    A number that the body gave is proof; so is an address with both names. A licence
    was entered by its holder, whoever they are: its number is held against both names,
    and is nobody's where two entered it under one name.
    """

    def __init__(self, program: str, sent: Sequence[Completion]) -> None:
        """Read whom they name, however many completions there are."""
        numbers = {each.number for each in sent}
        self.by_number = _by_number(program, numbers)
        self.by_licence = _by_licence(program, numbers)
        self.by_email = _by_email(program, {each.email for each in sent})

    @property
    def found(self) -> set[UUID]:
        """Everybody who is named perhaps."""
        several = chain(self.by_licence.values(), self.by_email.values())
        return {each.pk for each in chain(self.by_number.values(), *several)}

    def why_nobody(self, sent: Completion) -> str:
        """Give the code of why a completion names nobody; empty where it does."""
        _, problem = self.find(sent)
        return problem.code if problem else ""

    def find(self, sent: Completion) -> Found:
        """Say whom a completion names, or why nobody."""
        number = sent.number.strip()
        if number:
            return self._numbered(sent, number)
        if not sent.email.strip():
            text = "Send a certification number, or an e-mail address and both names."
            return None, FieldProblem("certification_no", text, "nobody_named")
        there = self.by_email.get(sent.email.strip().lower(), [])
        if not there:
            text = "Nobody of the body has this e-mail address."
            return None, FieldProblem("email", text, NOBODY)
        return _named(sent, there, "email", "address")

    def _numbered(self, sent: Completion, number: str) -> Found:
        member = self.by_number.get(number.upper())
        if member is None:
            return self._licensed(sent, number)
        if not agrees(sent, member.last_name):
            text = "Whoever has this number has another last name on the registry."
            return None, FieldProblem("last_name", text, DIFFERS)
        return member, None

    def _licensed(self, sent: Completion, number: str) -> Found:
        there = self.by_licence.get(folded(number), [])
        if not there:
            text = "No credential of the body has this number."
            return None, FieldProblem("certification_no", text, NOBODY)
        if not (sent.first_name.strip() and sent.last_name.strip()):
            text = "A licence's number needs both names with it: its holder entered it."
            return None, FieldProblem("last_name", text, "nobody_named")
        return _named(sent, there, "certification_no", "licence")


def folded(number: str) -> str:
    """Give a licence's number without regard to case and spaces."""
    return "".join(number.split()).upper()


def folded_in(column: str) -> Upper:
    """Give a licence's number so in the database."""
    return Upper(Replace(column, Value(" ")))


def pieces(values: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut what a statement names into pieces of a bearable length."""
    ordered = list(values)
    for start in range(0, len(ordered), PIECE):
        yield ordered[start : start + PIECE]


def _named(sent: Completion, there: Sequence[Member], field: str, what: str) -> Found:
    named = [m for m in there if same_person(sent, m.first_name, m.last_name)]
    if len(named) == 1:
        return named[0], None
    if named:
        text = f"Several people have this {what} and name. Choose one."
        return None, FieldProblem(field, text, SEVERAL)
    text = f"Whoever has this {what} has another name on the registry."
    return None, FieldProblem("last_name", text, DIFFERS)


def _by_number(program: str, numbers: set[str]) -> dict[str, Member]:
    wanted = {each.strip() for each in numbers if each.strip()}
    wanted |= {each.upper() for each in wanted}
    return {
        each.number.upper(): each.member
        for piece in pieces(wanted)
        for each in Certification.objects.filter(
            program=program, number__in=piece
        ).select_related("member", "member__user")
    }


def _by_licence(program: str, numbers: set[str]) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = defaultdict(list)
    if program not in licence_programs():
        return found
    here = Member.objects.filter(
        licences__program=program, licences__removed_at=None, joined_to=None
    ).annotate(licence=folded_in("licences__number"))
    for piece in pieces({folded(each) for each in numbers if each.strip()}):
        named = here.filter(licence__in=piece).values_list("licence", "pk")
        # One person may have entered it twice, spaced otherwise.
        pairs = {(folded(number), pk) for number, pk in named}
        people = Member.objects.select_related("user").in_bulk([pk for _, pk in pairs])
        for number, pk in pairs:
            found[number].append(people[pk])
    return found


def _by_email(program: str, emails: set[str]) -> dict[str, list[Member]]:
    wanted = {each.strip().lower() for each in emails if each.strip()}
    found: dict[str, list[Member]] = defaultdict(list)
    for piece in pieces(wanted):
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
