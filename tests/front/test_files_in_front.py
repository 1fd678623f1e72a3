"""nginx gives stored files out, with the program's headers, to whoever it says."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from ce_credits.models import Proof
from certificates.models import Certificate
from core.files import StoredFile, answer, keep
from core.files.giving import LOCKED, SHOWN
from tests.cast import Cast, a_proof
from tests.ce.reporting import a_draft
from tests.files.samples import pdf
from tests.front.browsing import Caller
from tests.front.serving import Front

pytestmark = [
    pytest.mark.db,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("front"),
]
# A page's own: it has a form's key, and differs by who asks.
PAGE_OWN = {"set-cookie", "vary"}


@pytest.fixture
def proof(cast: Cast, shelf: Path) -> Proof:
    """A file of Bob's on a draft."""
    draft = a_draft(cast.bob, proof=False)
    return a_proof(draft, key=keep(pdf()), name="été “proof”.pdf")


def place(proof: Proof) -> str:
    """Its address among Bob's own."""
    return f"/me/ce/{proof.activity_id}/proofs/{proof.pk}/"


def test_a_file_comes_from_nginx_with_every_header_of_the_program(
    proof: Proof, caller: Callable[[str], Caller], settings: Settings
) -> None:
    got = caller("bob").fetch(place(proof))
    assert (got.status, got.body) == (200, pdf())
    assert "x-accel-redirect" not in got.headers
    # Pieces and a time of its own are what nginx's own hand adds.
    assert got.headers["accept-ranges"] == "bytes"
    assert "last-modified" in got.headers
    settings.FILES_ACCEL = ""
    here = answer(StoredFile(proof.file_key, "pdf", proof.name))
    here.close()
    for name, value in here.headers.items():
        assert got.headers[name.lower()] == value, name
    assert got.headers["content-security-policy"] == LOCKED
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["cache-control"] == "private, no-store"
    assert got.headers["strict-transport-security"].startswith("max-age=31536000")
    # Whatever a page of the program has, its files have.
    page = caller("bob").ask("/me/")
    assert page.status == 200
    assert page.headers.keys() - got.headers.keys() <= PAGE_OWN
    assert "set-cookie" not in got.headers


def test_a_certificate_is_shown_and_its_headers_come_along(
    cast: Cast, shelf: Path, caller: Callable[[str], Caller]
) -> None:
    certificate = Certificate.objects.filter(member=cast.bob)[0]
    key = keep(b"%PDF-1.7 certificate")
    Certificate.objects.filter(pk=certificate.pk).update(
        paper=Certificate.Paper.READY, file_key=key, sha256="0" * 64
    )
    for name, address in (
        ("bob", f"/me/certificates/{certificate.pk}.pdf"),
        ("alice", f"/p/northside/certificates/{certificate.pk}.pdf"),
    ):
        got = caller(name).fetch(address)
        assert (got.status, got.body) == (200, b"%PDF-1.7 certificate")
        assert got.headers["content-type"] == "application/pdf"
        assert got.headers["content-disposition"].startswith("inline; filename=")
        assert got.headers["content-security-policy"] == SHOWN
        assert got.headers["x-content-type-options"] == "nosniff"


def test_a_part_of_a_file_and_its_head_come_too(
    proof: Proof, caller: Callable[[str], Caller]
) -> None:
    bob = caller("bob")
    link = bob.ask(place(proof)).headers["location"]
    part = bob.ask(link, headers={"Range": "bytes=0-4"})
    assert (part.status, part.body) == (206, b"%PDF-")
    assert part.headers["content-security-policy"] == LOCKED
    head = bob.ask(link, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-security-policy"] == LOCKED


def test_a_copied_link_is_a_missing_page(
    proof: Proof, caller: Callable[[str], Caller]
) -> None:
    link = caller("bob").ask(place(proof)).headers["location"]
    for other in (caller("bob"), caller("charlie"), caller("alice")):
        assert other.ask(link).status in {403, 404}
    assert caller("bob").ask(link).status == 404


def test_nothing_stored_is_reached_but_through_the_program(
    proof: Proof, front: Front, caller: Callable[[str], Caller]
) -> None:
    (front.folder / "secret.txt").write_text("the word of the house")
    key = proof.file_key
    missing = caller("bob").ask(f"/{uuid4().hex}/")
    assert missing.status == 404
    for path in (
        f"/stored-files/{key}",
        f"/stored-files//{key}",
        f"/./stored-files/{key}",
        f"/x/../stored-files/{key}",
        f"/%73tored-files/{key}",
        f"/STORED-FILES/{key}",
        f"/{key}",
        f"/files/{key}",
        "/stored-files/",
        "/stored-files/../secret.txt",
        "/stored-files/..%2fsecret.txt",
        "/stored-files/%2e%2e/secret.txt",
        "/stored-files../secret.txt",
        "/stored-files..%2f..%2fetc/passwd",
        "/stored-files/%00",
    ):
        for who in (caller("bob"), Caller(front.port)):
            got = who.ask(path, headers={"X-Accel-Redirect": f"/stored-files/{key}"})
            assert got.status in {400, 404}, path
            assert pdf() not in got.body
            assert b"word of the house" not in got.body
            assert b"root:" not in got.body
    own = caller("bob").ask(f"/stored-files/{key}")
    assert b"nginx" not in own.body
    assert "content-security-policy" in own.headers


def test_a_row_that_names_another_place_leads_nowhere(
    cast: Cast, front: Front, caller: Callable[[str], Caller]
) -> None:
    (front.folder / "secret.txt").write_text("the word of the house")
    bob = caller("bob")
    for key in (
        "../secret.txt",
        "..",
        "proofs/../../secret.txt",
        str(front.folder / "secret.txt"),
        "/etc/passwd",
        "a\nb",
        "%2e%2e/secret.txt",
    ):
        got = bob.ask(place(a_proof(a_draft(cast.bob, proof=False), key=key)))
        assert got.status == 404, key
        assert b"word of the house" not in got.body


def test_a_link_in_the_folder_leads_nowhere(
    proof: Proof, front: Front, caller: Callable[[str], Caller]
) -> None:
    (front.folder / "secret.txt").write_text("the word of the house")
    stored = front.files / proof.file_key
    stored.unlink()
    stored.symlink_to(front.folder / "secret.txt")
    got = caller("bob").fetch(place(proof))
    assert got.status == 404
    assert b"word of the house" not in got.body


def test_a_file_that_is_gone_is_the_programs_missing_page(
    proof: Proof, caller: Callable[[str], Caller]
) -> None:
    default_storage.delete(proof.file_key)
    got = caller("bob").ask(place(proof))
    assert got.status == 404
    assert b"nginx" not in got.body
