"""In which programs somebody has something of their own."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Member, Sponsorship
from ce_credits.models import Activity
from credentials.models import Certification, Window
from credentials.policy import licence_programs, programs
from portal.queries.places import body_name
from renewals.models import Licence


def own_programs(member: Member) -> Sequence[str]:
    """Name the programs a member holds, or is sponsored for, in one statement."""
    return _named(_held(member))


def learnt_programs(member: Member) -> Sequence[str]:
    """Name the programs a member holds, or has learnt for without holding anything."""
    reported = Activity.objects.visible_to(member).order_by().values_list("program")
    licensed = Licence.objects.visible_to(member).order_by().values_list("program")
    return _named(_held(member).union(reported, licensed))


def has_licences_alone(member: Member) -> bool:
    """Say whether all a member has anywhere is under bodies of licences."""
    learnt = learnt_programs(member)
    return bool(learnt) and all(each in licence_programs() for each in learnt)


def _held(member: Member) -> QuerySet[Any, tuple[str, ...]]:
    certified, terms = (
        model.objects.order_by().filter(member=member).values_list("program")
        for model in (Certification, Window)
    )
    sponsored = Sponsorship.objects.open().order_by().filter(member=member)
    return certified.union(terms, sponsored.values_list("program"))


def _named(found: QuerySet[Any, tuple[str, ...]]) -> Sequence[str]:
    mine = {program for (program,) in found}
    return [each for each in programs() if each in mine]


def own_url(name: str, program: str) -> str:
    """Give the address of one of a member's own pages, about one program."""
    return f"{reverse(name)}?program={program}"


def other_programs(
    mine: Sequence[str], program: str, name: str = "me"
) -> Sequence[tuple[str, str]]:
    """Give the same page of a member's other programs: the body's name, the address."""
    return [(body_name(each), own_url(name, each)) for each in mine if each != program]
