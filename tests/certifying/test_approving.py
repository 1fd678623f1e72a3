"""An approval issues a certificate of each credential; so does a new certification."""

from datetime import date
from pathlib import Path

import pytest

from certificates.models import AttestationCount, Certificate
from certificates.services import revoke
from core.models import AuditEntry, OutboxMessage
from credentials.models import Certification
from portal.queries.verification import check_number
from renewals.services.certifying import certify_next
from tests.cast import NOW, TESTER, Cast, a_member, a_user
from tests.certifying.living import (
    APPROVED,
    NEXT,
    a_dual_holder,
    held,
    recertified,
)
from tests.cycles import certify
from tests.pdf.reading import Paper
from tests.portal.paper import content, worked
from tests.recertifying.living import (
    a_holder,
    applied,
    decided,
    drafted,
    fresh,
    noon,
    pays,
    sent,
)

pytestmark = [pytest.mark.django_db, pytest.mark.db]
LETTERS = {"kind": "cycle_certificate"}


def test_each_credential_has_its_own_for_the_next_cycle(cast: Cast) -> None:
    member = a_dual_holder()
    both = recertified(member)
    assert [each.certification for each in both] == [
        held(member),
        held(member, "CPMSM"),
    ]
    assert {(each.valid_from, each.valid_until) for each in both} == {NEXT}
    assert len({each.number for each in both}) == 2
    for each in both:
        assert each.number.startswith("NAMSS-")
        assert each.issued_on == APPROVED
        assert (each.attestation_number, each.practice_id) == (None, None)
        assert each.certification is not None
        assert each.facts["credential_number"] == each.certification.number
    assert not AttestationCount.objects.filter(program="namss").exists()
    trail = AuditEntry.objects.filter(action="certificate.issued", member=member)
    assert {each.subject_id for each in trail} == {each.pk for each in both}


def test_the_paper_has_the_name_and_the_days_and_no_attestation(
    cast: Cast, shelf: Path
) -> None:
    (issued,) = recertified(a_holder())
    text = Paper(content(worked(issued))).text
    for words in (
        "Certificate of Certification",
        "Nora North",
        "Certified Provider Credentialing Specialist (CPCS)",
        "Dec 2, 2025 through Dec 1, 2028",
        issued.number,
    ):
        assert words in text
    assert "ttestation" not in text
    assert "Continuing education" not in text


def test_the_name_is_the_one_the_application_was_sent_with(cast: Cast) -> None:
    member = a_holder()
    row = sent(drafted(member, date(2025, 11, 3)), date(2025, 11, 3))
    pays(row.order, date(2025, 11, 3))
    member.last_name = "South"
    member.save()
    decided(fresh(row), "approved", APPROVED)
    assert Certificate.objects.get(member=member).facts["holder_name"] == "Nora North"


def test_it_is_issued_once_and_told_once(cast: Cast) -> None:
    member = a_dual_holder()
    recertified(member)
    row = fresh(member.recertifications.get())
    certify_next(actor=TESTER, row=row, today=APPROVED, now=noon(APPROVED))
    assert Certificate.objects.filter(member=member).count() == 2
    (letter,) = OutboxMessage.objects.filter(**LETTERS)
    assert letter.recipient == member.written_to
    assert letter.payload["date_text"] == "Dec 1, 2028"
    assert len(letter.payload["items"]) == 2


@pytest.mark.parametrize("outcome", ["refused", "extension"])
def test_what_recertifies_nothing_issues_nothing(cast: Cast, outcome: str) -> None:
    member = a_holder()
    if outcome == "extension":
        row = applied(member, date(2025, 11, 3), "extension")
        decided(fresh(row), "approved", APPROVED)
    else:
        row = applied(member, date(2025, 11, 3))
        pays(row.order, date(2025, 11, 3))
        decided(fresh(row), "refused", APPROVED, "A proof is missing.")
    assert not Certificate.objects.filter(member=member).exists()
    assert not OutboxMessage.objects.filter(**LETTERS).exists()


def test_the_public_check_says_from_when_and_how_they_stand_today(cast: Cast) -> None:
    (issued,) = recertified(a_holder())
    check = check_number(issued.number, today=APPROVED)
    assert check is not None
    assert check.certificate_verdict.word == "Valid from Dec 2, 2025"
    assert check.credential_verdict is not None
    assert check.credential_verdict.word == "In good standing"
    assert "Attestation number" not in [label for label, _, _ in check.rows]
    later = check_number(issued.number, today=date(2029, 1, 1))
    assert later is not None
    assert later.credential_verdict is not None
    assert later.credential_verdict.word == "Lapsed Jan 1, 2029"
    revoke(actor=TESTER, certificate=issued, reason="Seen", today=APPROVED, now=NOW)
    gone = check_number(issued.number, today=APPROVED)
    assert gone is not None
    assert gone.certificate_verdict.code == "revoked"


def test_who_has_just_passed_is_certified_to_the_end_of_the_first_cycle(
    cast: Cast,
) -> None:
    nora = a_member("Nora North", None, user=a_user("Nora North"))
    certify(nora, "CPCS", date(2025, 3, 4))
    issued = Certificate.objects.get(member=nora)
    assert issued.certification == Certification.objects.get(member=nora)
    assert (issued.valid_from, issued.valid_until) == (
        date(2025, 3, 4),
        date(2028, 12, 1),
    )
    assert "has passed the certification exam" in issued.facts["statement"]
    assert OutboxMessage.objects.filter(**LETTERS).count() == 1
