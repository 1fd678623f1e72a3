"""Statements that are put together once, and asked again with other values.

Django writes the text of a statement anew each time it asks it, which for one with many
joins takes ten times as long as its answer. Where a page's speed hangs on that, its
query is `prepared`: the text is kept, and only the values in it change.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import wraps
from inspect import signature
from itertools import chain
from typing import Any, ParamSpec, TypeVar, cast, get_args
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet, Value
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI

M = TypeVar("M", bound=models.Model)
P = ParamSpec("P")
FIELDS: Mapping[object, Callable[[], "models.Field[Any, Any]"]] = {
    UUID: models.UUIDField,
    str: models.CharField,
    date: models.DateField,
    datetime: models.DateTimeField,
}
# What is in a statement's text itself. Numbers are, and there may be any: more texts
# than this are not kept, nor one with a longer list of values.
SHAPES = (int, Enum)
MOST_TEXTS = 256
MOST_VALUES = 200
LENGTHS = (10, 100)


class Slot(Value):
    """The place in a statement where a value comes: the argument of that name."""

    def __init__(self, name: str, output_field: "models.Field[Any, Any]") -> None:
        """Keep the place free for a value that the field can hold."""
        super().__init__(name, output_field=output_field)
        self.name = name

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:
        """Stand among the values, to be changed for one."""
        return "%s", [self]


@dataclass(frozen=True)
class _Made:
    """How a row of an answer becomes a row of a model, with those read beside it."""

    model: type[models.Model]
    names: Sequence[str]
    columns: slice
    beside: Sequence[Any]
    annotated: Sequence[tuple[str, int]]

    def row(self, read: Sequence[Any]) -> Any:  # noqa: ANN401  (whichever model it is)
        """Make one."""
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, read[self.columns])
        for each in self.beside:
            each.populate(read, made)
        for name, place in self.annotated:
            setattr(made, name, read[place])
        return made


@dataclass(frozen=True)
class _Text:
    """A statement's text, and what reads rows out of its answer."""

    compiler: SQLCompiler
    sql: str
    values: Sequence[object]
    slots: Mapping[str, Slot]
    converters: Any
    made: _Made | None

    def rows(self, given: Mapping[str, object]) -> list[Any]:
        """Read rows of a model."""
        assert self.made is not None
        return [self.made.row(read) for read in self._answer(given)]

    def columns(self, given: Mapping[str, object]) -> list[dict[str, Any]]:
        """Read the columns that a query names."""
        names = list(self.compiler.query.selected or ())
        return [dict(zip(names, row, strict=True)) for row in self._answer(given)]

    def _answer(self, given: Mapping[str, object]) -> Iterable[Sequence[Any]]:
        """Ask the statement with values in its slots."""
        here = connections[DEFAULT_DB_ALIAS]
        sent = {
            name: slot.output_field.get_db_prep_value(given[name], here)
            for name, slot in self.slots.items()
        }
        values = tuple(
            sent[each.name] if isinstance(each, Slot) else each for each in self.values
        )
        # Several threads may ask at once: each has a compiler with its own connection.
        compiler = object.__new__(type(self.compiler))
        compiler.__dict__.update(self.compiler.__dict__)
        compiler.connection = here
        compiler.as_sql = lambda *_, **__: (self.sql, values)  # type: ignore[assignment, method-assign]
        answer = chain.from_iterable(compiler.execute_sql(MULTI) or ())
        return compiler.apply_converters(answer, self.converters)


def prepared(build: Callable[P, QuerySet[M]]) -> Callable[P, list[M]]:
    """Make a function that gives a query into one that gives its rows.

    The query is put together once, with slots for the arguments: identifiers, texts,
    days and instants, or tuples of them. It may compare columns with them, and know
    nothing of them. An argument that is true or false, a number or one of an
    enumeration shapes the query, as the length of a tuple does: there is one for each.
    Rows that a query would read afterwards (`prefetch_related`) are none of it.
    """
    text_of = _texts(build)

    @wraps(build)
    def rows(*args: P.args, **kwargs: P.kwargs) -> list[M]:
        text, values = text_of(args, kwargs)
        return text.rows(values)

    return rows


