"""Storing a practice's card on the provider's page, replacing it, removing it."""

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from billing.gateway import Away, Checkout
from billing.models import ProviderEvent, StoredCard
from billing.queries import stored_card_of
from billing.services import remove_card
from billing.services.card_setup import CONSENT, claim_setup, keep_setup
from core.failures import NotEligible, NotUsable
from core.models import AuditEntry, OutboxMessage
from tests.billing.cards import told
from tests.billing.money import manager
from tests.billing.storing import began, see_to, stored, typed_in
from tests.billing.stripe_fake import Far
from tests.billing.stripe_stored import AMEX
from tests.cast import NOW, TESTER, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.db]
COMPLETED, EXPIRED = "checkout.session.completed", "checkout.session.expired"


def mails(kind: str) -> list[str]:
    """Who is told of something, and what."""
    found = OutboxMessage.objects.filter(kind=kind)
    return sorted(f"{each.recipient}: {each.payload['what']}" for each in found)


def test_a_card_is_known_by_ids_brand_last_four_and_expiry(
    cast: Cast, far: Far, today: date
) -> None:
    actor = manager(cast, "alice")
    card = typed_in(far, began(cast.northside, actor=actor))

    assert card.state == "active"
    assert str(card) == "Visa ending 4242"
    assert (card.expires_month, card.expires_year) == (8, 2028)
    assert list(far.customers) == [card.customer_id]
    assert list(far.methods) == [card.method_id]
    assert (card.by, card.by_user, card.consent) == (actor.label, cast.alice, CONSENT)
    assert card.consented_at == NOW
    assert stored_card_of(cast.northside) == card
    assert stored_card_of(cast.lakeview) is None
    entry = AuditEntry.objects.get(action="card.stored")
    assert entry.practice == cast.northside
    assert mails("card_stored") == [
        f"{cast.alice.email}: {actor.label} stored Visa ending 4242."
    ]


def test_the_providers_event_leads_to_the_same(
    cast: Cast, far: Far, today: date
) -> None:
    card = began(cast.northside)
    found = far.store(str(card.session_id))
    for _ in range(2):
        assert told(far, COMPLETED, found).state == "applied"
        see_to(card)
    card.refresh_from_db()
    assert card.state == "active"
    assert len(mails("card_stored")) == 1


def test_an_event_about_a_page_of_somebody_else_is_ignored(
    cast: Cast, far: Far
) -> None:
    for reference in ("5f0c7a40-0000-4000-8000-000000000000", "x", None):
        found = {"id": "cs_1", "mode": "setup", "client_reference_id": reference}
        assert told(far, COMPLETED, found).state == "ignored"
    assert ProviderEvent.objects.count() == 3


def test_two_clicks_lead_to_one_page(cast: Cast, far: Far) -> None:
    first, second = began(cast.northside), began(cast.northside)
    assert first.url == second.url
    assert len(far.sessions) == len(far.customers) == 1


def test_a_click_whose_answer_was_lost_is_made_good_by_the_next(
    cast: Cast, far: Far
) -> None:
    # Both of the library's own tries.
    far.answers_lost = 2
    with pytest.raises(Away):
        began(cast.northside)
    began(cast.northside)
    assert len(far.sessions) == len(far.customers) == 1


def test_who_does_not_agree_stores_nothing(cast: Cast, far: Far) -> None:
    with pytest.raises(NotUsable) as caught:
        claim_setup(actor=TESTER, practice=cast.northside, agreed=False, now=NOW)
    assert caught.value.problems[0].field == "agreed"
    assert not StoredCard.objects.exists()


def test_without_keys_no_card_is_stored(cast: Cast, settings: Settings) -> None:
    settings.CARDS = False
    with pytest.raises(NotEligible):
        claim_setup(actor=TESTER, practice=cast.northside, agreed=True, now=NOW)


def test_a_page_that_is_over_is_followed_by_another(cast: Cast, far: Far) -> None:
    first = began(cast.northside)
    later = NOW + timedelta(hours=2)
    second = began(cast.northside, now=later)
    first.refresh_from_db()
    assert (first.state, second.state) == ("ended", "setting_up")
    assert first.url != second.url


def test_a_page_that_ran_out_stores_nothing(cast: Cast, far: Far) -> None:
    card = began(cast.northside)
    told(far, EXPIRED, far.end(str(card.session_id)))
    see_to(card)
    card.refresh_from_db()
    assert (card.state, card.due_at) == ("ended", None)
    assert stored_card_of(cast.northside) is None


