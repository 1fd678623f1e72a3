"""Everybody who matches, picked at once, as the page counted them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.failures import Stale
from credentials.services import MOST_AT_ONCE, Pick
from portal.queries.people import counts, narrowed

if TYPE_CHECKING:
    from portal.queries.people import People


def everybody_value(numbers: Mapping[str, int]) -> str:
    """Spell how many match and how many terms they have; empty where it is no use.

    With one match, or more than can be done at a time, there is nothing to pick.
    """
    many = 1 < numbers["chosen"] <= MOST_AT_ONCE
    return f"{numbers['chosen']}.{numbers['terms']}" if many else ""


def everybody_picked(
    found: "People", value: str, *, only: str, q: str
) -> Sequence[Pick]:
    """Pick everybody who matches.

    Args:
        found: the practice's people.
        value: as `everybody_value` spelled it when the page was shown.
        only: the page's filter.
        q: its search.

    Raises:
        Stale: others match now than were counted, or somebody was renewed since.
    """
    if everybody_value(counts(found, only=only, q=q)) != value:
        raise Stale(
            "The people who match have changed since you opened this page. "
            "Nothing was assigned. Look at them, then select again."
        )
    rows = narrowed(found, only=only, q=q).values_list("member_id", "sequence")
    return [Pick(member_id, sequence or 0) for member_id, sequence in rows]
