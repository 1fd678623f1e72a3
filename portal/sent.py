"""Reading what a browser sends, whatever it is."""

from django.http import QueryDict

from core.failures import NotUsable
from credentials.services import Pick
from portal.programs import uuid_or_none
from portal.queries.activity_typed import FIELDS

RELOAD = "Reload the page, then select people again."


def sent(data: QueryDict, name: str, most: int) -> str:
    """Read a text, cut to `most` characters; a NUL, which no row keeps, is left out."""
    return data.get(name, "").replace("\x00", "").strip()[:most]


def picks_sent(data: QueryDict) -> list[Pick]:
    """Read the checked people: "<id>.<number of the newest term the page showed>".

    Raises:
        NotUsable: a value that no page of ours makes.
    """
    return [_pick(value) for value in data.getlist("member")]


def _pick(value: str) -> Pick:
    identity, dot, seen = value.partition(".")
    member_id = uuid_or_none(identity)
    readable = seen.isascii() and seen.isdigit() and len(seen) < 6
    if member_id is None or (dot and not readable):
        raise NotUsable(RELOAD)
    return Pick(member_id, int(seen) if dot else None)


def typed_sent(data: QueryDict) -> dict[str, str]:
    """Read what was typed of an activity, as it was typed; NULs are left out.

    Minutes that the page read from the title, and nobody changed, were not typed.
    """
    typed = {name: data.get(name, "").replace("\x00", "") for name in FIELDS}
    # One box each; a draft keeps text.
    typed["topics"] = " ".join(data.getlist("topics")).replace("\x00", "")
    if typed["minutes"] == data.get("minutes_read"):
        typed["minutes"] = ""
    return typed


def number_sent(data: QueryDict, name: str) -> int:
    """Read a counter of ours; -1, which none has, for anything else."""
    text = data.get(name, "")
    plain = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if plain else -1