def test_of_a_page_nothing_is_heard_of_the_provider_is_asked(
    cast: Cast, far: Far
) -> None:
    card = began(cast.northside)
    see_to(card)
    card.refresh_from_db()
    assert card.state == "setting_up"
    assert card.due_at is not None
    typed_in(far, card)
    assert card.state == "active"


def test_a_new_card_takes_the_place_of_the_old_one(cast: Cast, far: Far) -> None:
    old = stored(far, cast.northside)
    new = stored(far, cast.northside, AMEX, now=NOW + timedelta(days=1))
    old.refresh_from_db()
    assert (old.state, new.state) == ("removed", "active")
    assert stored_card_of(cast.northside) == new
    assert new.customer_id == old.customer_id
    assert mails("card_stored")[0].endswith(
        "stored American Express ending 0005. It takes the place of Visa ending 4242."
    )
    see_to(old)
    assert far.methods[str(old.method_id)]["customer"] is None
    assert far.methods[str(new.method_id)]["customer"] == new.customer_id


@pytest.mark.parametrize("turned", [False, True], ids=["in order", "the other way"])
def test_of_two_pages_the_one_begun_later_wins(
    cast: Cast, far: Far, *, turned: bool
) -> None:
    first = began(cast.northside)
    StoredCard.objects.update(state="ended")
    second = began(cast.northside, now=NOW + timedelta(hours=1))
    far.store(str(first.session_id))
    far.store(str(second.session_id), AMEX)
    for card in (second, first) if turned else (first, second):
        see_to(card)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("removed", "active")
    see_to(first)
    assert far.methods[str(first.method_id)]["customer"] is None


def test_a_card_that_is_removed_is_forgotten_by_the_provider(
    cast: Cast, far: Far, today: date
) -> None:
    card = stored(far, cast.northside)
    actor = manager(cast, "alice")
    removed = remove_card(actor=actor, practice=cast.northside, now=NOW)
    assert removed == card
    assert stored_card_of(cast.northside) is None
    assert remove_card(actor=actor, practice=cast.northside, now=NOW) is None
    see_to(card)
    card.refresh_from_db()
    assert card.due_at is None
    assert far.methods[str(card.method_id)]["customer"] is None
    assert mails("card_removed") == [
        f"{cast.alice.email}: {actor.label} removed Visa ending 4242."
    ]
    assert AuditEntry.objects.filter(action="card.removed").count() == 1


def test_a_page_begun_before_the_removal_stores_nothing(cast: Cast, far: Far) -> None:
    stored(far, cast.northside)
    page = began(cast.northside, now=NOW + timedelta(hours=1))
    remove_card(actor=TESTER, practice=cast.northside, now=NOW + timedelta(hours=2))
    typed_in(far, page, AMEX)
    see_to(page)
    assert stored_card_of(cast.northside) is None


@pytest.mark.parametrize("trouble", ["500", "dropped"])
def test_while_the_provider_is_away_it_is_asked_again_later(
    cast: Cast, far: Far, trouble: str, today: date
) -> None:
    card = began(cast.northside)
    far.store(str(card.session_id))
    far.trouble = trouble
    see_to(card)
    card.refresh_from_db()
    assert card.state == "setting_up"
    assert card.due_at is not None
    assert card.due_at > NOW
    far.trouble = ""
    see_to(card)
    card.refresh_from_db()
    assert card.state == "active"


def test_a_card_the_provider_no_longer_knows_is_asked_about_no_more(
    cast: Cast, far: Far
) -> None:
    card = stored(far, cast.northside)
    remove_card(actor=TESTER, practice=cast.northside, now=NOW)
    far.methods.clear()
    see_to(card)
    card.refresh_from_db()
    assert (card.state, card.due_at) == ("removed", None)


def test_a_page_that_was_used_leads_nobody_there_again(cast: Cast, far: Far) -> None:
    claimed = claim_setup(actor=TESTER, practice=cast.northside, agreed=True, now=NOW)
    card = typed_in(far, began(cast.northside))
    page = Checkout(str(card.session_id), "", "complete", {})
    with pytest.raises(NotEligible):
        keep_setup(card=claimed, checkout=page, customer=card.customer_id)
