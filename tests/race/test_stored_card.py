"""However many workers pass at one moment, a stored card is charged once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from billing import tasks
from billing.gateway import Debit, Debited, debit
from billing.models import CardCharge, Order, Payment, StoredCard
from billing.queries import money_faults
from billing.services import ask_charge, charging, remove_card, stored_cards
from billing.services.charging import ClaimedCharge
from core.models import OutboxMessage
from core.scope import Scope, scoped
from credentials.queries import seat_faults
from renewals.models import CardRound, RenewalAttempt
from renewals.services import pass_day
from renewals.services.card_rounds import advance_round
from renewals.services.renewing import terms_to_renew, try_renewal
from tests.billing.cards import cards
from tests.billing.money import an_order, paid, prices
from tests.billing.storing import stored
from tests.billing.stripe_fake import Far
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.database import WORKER, working_as
from tests.race.hands import at_once
from tests.race.money import heard
from tests.reminding.conftest import quiet
from tests.reminding.people import ending
from tests.reminding.pressing import pressed, swept, without

__all__ = ["quiet"]
pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.usefixtures("transactional_db"),
]
PASSES = 50
CHARGES = CardCharge._meta.db_table
# SQLite lets one writer in at a time, so what is looked up stays true.
DOUBLED = 2 if connection.vendor == "postgresql" else 1


@pytest.fixture
def far(settings: Settings) -> Iterator[Far]:
    """Cards are set up; the far side takes as long as the real one does."""
    with cards(settings) as found:
        yield found


@pytest.fixture
def carded(quiet: Cast, far: Far) -> Cast:
    """Northside has stored a card, and the body sells renewals."""
    prices()
    stored(far, quiet.northside)
    OutboxMessage.objects.all().delete()
    far.slow = 0.2
    return quiet


def all_pass(many: int = PASSES) -> None:
    """Let workers pass over the same day at one moment."""

    def work() -> None:
        with working_as(WORKER):
            pass_day(program=BODY, today=TODAY, now=NOW)

    at_once([work] * many)


def all_charge(many: int) -> None:
    """Let workers charge what is due at one moment."""
    (charge,) = CardCharge.objects.all()

    def work() -> None:
        with working_as(WORKER):
            tasks.charge_card(str(charge.pk))

    at_once([work] * many)


def test_fifty_passes_make_one_order_one_charge_and_one_renewal_each(
    carded: Cast, far: Far
) -> None:
    for name in ("Eve Ellis", "Gil Gray", "Hal Hart"):
        ending(name, carded.northside, TODAY, mode="auto")

    all_pass()
    order = Order.objects.get()
    assert sum(line.quantity for line in order.lines.all()) == 3
    assert CardRound.objects.count() == 1
    all_charge(16)
    assert far.taken == [25_500]
    all_pass()

    outcomes = RenewalAttempt.objects.values_list("turn", "outcome")
    assert sorted(outcomes) == [(1, "paying")] * 3 + [(2, "renewed")] * 3
    assert CardRound.objects.get().state == "ended"
    assert Payment.objects.count() == 1
    assert money_faults() == []
    assert seat_faults() == []


def test_fifty_passes_after_a_refusal_try_again_once(carded: Cast, far: Far) -> None:
    ending("Eve Ellis", carded.northside, TODAY, mode="auto")
    far.refuses = "card_declined"
    all_pass(8)
    all_charge(8)
    CardRound.objects.update(retry_days=[0, 0])
    all_pass()
    turns = CardCharge.objects.order_by("turn").values_list("turn", "state")
    assert list(turns) == [(0, "failed"), (1, "asked")]


def the_charge(cast: Cast) -> tuple[Order, Callable[[], CardCharge | None]]:
    """An order, and asking its practice's card for it."""
    order = an_order(cast.northside)
    card = cast.northside.stored_cards.get(state="active")
    return order, partial(
        ask_charge,
        actor=TESTER,
        order=order,
        card=card,
        turn=0,
        today=TODAY,
        now=NOW,
    )


