"""Tables of Northside's as files, and rows to put into them."""

import csv
import io

from core.extracts import Table, write_table
from core.scope import Scope, scoped
from credentials.models import DocumentReading
from credentials.services import grant_seats, take_back_seats
from portal.queries.export_kinds import BY_CODE
from portal.queries.exports import table_of
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.database import WEB, working_as
from tests.db.document_rows import a_version


def a_reading(cast: Cast, reader: str) -> None:
    """Let Alice open a version by some name."""
    DocumentReading.objects.create(
        version=a_version(title=f"{reader} paper"),
        practice=cast.northside,
        user=cast.alice,
        reader=reader,
        at=NOW,
    )


def moved(cast: Cast, reason: str, count: int) -> None:
    """Let staff grant Northside renewals, or take some back."""
    change = grant_seats if count > 0 else take_back_seats
    change(
        actor=TESTER,
        practice=cast.northside,
        product=cast.renewals,
        count=abs(count),
        reason=reason,
        key=f"{reason}{count}",
        now=NOW,
    )


def table(cast: Cast, code: str, **filters: str) -> Table:
    """A table of Northside's."""
    return table_of(cast.northside, BY_CODE[code], BODY, filters, TODAY)


def written(cast: Cast, code: str, ending: str, **filters: str) -> bytes:
    """A file of Northside's, as the web makes it."""
    scope = Scope.practice(cast.northside.pk)
    file = io.BytesIO()
    with working_as(WEB):
        with scoped(scope):
            found = table(cast, code, **filters)
        write_table(found, file, scope, ending=ending, title="Rows")
    return file.getvalue()


def rows(cast: Cast, code: str, **filters: str) -> list[dict[str, str]]:
    """The rows of a CSV, by the names of its columns."""
    text = written(cast, code, "csv", **filters).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
