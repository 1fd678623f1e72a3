"""The walls of what people are told, opt into and ask, and of how staff look at it."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import ALL, BODY, MYSELF, entry, own, staff, sweep
from core.walls import May, Rule

# A role that was lost shows nothing more of its practice or body.
STILL_THEIRS = (
    "(place IN ('person', 'own')"
    " OR (place = 'practice' AND EXISTS (SELECT 1 FROM accounts_administration a"
    " WHERE a.practice_id = notifications_notice.practice_id"
    " AND a.user_id = notifications_notice.user_id AND a.until_at IS NULL))"
    " OR (place = 'staff' AND EXISTS (SELECT 1 FROM accounts_staffrole r"
    " WHERE r.program = notifications_notice.program"
    " AND r.user_id = notifications_notice.user_id AND r.until_at IS NULL)))"
)

TELLING: Mapping[str, Sequence[Rule]] = {
    "notifications_notice": (
        own(f"{MYSELF} AND {STILL_THEIRS}", May.CHANGE),
        *sweep(),
    ),
    "notifications_subscription": (
        own(MYSELF),
        # By a link that was mailed, without anybody signed in.
        entry(ALL, May.CHANGE),
        # The row that a reminder's link names is made with its first letter.
        *sweep(),
    ),
    "notifications_weeklysummary": sweep(),
    # By its secret, before it is known whose it is.
    "notifications_calendarfeed": (own(MYSELF), entry(ALL, May.CHANGE)),
    # Anybody asks; the body's staff alone read it.
    "portal_helpquestion": (entry(ALL, May.ADD), staff(BODY, May.CHANGE), *sweep()),
    "portal_savedview": (staff(BODY),),
    # By its secret, before it is known whose it is; staff know of none.
    "portal_transcriptlink": (own(MYSELF), entry(ALL, May.CHANGE)),
}
