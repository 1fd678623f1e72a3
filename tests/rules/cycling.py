"""Short words for tests of cycles, under the invented body of choir leaders.

Its cycles run two years to Jun 15. One applies from Nov 1 of the year before, late
until Sep 30; an extension runs to Oct 31, the grace to Feb 28 of the year after.
"""

from datetime import date
from decimal import Decimal

from ce_credits.rules import Credit
from renewals.rules import policies_of
from renewals.rules.cycles import (
    Application,
    ApplicationKind,
    Cycle,
    Earned,
    Facts,
    History,
    history,
    known,
)
from tests.rules.packs_of_tests import invented_book

POLICIES = policies_of(invented_book(), "choir")
FIRST_ON = date(2020, 3, 1)
LAST_ON = date(2022, 6, 15)


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def earned(text: str, code: str = "ALTO") -> Earned:
    """A credential earned on a day."""
    return Earned(code, day(text))


def applied(kind: ApplicationKind, text: str) -> Application:
    """An application of a day that nobody decided on."""
    return Application(kind, day(text))


def approved(kind: ApplicationKind, text: str, decided: str = "") -> Application:
    """An application of a day, approved on that day or a later one."""
    return Application(kind, day(text), "approved", day(decided or text))


def refused(kind: ApplicationKind, text: str, decided: str = "") -> Application:
    """An application of a day, refused on that day or a later one."""
    return Application(kind, day(text), "refused", day(decided or text))


def lived(*facts: Earned | Application, as_of: str = "") -> History:
    """A history: of the first credential alone where no other is named."""
    credentials = tuple(each for each in facts if isinstance(each, Earned))
    applications = tuple(each for each in facts if isinstance(each, Application))
    found = Facts(credentials or (Earned("ALTO", FIRST_ON),), applications)
    return history(POLICIES, known(found, day(as_of)) if as_of else found)


def first(*facts: Earned | Application) -> Cycle:
    """The first cycle of a history."""
    return lived(*facts).cycles[0]


def credit(
    text: str,
    credits: str,
    kind: str = "rehearsal",
    *,
    title: str = "",
    level: str = "",
    approved: bool = True,
) -> Credit:
    """Credit of a day that counts from that day on."""
    on = day(text)
    return Credit(
        on, Decimal(credits), on, None, kind, approved, title=title, level=level
    )
