"""The seat ledger, and who had which document, as files."""

import pytest

from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, given
from tests.db.document_rows import a_version, an_own_document, rows_of_documents
from tests.exporting.tables import moved, rows

pytestmark = [pytest.mark.db, pytest.mark.django_db]


def test_openings_and_acknowledgements_say_who_had_which_version(cast: Cast) -> None:
    a_version(sha256="ab" * 32)
    rows_of_documents(cast.northside, cast.alice)
    rows_of_documents(cast.lakeview, cast.frank)
    version = {
        "program": BODY,
        "document": "Crosswalk",
        "version": "1",
        "published_sha256": "ab" * 32,
    }
    at = f"{NOW:%Y-%m-%d %H:%M:%S}"
    assert rows(cast, "readings") == [
        {**version, "opened_by": "Alice Adams", "opened_at_utc": at}
    ]
    assert rows(cast, "acknowledgements") == [
        {**version, "acknowledged_by": "Alice Adams", "acknowledged_at_utc": at}
    ]


def test_own_documents_that_were_not_removed_come_with_the_days_they_cover(
    cast: Cast,
) -> None:
    an_own_document(cast.northside, covers_until=None)
    gone = {"removed_at": NOW, "removed_by": "Alice Adams", "removed_why": "Old"}
    an_own_document(cast.northside, title="Removed", **gone)
    an_own_document(cast.lakeview, title="Not ours")
    (own,) = rows(cast, "own_documents")
    assert (own["title"], own["kind"]) == ("Staffing protocol", "Staffing protocol")
    assert (own["covers_from"], own["covers_until"]) == (str(TODAY), "")
    assert (own["file_name"], own["version"]) == ("protocol.pdf", "1")


def test_seats_come_in_and_go_out_with_what_was_left_of_each_product(
    cast: Cast,
) -> None:
    before = len(rows(cast, "seats"))
    moved(cast, "Bought", 5)
    moved(cast, "A mistake", -2)
    given(cast.membership, cast.northside, a_member("Eve E", cast.northside))
    last, came, mistake, bought = rows(cast, "seats")[:4]
    assert len(rows(cast, "seats")) == before + 4
    assert [(each["in"], each["out"]) for each in (bought, mistake, came, last)] == [
        ("5", ""),
        ("", "2"),
        ("1", ""),
        ("", "1"),
    ]
    assert int(bought["left"]) - int(mistake["left"]) == 2
    assert (last["product"], last["left"]) == (cast.membership.label, "0")
    assert (bought["reason"], bought["by"]) == ("Bought", TESTER.label)
