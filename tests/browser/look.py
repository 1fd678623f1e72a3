"""One page in one state, and who looks at it."""

from dataclasses import dataclass

from tests.browser.showing import Show

NOBODY, DANA, MAYA, PRIYA, RUTH = "", "dana", "maya", "priya", "ruth"
MARCUS = "marcus"
STAFF = "/staff/acmss/"


@dataclass(frozen=True)
class Look:
    """One page in one state: its route, what brings it up, who sees it, its status.

    `before` is the status of the page it is reached from.
    """

    name: str
    route: str
    show: Show
    who: str = NOBODY
    status: int = 200
    before: int = 200
