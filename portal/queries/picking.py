"""Everybody who matches, picked at once, as the page counted them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.failures import Stale
from credentials.services import MOST_AT_ONCE, Pick
from portal.queries.people import counts, narrowed

if TYPE_CHECKING:
    from portal.queries.people import People


def can_pick(chosen: int) -> bool:
    """Whether everybody can be picked: more than one, and no more than at a time."""
    return 1 < chosen <= MOST_AT_ONCE


def everybody_value(chosen: int, terms: int) -> str:
    """Spell how many match and how many terms they have; empty where it is no use."""
    return f"{chosen}.{terms}" if can_pick(chosen) else ""


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
    numbers = counts(found, only=only, q=q)
    if everybody_value(numbers["chosen"], numbers["terms"]) != value:
        raise Stale(
            "The people who match have changed since you opened this page. "
            "Nothing was assigned. Look at them, then select again."
        )
    rows = narrowed(found, only=only, q=q).values_list("member_id", "sequence")
    return [Pick(member_id, sequence or 0) for member_id, sequence in rows]
