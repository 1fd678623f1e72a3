"""What the former practice left behind works on at the new one."""

from datetime import date

import pytest

from accounts.models import Sponsorship
from accounts.services import accept_as
from certificates.models import Certificate
from core.actor import Actor
from core.scope import Scope, scoped
from credentials.models import Window
from renewals.models import RenewalAttempt, TermCertificate
from renewals.services.holding import free_held
from renewals.services.renewing import terms_to_renew, try_renewal
from tests.cast import (
    BODY,
    NOW,
    TODAY,
    Cast,
    a_member,
    a_user,
    certify,
    credit,
    given,
    seats,
)
from tests.consent.asking import agrees, asked
from tests.db.walling import within
from tests.undoing.undone import LATER

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]


def tried(window: Window) -> RenewalAttempt | None:
    """Let auto-renewal look at a term."""
    with scoped(Scope.sweep()):
        return try_renewal(window_id=window.pk, today=TODAY, now=LATER)


@pytest.mark.parametrize("free", [1, 0])
def test_auto_renewal_looks_at_them_anew_once(cast: Cast, free: int) -> None:
    Sponsorship.objects.filter(member=cast.charlie).update(renewal_mode="auto")
    window = Window.objects.get(member=cast.charlie)
    missed = tried(window)
    assert missed is not None
    assert missed.outcome == "no_seat"
    assert window.pk not in terms_to_renew(program=BODY, today=TODAY)
    invitation = asked(cast)
    Sponsorship.objects.filter(member=invitation.member).update(renewal_mode="auto")
    if free:
        seats(cast.northside, cast.renewals, free)
    agrees(cast, invitation)

    assert terms_to_renew(program=BODY, today=TODAY) == [window.pk]
    again = tried(window)

    assert again is not None
    assert again.outcome == ("renewed" if free else "no_seat")
    assert (again.turn, again.practice) == (2, cast.northside)
    assert terms_to_renew(program=BODY, today=TODAY) == []
    assert tried(window) is None


@pytest.mark.parametrize("who", ["practice", "self", "staff"])
def test_a_certificate_that_waits_is_issued_as_the_former_practice_s(
    cast: Cast, who: str
) -> None:
    user = a_user("Dora Day")
    dora = a_member("Dora Day", cast.lakeview, user=user)
    certify(dora)
    given(cast.membership, cast.lakeview, dora, today=date(2023, 11, 3))
    given(cast.renewals, cast.lakeview, dora, today=date(2024, 11, 3))
    invitation = asked(cast, user.email)
    accept_as(invitation=invitation, user=user, today=TODAY, now=NOW)
    credit(dora, "9.0", on=date(2024, 5, 5))
    before = set(Certificate.objects.filter(member=dora).values_list("pk", flat=True))
    scope = {
        "practice": Scope.practice(cast.northside.pk),
        "self": Scope.own(user.pk),
        "staff": Scope.staff(BODY),
    }[who]
    with within(scope):
        free_held(dora.pk, BODY, Actor("Alice", user_id=cast.alice.pk), TODAY, LATER)
    [issued] = Certificate.objects.filter(member=dora).exclude(pk__in=before)
    assert issued.practice == cast.lakeview
    assert issued.sponsorship == Sponsorship.objects.get(
        member=dora, practice=cast.lakeview
    )
    held = TermCertificate.objects.get(certificate=issued)
    assert held.window.practice == cast.lakeview
