"""A link to a file: signed, for a minute, for one person, one session, one file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import StaffRole
from accounts.sessions import SessionStore
from certificates.models import Certificate
from core.failures import Missing
from core.files import StoredFile, hand_out, keep
from tests.cast import NOW, Cast, a_proof
from tests.ce.reporting import a_draft, submitted
from tests.files.samples import pdf
from tests.portal.paper import worked
from tests.portal.reading import Page, said

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
WHERE = {
    "own proof": "bob",
    "proof to staff": "erin",
    "own certificate": "bob",
    "certificate at the practice": "alice",
}
ALL = pytest.mark.parametrize("what", WHERE)


@dataclass(frozen=True)
class Shelved:
    """The addresses of files, and clients to ask for them."""

    addresses: dict[str, str]
    signed_in: Callable[[str], Client]

    def asked(self, what: str) -> tuple[Client, str]:
        """Whoever may have a file, and the link they are sent on to."""
        client = self.signed_in(WHERE[what])
        answer = client.get(self.addresses[what])
        assert answer.status_code == 302
        assert "no-store" in answer.headers["Cache-Control"]
        link: str = answer.headers["Location"]
        assert link.startswith(f"{self.addresses[what]}?link=")
        return client, link


@pytest.fixture
def shelved(
    issued: Certificate,
    cast: Cast,
    shelf: Path,
    signed_in: Callable[[str], Client],
) -> Shelved:
    """A proof and a certificate of Bob's, each at two addresses."""
    worked(issued)
    draft = a_draft(cast.bob, proof=False)
    proof = a_proof(draft, key=keep(pdf()), name="proof.pdf")
    submitted(cast.bob, again=draft)
    addresses = {
        "own proof": f"/me/ce/{draft.pk}/proofs/{proof.pk}/",
        "proof to staff": f"/staff/acmss/proofs/{proof.pk}/",
        "own certificate": f"/me/certificates/{issued.pk}.pdf",
        "certificate at the practice": f"/p/northside/certificates/{issued.pk}.pdf",
    }
    return Shelved(addresses, signed_in)


@ALL
def test_an_address_leads_on_to_a_link_that_gives_the_file(
    shelved: Shelved, what: str
) -> None:
    client, link = shelved.asked(what)
    answer = client.get(link)
    assert answer.status_code == 200
    assert b"".join(answer).startswith(b"%PDF-")


@ALL
def test_in_another_session_it_is_as_unknown_as_no_file(
    shelved: Shelved, what: str
) -> None:
    _, link = shelved.asked(what)
    other = shelved.signed_in(WHERE[what])
    other.get("/home/")
    copied = other.get(link)
    assert copied.status_code == 404
    nothing = shelved.addresses[what].replace(_id(shelved, what), str(uuid4()))
    assert said(copied) == said(other.get(nothing))
    assert Client().get(link).status_code == 302


def _id(shelved: Shelved, what: str) -> str:
    """The last id in an address."""
    return shelved.addresses[what].rstrip("/").split("/")[-1].removesuffix(".pdf")


def test_somebody_else_who_may_have_the_file_needs_a_link_of_their_own(
    shelved: Shelved,
) -> None:
    _, link = shelved.asked("proof to staff")
    mona = shelved.signed_in("mona")
    assert mona.get(link).status_code == 404
    assert mona.get(shelved.addresses["proof to staff"]).status_code == 302


def test_a_link_opens_no_other_file(shelved: Shelved) -> None:
    client, link = shelved.asked("own proof")
    other = shelved.addresses["own certificate"]
    assert client.get(f"{other}?{link.split('?')[1]}").status_code == 404


@pytest.mark.parametrize("wrong", ["", "x", "a.b.c", "%00", "é", "x" * 9_000])
def test_what_is_no_link_opens_nothing(shelved: Shelved, wrong: str) -> None:
    client, link = shelved.asked("own proof")
    address = shelved.addresses["own proof"]
    status = 400 if wrong == "%00" else 404
    assert client.get(f"{address}?link={wrong}").status_code == status
    for place in (-1, -30, 70):
        changed = list(link)
        changed[place] = "A" if changed[place] != "A" else "B"
        assert client.get("".join(changed)).status_code == 404


@ALL
def test_after_a_minute_a_page_says_so_and_leads_to_a_fresh_one(
    shelved: Shelved, what: str
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        client, link = shelved.asked(what)
        clock.shift(timedelta(seconds=60))
        fresh_enough = client.get(link)
        assert fresh_enough.status_code == 200
        assert b"".join(fresh_enough)
        clock.shift(timedelta(seconds=1))
        old = client.get(link)
        assert old.status_code == 410
        assert "no-store" in old.headers["Cache-Control"]
        page = Page.of(old)
        assert page.h1 == "This link has ended"
        again = client.get(page.links["Get the file"], follow=True)
        assert again.status_code == 200
        assert b"".join(again)
        # Elsewhere an old link tells no more than a good one.
        assert shelved.signed_in(WHERE[what]).get(link).status_code == 404


def test_a_right_that_is_taken_away_takes_the_link_with_it(
    shelved: Shelved, cast: Cast
) -> None:
    client, link = shelved.asked("proof to staff")
    StaffRole.objects.filter(user=cast.user("erin")).update(until_at=NOW)
    assert client.get(link).status_code == 404


@pytest.fixture
def asking(db: None) -> Callable[[str], HttpRequest]:
    """Requests of one session, whatever the keys are."""
    session = SessionStore()
    session.create()

    def make(address: str) -> HttpRequest:
        request = RequestFactory().get(address)
        request.session = session
        return request

    return make


def test_links_outlive_a_change_of_keys_until_the_old_key_is_dropped(
    asking: Callable[[str], HttpRequest], shelf: Path, settings: Settings
) -> None:
    file, person = StoredFile(keep(pdf()), "pdf", "a.pdf"), uuid4()
    sent_on = hand_out(asking("/file/"), file, person=person)
    link = sent_on.headers["Location"]
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key of the tests " * 3
    settings.SECRET_KEY_FALLBACKS = [old]
    good = hand_out(asking(link), file, person=person)
    assert good.status_code == 200
    good.close()
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Missing):
        hand_out(asking(link), file, person=person)


def test_a_link_is_for_one_person_and_one_stored_file(
    asking: Callable[[str], HttpRequest], shelf: Path
) -> None:
    file, person = StoredFile(keep(pdf()), "pdf", "a.pdf"), uuid4()
    link = hand_out(asking("/file/"), file, person=person).headers["Location"]
    with pytest.raises(Missing):
        hand_out(asking(link), file, person=uuid4())
    with pytest.raises(Missing):
        hand_out(asking(link), StoredFile(keep(pdf()), "pdf", "a.pdf"), person=person)
    assert file.key not in link
    assert str(person) not in link
