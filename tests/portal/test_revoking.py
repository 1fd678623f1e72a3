"""A manager revokes a certificate: named, with a reason, shown at once."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from certificates.models import Certificate, CertificateEvent
from certificates.services import revoke
from core.failures import NotUsable, Refusal
from core.models import AuditEntry, OutboxMessage
from tests.cast import NOW, OTHER_BODY, TESTER, TODAY, Cast
from tests.ce.reporting import decided
from tests.db.breaking import another
from tests.matrix.asking import checksum
from tests.portal.pressing import followed
from tests.portal.reading import Page
from tests.portal.reviewing import resting

pytestmark = pytest.mark.db


def place(certificate: Certificate) -> str:
    """The address of the page that revokes it."""
    return f"/staff/acmss/certificates/{certificate.pk}/revoke/"


def typed(certificate: Certificate, **more: str) -> dict[str, str]:
    """The form as a manager fills it in."""
    usual = {"reason": "Its credit was not accepted", "number": certificate.number}
    return usual | more


def test_the_page_names_it_and_says_what_follows(
    mona: Client, issued: Certificate
) -> None:
    page = Page.of(mona.get(place(issued)))
    assert page.h1 == f"Revoke certificate {issued.number}"
    facts = {each.one("dt").text: each.one("dd").text for each in page.facts}
    assert facts["Name on it"] == "Bob Baker"
    assert facts["Practice on it"] == "Northside"
    assert facts["Attestation number"] == issued.attestation_number
    follows = [each.text for each in page.one("ul", "gs-follow").all("li")]
    assert follows[0] == "Whoever checks the number reads “Revoked” at once."
    assert follows[-1].startswith("It can't be taken back")
    assert page.one("button", "gs-btn-danger").text == f"Revoke {issued.number}"


def test_the_page_says_what_it_rests_on(mona: Client, cast: Cast) -> None:
    member, taken = resting(cast)
    decided(taken, "rejected")
    found = Certificate.objects.get(member=member, valid_from=TODAY)
    page = Page.of(mona.get(place(found)))
    assert "only 1.0 of 3.0 CME stand behind it." in page.text


def test_it_is_revoked_once_written_down_once_and_both_are_told(
    mona: Client, cast: Cast, issued: Certificate
) -> None:
    page = followed(mona, mona.post(place(issued), typed(issued)))
    assert page.notices == [
        f"Revoked certificate {issued.number} of Bob Baker. They are told by e-mail."
    ]
    event = CertificateEvent.objects.get(certificate=issued)
    assert (event.kind, event.on, event.by) == ("revoked", TODAY, "Mona Moss")
    entry = AuditEntry.objects.get(action="certificate.revoked")
    assert (entry.actor, entry.reason) == ("Mona Moss", "Its credit was not accepted")
    told = OutboxMessage.objects.filter(kind="certificate_revoked")
    assert {row.recipient for row in told} == {cast.bob.email, cast.alice.email}
    for row in told:
        assert row.payload["reason"] == "Its credit was not accepted"
        assert row.payload["number"] == issued.number


def test_the_verify_page_and_rest_say_so_at_once(
    mona: Client, issued: Certificate
) -> None:
    anybody = Client()
    before = anybody.get(f"/verify/{issued.number}/").content.decode()
    assert "Revoked" not in before
    followed(mona, mona.post(place(issued), typed(issued)))
    page = Page.of(anybody.get(f"/verify/{issued.number}/"))
    assert "Revoked Nov 17, 2025" in page.text
    answer = anybody.get(f"/api/v1/verify/{issued.number}").json()
    assert answer["certificate"]["code"] == "revoked"


def test_holder_practice_and_staff_keep_it_marked_revoked(
    mona: Client, alice: Client, bob: Client, cast: Cast, issued: Certificate
) -> None:
    followed(mona, mona.post(place(issued), typed(issued)))
    record = Page.of(alice.get(f"/p/northside/members/{cast.bob.pk}/"))
    assert issued.number in record.text
    assert "Revoked" in [tag.text for tag in record.all("span", "gs-tag")]
    mine = Page.of(bob.get("/me/"))
    assert "Your last certificate was revoked on Nov 17, 2025." in mine.text
    staff = Page.of(mona.get(f"/staff/acmss/members/{cast.bob.pk}/"))
    assert "Certificate revoked." in staff.text


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        (
            {"reason": " "},
            "reason",
            "Write why. The reason stays with the certificate.",
        ),
        ({"reason": "x" * 401}, "reason", "Use at most 400 characters."),
        (
            {"reason": "a\x00b"},
            "reason",
            "Type this anew: it holds a hidden character.",
        ),
        ({"number": ""}, "number", "Type the certificate's number to confirm."),
        ({"number": "CMS-0000-0000-0000"}, "number", "This is not "),
        (
            {"number": "a\x00b"},
            "number",
            "Type this anew: it holds a hidden character.",
        ),
    ],
)
def test_without_a_reason_and_its_number_nothing_is_revoked(
    mona: Client,
    issued: Certificate,
    fields: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    before = checksum()
    answer = mona.post(place(issued), typed(issued, **fields))
    page = Page.of(answer)
    assert answer.status_code == 422
    (problem,) = page.problems
    assert problem.startswith(sentence)
    link = page.one("", "gs-problem").one("a")
    assert link.attributes["href"] == f"#id_{field}"
    assert checksum() == before


def test_the_number_may_be_typed_as_people_type_it(
    mona: Client, issued: Certificate
) -> None:
    number = issued.number.lower().replace("-", " ")
    followed(mona, mona.post(place(issued), typed(issued, number=number)))


def test_revoked_before_it_says_when_by_whom_and_why(
    mona: Client, issued: Certificate
) -> None:
    followed(mona, mona.post(place(issued), typed(issued)))
    page = Page.of(mona.get(place(issued)))
    assert (
        "Revoked on Nov 17, 2025 by Mona Moss. Reason: Its credit was not accepted"
        in page.text
    )
    assert not page.one("main").all("form")
    before = checksum()
    answer = mona.post(place(issued), typed(issued))
    assert answer.status_code == 409
    assert Page.of(answer).problems == [
        f"Certificate {issued.number} is revoked already."
    ]
    assert checksum() == before


def test_the_service_itself_revokes_once_and_keeps_to_its_place(
    issued: Certificate,
) -> None:
    ending = partial(revoke, actor=TESTER, certificate=issued, now=NOW)
    with pytest.raises(NotUsable, match="at most 400"):
        ending(reason="x" * 401, today=TODAY)
    ending(reason="x" * 400, today=TODAY)
    with pytest.raises(Refusal, match="revoked already"):
        ending(reason="again", today=TODAY + timedelta(days=1))
    assert AuditEntry.objects.filter(action="certificate.revoked").count() == 1
    assert OutboxMessage.objects.filter(kind="certificate_revoked").count() == 2


def test_another_bodys_certificate_is_nothing(
    mona: Client, issued: Certificate
) -> None:
    foreign = another(issued, program=OTHER_BODY, source_id=uuid4())
    before = checksum()
    assert mona.get(place(foreign)).status_code == 404
    assert mona.post(place(foreign), typed(foreign)).status_code == 404
    assert checksum() == before
