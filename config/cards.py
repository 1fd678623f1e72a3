"""Reads how card payments reach their provider; without keys there are none."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import LOCAL, base_url, env

API = "https://api.stripe.com"
WEBHOOK = "whsec_"


def taken(found: Mapping[str, Any]) -> bool:
    """Say whether cards are taken: with both keys they are, with none they aren't.

    Raises:
        ImproperlyConfigured: one of them is missing: money would be taken and nobody
            would hear of it.
    """
    names = ("STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET")
    missing = [name for name in names if not found[name]]
    if len(missing) == 1:
        raise ImproperlyConfigured(
            f"{missing[0]}: set it too, or leave both out: then no card is taken."
        )
    return not missing


def key(name: str, *starts: str) -> str:
    """Read a key of the provider's, or "".

    Raises:
        ImproperlyConfigured: for another kind of text, with the variable's name alone:
            what was written there may be a secret.
    """
    value = env.str(name, default="").strip()
    if value and not (value.startswith(starts) and len(value) > 16):
        raise ImproperlyConfigured(
            f"{name}: write a key that starts with {' or '.join(starts)}."
        )
    return value


def former(name: str) -> list[str]:
    """Read former keys, separated by commas.

    Raises:
        ImproperlyConfigured: one of them is no such key.
    """
    values = [each.strip() for each in env.list(name, default=[]) if each.strip()]
    if any(not each.startswith(WEBHOOK) for each in values):
        raise ImproperlyConfigured(f"{name}: write keys that start with {WEBHOOK}.")
    return values


def api_base(name: str) -> str:
    """Read where the provider's API is; another than theirs only on this machine.

    Raises:
        ImproperlyConfigured: for another machine, which would be handed the key.
    """
    value = base_url(name, default=API)
    if value != API and urlsplit(value).hostname not in LOCAL:
        raise ImproperlyConfigured(
            f"{name}={value!r}: leave it out. Only tests name another, on localhost."
        )
    return value
