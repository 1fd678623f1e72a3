"""Proofs on the form: kept, refused in words, read from, taken away, given out."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from ce_credits.models import Activity, Proof
from core.files import MOST_BYTES
from tests.cast import TODAY, Cast, a_proof, credit
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page, said
from tests.portal.writing import (
    NEW,
    TYPED,
    a_certificate,
    a_pdf,
    mine,
    named,
    opened,
    place,
    proofs,
    send,
    submitted,
)

pytestmark = pytest.mark.db
BLANK = {"title": "", "on": "", "minutes": ""}


@pytest.fixture(autouse=True)
def kept(shelf: Path) -> Path:
    """Keep files in a folder of the test."""
    return shelf


def test_several_files_come_with_one_form(bob: Client, cast: Cast) -> None:
    files = [a_pdf("one.pdf"), a_pdf("two.pdf")]
    page = followed(bob, send(bob, do="upload", file=files))
    assert page.notices == ["Added one.pdf and two.pdf."]
    assert proofs(mine(cast.bob)) == ["one.pdf", "two.pdf"]


@pytest.mark.parametrize("button", ["save", "check", "upload", "submit"])
def test_a_refused_file_is_named_beside_its_field_and_keeps_no_good_one_out(
    bob: Client, cast: Cast, button: str
) -> None:
    files = [named(b"MZ\x90\x00", "tool.pdf"), a_pdf("good.pdf")]
    answer = send(bob, do=button, file=files)
    page = Page.of(answer)
    text = "tool.pdf: This file is a program."
    assert answer.status_code == 422
    (problem,) = page.problems
    assert problem.startswith(text)
    assert page.one("", "gs-problem").one("a").attributes["href"] == "#id_file"
    assert problem in page.one("", id="proof").text
    assert proofs(mine(cast.bob)) == ["good.pdf"]
    assert mine(cast.bob).state == Activity.State.DRAFT
    assert page.value("title") == TYPED["title"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"x", "not a PDF, PNG or JPEG"),
        (b"%PDF-1.7\nhalf", "damaged"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_a_file_that_is_none_is_refused(
    bob: Client, cast: Cast, content: bytes, words: str
) -> None:
    answer = send(bob, do="submit", file=named(content, "proof.pdf"))
    assert answer.status_code == 422
    assert words in Page.of(answer).problems[0]
    assert proofs(mine(cast.bob)) == []


def test_a_refused_file_hides_no_other_problem(bob: Client, cast: Cast) -> None:
    file = named(b"x", "proof.pdf")
    page = Page.of(send(bob, do="submit", title="", minutes="45", file=file))
    assert len(page.problems) == 2
    assert "Enter the activity's title." in page.problems


def test_101_files_are_too_many(bob: Client, cast: Cast) -> None:
    fields, before = opened(bob), checksum()
    files = [named(b"x", f"{number}.pdf") for number in range(101)]
    answer = bob.post(NEW, fields | TYPED | {"do": "save", "file": files})
    assert answer.status_code == 400
    assert checksum() == before


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("..\\..\\etc\\passwd.pdf", "passwd.pdf"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}fdp.pdf", "afdp.pdf"),
        ("<b>x</b>.pdf", "b>.pdf"),
        ("{{7*7}}.pdf", "{{7*7}}.pdf"),
    ],
)
def test_a_file_s_name_is_text(bob: Client, cast: Cast, name: str, shown: str) -> None:
    page = followed(bob, send(bob, do="upload", file=a_pdf(name)))
    assert shown in page.text
    assert proofs(mine(cast.bob)) == [shown]


def test_what_a_file_says_fills_empty_fields_in(bob: Client, cast: Cast) -> None:
    file = a_certificate("Coding for Everybody", minutes=50)
    page = followed(bob, send(bob, do="upload", file=file, **BLANK))
    assert page.notices[-1] == (
        "Filled in from your file: title, date and minutes. Check it."
    )
    assert page.value("title") == "Coding for Everybody"
    assert (page.value("on"), page.value("minutes")) == ("2025-10-02", "50")
    assert page.text.count("Read from certificate.pdf. Check it.") == 3


def test_what_was_typed_is_never_replaced(bob: Client, cast: Cast) -> None:
    file = a_certificate("Coding for Everybody", minutes=50)
    page = followed(bob, send(bob, do="upload", file=file, minutes="61"))
    assert page.value("title") == TYPED["title"]
    assert page.value("minutes") == "61"
    assert "Read from certificate.pdf" not in page.text


def test_minutes_that_the_title_names_are_not_missing_a7(
    bob: Client, cast: Cast
) -> None:
    file = a_certificate("Coding for Everybody", minutes=50)
    followed(bob, send(bob, do="upload", file=file, minutes=""))
    assert "minutes" not in mine(cast.bob).typed


def test_the_mark_goes_when_the_field_is_edited(bob: Client, cast: Cast) -> None:
    file = a_certificate("Coding for Everybody", minutes=50)
    followed(bob, send(bob, do="upload", file=file, **BLANK))
    address = place(mine(cast.bob), "edit/")
    same = {"title": "Coding for Everybody", "on": "2025-10-02", "minutes": "50"}
    page = followed(bob, send(bob, address, **same | {"title": "Coding"}))
    assert mine(cast.bob).read_from_file == ["on", "minutes"]
    assert page.text.count("Read from certificate.pdf") == 2
    # Typing the file's own word anew is no reading.
    followed(bob, send(bob, address, **same))
    assert mine(cast.bob).read_from_file == ["on", "minutes"]


def test_what_nobody_has_looked_at_is_not_submitted(bob: Client, cast: Cast) -> None:
    file = a_certificate("Coding for Everybody", minutes=50)
    page = followed(bob, send(bob, do="submit", file=file, **BLANK))
    assert "Check it, then submit it." in page.notices[-1]
    draft = mine(cast.bob)
    assert draft.state == Activity.State.DRAFT
    same = {"title": "Coding for Everybody", "on": "2025-10-02", "minutes": "50"}
    followed(bob, send(bob, place(draft, "edit/"), do="submit", **same))
    assert mine(cast.bob).state == Activity.State.SUBMITTED


def test_a_file_is_taken_away_and_the_text_stays(bob: Client, cast: Cast) -> None:
    files = [a_pdf("one.pdf"), a_pdf("two.pdf")]
    followed(bob, send(bob, do="upload", file=files))
    draft = mine(cast.bob)
    one = Proof.objects.get(activity=draft, name="one.pdf")
    address = place(draft, "edit/")
    answer = send(bob, address, do="", remove=str(one.pk), title="New (45 min)")
    page = followed(bob, answer)
    assert page.notices == ["Removed one.pdf."]
    assert proofs(draft) == ["two.pdf"]
    assert page.value("title") == "New (45 min)"
    answer = send(bob, address, do="", remove=str(one.pk))
    assert followed(bob, answer).notices == ["This file is gone already."]


def test_nobody_else_s_file_can_be_taken_away(bob: Client, cast: Cast) -> None:
    theirs = a_proof(credit(cast.charlie, "1.0", on=TODAY).activity)
    followed(bob, send(bob))
    address = place(mine(cast.bob), "edit/")
    for wrong in (str(theirs.pk), str(uuid4()), "", "x", "a\0b"):
        answer = send(bob, address, do="", remove=wrong)
        assert followed(bob, answer).notices == ["This file is gone already."]
    assert Proof.objects.there().filter(pk=theirs.pk).exists()


def test_a_proof_comes_back_as_a_file_to_be_saved(bob: Client, cast: Cast) -> None:
    activity = submitted(bob, cast.bob)
    proof = activity.proofs.get()
    answer = bob.get(place(activity, f"proofs/{proof.pk}/"), follow=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    with default_storage.open(proof.file_key) as file:
        assert b"".join(answer) == file.read()


def test_nobody_else_s_proof_or_activity_is_told_from_a_missing_one(
    bob: Client, cast: Cast
) -> None:
    activity = submitted(bob, cast.bob)
    own = activity.proofs.get()
    theirs = credit(cast.charlie, "1.0", on=TODAY).activity
    proof = a_proof(theirs)
    default_storage.save(proof.file_key, a_pdf())
    bob.get("/me/")
    missing = said(bob.get(place(uuid4(), f"proofs/{uuid4()}/")))
    for wrong in (
        place(theirs, f"proofs/{proof.pk}/"),
        place(activity, f"proofs/{proof.pk}/"),
        place(theirs, f"proofs/{own.pk}/"),
        place(activity, f"proofs/{uuid4()}/"),
        place(theirs),
        place(theirs, "edit/"),
        place(theirs, "withdraw/"),
    ):
        answer = bob.get(wrong)
        assert answer.status_code == 404
        assert said(answer) == missing
    for tail in ("edit/", "withdraw/"):
        for pk in (theirs.pk, uuid4()):
            assert bob.post(place(pk, tail), {"seen": "1"}).status_code == 404


def test_what_was_taken_away_is_not_given_out(bob: Client, cast: Cast) -> None:
    followed(bob, send(bob, do="upload", file=a_pdf()))
    draft = mine(cast.bob)
    proof = draft.proofs.get()
    followed(bob, send(bob, place(draft, "edit/"), do="", remove=str(proof.pk)))
    assert bob.get(place(draft, f"proofs/{proof.pk}/")).status_code == 404
