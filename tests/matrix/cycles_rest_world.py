"""The things of a body of cycles as addresses of the API spell them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from core.public_ids import spell
from credentials.models import SocietyMembership
from tests.cast import NOW
from tests.matrix.things import Thing
from tests.recertifying.living import BODY, a_holder


def cycles_over_rest(things: Mapping[str, Thing]) -> dict[str, Thing]:
    """Spell what the world has, and add somebody whose society membership runs."""
    certificant = _spelled("mem", things["certificant"])
    joined = a_holder("Mara Member")
    SocietyMembership.objects.create(
        member=joined,
        program=BODY,
        from_on=date(2025, 2, 3),
        recorded_by="tests",
        recorded_at=NOW,
    )
    mine = _spelled("app", things["application"])
    return {
        # The address names no body, so what is of another body is Bob's own as well.
        "own application over REST": replace(mine, others=()),
        "application of the body": _spelled("app", things["application to the body"]),
        "certificant of the body": certificant,
        "society member of the body": replace(certificant, own=spell("mem", joined.pk)),
    }


def _spelled(prefix: str, thing: Thing) -> Thing:
    def said(row_id: str) -> str:
        return spell(prefix, UUID(row_id))

    return Thing(
        said(thing.own),
        said(thing.foreign),
        said(thing.missing),
        tuple(map(said, thing.others)),
    )
