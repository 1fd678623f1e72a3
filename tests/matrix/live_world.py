"""Live activities of two bodies, and what two members have to do with them."""

from datetime import timedelta
from uuid import uuid4

from accounts.models import Member
from courses.models import LiveRegistration
from portal.queries.live import claim_key
from tests.cast import BODY, OTHER_BODY, TODAY, Cast
from tests.db.live_rows import a_live_row, a_registration, noted
from tests.learning.taking import SOCIETY
from tests.matrix.things import Thing

SOON = TODAY + timedelta(days=9)
LATER = {
    "first_on": SOON,
    "last_on": SOON,
    "sessions": [[SOON.isoformat(), "09:00", "11:00"]],
}


def live_things(cast: Cast) -> dict[str, Thing]:
    """Announce activities; Bob and Charlie each come to one, and were at another."""
    open_ = a_live_row(SOCIETY, **LATER)
    drafts = [a_live_row(each, published_at=None) for each in (BODY, OTHER_BODY)]
    held = [a_live_row(each) for each in (BODY, OTHER_BODY)]
    at_door = a_registration(cast.bob, a_live_row(SOCIETY))
    to_come = [a_live_row(each, **LATER) for each in (BODY, OTHER_BODY)]
    coming = [
        a_registration(each, a_live_row(SOCIETY, **LATER))
        for each in (cast.bob, cast.charlie)
    ]
    there = [_was_there(cast.bob), _was_there(cast.charlie)]
    expected = [
        a_registration(member, live)
        for member, live in zip((cast.bob, cast.charlie), held, strict=True)
    ]
    keys = [claim_key(each.pk) for each in there]
    return {
        # Whoever signs in finds it; another body's draft nobody does.
        "live activity": Thing.rows(open_, drafts[1]),
        "live activity over REST": Thing.rows(open_, drafts[1], "lva"),
        "live draft of the body": Thing.rows(drafts[0], drafts[1]),
        "live activity of the body": Thing.rows(held[0], held[1]),
        "live draft of the body over REST": Thing.rows(drafts[0], drafts[1], "lva"),
        "live activity of the body over REST": Thing.rows(held[0], held[1], "lva"),
        "live activity to come over REST": Thing.rows(to_come[0], to_come[1], "lva"),
        # What one comes to, and another's draft that nobody finds.
        "live activity one comes to over REST": Thing.rows(
            at_door.live, drafts[1], "lva"
        ),
        "registration over REST": Thing.rows(coming[0], coming[1], "lvr"),
        "registration of the body": Thing.rows(expected[0], expected[1]),
        "opened claim": Thing(keys[0], keys[1], claim_key(uuid4())),
    }


def _was_there(member: Member) -> LiveRegistration:
    row = a_registration(member, a_live_row(SOCIETY))
    noted(row)
    return row
