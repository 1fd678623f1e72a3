"""The demonstration's REST token: known to everybody, so the API page can show it."""

from datetime import datetime, timedelta

from accounts.models import Administration, ApiToken
from accounts.rules import TOKEN_SCOPES, hash_of
from accounts.services.tokens import create_token, widen_token
from core.actor import Actor
from core.scope import Scope, scoped

# Opens a demonstration's invented people alone; nothing else ever takes it.
SECRET = "cep_test_harbor-demonstration-known-to-everybody"  # noqa: S105
PRACTICE = "harbor-family-medicine"
LIFE = timedelta(days=365)


def give_token(*, now: datetime) -> None:
    """Make the token for the first practice; one made before may do as much then."""
    held = Administration.objects.filter(practice__slug=PRACTICE, until_at=None).first()
    if held is None:
        return
    actor = Actor.system("demonstration")
    made = ApiToken.objects.filter(token_hash=hash_of(SECRET)).first()
    if made is not None:
        widen_token(actor=actor, token=made, scopes=TOKEN_SCOPES, now=now)
        return
    create_token(
        actor=actor,
        user=held.user,
        practice=held.practice,
        name="Demonstration",
        scopes=TOKEN_SCOPES,
        expires_at=now + LIFE,
        now=now,
        demo_secret=SECRET,
    )


def token_to_try(*, now: datetime) -> str:
    """Give the secret to try the API with; empty where it opens nothing."""
    works = ApiToken.objects.filter(
        token_hash=hash_of(SECRET), revoked_at=None, expires_at__gt=now
    )
    with scoped(Scope.entry()):
        return SECRET if works.exists() else ""
