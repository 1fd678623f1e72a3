"""Row-level security of badges: by its address one meets what is shared, no more."""

from uuid import uuid4

import pytest

from certificates.models import Badge, Certificate
from core.scope import Scope
from credentials.models import StandingPeriod
from tests.cast import BODY, NOW, Cast
from tests.db.breaking import another
from tests.db.walling import attempt, on_postgresql, seen, within

pytestmark = pytest.mark.db


@on_postgresql
def test_a_badge_shows_its_own_credential_alone_while_it_is_shared(
    filled: Cast,
) -> None:
    ours, theirs = (
        Badge.objects.get(member=each) for each in (filled.bob, filled.charlie)
    )
    certificate = Certificate.objects.filter(member=filled.bob)[0]
    other = Certificate.objects.filter(member=filled.charlie)[0]
    for each, badge in ((certificate, ours), (other, theirs)):
        another(each, source_id=uuid4(), certification_id=badge.certification_id)
    with within(Scope.badge(ours.pk)):
        assert list(Badge.objects.all()) == [ours]
        (shown,) = Certificate.objects.all()
        assert shown.certification_id == ours.certification_id
        assert set(seen()) <= {
            "certificates_badge",
            "certificates_certificate",
            "certificates_certificateevent",
            "credentials_standingperiod",
        }
        standings = StandingPeriod.objects.values_list("member", flat=True)
        assert set(standings) <= {filled.bob.pk}
        assert attempt(lambda: Badge.objects.update(withdrawn_at=NOW)) == 0
    Badge.objects.filter(pk=ours.pk).update(withdrawn_at=NOW)
    with within(Scope.badge(ours.pk)):
        assert seen() == {}
    with within(Scope.public(certificate.number)):
        assert not Badge.objects.exists()


@on_postgresql
def test_its_holder_alone_withdraws_a_badge(filled: Cast) -> None:
    ours = Badge.objects.get(member=filled.bob)
    mine = Badge.objects.filter(pk=ours.pk)
    # Staff change whose it is, where two accounts merge; they make and remove none.
    with within(Scope.staff(BODY)):
        assert mine.exists()
        assert not attempt(lambda: mine._raw_delete("default"))  # noqa: SLF001
    for scope in (
        Scope.practice(filled.northside.pk),
        Scope.own(filled.user("charlie").pk),
    ):
        with within(scope):
            assert not mine.exists()
    with within(Scope.own(filled.user("bob").pk)):
        assert mine.update(withdrawn_at=NOW) == 1
