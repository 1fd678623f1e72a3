"""Links that open something without a sign-in: what they are, and what they open."""

from collections.abc import Mapping

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from accounts.rules import hash_of
from core.failures import Missing
from notifications.models import CalendarFeed, Subscription

_SALT = "notifications.unsubscribe"


def unsubscribe_path(subscription: Subscription) -> str:
    """Give the address that ends it with one click (RFC 8058)."""
    return reverse("unsubscribe", kwargs={"token": token_of(subscription)})


def ending_headers(url: str) -> Mapping[str, str]:
    """Give the headers by which a mail program ends a kind of mail (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def token_of(subscription: Subscription) -> str:
    """Sign what a link ends: this person's preference of this kind, and nothing else.

    It has no end of its own; it is good as long as the key it was signed with.
    """
    return _signer().sign(subscription.pk.hex)


def subscription_in(token: str) -> Subscription:
    """Find the preference that a link names.

    Raises:
        Missing: it was not signed by us, or its row is gone.
    """
    try:
        key = _signer().unsign(token)
    except BadSignature as error:
        raise Missing("Not found.") from error
    found = Subscription.objects.filter(pk=key).first()
    if found is None:
        raise Missing("Not found.")
    return found


def feed_of(secret: str) -> CalendarFeed:
    """Find whose calendar a secret opens.

    Raises:
        Missing: nobody's, or of somebody who can't sign in any more.
    """
    found = (
        CalendarFeed.objects.filter(
            secret_hash=hash_of(secret), ended_at=None, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    if found is None:
        raise Missing("Not found.")
    return found


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
