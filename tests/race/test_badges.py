"""A badge shared by many hands at once is one; withdrawn by many, it ends once."""

from collections.abc import Callable

import pytest
from django.test import Client

from certificates.models import Badge
from core.models import AuditEntry
from tests.cast import Cast
from tests.certifying.living import held
from tests.matrix.badges_world import certificate_of
from tests.race.hands import Hand, send_all, statuses
from tests.recertifying.living import certified

pytestmark = [pytest.mark.race, pytest.mark.db]
Browsers = Callable[[str, int], list[Client]]
HANDS = 8


def test_of_many_hands_one_shares_and_one_withdraws(
    cast: Cast, server: str, browsers: Browsers
) -> None:
    certified(cast.bob)
    credential = held(cast.bob)
    certificate_of(credential)
    clients = browsers("bob", HANDS)
    place = f"/me/certificates/{credential.pk}/share/"
    answers = send_all(server, [Hand(each, place, {}) for each in clients])
    assert statuses(answers) == {302: HANDS}
    badge = Badge.objects.get(certification=credential)
    place = f"/me/badges/{badge.pk}/withdraw/"
    answers = send_all(server, [Hand(each, place, {}) for each in clients])
    assert statuses(answers) == {302: HANDS}
    trail = AuditEntry.objects.filter(subject_id=badge.pk).order_by("number")
    assert [each.action for each in trail] == ["badge.shared", "badge.withdrawn"]
