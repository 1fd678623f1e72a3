"""Two reviewers decide at one moment: one decision is taken, the other is told."""

from collections.abc import Callable

import pytest
from django.test import Client

from ce_credits.models import Activity, ActivityStep, CreditAward
from certificates.models import CertificateEvent
from core.models import AuditEntry, OutboxMessage
from renewals.models import TermCertificate
from tests.cast import TODAY, Cast, a_member, certify, given
from tests.ce.reporting import submitted
from tests.portal.reviewing import form, review
from tests.race.hands import Hand, send_all, statuses

pytestmark = [pytest.mark.race, pytest.mark.db]
Browsers = Callable[[str, int], list[Client]]


def test_of_two_different_decisions_one_is_taken(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    activity = submitted(cast.bob)
    (erin,), (mona,) = browsers("erin", 1), browsers("mona", 1)
    fields = form(erin, activity, ground="duplicate", words="Seen")
    hands = [
        Hand(erin, review(activity), fields | {"outcome": "accepted"}),
        Hand(mona, review(activity), fields | {"outcome": "rejected"}),
    ] * 4
    answers = send_all(server, hands)
    steps = ActivityStep.objects.filter(activity=activity).exclude(kind="submitted")
    (step,) = steps
    activity.refresh_from_db()
    assert (activity.state, activity.version) == (step.kind, 2)
    # Whoever won is led on, however often they pressed; the others see what changed.
    assert statuses(answers) == {302: 4, 409: 4}
    assert (
        AuditEntry.objects.filter(action__startswith="ce.")
        .exclude(action__in=("ce.drafted", "ce.submitted"))
        .count()
        == 1
    )
    assert OutboxMessage.objects.filter(kind="ce_decided").count() == 1
    lost = CreditAward.objects.filter(activity=activity, credits=0).count()
    assert lost == (1 if step.kind == "rejected" else 0)


def test_determined_credit_is_given_once(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    activity = submitted(cast.bob, 150)
    (erin,) = browsers("erin", 1)
    fields = form(erin, activity, credits="2.5", words="Two sessions")
    hands = [Hand(erin, review(activity), fields | {"outcome": "accepted"})] * 8
    assert statuses(send_all(server, hands)) == {302: 8}
    assert CreditAward.objects.filter(activity=activity).count() == 1
    assert Activity.objects.get(pk=activity.pk).version == 2


def test_a_certificate_is_revoked_once(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    held = TermCertificate.objects.get(window__member=cast.bob, window__sequence=2)
    assert held.certificate is not None
    number = held.certificate.number
    path = f"/staff/acmss/certificates/{held.certificate.pk}/revoke/"
    fields = {"reason": "lost", "number": number}
    hands = [Hand(mona, path, fields) for mona in browsers("mona", 8)]
    assert statuses(send_all(server, hands)) == {302: 1, 409: 7}
    assert CertificateEvent.objects.count() == 1
    assert AuditEntry.objects.filter(action="certificate.revoked").count() == 1


def test_credit_is_waived_once(cast: Cast, server: str, browsers: Browsers) -> None:
    member = a_member("Wes Waits", cast.northside)
    certify(member)
    given(cast.membership, cast.northside, member, today=TODAY.replace(year=2024))
    given(cast.renewals, cast.northside, member)
    held = TermCertificate.objects.get(window__member=member, window__sequence=2)
    path = f"/staff/acmss/members/{member.pk}/waive/{held.pk}/"
    hands = [Hand(mona, path, {"reason": "ill"}) for mona in browsers("mona", 8)]
    assert statuses(send_all(server, hands)) == {302: 1, 409: 7}
    assert AuditEntry.objects.filter(action="certificate.waived").count() == 1
    assert OutboxMessage.objects.filter(kind="certificate_ready").count() == 2
