"""From what somebody typed to what the rules take: never an error, never a guess."""

import re
from collections.abc import Mapping
from datetime import date

from ce_credits.models import Activity, CatalogueItem
from ce_credits.rules import EXTRAS, minutes_from_title
from ce_credits.services import Report
from credentials.policy import Policy
from portal.queries.activity_inputs import (
    inputs_of,
    inputs_text,
    inputs_typed,
    whole_typed,
)

Typed = Mapping[str, str]
FIELDS = (
    *("kind", "title", "provider", "on", "minutes"),
    *EXTRAS,
    *("licence_number", "item"),
)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def minutes_typed(text: str) -> int | str | None:
    """Give the rules a whole number where one was typed, else the text itself.

    None, for an empty field, lets the title speak (A7).
    """
    return whole_typed(text)


def minutes_read(title: str, policy: Policy) -> str:
    """Give the whole minutes a title names, where the body reads titles; else empty."""
    if not policy.titles.read_minutes:
        return ""
    read = minutes_from_title(title)
    return str(read.minutes) if read.state == "one" and read.minutes else ""


def day_typed(text: str) -> date | None:
    """Read a day as a date field sends it; None where there is no such day."""
    text = text.strip()
    try:
        return date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def report_of(typed: Typed, item: CatalogueItem | None = None) -> Report:
    """Take what was typed as a report; what can't be used stays as it is."""
    return Report(
        kind=typed.get("kind", ""),
        title=typed.get("title", ""),
        on=day_typed(typed.get("on", "")),
        minutes=minutes_typed(typed.get("minutes", "")),
        provider=typed.get("provider", ""),
        licence_number=typed.get("licence_number", ""),
        item=item,
        inputs=inputs_typed(typed),
    )


def typed_of(activity: Activity) -> dict[str, str]:
    """Give what its holder finds in the form: what they typed, else what stands."""
    if activity.typed:
        return {name: str(value) for name, value in activity.typed.items()}
    return standing_of(activity)


def standing_of(activity: Activity) -> dict[str, str]:
    """Give what was reported, as it would be typed."""
    item = activity.catalogue_item
    return {
        "kind": activity.kind,
        "title": activity.title,
        "provider": activity.provider,
        "on": activity.on.isoformat() if activity.on else "",
        "minutes": str(activity.minutes or ""),
        **inputs_text(inputs_of(activity)),
        "licence_number": activity.licence_number,
        "item": item.code if item else "",
    }
