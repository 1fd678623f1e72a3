"""A certificate whose credit was lost stays issued, and staff are shown it (A9)."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Member
from ce_credits.models import Activity
from certificates.services import revoke
from core.failures import NotUsable, Refusal
from renewals.models import TermCertificate
from renewals.queries import (
    Short,
    all_short_certificates,
    certificate_words,
    life_of,
    short_certificates,
    verdict_of,
)
from renewals.services import waive
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, a_member, certify, given
from tests.ce.reporting import decided, submitted

pytestmark = pytest.mark.db
EARLIER = date(2025, 9, 1)


def renewed(cast: Cast, name: str, *minutes: int) -> tuple[Member, list[Activity]]:
    """Somebody renewed today, after reporting webinars in the term that closed."""
    member = a_member(name, cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    done = [
        submitted(member, length, title=f"Webinar {place}", today=EARLIER, on=EARLIER)
        for place, length in enumerate(minutes)
    ]
    given(cast.renewals, cast.northside, member)
    return member, done


def short(member: Member) -> list[Short]:
    """Whose certificates of one member rest on lost credit today."""
    return short_certificates(life_of(member.pk, BODY), TODAY)


def listed() -> list[str]:
    """Who stands on the body's list."""
    found = all_short_certificates(BODY, today=TODAY)
    return [each.held.window.member.name for each in found]


def test_it_is_listed_from_the_decision_and_stays_issued_a9(cast: Cast) -> None:
    member, (first, _) = renewed(cast, "Lea Lost", 120, 60)
    assert short(member) == []
    assert listed() == []
    decided(first, "rejected")
    (found,) = short(member)
    assert found.held.state == TermCertificate.State.ISSUED
    assert (found.verdict.have, found.verdict.need) == (Decimal(1), Decimal(3))
    assert found.verdict.words == "Held: 1.0 of 3.0 CME"
    assert listed() == ["Lea Lost"]


def test_it_leaves_the_list_when_the_credit_is_back(cast: Cast) -> None:
    _, (first, _) = renewed(cast, "Lea Lost", 120, 60)
    decided(first, "returned")
    assert listed() == ["Lea Lost"]
    decided(first, "accepted")
    assert listed() == []


def test_credit_to_spare_may_go(cast: Cast) -> None:
    _, (first, *_) = renewed(cast, "Sam Spare", 60, 120, 60)
    decided(first, "rejected")
    assert listed() == []


def test_it_leaves_the_list_when_it_is_revoked(cast: Cast) -> None:
    member, (first, _) = renewed(cast, "Lea Lost", 120, 60)
    decided(first, "rejected")
    held = TermCertificate.objects.get(window__member=member, window__sequence=2)
    assert held.certificate is not None
    revoke(
        actor=TESTER, certificate=held.certificate, reason="lost", today=TODAY, now=NOW
    )
    assert listed() == []
    life = life_of(member.pk, BODY)
    assert life.endings == {held.window_id: "revoked"}
    words = certificate_words(held.window, held, life.endings[held.window_id])
    assert words == "Certificate revoked."


def test_what_was_waived_rests_on_no_credit(cast: Cast) -> None:
    member, (first,) = renewed(cast, "Wes Waived", 60)
    held = TermCertificate.objects.get(window__member=member, window__sequence=2)
    waive(actor=TESTER, held=held, reason="ill", today=TODAY, now=NOW)
    decided(first, "rejected")
    assert listed() == []


def test_the_list_reads_as_many_statements_for_one_as_for_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(4):
        _, (first, _) = renewed(cast, f"Lea Lost{number}", 120, 60)
        decided(first, "rejected")
    with django_assert_num_queries(5):
        assert len(all_short_certificates(BODY, today=TODAY)) == 4


def test_supposing_changes_no_row(cast: Cast) -> None:
    member, (first, _) = renewed(cast, "Lea Lost", 120, 60)
    life = life_of(member.pk, BODY)
    window = life.windows[1]
    assert verdict_of(window, life.supposing(first.pk), TODAY).state == "held"
    assert verdict_of(window, life, TODAY).state == "issued"


def test_where_no_credit_is_missing_nothing_is_waived(cast: Cast) -> None:
    member = a_member("Uma Uncertified", cast.northside)
    given(cast.membership, cast.northside, member)
    held = TermCertificate.objects.get(window__member=member)
    with pytest.raises(Refusal, match="No credit is missing"):
        waive(actor=TESTER, held=held, reason="ill", today=TODAY, now=NOW)


def test_a_reason_longer_than_its_place_is_refused(cast: Cast) -> None:
    member, _ = renewed(cast, "Wes Waived", 60)
    held = TermCertificate.objects.get(window__member=member, window__sequence=2)
    with pytest.raises(NotUsable, match="at most 400"):
        waive(actor=TESTER, held=held, reason="x" * 401, today=TODAY, now=NOW)
