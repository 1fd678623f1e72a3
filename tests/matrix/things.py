"""What an address names: ours, somebody else's of the same kind, nobody's."""

from dataclasses import dataclass
from typing import Self
from uuid import uuid4

from django.db import models

from core.public_ids import spell


@dataclass(frozen=True)
class Thing:
    """What an address names: ours, somebody else's of the same kind, nobody's."""

    own: str
    foreign: str
    missing: str
    # What used to be ours, or is another's in some other way.
    others: tuple[str, ...] = ()

    @classmethod
    def rows(
        cls,
        own: models.Model,
        foreign: models.Model,
        prefix: str = "",
        *others: models.Model,
    ) -> Self:
        """Name rows by their ids, spelled as the API does with a prefix."""
        ids = (own.pk, foreign.pk, uuid4(), *(each.pk for each in others))
        said = [spell(prefix, each) if prefix else str(each) for each in ids]
        return cls(said[0], said[1], said[2], tuple(said[3:]))
