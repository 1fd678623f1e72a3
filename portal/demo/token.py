"""The demonstration's REST token: known to everybody, so the API page can show it."""

from datetime import datetime, timedelta

from accounts.models import Administration, ApiToken
from accounts.rules import hash_of
from accounts.services.tokens import create_token
from core.actor import Actor

# Opens a demonstration's invented people alone; nothing else ever takes it.
SECRET = "cep_test_harbor-demonstration-known-to-everybody"  # noqa: S105
PRACTICE = "harbor-family-medicine"
LIFE = timedelta(days=365)
SCOPES = ("members:read", "assignments:read", "assignments:write", "certificates:read")


def give_token(*, now: datetime) -> None:
    """Make the token for the first practice; once made, it is left as it is."""
    held = Administration.objects.filter(practice__slug=PRACTICE, until_at=None).first()
    if held is None or ApiToken.objects.filter(token_hash=hash_of(SECRET)).exists():
        return
    create_token(
        actor=Actor.system("demonstration"),
        user=held.user,
        practice=held.practice,
        name="Demonstration",
        scopes=SCOPES,
        expires_at=now + LIFE,
        now=now,
        demo_secret=SECRET,
    )


def token_to_try(*, now: datetime) -> str:
    """Give the secret to try the API with; empty where it opens nothing."""
    works = ApiToken.objects.filter(
        token_hash=hash_of(SECRET), revoked_at=None, expires_at__gt=now
    )
    return SECRET if works.exists() else ""
