"""What becomes of cards that are set up: stored, replaced, removed, forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from accounts.models import Practice
from billing.gateway import Method, Stored, forget_method, look_at_setup
from billing.models import StoredCard
from billing.rules import brand_words
from billing.services.card_setup import QUIET
from billing.services.telling_cards import tell_removed, tell_stored
from core.actor import Actor
from core.audit import record
from core.work import hasten

State = StoredCard.State
PROVIDER = Actor.system("card provider")
# Longer than a call to the provider may take.
LEASE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
# The provider has a card to be detached.
DETACHING = Q(state=State.REMOVED, method_id__isnull=False, due_at__isnull=False)
# A page may be open, or one that we gave up may have been used all the same.
LOOKING = Q(state__in=(State.SETTING_UP, State.ENDED), due_at__isnull=False)


def due_cards(*, now: datetime) -> list[UUID]:
    """Name the cards about which the provider is to be asked, the oldest first."""
    due = StoredCard.objects.filter(DETACHING | LOOKING, due_at__lte=now)
    return list(due.order_by("due_at").values_list("pk", flat=True)[:200])


def note_page_done(*, card: StoredCard, now: datetime) -> None:
    """Have the worker ask what came of a page the provider told of."""
    waits = StoredCard.objects.filter(
        pk=card.pk, state__in=(State.SETTING_UP, State.ENDED)
    )
    if waits.update(due_at=now):
        hasten("billing.tasks.see_to_card", str(card.pk))


@transaction.atomic
def claim_card(*, card_id: UUID, now: datetime) -> StoredCard | None:
    """Take a card that is due for a while; None where somebody else has it."""
    due = StoredCard.objects.filter(DETACHING | LOOKING, pk=card_id, due_at__lte=now)
    if not due.update(due_at=now + LEASE, tries=F("tries") + 1):
        return None
    return StoredCard.objects.select_related("practice").get(pk=card_id)


def ask_about(*, card: StoredCard) -> Stored | None:
    """Ask the provider about a claimed card: detach it, or read what was stored.

    No transaction is open.

    Raises:
        Away: not now.
        Declined: the provider knows no such page or card.
    """
    if card.state == State.REMOVED:
        assert card.method_id is not None
        forget_method(card.method_id)
        return None
    return look_at_setup(card.session_id) if card.session_id else None


@transaction.atomic
def note_answer(*, card: StoredCard, found: Stored | None, now: datetime) -> None:
    """Note what the provider said about a card, whichever of two was asked first."""
    # All of a practice's cards in one order: two pages that end at once take turns.
    cards = StoredCard.objects.filter(practice=card.practice_id).order_by("pk")
    held = {each.pk: each for each in cards.select_for_update()}
    card = held[card.pk]
    if card.state == State.REMOVED:
        card.due_at = None
        card.save(update_fields=["due_at"])
    elif card.state in (State.SETTING_UP, State.ENDED):
        if found is not None and found.method is not None:
            _store(card, found.method, list(held.values()), now)
        else:
            _wait(card, found, now)


def _wait(card: StoredCard, found: Stored | None, now: datetime) -> None:
    """Ask about an open page again; one that has ended never stores anything."""
    ended = found.state == "expired" if found else card.page_ends_at <= now
    if ended:
        card.state, card.due_at = State.ENDED, None
    else:
        card.due_at = now + QUIET
    card.save(update_fields=["state", "due_at"])


def _store(
    card: StoredCard, method: Method, cards: list[StoredCard], now: datetime
) -> None:
    card.customer_id = method.customer or card.customer_id
    card.method_id = method.id
    card.brand, card.last_four = brand_words(method.brand), method.last_four[:4]
    card.expires_month, card.expires_year = method.month, method.year
    active = next((each for each in cards if each.state == State.ACTIVE), None)
    if _is_outdone(card, cards):
        _give_up(card, PROVIDER, now)
        card.save()
        _tell_trail(card, "card.not_kept", PROVIDER, f"Did not keep {card}", now)
        return
    if active is not None:
        _give_up(active, PROVIDER, now)
        active.save()
    card.state, card.due_at, card.tries = State.ACTIVE, None, 0
    card.save()
    said = f"Stored {card} for auto-renewal, as {card.by} agreed to"
    _tell_trail(card, "card.stored", PROVIDER, said, now)
    tell_stored(card, replaced=active, now=now)


def _is_outdone(card: StoredCard, cards: list[StoredCard]) -> bool:
    """Say whether something that was done later counts instead of a card.

    The page that was begun later wins, whichever is heard of first; and whoever removed
    the card meant what was begun before as well.
    """
    since = [each.consented_at for each in cards if each.state == State.ACTIVE]
    since += [
        each.removed_at
        for each in cards
        if each.removed_at and each.removed_by != PROVIDER.label
    ]
    return card.consented_at < max(since, default=card.consented_at)


def _give_up(card: StoredCard, actor: Actor, now: datetime) -> None:
    card.state, card.due_at, card.tries = State.REMOVED, now, 0
    card.removed_at, card.removed_by = now, actor.label
    hasten("billing.tasks.see_to_card", str(card.pk))


@transaction.atomic
def remove_card(
    *, actor: Actor, practice: Practice, now: datetime
) -> StoredCard | None:
    """Remove the practice's card, so that nothing is charged to it; None without one.

    A charge that was asked for already may still succeed. The provider is asked to
    forget the card afterwards.
    """
    held = StoredCard.objects.of(practice).order_by("pk").select_for_update()
    cards = list(held)
    for page in (each for each in cards if each.state == State.SETTING_UP):
        page.state = State.ENDED
        page.save(update_fields=["state"])
    card = next((each for each in cards if each.state == State.ACTIVE), None)
    if card is None:
        return None
    _give_up(card, actor, now)
    card.save()
    said = f"Removed {card}, the card for auto-renewal"
    _tell_trail(card, "card.removed", actor, said, now)
    tell_removed(card, now=now)
    return card


@transaction.atomic
def put_card_off(*, card: StoredCard, now: datetime) -> None:
    """Ask about a card again later, twice as long each time."""
    pause = min(FIRST_PAUSE * 2 ** min(card.tries - 1, 10), LONGEST_PAUSE)
    due = StoredCard.objects.filter(pk=card.pk, due_at__isnull=False)
    due.update(due_at=now + pause)


@transaction.atomic
def let_card_go(*, card: StoredCard) -> None:
    """Stop asking about a card that the provider doesn't know."""
    found = StoredCard.objects.select_for_update().get(pk=card.pk)
    if found.state == State.SETTING_UP:
        found.state = State.ENDED
    found.due_at = None
    found.save(update_fields=["state", "due_at"])


def _tell_trail(
    card: StoredCard, action: str, actor: Actor, sentence: str, now: datetime
) -> None:
    record(
        actor=actor,
        action=action,
        subject=card,
        practice_id=card.practice_id,
        sentence=sentence,
        now=now,
    )
