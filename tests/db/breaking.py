"""Copies of rows with something changed, and the first row of a table."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import uuid4

from django.db import IntegrityError, connection, models, transaction

Row = TypeVar("Row", bound=models.Model)
Changes = Callable[[Any], dict[str, Any]]


def another(row: Row, **changes: object) -> Row:
    """Insert a copy of a row under an id of its own, with some values changed."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    for field in row._meta.concrete_fields:
        if field.unique and isinstance(field, models.CharField):
            values[field.attname] = uuid4().hex[: field.max_length]
    counts = isinstance(row._meta.pk, models.AutoField)
    copy = type(row)(**(values | {"pk": None if counts else uuid4()} | changes))
    copy.save(force_insert=True)
    return copy


def first(model: type[Row]) -> Row:
    """Return some row of a table that the cast has filled."""
    found = model._default_manager.first()
    assert found is not None, f"the cast has no {model._meta.label}"
    return found


def refused(act: Callable[[], object]) -> str:
    """Do something the database must refuse; return its words."""
    try:
        with transaction.atomic():
            act()
            connection.check_constraints()
    except IntegrityError as error:
        return str(error)
    raise AssertionError("The database let it pass.")
