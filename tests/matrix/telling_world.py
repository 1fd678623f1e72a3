"""What people of the matrix were told, and what they asked for."""

from datetime import timedelta

from accounts.models import User
from accounts.rules import hash_of
from notifications.models import CalendarFeed, Subscription
from notifications.queries import token_of
from tests.cast import NOW, TODAY, Cast, a_user
from tests.matrix.things import Thing
from tests.telling.told import a_notice


def telling_things(cast: Cast) -> dict[str, Thing]:
    """Make one of each for two people; links are of people who are no actors."""
    bob, charlie = cast.user("bob"), cast.user("charlie")
    read = {"read_at": NOW, "place": "own", "path": "/me/"}
    mine, theirs = (
        a_notice(each, f"Told {each.name}", **read) for each in (bob, charlie)
    )
    fay, gus = a_user("Fay Feed"), a_user("Gus Feed")
    return {
        "notice": Thing.rows(mine, theirs),
        "notice over REST": Thing.rows(mine, theirs, "ntf"),
        "calendar": Thing(_feed(fay), _feed(gus), "no-such-secret"),
        "unsubscribe link": Thing(_link(fay), _link(gus), "no-such-link"),
    }


def everybody_ended_the_summary() -> None:
    """Let everybody have had the choice: not everybody is offered it."""
    for user in User.objects.filter(subscriptions=None):
        Subscription.objects.create(
            user=user, kind="weekly", on=False, from_on=TODAY, changed_at=NOW
        )


def _feed(user: User) -> str:
    secret = f"secret-of-{user.pk}"
    # Read just now, so that reading it again notes nothing.
    CalendarFeed.objects.create(
        user=user,
        secret_hash=hash_of(secret),
        created_at=NOW,
        last_used_at=NOW + timedelta(days=36_500),
    )
    return secret


def _link(user: User) -> str:
    held = Subscription.objects.create(
        user=user, kind="weekly", on=True, from_on=TODAY, changed_at=NOW
    )
    return token_of(held)
