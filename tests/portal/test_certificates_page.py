"""A practice's certificates: the list, its filters, and all of them as one ZIP."""

from csv import reader
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client

from accounts.services import end_sponsorship
from certificates.models import Certificate
from certificates.services import revoke
from tests.cast import NOW, TESTER, TODAY, Cast, a_member, certify, given
from tests.portal.paper import worked
from tests.portal.reading import Page

pytestmark = pytest.mark.db
LIST, FILE = "/p/northside/certificates/", "/p/northside/certificates.zip"
LAST_YEAR = date(2024, 12, 2)


@pytest.fixture
def issued(cast: Cast, shelf: Path) -> Certificate:
    """Eve's certificate until Dec 1, 2025, beside Bob's, which has run out."""
    eve = a_member("Eve Ellis", cast.northside)
    certify(eve)
    given(cast.membership, cast.northside, eve, today=LAST_YEAR)
    for each in Certificate.objects.all():
        worked(each)
    return Certificate.objects.get(member=eve)


def names(client: Client, **asked: str) -> list[str]:
    """Who is on the list."""
    page = Page.of(client.get(LIST, asked))
    return [row.one("th").text for row in page.all("tr")[1:]]


def unzipped(client: Client, **asked: str) -> ZipFile:
    """The ZIP as it is sent."""
    answer = client.get(FILE, asked)
    assert answer["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(answer.getvalue()))


def test_the_list_has_the_practices_own(alice: Client, issued: Certificate) -> None:
    page = Page.of(alice.get(LIST))
    assert names(alice) == ["Eve Ellis", "Bob Baker"]
    for said in (
        issued.number,
        str(issued.attestation_number),
        "Valid",
        "2 certificates",
    ):
        assert said in page.text


def test_filters_keep_what_they_say(alice: Client, issued: Certificate) -> None:
    assert names(alice, q="bob") == ["Bob Baker"]
    assert names(alice, q=issued.number[-6:].lower()) == ["Eve Ellis"]
    assert names(alice, q="charlie") == []
    assert names(alice, state="valid") == ["Eve Ellis"]
    assert names(alice, state="expired") == ["Bob Baker"]
    assert len(names(alice, state="nonsense")) == 2
    revoke(actor=TESTER, certificate=issued, reason="Error", today=TODAY, now=NOW)
    assert names(alice, state="valid") == []
    assert names(alice, state="ended") == ["Eve Ellis"]


def test_who_left_stays_on_the_list(
    alice: Client, cast: Cast, issued: Certificate
) -> None:
    held = issued.member.sponsorships.get(until_on=None)
    end_sponsorship(actor=TESTER, sponsorship=held, reason="", today=TODAY, now=NOW)
    assert names(alice) == ["Eve Ellis", "Bob Baker"]
    assert len(unzipped(alice).namelist()) == 3


def test_the_zip_has_each_pdf_and_a_manifest_with_its_hash(
    alice: Client, issued: Certificate
) -> None:
    files = unzipped(alice, q="eve")
    name = f"certificates/{issued.number}.pdf"
    assert files.namelist() == [name, "manifest.csv"]
    assert files.read(name).startswith(b"%PDF-")
    lines = files.read("manifest.csv").decode("utf-8-sig").splitlines()
    head, row = [dict(enumerate(cells)) for cells in reader(lines)]
    told = {head[place]: row[place] for place in head}
    assert told == {
        "number": issued.number,
        "attestation_number": issued.attestation_number,
        "holder": "Eve Ellis",
        "valid_from": "2024-12-02",
        "valid_until": "2025-12-01",
        "state": "Valid on 2025-11-17",
        "file": name,
        "sha256": sha256(files.read(name)).hexdigest(),
    }
    assert told["sha256"] == issued.sha256


def test_a_pdf_that_is_not_made_yet_is_named_in_the_manifest(
    alice: Client, issued: Certificate
) -> None:
    Certificate.objects.filter(pk=issued.pk).update(paper="waiting")
    files = unzipped(alice, q="eve")
    assert files.namelist() == ["manifest.csv"]
    assert b"not ready yet" in files.read("manifest.csv")


def test_a_zip_of_nothing_is_a_manifest_without_rows(alice: Client, cast: Cast) -> None:
    files = unzipped(alice, q="zebra")
    assert len(files.read("manifest.csv").splitlines()) == 1
