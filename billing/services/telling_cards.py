"""Mail to the Practice Administrator that a card was stored or removed."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.queries import named_administration
from accounts.services.values import instant_words
from billing.models import StoredCard
from core.outbox import tell


def tell_stored(
    card: StoredCard, *, replaced: StoredCard | None, now: datetime
) -> None:
    """Queue the mail that a card was stored, in case nobody meant to."""
    place = f" It takes the place of {replaced}." if replaced else ""
    _tell("card_stored", card, f"{card.by} stored {card}.{place}", now)


def tell_removed(card: StoredCard, *, now: datetime) -> None:
    """Queue the mail that a card was removed."""
    _tell("card_removed", card, f"{card.removed_by} removed {card}.", now)


def _tell(kind: str, card: StoredCard, what: str, now: datetime) -> None:
    held = named_administration(card.practice)
    if held is None:
        return
    path = reverse("stored_card", kwargs={"practice": card.practice.slug})
    tell(
        kind=kind,
        subject_id=card.pk,
        recipient=held.user.email,
        payload={
            "practice": card.practice.name,
            "name": held.user.name,
            "what": what,
            "date_text": instant_words(now),
            "url": settings.BASE_URL + path,
        },
        practice_id=card.practice_id,
        now=now,
    )
