"""What every row of ours starts from."""

from collections.abc import Collection, Sequence
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models.base import ModelState


class PlainRow(models.Model):
    """A row that is read as it is.

    Django makes each row it reads through `__init__`, which takes five times as long as
    the values need. A class of ours has none, and no field that listens to one.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs know Django 6
        cls, db: str | None, field_names: Collection[str], values: Sequence[Any]
    ) -> Self:
        """Make an instance of what was read; what was left out is read when asked."""
        row = cls.__new__(cls)
        row._state = ModelState()  # noqa: SLF001  (as Django's own reader does)
        row._state.adding = False  # noqa: SLF001
        row._state.db = db  # noqa: SLF001
        row.__dict__.update(zip(field_names, values, strict=True))
        return row


class BaseModel(PlainRow):
    """A row with a public, unguessable id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True
