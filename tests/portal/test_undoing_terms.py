"""Undoing a renewal on the page and over REST, and what everybody then reads."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client

from certificates.models import Certificate, Opening
from core.models import AuditEntry
from credentials.models import Assignment
from credentials.queries import seat_faults
from renewals.models import RenewalAttempt
from tests.api.asking import Api, problem, secret_of
from tests.cast import NOW, Cast, a_member, seats
from tests.matrix.asking import checksum
from tests.portal.paper import newest, worked
from tests.portal.pressing import ADDRESS, followed, press
from tests.portal.products import UNDO
from tests.portal.reading import Page
from tests.signing import open_session

pytestmark = pytest.mark.db


@pytest.fixture
def renewed(alice: Client, cast: Cast, shelf: Path) -> Page:
    """Bob was renewed just now: the page that says so."""
    seats(cast.northside, cast.renewals, 6)
    with time_machine.travel(NOW + timedelta(minutes=5)):
        return followed(alice, press(alice, "Bob Baker"))


def given(cast: Cast) -> Assignment:
    """What was assigned."""
    return Assignment.objects.get(product=cast.renewals)


def place(cast: Cast) -> str:
    """Where it is undone."""
    return f"{ADDRESS}{given(cast).batch_id}/undo/"


def undone(client: Client, cast: Cast) -> Page:
    """Undo it on the page, and go where that leads."""
    sent = {"assignment": str(given(cast).pk)}
    return followed(client, client.post(place(cast), sent))


def paper_of(cast: Cast) -> Certificate:
    """The PDF of the certificate, made."""
    return worked(newest(cast.bob))


def test_the_notice_leads_to_undo_and_all_is_as_before(
    alice: Client, cast: Cast, renewed: Page
) -> None:
    assert renewed.notices[0].endswith("Undo until Nov 18, 2025, 10:05 AM PST.")
    page = Page.of(alice.get(renewed.links["Undo"]))
    assert page.h1 == "Undo Renewals"
    assert "Each renewal date is again what it was before" in page.text
    assert "A certificate that was issued is superseded" in page.text
    after = undone(alice, cast)
    assert after.notices == ["Renewals taken back from Bob Baker."]
    assert after.tiles["Renewals"] == "6"
    assert after.lines[0].date == ("now", "Renew now Nov 3, 2025")
    assert not seat_faults()


def test_it_can_be_assigned_again_and_undone_again(
    alice: Client, cast: Cast, renewed: Page
) -> None:
    undone(alice, cast)
    again = followed(alice, press(alice, "Bob Baker"))
    assert again.notices[0].startswith("Bob Baker is now renewed until Nov 17, 2026.")
    assert again.notices[0].endswith(UNDO)
    latest = Assignment.objects.filter(product=cast.renewals, state="active").get()
    sent = {"assignment": str(latest.pk)}
    address = f"{ADDRESS}{latest.batch_id}/undo/"
    assert followed(alice, alice.post(address, sent)).tiles["Renewals"] == "6"


def test_the_activity_list_leads_there_until_it_is_done(
    alice: Client, cast: Cast, renewed: Page
) -> None:
    link = "Undo Assigned Renewals to Bob Baker"
    activity = "/p/northside/activity/"
    assert link in Page.of(alice.get(activity)).links
    undone(alice, cast)
    assert link not in Page.of(alice.get(activity)).links


def test_the_form_sent_again_says_that_it_was_undone(
    alice: Client, cast: Cast, shelf: Path
) -> None:
    seats(cast.northside, cast.renewals, 1)
    page = Page.of(alice.get(ADDRESS))
    (box,) = (line.box.attributes["value"] for line in page.lines)
    form = {"form_key": page.value("form_key"), "member": [box], "assign": "renewals"}
    alice.post(ADDRESS, form)
    undone(alice, cast)
    assert followed(alice, alice.post(ADDRESS, form)).notices == ["Undone already."]


def test_anybody_who_checks_the_number_reads_that_it_is_superseded(
    alice: Client, cast: Cast, renewed: Page
) -> None:
    paper = paper_of(cast)
    address = f"/verify/{paper.number}/"
    assert "In good standing" in Page.of(Client().get(address)).text
    undone(alice, cast)
    text = Page.of(Client().get(address)).text
    assert "Superseded" in text
    assert "In good standing" not in text
    assert "Nov 3, 2025" in text


@pytest.mark.parametrize(
    ("name", "address", "who"),
    [
        ("alice", "/p/northside/certificates/{}.pdf", "Alice Adams"),
        ("bob", "/me/certificates/{}.pdf", "Bob Baker"),
    ],
)
def test_after_a_download_it_is_refused_with_who_and_when(
    cast: Cast,
    renewed: Page,
    alice: Client,
    signed_in: Callable[[str], Client],
    name: str,
    address: str,
    who: str,
) -> None:
    paper = paper_of(cast)
    client = signed_in(name)
    with time_machine.travel(NOW + timedelta(hours=2, minutes=12)):
        # The address leads to a link first; nothing is given out before that.
        assert client.get(address.format(paper.pk)).status_code == 302
        assert not Opening.objects.exists()
        answer = client.get(address.format(paper.pk), follow=True)
        assert b"".join(answer).startswith(b"%PDF")
        b"".join(client.get(address.format(paper.pk), follow=True))
    (opening,) = Opening.objects.all()
    assert (opening.by, opening.way, opening.kind) == (who, "page", "opened")
    said = f"Bob Baker's certificate was downloaded by {who} on Nov 17, 2025, 12:12 PM"
    page = Page.of(alice.get(place(cast)))
    assert f"{said} PST." in page.text
    assert "This can't be undone any more." in page.text
    before = checksum()
    answer = alice.post(place(cast), {"assignment": str(given(cast).pk)})
    assert answer.status_code == 409
    assert Page.of(answer).problems == [f"{said} PST. Nothing was undone."]
    assert checksum() == before


def test_what_was_undone_unopened_is_never_given_out(
    alice: Client, bob: Client, cast: Cast, renewed: Page
) -> None:
    paper = paper_of(cast)
    link = alice.get(f"/p/northside/certificates/{paper.pk}.pdf").headers["Location"]
    undone(alice, cast)
    for client, address in (
        (alice, link),
        (alice, f"/p/northside/certificates/{paper.pk}.pdf"),
        (bob, f"/me/certificates/{paper.pk}.pdf"),
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 409
        assert "was superseded before anybody opened it" in Page.of(answer).text
    # The newest that there is opens instead.
    member = f"/p/northside/members/{cast.bob.pk}/certificate/"
    assert str(paper.pk) not in alice.get(member).headers["Location"]
    (manifest, names) = zip_of(alice)
    assert f"certificates/{paper.number}.pdf" not in names
    assert "superseded before anybody opened it" in manifest


def zip_of(client: Client) -> tuple[str, list[str]]:
    """The manifest of all certificates, and the files beside it."""
    answer = client.get("/p/northside/certificates.zip")
    with ZipFile(BytesIO(b"".join(answer))) as archive:
        return archive.read("manifest.csv").decode(), archive.namelist()


def test_a_zip_of_all_certificates_opens_each(
    alice: Client, cast: Cast, renewed: Page
) -> None:
    paper = paper_of(cast)
    (_, names) = zip_of(alice)
    assert f"certificates/{paper.number}.pdf" in names
    (opening,) = Opening.objects.all()
    assert (opening.certificate_id, opening.way) == (paper.pk, "archive")
    assert "was downloaded by Alice Adams" in Page.of(alice.get(place(cast))).text


def test_over_rest_it_is_undone_once_and_its_pdf_refused(
    alice: Client, cast: Cast, renewed: Page
) -> None:
    api = Api("northside", secret_of(cast.northside, cast.alice))
    paper = paper_of(cast)
    address = f"assignments/asn_{given(cast).pk.hex}"
    for _ in range(2):
        assert api.delete(address).json()["state"] == "undone"
    found = api.get(f"certificates/crt_{paper.pk.hex}").json()
    assert found["status"] == "superseded"
    answer = api.get(f"certificates/crt_{paper.pk.hex}.pdf")
    problem(answer, 409, "not-eligible")
    (term,) = api.get(f"members/mem_{cast.bob.pk.hex}/terms").json()["results"]
    assert term["last_on"] == "2025-11-02"


def test_over_rest_a_download_is_a_download(
    alice: Client, cast: Cast, renewed: Page
) -> None:
    api = Api("northside", secret_of(cast.northside, cast.alice))
    paper = paper_of(cast)
    answer = api.get(f"certificates/crt_{paper.pk.hex}.pdf")
    assert b"".join(answer).startswith(b"%PDF")
    assert Opening.objects.get().way == "program"
    refused = api.delete(f"assignments/asn_{given(cast).pk.hex}")
    said = problem(refused, 409, "not-eligible")["detail"]
    assert said.startswith("Bob Baker's certificate was downloaded by")


def test_some_of_a_press_are_undone(alice: Client, cast: Cast, shelf: Path) -> None:
    seats(cast.northside, cast.membership, 2)
    a_member("Amy Able", cast.northside)
    a_member("Cy Cole", cast.northside)
    followed(alice, press(alice, "Amy Able", "Cy Cole", tile="membership"))
    rows = Assignment.objects.filter(batch__by="Alice Adams")
    only = rows.get(member__first_name="Cy")
    sent = {"assignment": str(only.pk)}
    page = followed(alice, alice.post(f"{ADDRESS}{only.batch_id}/undo/", sent))
    assert page.notices == ["Membership taken back from Cy Cole."]
    assert page.tiles["Membership"] == "1"
    dates = {line.name: line.date for line in page.lines}
    assert dates["Amy Able"] == ("plain", "Nov 17, 2026")
    assert "Nov 17, 2026" not in dates["Cy Cole"]
    assert AuditEntry.objects.get(action="term.undone").sentence == (
        "Cy Cole is not a member any more"
    )


def test_a_day_later_it_is_too_late(cast: Cast, renewed: Page) -> None:
    with time_machine.travel(NOW + timedelta(hours=24, minutes=20)):
        late = open_session(Client(), cast.alice)
        sent = {"assignment": str(given(cast).pk)}
        answer = late.post(place(cast), sent)
        assert answer.status_code == 409
        assert "more than 24 hours ago" in Page.of(answer).problems[0]


def undo_on_record(client: Client, cast: Cast) -> str | None:
    """Where Bob's record leads to undo something; None where it doesn't."""
    links = Page.of(client.get(f"/p/northside/members/{cast.bob.pk}/")).links
    return next((url for name, url in links.items() if "Undo" in name), None)


@pytest.mark.usefixtures("renewed")
def test_the_renewals_line_of_a_record_leads_to_undo(alice: Client, cast: Cast) -> None:
    with time_machine.travel(NOW + timedelta(minutes=6)):
        url = undo_on_record(alice, cast)
        assert url == f"{place(cast)}?member={cast.bob.pk}"
        assert Page.of(alice.get(url)).h1 == "Undo Renewals"
    with time_machine.travel(NOW + timedelta(days=1, minutes=6)):
        assert undo_on_record(alice, cast) is None
    undone(alice, cast)
    assert undo_on_record(alice, cast) != url


@pytest.mark.usefixtures("renewed")
def test_a_record_offers_no_undo_of_what_was_used(alice: Client, cast: Cast) -> None:
    Opening.objects.create(
        certificate=newest(cast.bob), kind="opened", way="page", by="Bob Baker", at=NOW
    )
    with time_machine.travel(NOW + timedelta(minutes=6)):
        assert undo_on_record(alice, cast) is None


@pytest.mark.usefixtures("renewed")
def test_a_record_offers_no_undo_of_what_auto_renewal_made(
    alice: Client, cast: Cast
) -> None:
    row = given(cast)
    RenewalAttempt.objects.create(
        window=row.term,
        member=row.member,
        practice=row.practice,
        sponsorship=row.sponsorship,
        assignment=row,
        outcome=RenewalAttempt.Outcome.RENEWED,
        on=row.on,
        at=NOW,
    )
    with time_machine.travel(NOW + timedelta(minutes=6)):
        assert undo_on_record(alice, cast) is None
