"""Rows that are read beside another row, as one column of JSON."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Subquery
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, Any]


class JsonRows(Subquery):
    """The rows of a query that names its columns, as the text of a list of objects.

    NULL, or an empty list, stands for no rows. Each database writes dates and instants
    in a way of its own, without losing any of it.
    """

    output_field = models.TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: object
    ) -> Sql:
        """Take the rows' own names."""
        template = "(SELECT json_agg(found)::text FROM (%(subquery)s) found)"
        return self._filled(template, compiler, connection)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: object
    ) -> Sql:
        """Name each column: SQLite takes none from a row."""
        named = (f"'{each}', found.\"{each}\"" for each in self.query.selected or ())
        listed = f"json_group_array(json_object({', '.join(named)}))"
        template = f"(SELECT {listed} FROM (%(subquery)s) found)"  # noqa: S608 (names)
        return self._filled(template, compiler, connection)

    def _filled(
        self, template: str, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> Sql:
        sql, values = super().as_sql(compiler, connection, template=template)
        return sql, values