def prepared_columns(
    build: Callable[P, QuerySet[M, dict[str, Any]]],
) -> Callable[P, list[dict[str, Any]]]:
    """Do as `prepared` for a query that names its columns: `.values(...)`."""
    text_of = _texts(build)

    @wraps(build)
    def columns(*args: P.args, **kwargs: P.kwargs) -> list[dict[str, Any]]:
        text, values = text_of(args, kwargs)
        return text.columns(values)

    return columns


def filled(ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """Repeat the last of a few until they are ten or a hundred: that is two texts.

    To be asked for with `__pk__in`: an identifier itself is no value with a slot.
    """
    given = tuple(ids)
    length = next((each for each in LENGTHS if each >= len(given)), len(given))
    return given + given[-1:] * (length - len(given))


def _texts(
    build: Callable[..., QuerySet[Any, Any]],
) -> Callable[[Any, Any], tuple[_Text, Mapping[str, object]]]:
    """Give what finds a call's text, written the first time, and the values for it."""
    takes = signature(build).parameters
    kinds = {name: each.annotation for name, each in takes.items()}
    texts: dict[tuple[object, ...], _Text] = {}

    def text_of(args: Any, kwargs: Any) -> tuple[_Text, Mapping[str, object]]:  # noqa: ANN401
        given = dict(zip(takes, args, strict=False)) | kwargs
        shape = (connection.vendor, *map(_shape, given.items()))
        values = _flat(given)
        if (text := texts.get(shape)) is None:
            slots = {name: _slot(name, kinds[name], of) for name, of in given.items()}
            text = _text(build(**slots))
            if len(texts) >= MOST_TEXTS:
                texts.clear()
            if len(values) <= MOST_VALUES:
                texts[shape] = text
        return text, values

    return text_of


def _shape(argument: tuple[str, object]) -> object:
    """What of an argument is in the text: a flag or a number, how many there are."""
    name, given = argument
    if isinstance(given, tuple):
        return name, len(given)
    return name, given if isinstance(given, SHAPES) else None


def _slot(name: str, kind: object, given: object) -> object:
    if isinstance(given, SHAPES):
        return given
    if isinstance(given, tuple):
        field = FIELDS[get_args(kind)[0]]()
        return tuple(Slot(f"{name}.{place}", field) for place in range(len(given)))
    return Slot(name, FIELDS[kind]())


def _flat(given: Mapping[str, object]) -> Mapping[str, object]:
    """Name each value as its slot is named."""
    flat = dict(given)
    for name, of in given.items():
        if isinstance(of, tuple):
            flat |= {f"{name}.{place}": each for place, each in enumerate(of)}
    return flat


def _text(query: QuerySet[Any, Any]) -> _Text:
    compiler = query.query.get_compiler(using=DEFAULT_DB_ALIAS)
    sql, values = compiler.as_sql()
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    return _Text(
        compiler,
        sql,
        tuple(values),
        {each.name: each for each in values if isinstance(each, Slot)},
        compiler.get_converters(columns),
        _made(compiler),
    )


def _made(compiler: SQLCompiler) -> _Made | None:
    """Take from a compiler what Django's own reader of rows works out at each query.

    None for a query that names its columns.
    """
    told: Any = compiler.klass_info
    if told is None:
        return None
    places = slice(told["select_fields"][0], told["select_fields"][-1] + 1)
    names = [cast("Any", each[0]).target.attname for each in compiler.select[places]]
    beside = get_related_populators(told, compiler.select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # the stubs know Django 6
    annotated = (compiler.annotation_col_map or {}).items()
    return _Made(told["model"], names, places, beside, tuple(annotated))
