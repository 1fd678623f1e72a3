"""The seed of an authenticator app while it is set up: in the session, sealed."""

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.http import HttpRequest

from core.sealing import Unreadable, seal, unseal

SEED = "second_factor_seed"


def new_seed(request: HttpRequest) -> str:
    """Make a seed for a page that begins; the session keeps it until the first code."""
    seed: str = generate_totp_secret()
    request.session[SEED] = seal(seed)
    return seed


def kept_seed(request: HttpRequest) -> str | None:
    """Give the seed that the page showed; None where the session keeps none."""
    try:
        return unseal(request.session[SEED])
    except (KeyError, Unreadable):
        return None


def forget_seed(request: HttpRequest) -> None:
    """Keep the seed no longer: the app is set up."""
    request.session.pop(SEED, None)
