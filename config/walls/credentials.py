"""Which rows of what people hold, and of seats, each scope is given."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import (
    ASKED_ABOUT,
    BODY,
    BODY_PRODUCT,
    KEPT_OURS,
    MEMBERS,
    NAMES_OURS,
    OUR_PEOPLE,
    OUR_PRACTICE,
    OURS,
    STANDING_ASKED,
    badge,
    below,
    own,
    practice,
    public,
    report,
    staff,
    sweep,
)
from core.walls import May, Rule

SEE, CHANGE, ADD = May.SEE, May.CHANGE, May.ADD
OF_POOL = below("pool_id", "credentials_seatpool")

CREDENTIALS: Mapping[str, Sequence[Rule]] = {
    "credentials_certification": (
        practice(OUR_PEOPLE, SEE),
        own(MEMBERS, SEE),
        staff(BODY),
        report("id IN (SELECT r.certification FROM wall_reported() r)"),
        # What exams earn is recorded by the worker.
        *sweep(SEE),
        *sweep(ADD),
    ),
    "credentials_societymembership": (own(MEMBERS, SEE), staff(BODY), *sweep(SEE)),
    "credentials_window": (
        practice(OURS, kept=KEPT_OURS),
        own(MEMBERS),
        staff(BODY),
        *sweep(),
    ),
    "credentials_standingperiod": (
        practice(OUR_PEOPLE),
        own(MEMBERS),
        staff(BODY),
        public(ASKED_ABOUT),
        report(STANDING_ASKED),
        badge(
            "(member_id, program::text) IN "
            "(SELECT b.member, b.program FROM wall_badges() b)"
        ),
        *sweep(),
    ),
    # No practice: it sees no more than its share of somebody's CE.
    "credentials_tally": (own(MEMBERS), staff(BODY), *sweep()),
    "credentials_seatpool": (practice(OUR_PRACTICE), staff(BODY_PRODUCT), *sweep()),
    "credentials_assignmentbatch": (
        practice(OUR_PRACTICE),
        staff(BODY_PRODUCT, SEE),
        *sweep(),
    ),
    "credentials_assignment": (
        practice(OUR_PRACTICE, kept=NAMES_OURS),
        # An exam that somebody takes says where what opened it stands.
        own(MEMBERS, CHANGE),
        # A merge of two accounts takes them along.
        staff(BODY_PRODUCT, CHANGE),
        *sweep(),
    ),
    "credentials_seatchange": (practice(OUR_PRACTICE), staff(BODY), *sweep(SEE)),
    "credentials_leftout": (
        practice(OUR_PRACTICE, kept=NAMES_OURS),
        own(MEMBERS, SEE),
        staff(BODY),
        *sweep(),
    ),
    "credentials_seatentry": (practice(OF_POOL), staff(OF_POOL), *sweep()),
}
