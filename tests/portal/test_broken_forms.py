"""Forms that are cut, overfull or lie: refused as such, nothing of them kept."""

from pathlib import Path

import pytest
from django.test import Client

from tests.api.asking import BOUNDARY, FORM
from tests.api.asking import form as form_of
from tests.cast import Cast
from tests.files.conftest import stored
from tests.files.samples import pdf
from tests.matrix.asking import checksum
from tests.portal.reading import Page
from tests.portal.writing import NEW, TYPED, mine, opened, proofs

pytestmark = pytest.mark.db


@pytest.fixture
def typed(bob: Client) -> list[tuple[str, str | None, bytes]]:
    """The form as Bob fills it in, but for its file."""
    fields = opened(bob) | TYPED | {"do": "upload"}
    return [(name, None, str(value).encode()) for name, value in fields.items()]


Parts = list[tuple[str, str | None, bytes]]
FILE = ("file", "proof.pdf", pdf())


def test_a_form_with_a_file_is_taken_whole(
    bob: Client, cast: Cast, shelf: Path, typed: Parts
) -> None:
    answer = bob.generic("POST", NEW, form_of(*typed, FILE), content_type=FORM)
    assert answer.status_code == 302
    assert proofs(mine(cast.bob)) == ["proof.pdf"]


def test_a_form_without_its_file_part_asks_for_one_and_keeps_the_text(
    bob: Client, cast: Cast, shelf: Path, typed: Parts
) -> None:
    answer = bob.generic("POST", NEW, form_of(*typed), content_type=FORM)
    assert answer.status_code == 422
    assert Page.of(answer).problems == ["Choose a file, then add it."]
    assert not stored(shelf)
    assert mine(cast.bob).title == TYPED["title"]


def test_two_parts_of_the_file_s_name_are_two_files(
    bob: Client, cast: Cast, shelf: Path, typed: Parts
) -> None:
    other = ("file", "other.pdf", pdf(b"<</Two 2>>"))
    answer = bob.generic("POST", NEW, form_of(*typed, FILE, other), content_type=FORM)
    assert answer.status_code == 302
    assert proofs(mine(cast.bob)) == ["other.pdf", "proof.pdf"]


def test_forms_that_can_not_be_read_are_refused_and_change_nothing(
    bob: Client, shelf: Path, typed: Parts
) -> None:
    whole = form_of(*typed, FILE)
    many = [("file", f"{number}.pdf", b"x") for number in range(101)]
    fields: Parts = [(f"part{number}", None, b"x") for number in range(1_001)]
    before = checksum()
    for what, raw, media, length in (
        ("101 files", form_of(*typed, *many), FORM, ""),
        ("1,001 fields", form_of(*fields), FORM, ""),
        ("no boundary", whole, "multipart/form-data", ""),
        ("another boundary", whole, "multipart/form-data; boundary=other", ""),
        ("cut within the file", whole[:-300], FORM, ""),
        ("cut within the text", whole[:400], FORM, ""),
        ("never closed", whole[: -len(BOUNDARY) - 6], FORM, ""),
        ("less than came", whole, FORM, str(len(whole) - 60)),
        ("3 MB of text", form_of(("title", None, b"x" * 3 * 2**20)), FORM, ""),
        ("nothing", b"", FORM, ""),
    ):
        said = length or str(len(raw))
        answer = bob.generic("POST", NEW, raw, content_type=media, CONTENT_LENGTH=said)
        assert 400 <= answer.status_code < 500, (what, answer.status_code)
        assert Page.of(answer).h1, what
        assert checksum() == before, what
        assert not stored(shelf), what
