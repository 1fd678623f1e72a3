"""The filters of the reviewers' queue, as its address names them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from ce_credits.models import Activity
from credentials.policy import versions_of
from portal.queries.flags import flagged
from portal.queries.narrowing import MEMBER_NAME, Option, every_word
from portal.queries.shown import days_words

if TYPE_CHECKING:
    from portal.queries.flags import Flagged

State = Activity.State
WAITING, NOBODYS = "waiting", "none"
AGES = (3, 7, 14, 30)


@dataclass(frozen=True)
class Shown:
    """What a state of the address shows, and by which column it is ordered."""

    label: str
    states: tuple[str, ...]
    order: str = "changed_at"
    newest_first: bool = True


STATES: Mapping[str, Shown] = {
    WAITING: Shown("Waiting", (State.SUBMITTED,), "submitted_at", newest_first=False),
    "returned": Shown("Needs information", (State.RETURNED,)),
    "rejected": Shown("Not accepted", (State.REJECTED,)),
    "approved": Shown("Approved", (State.ACCEPTED,)),
    "all": Shown("All", tuple(State.values)),
}


@dataclass(frozen=True)
class Asked:
    """The filters; an empty one is no filter. Flags are of what waits alone."""

    state: str = WAITING
    flag: str = ""
    kind: str = ""
    practice: str = ""
    age: int = 0
    q: str = ""

    @property
    def shows(self) -> Shown:
        """What its state shows."""
        return STATES[self.state]

    @property
    def pairs(self) -> dict[str, str]:
        """The filters as an address has them, the usual ones left out."""
        said = {name: str(value) for name, value in vars(self).items() if value}
        return {name: value for name, value in said.items() if value != WAITING}

    @property
    def query(self) -> str:
        """The end of an address that keeps them; empty where there are none."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the state is chosen."""
        return bool(replace(self, state=WAITING).pairs)


def narrowed(program: str, asked: Asked, today: date) -> "QuerySet[Flagged]":
    """Keep what the filters keep, its flag left aside, in the order it is shown."""
    found = flagged(Activity.objects.of_program(program)).filter(
        _choice(asked, today), state__in=asked.shows.states
    )
    found = found.order_by(asked.shows.order, "pk")
    return found.reverse() if asked.shows.newest_first else found


def _choice(asked: Asked, today: date) -> Q:
    keep = Q()
    if asked.kind:
        keep &= Q(kind=asked.kind)
    if asked.practice:
        nobody = asked.practice == NOBODYS
        keep &= Q(practice_slug=None if nobody else asked.practice)
    if asked.age:
        keep &= Q(since__lte=today - timedelta(days=asked.age))
    return keep & every_word(asked.q, *MEMBER_NAME, "title")


def kind_options(program: str, asked: Asked) -> list[Option]:
    """Offer every kind of any version of the body's policy."""
    return [
        Option(code, label, code == asked.kind)
        for code, label in kind_labels(program).items()
    ]


def kind_labels(program: str) -> Mapping[str, str]:
    """Name every kind of any version of the body's policy."""
    return {
        kind.code: kind.label
        for policy in versions_of(program)
        for kind in policy.kinds
    }


def practice_options(program: str, asked: Asked) -> list[Option]:
    """Offer the practices that what the state shows was reported under."""
    shown = flagged(Activity.objects.of_program(program)).filter(
        state__in=asked.shows.states
    )
    found = shown.order_by().values_list("practice_slug", "practice_name").distinct()
    known = [(slug, name or slug) for slug, name in found if slug]
    names = dict(sorted(known, key=lambda each: each[1].casefold()))
    names[NOBODYS] = "None: pays alone"
    if asked.practice:
        # A filter that is on is shown, also where nothing is left of it.
        names.setdefault(asked.practice, asked.practice)
    return [Option(slug, name, slug == asked.practice) for slug, name in names.items()]


def age_options(asked: Asked) -> list[Option]:
    """Offer how long something has waited."""
    return [
        Option(str(days), f"{days_words(days)} or more", days == asked.age)
        for days in AGES
    ]
