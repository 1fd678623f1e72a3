"""Secrets that lie in the database sealed: who reads the rows alone reads nothing.

What is sealed here must be read again in the clear (the seed of an
authenticator app). What need not be is kept as a hash instead.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterator

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"goodstanding sealed rows 1"


class Unreadable(Exception):  # noqa: N818  (it says what is wrong with the text)
    """The text was sealed under a key that is not among the settings any more."""


def seal(text: str) -> str:
    """Encrypt and sign a text under the present SECRET_KEY."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Read what `seal` wrote, under the present key or a former one.

    Raises:
        Unreadable: no key of the settings opens it.
    """
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("No key of the settings opens this.") from error


def sealed_anew(sealed: str) -> str:
    """Seal a text under the present key that may lie under a former one.

    Raises:
        Unreadable: no key of the settings opens it.
    """
    return seal(unseal(sealed))


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _derived()])


def _derived() -> Iterator[bytes]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        # One key for one purpose: what signs cookies never seals rows.
        kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
        yield urlsafe_b64encode(kdf.derive(secret.encode()))