@pytest.mark.parametrize("many", [2, 8])
def test_a_turn_is_asked_for_once(carded: Cast, many: int) -> None:
    _, ask = the_charge(carded)
    done = pressed(swept(ask), CHARGES, many)
    assert sum(each is not None for each in done) == 1
    assert CardCharge.objects.count() == 1


def test_without_the_guards_a_turn_is_asked_for_twice(
    carded: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, ask = the_charge(carded)
    # Neither the order's lock nor the card's, nor what is looked up under them.
    monkeypatch.setattr(charging, "lock", lambda order: Order.objects.get(pk=order.pk))
    monkeypatch.setattr(charging, "held_card", lambda order, card: card)
    with ExitStack() as open_guards:
        for name in ("one_charge_a_turn", "one_open_charge_an_order"):
            open_guards.enter_context(without(CardCharge, name))
        pressed(swept(ask), CHARGES)
        assert CardCharge.objects.filter(order=order).count() == DOUBLED


def unclaimed(*, charge_id: UUID, now: object) -> ClaimedCharge:
    """Hand a charge to whoever asks."""
    charge = CardCharge.objects.select_related("order", "card").get(pk=charge_id)
    return ClaimedCharge(charge, [], wanted=True)


def without_key(asked: Debit) -> Debited:
    """Charge with a key that nobody used."""
    return debit(Debit(**vars(asked) | {"key": uuid4().hex}))


@pytest.mark.parametrize("guarded", [True, False], ids=["by the key", "by nothing"])
def test_without_claim_and_key_a_card_is_charged_more_than_once(
    carded: Cast, far: Far, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    _, ask = the_charge(carded)
    swept(ask)()
    monkeypatch.setattr(charging, "claim_charge", unclaimed)
    if not guarded:
        monkeypatch.setattr("billing.services.charge_sending.debit", without_key)
    all_charge(4)
    assert (len(far.taken) == 1) is guarded


def test_a_payment_at_the_same_moment_is_credit_or_no_charge(
    carded: Cast, far: Far
) -> None:
    order, ask = the_charge(carded)
    swept(ask)()
    (charge,) = CardCharge.objects.all()

    def pay() -> str:
        return heard(partial(paid, order, "170.00"))

    def charge_it() -> str:
        with working_as(WORKER):
            tasks.charge_card(str(charge.pk))
        return ""

    assert at_once([pay, charge_it]) == ["", ""] or far.taken == [17_000]
    order.refresh_from_db()
    charge.refresh_from_db()
    assert order.state == "fulfilled"
    assert charge.state in {"succeeded", "withdrawn"}
    assert sum(far.taken) == (17_000 if charge.state == "succeeded" else 0)
    assert money_faults() == []
    assert seat_faults() == []


def test_a_card_that_is_removed_while_it_is_asked_holds_up_nobody(
    carded: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending("Eve Ellis", carded.northside, TODAY, mode="auto")
    pass_to_the_round()
    meeting = threading.Barrier(2)

    def meet() -> None:
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=2)

    def found_late(order: Order, card: StoredCard) -> StoredCard | None:
        meet()
        return held_card(order, card)

    # Removing does this with the cards locked, before its entry in the trail.
    held_card = charging.held_card
    monkeypatch.setattr(charging, "held_card", found_late)
    monkeypatch.setattr(stored_cards, "hasten", lambda *_: meet())
    goes_on = partial(
        advance_round,
        round_id=CardRound.objects.get().pk,
        today=TODAY,
        now=NOW,
    )
    removes = partial(remove_card, actor=TESTER, practice=carded.northside, now=NOW)

    at_once([swept(goes_on), swept(removes)])

    assert not carded.northside.stored_cards.filter(state="active").exists()
    assert CardCharge.objects.count() == Order.objects.count()


def pass_to_the_round() -> None:
    """Let everybody due join the round; it is not ordered for yet."""
    with scoped(Scope.sweep()):
        for each in terms_to_renew(program=BODY, today=TODAY):
            try_renewal(window_id=each, today=TODAY, now=NOW)
