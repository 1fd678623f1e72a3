"""Links to transcripts: two people's own, and two that anybody may open."""

from datetime import timedelta

from accounts.models import User
from accounts.rules import hash_of
from portal.models import TranscriptLink
from tests.cast import NOW, TODAY, Cast, a_member, a_user
from tests.matrix.things import Thing


def sharing_things(cast: Cast) -> dict[str, Thing]:
    """Make one for each of two holders; who is read of is no actor."""
    mine, theirs = (_link(cast.user(name)) for name in ("bob", "charlie"))
    return {
        "transcript link": Thing.rows(mine, theirs),
        "transcript link over REST": Thing.rows(mine, theirs, "tln"),
        "transcript secret": Thing(
            _secret("Lea Link"), _secret("Moe Link"), "no-such-secret"
        ),
    }


def _secret(name: str) -> str:
    user = a_user(name)
    a_member(name, None, user=user)
    secret = f"secret-of-transcript-of-{user.pk}"
    _link(user, secret)
    return secret


def _link(user: User, secret: str = "") -> TranscriptLink:
    # Read just now, so that reading it again notes nothing.
    return TranscriptLink.objects.create(
        user=user,
        program="acmss",
        name="New employer",
        secret_hash=hash_of(secret or f"unknown-of-{user.pk}"),
        made_at=NOW,
        until_on=TODAY + timedelta(days=36_500),
        opened_at=NOW + timedelta(days=36_500),
    )
