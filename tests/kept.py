"""Rows that take long to make: made once in a process, put back for each test.

Making the cast, or telling the demonstration's story, goes through the services and
takes longer than most tests do. What it leaves in the tables is the same each time: it
is kept as statements, which every test that asks for it runs again.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.apps import apps
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection, models, transaction
from django.db.models.sql import InsertQuery

from core.models import AuditEntry
from courses.models import CourseFile, CourseVersion, Module, Page
from credentials.models import Product

T = TypeVar("T")
PARTS: set[Any] = {Module, Page, CourseFile}
Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Kept(Generic[T]):
    """What makes the rows, in order, and what their maker gave."""

    make: Callable[[], T]
    statements: tuple[Statement, ...]
    given: bytes

    def put_back(self) -> T:
        """Make the rows and give what their maker did, which nobody has changed yet.

        Where something happened before, the trail goes on from there: all is made anew.
        """
        if Product.objects.exists() or AuditEntry.objects.exists():
            return self.make()
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, values in self.statements:
                cursor.execute(sql, values)
        # Whom an earlier test let wait, or found in the cache, is here again.
        cache.clear()
        return cast(T, pickle.loads(self.given))  # noqa: S301  (from this process)


def keep(make: Callable[[], T]) -> Kept[T]:
    """Have rows made, keep them, and take them back."""
    with transaction.atomic():
        before = {model: _ids(model) for model in _tables()}
        given = make()
        made = [each for model in _tables() for each in _inserts(model, before[model])]
        transaction.set_rollback(True)
    return Kept(make, tuple(made), pickle.dumps(given))


def _tables() -> list[type[models.Model]]:
    """Every table of ours, after those that its rows name."""
    of_all = apps.get_models(include_auto_created=True)
    waiting = [each for each in of_all if each._meta.managed]
    ordered: list[type[models.Model]] = []
    while waiting:
        free = [each for each in waiting if not _named_by(each) & {*waiting} - {each}]
        assert free, waiting
        ordered += free
        waiting = [each for each in waiting if each not in free]
    return ordered


def _named_by(model: type[models.Model]) -> set[Any]:
    fields = model._meta.concrete_fields
    named = {field.related_model for field in fields if field.is_relation}
    # Nothing is added to a version that is published: it comes after its parts.
    if model in PARTS:
        return named - {CourseVersion}
    return named | PARTS if model is CourseVersion else named


def _ids(model: type[models.Model]) -> set[Any]:
    return set(model._default_manager.values_list("pk", flat=True))


def _inserts(model: type[models.Model], before: set[Any]) -> list[Statement]:
    rows = model._default_manager.order_by("pk")
    made = [row for row in rows if row.pk not in before]
    if not made:
        return []
    query = InsertQuery(model)
    query.insert_values(model._meta.concrete_fields, made, raw=True)
    return list(query.get_compiler(DEFAULT_DB_ALIAS).as_sql())
