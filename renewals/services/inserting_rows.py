"""Inserting what a SELECT gives, written the same way for both databases.

What they spell differently has a function here. A column that a statement does not name
gets the default of its model's field, as it would from `create`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, models

Expressions = Mapping[str, str]
Values = Mapping[str, Any]


def insert_rows(
    model: type[models.Model], columns: Expressions, source: str, values: Values
) -> int:
    """Insert what a source gives, and return how many rows that made."""
    expressions = dict(columns)
    given: dict[str, Any] = {name: _adapted(each) for name, each in values.items()}
    for field in model._meta.concrete_fields:
        if field.primary_key and isinstance(field, models.UUIDField):
            expressions[field.attname] = _fresh_id()
        elif field.attname in expressions or isinstance(field, models.AutoField):
            continue
        else:
            expressions[field.attname] = f"%(default_{field.attname})s"
            given[f"default_{field.attname}"] = _default(field)
    if "payload" in expressions:
        given["payload"] = connection.ops.adapt_json_value({}, None)
    names = ", ".join(map(connection.ops.quote_name, expressions))
    # All parts are this module's constants and the model's names; values are given.
    statement = (
        f"INSERT INTO {model._meta.db_table} ({names}) "
        f"SELECT {', '.join(expressions.values())}{source}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def _default(field: "models.Field[Any, Any]") -> object:
    return field.get_db_prep_save(field.get_default(), connection)


def _adapted(value: object) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _fresh_id() -> str:
    """Write the expression of an id that nobody has, for each row another."""
    if connection.vendor == "postgresql":
        return "gen_random_uuid()"
    return "lower(hex(randomblob(16)))"


def id_made_of(*parts: str) -> str:
    """Write the expression of an id that follows from the parts and nothing else."""
    if connection.vendor == "postgresql":
        text = " || ".join(f"({part})::text" for part in parts)
        digest = f"sha256(convert_to({text}, 'UTF8'))"
        return f"encode(substring({digest} FROM 1 FOR 16), 'hex')::uuid"
    # Django gives SQLite this function.
    return f"substr(sha256({' || '.join(parts)}), 1, 32)"


def json_made_of(**parts: str) -> str:
    """Write the expression of a JSON object of texts, by name."""
    if connection.vendor == "postgresql":
        named = (f"'{name}', ({part})::text" for name, part in parts.items())
        return f"jsonb_build_object({', '.join(named)})"
    named = (f"'{name}', {part}" for name, part in parts.items())
    return f"json_object({', '.join(named)})"
