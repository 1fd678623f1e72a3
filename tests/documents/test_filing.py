"""A practice's own documents: filed, replaced, given back and removed."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from ce_credits.models import PracticeAllowance
from core.models import AuditEntry
from credentials.models import OwnDocumentVersion
from credentials.queries import own_documents
from tests.cast import Cast
from tests.documents.papers import OWN, PAGE, a_pdf, filed, problems
from tests.files.samples import MIB, picture
from tests.portal.pressing import followed
from tests.portal.reading import Page, said

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]


def newest() -> OwnDocumentVersion:
    """The version that was filed last."""
    return OwnDocumentVersion.objects.order_by("-number").first()  # type: ignore[return-value]


def test_a_document_is_filed_and_given_back(alice: Client, cast: Cast) -> None:
    page = followed(alice, filed(alice, a_pdf("one")))
    assert "Filed Scribe staffing protocol, version 1." in page.text
    assert "Staffing protocol. Filed" in page.text
    assert "from Jan 1, 2025 on" in page.text
    version = newest()
    answer = alice.get(f"{PAGE}own/files/{version.pk}/", follow=True)
    assert b"".join(answer) == a_pdf("one")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert PracticeAllowance.objects.get(practice=cast.northside).bytes == version.size
    assert AuditEntry.objects.filter(action="own_document.filed").count() == 1


def test_a_picture_is_drawn_anew(alice: Client, cast: Cast) -> None:
    assert filed(alice, picture("PNG"), name="plan.png").status_code == 302
    version = newest()
    assert version.file_kind == "png"
    (document,) = own_documents(
        cast.northside, on_from=date(2025, 1, 1), on_until=date(2025, 1, 1)
    )
    assert document.content().startswith(b"\x89PNG")
    assert (document.sha256, document.size) == (version.stored_sha256, version.size)


def test_a_new_version_keeps_the_one_before(alice: Client, cast: Cast) -> None:
    filed(alice, a_pdf("one"), covers_until="2025-06-30")
    at = f"{PAGE}own/{newest().document}/replace/"
    assert Page.of(alice.get(at)).one("input", name="title").attributes["value"] == (
        "Scribe staffing protocol"
    )
    page = followed(alice, filed(alice, a_pdf("two"), at=at, covers_from="2025-07-01"))
    assert "Version 1, Jan 1, 2025 to Jun 30, 2025" in page.text
    assert newest().number == 2
    spring = own_documents(
        cast.northside, on_from=date(2025, 3, 1), on_until=date(2025, 3, 31)
    )
    year = own_documents(
        cast.northside, on_from=date(2025, 1, 1), on_until=date(2025, 12, 31)
    )
    assert [each.version for each in spring] == [1]
    # The first covered the beginning of these days, the second their end.
    assert [each.version for each in year] == [2, 1]
    before = own_documents(
        cast.northside, on_from=date(2024, 1, 1), on_until=date(2024, 12, 31)
    )
    assert before == ()


def test_the_same_file_again_changes_nothing(alice: Client, cast: Cast) -> None:
    filed(alice, a_pdf("one"))
    page = followed(alice, filed(alice, a_pdf("one")))
    said = "This file is here already: Scribe staffing protocol, version 1."
    assert said in page.text
    assert OwnDocumentVersion.objects.count() == 1
    assert PracticeAllowance.objects.get().bytes == newest().size


@pytest.mark.parametrize(
    "typed",
    [
        {"covers_until": "2025-06-30"},
        {"covers_from": ""},
        {"title": "Another"},
        {"kind": "policy"},
    ],
)
def test_the_same_file_with_other_words_or_days_is_a_version_of_its_own(
    alice: Client, cast: Cast, typed: dict[str, str]
) -> None:
    filed(alice, a_pdf("one"))
    at = f"{PAGE}own/{newest().document}/replace/"
    page = followed(alice, filed(alice, a_pdf("one"), at=at, **typed))

    assert "Nothing was changed" not in page.text
    assert OwnDocumentVersion.objects.count() == 2
    assert newest().number == 2
    again = followed(alice, filed(alice, a_pdf("one"), at=at, **typed))
    assert "Nothing was changed" in again.text
    assert OwnDocumentVersion.objects.count() == 2


def test_another_document_s_file_may_become_a_version_of_this_one(
    alice: Client, cast: Cast
) -> None:
    filed(alice, a_pdf("one"))
    filed(alice, a_pdf("two"), title="Another")
    other = OwnDocumentVersion.objects.get(title="Another")
    at = f"{PAGE}own/{other.document}/replace/"
    page = followed(alice, filed(alice, a_pdf("one"), at=at))

    assert "Filed Scribe staffing protocol, version 2." in page.text
    assert newest().document == other.document


@pytest.mark.usefixtures("small")
def test_a_practice_s_room_counts_them_too(alice: Client, cast: Cast) -> None:
    answer = filed(alice, a_pdf("x" * MIB))
    assert answer.status_code == 409
    assert problems(answer)[0].startswith("One practice may keep 1 MB of files here")
    assert not OwnDocumentVersion.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Enter the document's title."),
        ({"kind": ""}, "Choose a kind."),
        ({"kind": "secret"}, "Choose a kind."),
        ({"covers_from": "31.12.2025"}, "There is no such day."),
        (
            {"covers_until": "2024-12-31"},
            "Enter a last day on or after the first one, or leave it empty.",
        ),
        ({"name": "protocol.exe"}, "Rename it to end in .pdf"),
    ],
)
def test_each_field_says_what_it_needs(
    alice: Client, cast: Cast, typed: dict[str, str], words: str
) -> None:
    answer = filed(alice, a_pdf("one"), **typed)
    assert answer.status_code == 422
    assert words in problems(answer)[0]
    assert not OwnDocumentVersion.objects.exists()


def test_no_file_says_so(alice: Client, cast: Cast) -> None:
    answer: Answer = alice.post(OWN, {"title": "A", "kind": "other"})
    assert answer.status_code == 422
    assert problems(answer) == ["Choose a PDF, PNG or JPEG file."]


def test_removing_asks_why_and_sets_all_versions_aside(
    alice: Client, cast: Cast
) -> None:
    filed(alice, a_pdf("one"))
    version = newest()
    filed(alice, a_pdf("two"), at=f"{PAGE}own/{version.document}/replace/")
    address = f"{PAGE}own/{version.document}/remove/"
    assert problems(alice.post(address)) == ["Write why it is removed."]
    page = followed(alice, alice.post(address, {"reason": "Out of date"}))
    assert "Nothing is filed yet." in page.text
    assert OwnDocumentVersion.objects.exclude(removed_at=None).count() == 2
    gone = f"{PAGE}own/files/{version.pk}/"
    assert alice.get(gone).status_code == 404
    assert alice.post(address, {"reason": "Again"}).status_code == 404
    entry = AuditEntry.objects.get(action="own_document.removed")
    assert entry.reason == "Out of date"
    # What was removed may be filed anew.
    assert filed(alice, a_pdf("one")).status_code == 302


def test_another_practice_s_document_is_a_missing_page(
    alice: Client, frank: Client, bob: Client, cast: Cast
) -> None:
    filed(alice, a_pdf("one"))
    version = newest()
    for tail in (
        f"files/{version.pk}/",
        f"{version.document}/replace/",
        f"{version.document}/remove/",
    ):
        address = f"/p/lakeview/documents/own/{tail}"
        nothing = address.replace(str(version.pk), str(cast.northside.pk))
        assert frank.get(address).status_code == 404
        assert said(frank.get(address)) == said(frank.get(nothing))
        assert bob.get(f"{PAGE}own/{tail}").status_code == 403
