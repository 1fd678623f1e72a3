"""A manager waives missing credit: the page says what follows, then it happens."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from core.models import AuditEntry, OutboxMessage
from renewals.models import TermCertificate
from renewals.services import waive
from tests.cast import NOW, TESTER, TODAY, Cast, a_member, certify, credit, given
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page

pytestmark = pytest.mark.db


@pytest.fixture
def held(cast: Cast) -> TermCertificate:
    """A certificate that waits for one and a half credits."""
    return a_held(cast, a_member("Hal Half", cast.northside))


def a_held(cast: Cast, member: Member, *, certified: bool = True) -> TermCertificate:
    """Renew somebody with one and a half credits."""
    if certified:
        certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    credit(member, "1.5", on=date(2025, 3, 3))
    given(cast.renewals, cast.northside, member)
    return TermCertificate.objects.get(window__member=member, window__sequence=2)


def place(held: TermCertificate) -> str:
    """The address of the page that waives its credit."""
    member_id = held.window.member_id
    return f"/staff/acmss/members/{member_id}/waive/{held.pk}/"


def test_the_page_says_whose_what_and_what_follows(
    mona: Client, held: TermCertificate
) -> None:
    page = Page.of(mona.get(place(held)))
    assert page.h1 == "Waive the missing credit of Hal Half"
    facts = {each.one("dt").text: each.one("dd").text for each in page.facts}
    assert facts == {
        "Certificate": "CMS Compliance Certificate",
        "Term": "Nov 17, 2025 to Nov 16, 2026",
        "Credit of the term before": "1.5 of 3.0 CME",
        "Missing": "1.5 CME",
        "Practice": "Northside",
    }
    assert [each.text for each in page.one("ul", "gs-follow").all("li")] == [
        "The certificate issues itself at once, valid through Nov 16, 2026.",
        "Its paper says that credit was waived.",
        "Hal Half and the Practice Administrator are told by e-mail.",
        "A waiver can't be taken back. The certificate could be revoked.",
    ]


def test_waiving_issues_it_writes_it_down_and_tells_both(
    mona: Client, cast: Cast, held: TermCertificate
) -> None:
    page = followed(mona, mona.post(place(held), {"reason": " Long illness "}))
    assert page.notices == [
        "Waived the missing credit of Hal Half. The certificate is issued."
    ]
    held.refresh_from_db()
    assert (held.state, held.waived_on, held.waived_reason) == (
        "issued",
        TODAY,
        "Long illness",
    )
    assert held.certificate is not None
    assert held.certificate.facts["waived"] is True
    entry = AuditEntry.objects.get(action="certificate.waived")
    assert (entry.actor, entry.reason) == ("Mona Moss", "Long illness")
    told = OutboxMessage.objects.filter(kind="certificate_ready")
    assert {row.recipient for row in told} == {
        held.window.member.email,
        cast.alice.email,
    }


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Write why the missing credit is waived."),
        ("   ", "Write why the missing credit is waived."),
        ("x" * 401, "Use at most 400 characters."),
        ("x" * 10_001, "Use at most 400 characters."),
        ("a\x00b", "Type this anew: it holds a hidden character."),
    ],
)
def test_without_a_reason_that_can_be_kept_nothing_is_waived(
    mona: Client, held: TermCertificate, reason: str, sentence: str
) -> None:
    before = checksum()
    answer = mona.post(place(held), {"reason": reason})
    assert answer.status_code == 422
    assert Page.of(answer).problems == [sentence]
    assert checksum() == before


def test_waived_meanwhile_it_says_so(mona: Client, held: TermCertificate) -> None:
    waive(actor=TESTER, held=held, reason="ill", today=TODAY, now=NOW)
    before = checksum()
    answer = mona.post(place(held), {"reason": "again"})
    page = Page.of(answer)
    assert answer.status_code == 409
    assert page.problems == ["This certificate was issued or waived already."]
    assert "This certificate is issued. There is nothing to waive." in page.text
    assert not page.one("main").all("form")
    assert checksum() == before


def test_where_the_credential_is_missing_too_it_stays_held(
    mona: Client, cast: Cast
) -> None:
    member = a_member("Uma Uncertified", cast.northside)
    held = a_held(cast, member, certified=False)
    page = Page.of(mona.get(place(held)))
    assert "It stays held until Uma Uncertified has earned the credential." in page.text
    done = followed(mona, mona.post(place(held), {"reason": "ill"}))
    assert done.notices == [
        "Waived the missing credit of Uma Uncertified. It waits for the credential."
    ]
    again = Page.of(mona.get(place(held)))
    assert "was waived on Nov 17, 2025. It waits for the credential." in again.text


def test_the_members_page_leads_managers_there(
    mona: Client, erin: Client, held: TermCertificate
) -> None:
    address = f"/staff/acmss/members/{held.window.member_id}/"
    words = "Waive credit of Nov 17, 2025 to Nov 16, 2026"
    assert Page.of(mona.get(address)).links[words] == place(held)
    assert words not in Page.of(erin.get(address)).links


def test_somebody_elses_term_is_nothing(
    mona: Client, cast: Cast, held: TermCertificate
) -> None:
    other = f"/staff/acmss/members/{cast.bob.pk}/waive/{held.pk}/"
    before = checksum()
    assert mona.get(other).status_code == 404
    assert mona.post(other, {"reason": "x"}).status_code == 404
    assert checksum() == before
