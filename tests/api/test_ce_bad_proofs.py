"""Files and forms that are no proof: refused in a sentence, nothing of them kept."""

from pathlib import Path

import pytest

from ce_credits.models import Proof
from core.files import MOST_BYTES
from tests.api.asking import (
    FORM,
    Caller,
    form,
    places,
    problem,
    tail_of,
)
from tests.api.reporting import begun, row_of
from tests.cast import Cast
from tests.files.conftest import stored
from tests.files.samples import pdf, picture

pytestmark = pytest.mark.usefixtures("shelf")


BAD_FILES = [
    ("empty", b"", "proof.pdf"),
    ("kind", b"x", "proof.pdf"),
    ("kind", b"MZ\x90\x00" + b"\0" * 100, "proof.pdf"),
    ("kind", b"<!doctype html><script>alert(1)</script>", "proof.pdf"),
    ("ending", pdf(), "proof.exe"),
    ("ending", picture("PNG"), "proof.pdf"),
    ("damaged", pdf()[:200], "proof.pdf"),
    ("damaged-picture", picture("PNG")[:40], "proof.png"),
    ("script", pdf(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "a.pdf"),
]


@pytest.mark.parametrize(("code", "content", "name"), BAD_FILES)
def test_a_file_that_can_t_be_taken_is_refused_in_a_sentence(
    own: Caller, cast: Cast, shelf: Path, code: str, content: bytes, name: str
) -> None:
    made = begun(own, cast)
    answer = own.upload(tail_of(made, "proofs"), content, name)
    said = problem(answer, 422, "file-rejected")
    assert places(said) == ["/file"]
    assert code.startswith(said["errors"][0]["code"])
    assert said["detail"].endswith(".")
    assert not Proof.objects.filter(activity=row_of(made)).exists()
    assert not stored(shelf)


FILE = ("file", "proof.pdf", pdf())
BAD_FORMS: list[tuple[str, bytes, str, int, str, list[str]]] = [
    ("no part", form(), FORM, 422, "validation-error", ["/file"]),
    ("two files", form(FILE, FILE), FORM, 422, "validation-error", ["/file"]),
    (
        "a file and a text of its name",
        form(FILE, ("file", None, b"text")),
        FORM,
        422,
        "validation-error",
        ["/file"],
    ),
    (
        "another name",
        form(("proof", "proof.pdf", pdf())),
        FORM,
        422,
        "validation-error",
        ["/file", "/proof"],
    ),
    (
        "one part more",
        form(FILE, ("status", None, b"accepted")),
        FORM,
        422,
        "validation-error",
        ["/status"],
    ),
    ("text", form(("file", None, b"x")), FORM, 422, "validation-error", ["/file"]),
    ("no name", form(("file", "", pdf())), FORM, 422, "validation-error", ["/file"]),
    ("no boundary", form(FILE), "multipart/form-data", 400, "malformed", []),
    (
        "another boundary",
        form(FILE),
        "multipart/form-data; boundary=other",
        400,
        "malformed",
        [],
    ),
    (
        "a boundary that can't be one",
        form(FILE),
        f"multipart/form-data; boundary={'b' * 300}",
        400,
        "malformed",
        [],
    ),
    (
        "101 files",
        form(*[(f"file{at}", "proof.pdf", b"x") for at in range(101)]),
        FORM,
        400,
        "malformed",
        [],
    ),
    (
        "1,001 parts",
        form(*[(f"part{at}", None, b"x") for at in range(1_001)]),
        FORM,
        400,
        "malformed",
        [],
    ),
    (
        "3 MB of text",
        form(("note", None, b"x" * 3 * 2**20)),
        FORM,
        413,
        "too-large",
        [],
    ),
    ("breaks off", form(FILE)[:300], FORM, 400, "malformed", []),
    ("never closed", form(FILE)[:-6], FORM, 400, "malformed", []),
    ("JSON", b'{"file": "x"}', "application/json", 415, "unsupported-media-type", []),
    ("the file alone", pdf(), "application/pdf", 415, "unsupported-media-type", []),
    (
        "another form",
        b"file=x",
        "application/x-www-form-urlencoded",
        415,
        "unsupported-media-type",
        [],
    ),
]


@pytest.mark.parametrize(
    ("raw", "media", "status", "slug", "pointers"),
    [pytest.param(*case[1:], id=case[0]) for case in BAD_FORMS],
)
def test_a_form_that_isn_t_one_file_is_refused(
    own: Caller,
    cast: Cast,
    shelf: Path,
    raw: bytes,
    media: str,
    status: int,
    slug: str,
    pointers: list[str],
) -> None:
    made = begun(own, cast)
    answer = own.send("POST", tail_of(made, "proofs"), raw, media=media)
    said = problem(answer, status, slug)
    assert sorted(places({"errors": [], **said})) == pointers
    assert not Proof.objects.filter(activity=row_of(made)).exists()
    assert not stored(shelf)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    own: Caller, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = begun(own, cast)
    large = b"%PDF-1.7" + b"x" * (MOST_BYTES - 7)
    said = problem(own.upload(tail_of(made, "proofs"), large), 422, "file-rejected")
    assert said["errors"][0]["code"] == "large"

    def read(*how: object) -> bytes:
        raise AssertionError("the body was read")

    monkeypatch.setattr("django.test.client.FakePayload.read", read)
    answer = own.upload(tail_of(made, "proofs"), b"x" * 12 * 2**20)
    said = problem(answer, 413, "too-large")
    assert said["detail"] == "Send a file of at most 10 MB."


def test_a_length_that_is_more_than_came_is_a_body_that_breaks_off(
    own: Caller, cast: Cast
) -> None:
    made = begun(own, cast)
    raw = form(FILE)
    for said, status in ((len(raw) - 40, 400), (12 * 2**20, 413)):
        answer = own.client.generic(
            "POST",
            own.path(tail_of(made, "proofs")),
            raw,
            content_type=FORM,
            CONTENT_LENGTH=str(said),
        )
        assert answer.status_code == status
    assert not Proof.objects.filter(activity=row_of(made)).exists()


def test_a_body_that_isn_t_json_elsewhere_is_refused_unread(
    own: Caller, cast: Cast
) -> None:
    """This is the one place where a form is read."""
    made = begun(own, cast)
    for method, tail in (
        ("POST", "ce-activities"),
        ("PATCH", tail_of(made)),
        ("POST", tail_of(made, "submit")),
        ("POST", "credit-quotes"),
    ):
        answer = own.send(method, tail, form(FILE), media=FORM)
        problem(answer, 415, "unsupported-media-type")
