"""A practice's card for auto-renewal: what is stored, and what came of storing one."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.models import Practice
from accounts.services.values import instant_words
from billing.models import StoredCard
from billing.queries import catalogue_on, stored_card_of
from billing.rules import has_expired
from credentials.policy import term_programs
from portal.queries.shown import Tag

State = StoredCard.State
NONE = "No card is stored."
UNTAKEN = "No card provider is set up here, so no card can be stored."
OK, EXPIRED = Tag("ok", "Stored"), Tag("bad", "Expired")


@dataclass(frozen=True)
class Card:
    """The card that is stored, as people know it."""

    text: str
    expires_text: str
    stored_text: str
    consent: str
    tag: Tag


@dataclass(frozen=True)
class CardPage:
    """The practice's card, and the ways on."""

    verdict: str
    card: Card | None
    taken: bool
    days_text: str
    here_url: str
    new_url: str
    remove_url: str
    orders_url: str


@dataclass(frozen=True)
class Storing:
    """What is known of a card that somebody comes back from storing."""

    title: str
    text: str
    waits: bool
    card_url: str


def card_page(practice: Practice, *, today: date) -> CardPage:
    """Show a practice's card for auto-renewal."""
    found = stored_card_of(practice)
    place = {"practice": practice.slug}
    return CardPage(
        verdict=_verdict(found),
        card=_shown(found, today) if found else None,
        taken=settings.CARDS,
        days_text=_days(today),
        here_url=reverse("stored_card", kwargs=place),
        new_url=reverse("store_card", kwargs=place),
        remove_url=reverse("card_remove", kwargs=place),
        orders_url=reverse("orders", kwargs=place),
    )


def card_line(practice: Practice) -> str:
    """Say in a word which card is stored, where cards are taken; else nothing."""
    if not settings.CARDS:
        return ""
    found = stored_card_of(practice)
    return str(found) if found else "none stored"


def storing(practice: Practice) -> Storing:
    """Say how far storing a card is; what the provider told us counts."""
    last = StoredCard.objects.of(practice).order_by("-consented_at").first()
    title, text, waits = _said(last)
    url = reverse("stored_card", kwargs={"practice": practice.slug})
    return Storing(title, text, waits, url)


def _said(last: StoredCard | None) -> tuple[str, str, bool]:
    if last is None:
        return "No card", NONE, False
    if last.state == State.ACTIVE:
        text = f"{last} is stored. Auto-renewal uses it when no renewal is left."
        return "Card stored", text, False
    if last.state == State.SETTING_UP:
        text = (
            "We are told by the card's provider; this page shows it as soon as it is "
            "there. You need not enter the card again."
        )
        return "Waiting for the card provider", text, True
    if last.state == State.REMOVED:
        return "Card removed", f"{last} was removed.", False
    return "No card stored", "The page for your card has ended.", False


def _verdict(found: StoredCard | None) -> str:
    if not settings.CARDS:
        return UNTAKEN
    if found is None:
        return f"{NONE} Auto-renewal uses the renewals you have, and nothing else."
    return f"{found} pays when no renewal is left to assign."


def _shown(found: StoredCard, today: date) -> Card:
    month, year = found.expires_month or 1, found.expires_year or 1
    expired = has_expired(month=month, year=year, today=today)
    return Card(
        text=str(found),
        expires_text=f"{month:02}/{year}",
        stored_text=f"{instant_words(found.consented_at)} by {found.by}",
        consent=found.consent,
        tag=EXPIRED if expired else OK,
    )


def _days(today: date) -> str:
    """Spell the days after the first on which a card is tried again."""
    found = (catalogue_on(each, today) for each in term_programs())
    lists = [each.price_list for each in found if each]
    days: list[int] = lists[0].retry_days if lists else []
    later = [str(day) for day in days if day]
    if len(later) < 2:
        return "".join(later)
    return f"{', '.join(later[:-1])} and {later[-1]}"
