"""Nobody decides for a body on their own record, whatever their role."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.services import record_accepted_activity
from certificates.models import Certificate
from certificates.services import revoke
from core.actor import Actor
from core.failures import NotEligible
from credentials.services import record_certification
from renewals.models import TermCertificate
from renewals.services import waive
from tests.cast import BODY, NOW, TODAY, Cast, a_member, certify, given
from tests.signing import open_session

pytestmark = pytest.mark.db


@pytest.fixture
def mona(cast: Cast) -> Member:
    """Mona, who manages for the body and is a member of it too, with two terms."""
    member = a_member("Mona Moss", cast.northside, user=cast.mona)
    certify(member)
    given(cast.membership, cast.northside, member, today=date(2024, 11, 3))
    given(cast.renewals, cast.northside, member)
    return member


def herself(member: Member) -> Actor:
    """Mona at work."""
    return Actor(member.name, user_id=member.user_id)


def held(member: Member) -> TermCertificate:
    """The certificate that waits for her credit."""
    return TermCertificate.objects.get(window__member=member, window__sequence=2)


def test_staff_record_no_credit_for_themselves(mona: Member) -> None:
    with pytest.raises(NotEligible, match="your own record"):
        record_accepted_activity(
            actor=herself(mona),
            member=mona,
            program=BODY,
            kind="webinar",
            title="Webinar",
            on=TODAY,
            minutes=45,
            proof="seen",
            reason="mine",
            today=TODAY,
            now=NOW,
        )
    assert not Activity.objects.filter(member=mona).exists()


def test_managers_waive_nothing_of_their_own(mona: Member) -> None:
    with pytest.raises(NotEligible):
        waive(actor=herself(mona), held=held(mona), reason="busy", today=TODAY, now=NOW)
    assert held(mona).state == "held"


def test_managers_revoke_nothing_of_their_own(mona: Member) -> None:
    certificate = Certificate.objects.get(member=mona)
    with pytest.raises(NotEligible):
        revoke(
            actor=herself(mona),
            certificate=certificate,
            reason="gone",
            today=TODAY,
            now=NOW,
        )
    assert not certificate.events.exists()


def test_managers_certify_nobody_but_others(mona: Member) -> None:
    with pytest.raises(NotEligible):
        record_certification(
            actor=herself(mona),
            member=mona,
            program=BODY,
            code="CMSS",
            earned_on=TODAY,
            proof="seen",
            today=TODAY,
            now=NOW,
        )


@pytest.mark.usefixtures("today")
def test_their_own_pages_offer_no_form(mona: Member, cast: Cast) -> None:
    client = open_session(Client(), cast.mona)
    here = f"/staff/acmss/members/{mona.pk}/"
    certificate = Certificate.objects.get(member=mona)
    for path in (
        here,
        f"{here}waive/{held(mona).pk}/",
        f"/staff/acmss/certificates/{certificate.pk}/revoke/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert "This is your own record." in page, path
        assert "<textarea" not in page, path
        assert 'name="reason"' not in page, path
