"""The catalogue's items that each door opens on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.access import Door, StaffDoor
from ce_credits.models import CatalogueItem
from ce_credits.models.catalogue import CatalogueQuerySet, is_about
from credentials.policy import Policy, policy_for
from portal.queries.activity_form import MOST_OFFERED, Offer, offer_of
from portal.queries.lacking import topics_towards
from portal.queries.narrowing import every_word


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; empty is anything."""

    program: str = ""
    topic: str = ""
    credit: str = ""
    price: str = ""
    requirement: str = ""


def catalogue(
    door: Door, asked: Mapping[str, Any], days: Mapping[str, date]
) -> CatalogueQuerySet:
    """Find items: for a body's staff all of theirs, for others what can be picked.

    Args:
        asked: what to keep: `program`, `kind`, a `topic`, what counts towards a
            `requirement` of a licence, and `q` for words that all stand in the code,
            the title or the provider.
        days: the day in each body's zone, whose policy says what counts.
    """
    if isinstance(door, StaffDoor):
        found = CatalogueItem.objects.of_program(door.program)
    else:
        found = CatalogueItem.objects.offered()
    found = narrowed(found, asked, days)
    return found.filter(every_word(asked.get("q", ""), "code", "title", "provider"))


def narrowed(
    items: CatalogueQuerySet, asked: Mapping[str, Any], days: Mapping[str, date]
) -> CatalogueQuerySet:
    """Keep items of a `program`, a `kind`, a `topic`, or towards a `requirement`."""
    found = items.filter(
        **{name: asked[name] for name in ("program", "kind") if name in asked}
    )
    if "topic" in asked:
        found = found.about([asked["topic"]])
    if "requirement" in asked:
        found = towards(found, asked["requirement"], days)
    return found


def towards(
    items: CatalogueQuerySet, requirement: str, days: Mapping[str, date]
) -> CatalogueQuerySet:
    """Keep what counts towards a requirement of a licence: each body says it itself."""
    keep = Q(pk__in=())
    for program, day in days.items():
        about = is_about(topics_towards(requirement, program, day))
        keep |= Q(program=program) & about
    return items.filter(keep)


def reportable(wanted: Wanted, days: Mapping[str, date]) -> Sequence[Offer]:
    """List offered activities of the bodies' catalogues by what they are about.

    Nothing, unless a topic or a requirement of a licence is asked for: who knows what
    they did looks for it where they report it.
    """
    if not (wanted.topic or wanted.requirement) or wanted.price:
        return []
    asked = {
        "program": wanted.program,
        "kind": wanted.credit,
        "topic": wanted.topic,
        "requirement": wanted.requirement,
    }
    found = narrowed(
        CatalogueItem.objects.offered(),
        {name: each for name, each in asked.items() if each},
        days,
    )
    return [
        _to_report(each, policy_for(each.program, on=days[each.program]))
        for each in found[:MOST_OFFERED]
    ]


def _to_report(item: CatalogueItem, policy: Policy) -> Offer:
    offer = offer_of(item, policy)
    return replace(offer, url=reverse("ce_new") + offer.url)
