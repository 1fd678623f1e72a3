"""How allauth's second factors behave here: sealed, named for our own address."""

from urllib.parse import urlsplit

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from core.sealing import seal, unseal


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps seeds sealed, and takes no part of a request for the site's name."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": (
            "This code isn't right, or was used already. Wait for the next one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal a seed before it is stored."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored seed."""
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code that an authenticator app reads, as an image's address."""
        drawn: str = segno.make(url, error="m").svg_data_uri(
            scale=4, border=4, dark="#000", light="#fff"
        )
        return drawn

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the address people type, whatever Host a request has."""
        return {
            "id": urlsplit(settings.BASE_URL).hostname or "localhost",
            "name": settings.MFA_TOTP_ISSUER,
        }
