"""Filters that staff of several bodies keep under a name, of each list."""

from portal.models import SavedView
from tests.asked import a_view
from tests.cast import OTHER_BODY
from tests.matrix.things import Thing
from tests.recertifying.living import BODY as CYCLES

PREFIX = "viw"
APPLICATIONS = SavedView.Place.APPLICATIONS


def view_things() -> dict[str, Thing]:
    """Make one of each list and body; that of another list is no other's."""
    of_cycles = [a_view(CYCLES, APPLICATIONS) for _ in range(2)]
    theirs = [a_view(OTHER_BODY, APPLICATIONS) for _ in range(2)]
    return {
        "view of the body": Thing.rows(a_view(), a_view(OTHER_BODY)),
        "view of the body over REST": Thing.rows(a_view(), a_view(OTHER_BODY), PREFIX),
        "view of applications": Thing.rows(of_cycles[0], theirs[0], "", a_view(CYCLES)),
        "view of applications over REST": Thing.rows(
            of_cycles[1], theirs[1], PREFIX, a_view(CYCLES)
        ),
    }
