"""Whether a term's certificate is issued or held, and how a held one frees itself."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Member
from ce_credits.services import record_accepted_activity
from certificates.models import Certificate
from core.failures import NotUsable, Refusal
from core.models import AuditEntry, OutboxMessage
from credentials.services import record_certification
from renewals.models import TermCertificate
from renewals.services import waive
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, certify, credit, given

pytestmark = pytest.mark.db


def latest(member: Member) -> TermCertificate:
    """What the newest term says of its certificate."""
    return TermCertificate.objects.filter(window__member=member).latest(
        "window__sequence"
    )


def a_year_member(cast: Cast, name: str, *, certified: bool = True) -> Member:
    """Somebody whose first year ended two weeks ago."""
    member = a_member(name, cast.northside)
    if certified:
        certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    return member


def learn(member: Member, minutes: object, **facts: object) -> None:
    """Let staff record a webinar of Oct 1, 2025."""
    record_accepted_activity(
        actor=TESTER,
        member=member,
        program=BODY,
        kind="webinar",
        title="Webinar",
        on=date(2025, 10, 1),
        minutes=minutes,
        proof="certificate",
        reason="sent in",
        determined=facts.get("determined"),  # type: ignore[arg-type]
        today=TODAY,
        now=NOW,
    )


def test_with_its_three_credits_the_renewal_issues_at_once_a10(cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    held = latest(cast.bob)
    assert held.state == "issued"
    assert held.certificate is not None
    facts = held.certificate.facts
    assert facts["holder_name"] == "Bob Baker"
    assert facts["practice_name"] == "Northside"
    assert (facts["credits_have"], facts["credits_need"]) == ("3.00", "3.0")
    assert held.certificate.valid_until == date(2026, 11, 16)


def test_the_first_term_needs_no_credit_a10(cast: Cast) -> None:
    member = a_year_member(cast, "Fay First")
    assert latest(member).state == "issued"


def test_without_the_credit_it_is_held_and_says_what_is_missing(cast: Cast) -> None:
    member = a_year_member(cast, "Hal Half")
    credit(member, "1.5", on=date(2025, 3, 3))
    given(cast.renewals, cast.northside, member)
    held = latest(member)
    assert held.state == "held"
    assert (held.have, held.need) == (Decimal("1.5"), Decimal(3))
    assert held.missing == ["credits"]


def test_the_third_credit_frees_it_and_tells_both_once(cast: Cast) -> None:
    member = a_year_member(cast, "Hal Half")
    credit(member, "1.5", on=date(2025, 3, 3))
    given(cast.renewals, cast.northside, member)
    learn(member, 45)
    assert latest(member).state == "held"
    learn(member, 20)
    assert latest(member).state == "issued"
    told = OutboxMessage.objects.filter(kind="certificate_ready")
    assert {row.recipient for row in told} == {member.email, cast.alice.email}


def test_credit_of_the_new_term_does_not_free_the_old_one_a16(cast: Cast) -> None:
    member = a_year_member(cast, "Ned New")
    given(cast.renewals, cast.northside, member)
    credit(member, "3.0", on=TODAY)
    learn(member, 30)
    assert latest(member).state == "held"


def test_credit_on_a_day_between_two_terms_counts_in_the_one_before_a16(
    cast: Cast,
) -> None:
    member = a_year_member(cast, "Gus Gap")
    credit(member, "3.0", on=date(2025, 11, 10))
    given(cast.renewals, cast.northside, member)
    assert latest(member).state == "issued"


def test_without_the_credential_it_is_held_until_staff_record_it_a14(
    cast: Cast,
) -> None:
    member = a_year_member(cast, "Uma Uncertified", certified=False)
    assert latest(member).missing == ["credential"]
    record_certification(
        actor=TESTER,
        member=member,
        program=BODY,
        code="CMSS",
        earned_on=date(2024, 10, 1),
        proof="exam record",
        today=TODAY,
        now=NOW,
    )
    assert latest(member).state == "issued"


def test_staff_waive_missing_credit_with_a_reason_a10(cast: Cast) -> None:
    member = a_year_member(cast, "Wes Waived")
    given(cast.renewals, cast.northside, member)
    with pytest.raises(NotUsable, match="Write why"):
        waive(actor=TESTER, held=latest(member), reason=" ", today=TODAY, now=NOW)
    freed = waive(actor=TESTER, held=latest(member), reason="ill", today=TODAY, now=NOW)
    assert freed.state == "issued"
    assert freed.certificate is not None
    assert freed.certificate.facts["waived"] is True
    with pytest.raises(Refusal, match="issued or waived already"):
        waive(actor=TESTER, held=freed, reason="again", today=TODAY, now=NOW)


def test_a_waiver_never_replaces_the_credential(cast: Cast) -> None:
    member = a_year_member(cast, "Uma Uncertified", certified=False)
    given(cast.renewals, cast.northside, member)
    waive(actor=TESTER, held=latest(member), reason="ill", today=TODAY, now=NOW)
    assert latest(member).missing == ["credential"]


def test_every_term_has_one_certificate_with_numbers_of_its_own(cast: Cast) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    issued = Certificate.objects.filter(member=cast.bob)
    assert issued.count() == 2
    assert len({row.number for row in issued}) == 2
    assert len({row.attestation_number for row in issued}) == 2


def test_over_120_minutes_staff_determine_the_credit_a6(cast: Cast) -> None:
    member = a_year_member(cast, "Lou Long")
    with pytest.raises(NotUsable, match="Enter the credit you determine"):
        learn(member, 180)
    learn(member, 180, determined=Decimal(3))
    given(cast.renewals, cast.northside, member)
    assert latest(member).state == "issued"


@pytest.mark.parametrize("minutes", [0, -1, "59.5", "NaN", "٤٥", "1e3", None])
def test_minutes_that_are_no_whole_number_above_zero_are_refused_a6(
    cast: Cast, minutes: object
) -> None:
    with pytest.raises(NotUsable) as refused:
        learn(cast.bob, minutes)
    assert refused.value.problems[0].field in {"minutes", "credits"}
    assert cast.bob.activities.count() == 1


def test_the_practice_sees_what_staff_recorded_for_its_member(cast: Cast) -> None:
    learn(cast.bob, 45)
    entry = AuditEntry.objects.filter(action="ce.recorded").latest("id")
    assert entry.practice == cast.northside
