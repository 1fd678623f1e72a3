"""The walls of what people learn, and of what renewing them brings."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import (
    ASKED_ABOUT,
    BODY,
    MEMBERS,
    MYSELF,
    NAMES_OURS,
    OUR_PEOPLE,
    OUR_PRACTICE,
    OURS,
    PRACTICES,
    below,
    own,
    practice,
    public,
    staff,
    sweep,
)
from config.walls.courses import COURSES
from core.walls import May, Rule

SEE, CHANGE, ADD = May.SEE, May.CHANGE, May.ADD
OF_ACTIVITY = below("activity_id", "ce_credits_activity")
OF_APPROVAL = below("application_id", "ce_credits_approvalapplication")
OF_APPLICATION = below("application_id", "renewals_recertification")
OF_CASE = below("case_id", "ce_credits_auditcase")
OF_WINDOW = below("window_id", "credentials_window")

LEARNING: Mapping[str, Sequence[Rule]] = {
    **COURSES,
    "ce_credits_activity": (
        practice(OURS, CHANGE),
        practice(NAMES_OURS, ADD),
        own(MEMBERS),
        staff(BODY),
        # What reports itself is taken by the worker.
        *sweep(CHANGE),
        *sweep(ADD),
    ),
    **{
        table: (
            practice(OF_ACTIVITY),
            own(OF_ACTIVITY),
            staff(OF_ACTIVITY),
            *sweep(SEE),
            *sweep(ADD),
        )
        for table in ("ce_credits_activitystep", "ce_credits_creditaward")
    },
    "ce_credits_proof": (
        # What answers an audit is between its holder and the body.
        practice(f"{OF_ACTIVITY} AND audit_item_id IS NULL"),
        own(OF_ACTIVITY),
        staff(OF_ACTIVITY),
        *sweep(SEE),
    ),
    "ce_credits_proofallowance": (practice(MEMBERS), own(MEMBERS)),
    "ce_credits_practiceallowance": (practice(OUR_PRACTICE), own(PRACTICES)),
    "ce_credits_cataloguefile": (staff(BODY),),
    # What a sponsor reports is handed to the feed by the worker.
    "ce_credits_feeddelivery": (staff(BODY), *sweep(CHANGE), *sweep(ADD)),
    "ce_credits_feedrow": (
        own(MEMBERS, SEE),
        staff(BODY),
        *sweep(CHANGE),
        *sweep(ADD),
    ),
    # A sponsor's application is of its account; the body meets what was sent to it.
    "ce_credits_approvalapplication": (
        own(MYSELF),
        staff(f"{BODY} AND submitted_at IS NOT NULL", CHANGE),
        # Lists of one activity are taken in one after the other: that locks the row.
        *sweep(CHANGE),
    ),
    "ce_credits_approvalstep": (own(OF_APPROVAL), staff(OF_APPROVAL), *sweep(SEE)),
    # What a sponsor checks and sends; the body meets its rows in the feed.
    "ce_credits_attendancelist": (
        own(f"{MYSELF} AND {OF_APPROVAL}"),
        staff(OF_APPROVAL, SEE),
        *sweep(CHANGE),
    ),
    "ce_credits_missingcredit": (
        own(MEMBERS, SEE),
        own(MEMBERS, ADD),
        staff(BODY),
        *sweep(CHANGE),
    ),
    "ce_credits_auditdraw": (staff(BODY),),
    # No practice and nobody else reads that somebody is audited.
    "ce_credits_auditcase": (own(MEMBERS, CHANGE), staff(BODY), *sweep(CHANGE)),
    "ce_credits_audititem": (own(OF_CASE, CHANGE), staff(OF_CASE), *sweep(SEE)),
}

RENEWALS: Mapping[str, Sequence[Rule]] = {
    "renewals_termcertificate": (
        practice(OF_WINDOW),
        own(OF_WINDOW),
        staff(OF_WINDOW),
        *sweep(),
    ),
    "renewals_cardround": (
        practice(OUR_PRACTICE, SEE),
        staff(BODY, SEE),
        *sweep(),
    ),
    # A practice's own acts write how its people stand, which applications decide.
    "renewals_recertification": (
        practice(OUR_PEOPLE, SEE),
        own(MEMBERS),
        staff(BODY),
        *sweep(),
    ),
    # No practice: what is asked about an application is between two.
    "renewals_applicationquestion": (
        own(OF_APPLICATION, CHANGE),
        staff(OF_APPLICATION),
        # Staff are told of an answer by the worker.
        *sweep(CHANGE),
    ),
    "renewals_decree": (staff(BODY), *sweep(SEE)),
    # As applications are: what a practice's own acts write asks them.
    "renewals_moveddeadline": (
        practice(OUR_PEOPLE, SEE),
        own(MEMBERS, SEE),
        staff(BODY),
        *sweep(CHANGE),
    ),
    # A licence is its holder's to enter; a merge of two accounts takes it along.
    # Of whom a certificate names, the public learns whether they are retired (M11).
    # Whom a sponsor names in its list, the worker finds by it (M12).
    "renewals_licence": (
        own(MEMBERS),
        staff(BODY, CHANGE),
        public(ASKED_ABOUT),
        *sweep(SEE),
    ),
    "renewals_digestline": (practice(OUR_PRACTICE, SEE), *sweep()),
    "renewals_renewalattempt": (
        practice(OUR_PRACTICE, SEE),
        own(MEMBERS, SEE),
        # A merge of two accounts takes it along.
        staff(OF_WINDOW, CHANGE),
        *sweep(),
    ),
}
