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

    @classmethod
    def rows(cls, own: models.Model, foreign: models.Model, prefix: str = "") -> Self:
        """Name two rows by their ids, spelled as the API does with a prefix."""
        ids = (own.pk, foreign.pk, uuid4())
        return cls(*(spell(prefix, each) if prefix else str(each) for each in ids))
