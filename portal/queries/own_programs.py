"""In which programs somebody has something of their own."""

from collections.abc import Sequence

from django.urls import reverse

from accounts.models import Member, Sponsorship
from credentials.models import Certification, Window
from credentials.policy import programs
from portal.queries.places import body_name


def own_programs(member: Member) -> Sequence[str]:
    """Name the programs a member holds, or is sponsored for, in one statement."""
    certified, terms = (
        model.objects.order_by().filter(member=member).values_list("program")
        for model in (Certification, Window)
    )
    sponsored = Sponsorship.objects.open().order_by().filter(member=member)
    found = {
        program
        for (program,) in certified.union(terms, sponsored.values_list("program"))
    }
    return [each for each in programs() if each in found]


def own_url(name: str, program: str) -> str:
    """Give the address of one of a member's own pages, about one program."""
    return f"{reverse(name)}?program={program}"


def other_programs(mine: Sequence[str], program: str) -> Sequence[tuple[str, str]]:
    """Give the pages of a member's other programs: the body's name and the address."""
    return [(body_name(each), own_url("me", each)) for each in mine if each != program]
