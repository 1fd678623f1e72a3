"""The fifth wall: which rows of which table each scope is given.

A table stands here once: with its rules, or with the reason why it has none. A new one
that is in neither place fails a test. Its migration ends with `walls("its_table")`.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from config.walls.conditions import (
    ADDRESSED,
    ALL,
    BODY,
    BODY_ANSWERED,
    BODY_MEMBERS,
    BODY_MERGES,
    BODY_USERS,
    BY_OURS,
    MEMBERS,
    MYSELF,
    NAMES_OURS,
    OUR_PEOPLE,
    OUR_PRACTICE,
    PRACTICES,
    UNENTERED,
    USERS,
    below,
    entry,
    joining,
    own,
    practice,
    queues,
    report,
    setup,
    staff,
    sweep,
    trail,
)
from config.walls.credentials import CREDENTIALS
from config.walls.documents import DOCUMENTS
from config.walls.exports import EXPORTS
from config.walls.learning import LEARNING, RENEWALS
from config.walls.money import BILLING
from config.walls.papers import PAPERS
from config.walls.telling import TELLING
from core.walls import May, Rule, Walls

SEE, CHANGE, ADD = May.SEE, May.CHANGE, May.ADD

CORE: Mapping[str, Sequence[Rule]] = {
    "core_auditentry": (
        practice(OUR_PRACTICE, kept=NAMES_OURS),
        # What our administrators and programs did about our people, and what staff
        # did about them for no practice.
        practice(f"{MEMBERS} AND {BY_OURS}"),
        practice(f"practice_id IS NULL AND {OUR_PEOPLE}"),
        own(f"{MEMBERS} OR {MYSELF}"),
        staff(BODY),
        joining(
            f"{PRACTICES} AND "
            f"({MEMBERS} OR {USERS} OR {below('subject_id', 'accounts_invitation')})"
        ),
        # The entries of the commands that let the first people in, nobody's else.
        setup("user_id IS NULL AND token_id IS NULL AND member_id IS NULL"),
        *trail(),
        *sweep(),
    ),
    "core_audithead": trail(),
    "core_outboxmessage": (
        practice(f"{OUR_PRACTICE} OR (practice_id IS NULL AND {ADDRESSED})"),
        practice(ADDRESSED, ADD),
        own(f"{ADDRESSED} AND program <> ''"),
        # An administrator is told what somebody's own doing brought about.
        own(PRACTICES, ADD),
        staff(BODY),
        # Links and warnings leave: who has them written learns nothing of them.
        own(f"{ADDRESSED} AND kind = 'security_changed'", ADD),
        own("kind = 'account_proof'", ADD),
        entry("kind IN ('reset', 'security_changed')", ADD),
        joining(f"{PRACTICES} AND {ADDRESSED}"),
        setup("kind IN ('reset', 'security_changed')", ADD),
        queues("state IN ('waiting', 'sending')"),
        *sweep(),
    ),
    "core_usedkey": (
        practice("actor_key IN (SELECT wall_actors())"),
        own("actor_key IN (SELECT wall_actors())"),
        staff("actor_key IN (SELECT wall_actors())"),
        *sweep(),
    ),
}

ACCOUNTS: Mapping[str, Sequence[Rule]] = {
    "accounts_user": (
        practice("id IN (SELECT wall_users())", SEE),
        own("id = (SELECT wall_id('self'))", CHANGE),
        own("id IN (SELECT wall_users())", SEE),
        staff(f"id IN (SELECT wall_users()) OR {BODY_USERS}", SEE),
        # Whom staff register: an account that nobody enters before its own owner does.
        staff(f"is_active AND {UNENTERED}", ADD),
        # By an address or a session: who it is comes out only then.
        entry(ALL, CHANGE),
        joining("lower(email) IN (SELECT wall_addresses())"),
        setup(ALL),
        *sweep(SEE),
    ),
    "accounts_member": (
        practice("id IN (SELECT wall_members())", SEE),
        # How to reach whom the practice stands for today.
        practice("id IN (SELECT s.member FROM wall_sponsored() s)", CHANGE),
        # A record that is nobody's account: whoever it is of, joins by their own doing.
        practice("user_id IS NULL", ADD),
        own(MYSELF, CHANGE),
        staff(BODY_MEMBERS, SEE),
        staff(BODY_MERGES, CHANGE),
        staff(BODY_ANSWERED, SEE),
        # Whom they register; an account has one record at most, as its column says.
        staff("joined_to_id IS NULL", ADD),
        joining(f"id IN (SELECT wall_members()) OR {USERS}"),
        report("id IN (SELECT r.member FROM wall_reported() r)"),
        *sweep(SEE),
        # Whom a roster brings.
        *sweep(ADD),
    ),
    # Whoever reports two accounts reads of it, from the one kept, and the body asked.
    "accounts_duplicate": (
        own(MEMBERS),
        own("kept_id IN (SELECT wall_members())", SEE),
        staff(BODY, CHANGE),
        # What both had is freed once it can't be undone any more.
        *sweep(SEE),
    ),
    "accounts_practice": (
        practice("id = (SELECT wall_id('practice'))", CHANGE),
        own("id IN (SELECT wall_practices())", SEE),
        # Who asks them to join says so by name.
        own("id IN (SELECT i.practice FROM wall_invitations() i)", SEE),
        # A body grants seats to a practice before it stands for anybody.
        staff(ALL, SEE),
        # A token and an invitation say whose they are.
        entry(ALL, SEE),
        joining("id IN (SELECT wall_practices())", SEE),
        setup(ALL),
        # Importing a roster takes turns with whoever adds people: that locks the row.
        *sweep(CHANGE),
    ),
    "accounts_administration": (
        practice(OUR_PRACTICE),
        own(f"{MYSELF} OR {PRACTICES}", SEE),
        staff("practice_id IN (SELECT s.practice_id FROM accounts_sponsorship s)", SEE),
        setup(ALL),
        *sweep(SEE),
    ),
    "accounts_sponsorship": (
        practice(
            OUR_PRACTICE,
            kept=f"({NAMES_OURS}) OR ({OUR_PRACTICE} AND wall_unclaimed(member_id))",
        ),
        own(MEMBERS, SEE),
        # On a practice's request staff lower its seats, which switches modes.
        staff(BODY, CHANGE),
        joining(MEMBERS, SEE),
        joining(f"{PRACTICES} AND {MEMBERS}"),
        *sweep(),
    ),
    "accounts_invitation": (
        practice(OUR_PRACTICE, kept=NAMES_OURS),
        own("id IN (SELECT i.invitation FROM wall_invitations() i)", SEE),
        entry(ALL, SEE),
        joining(
            f"{PRACTICES} AND (lower(email) IN (SELECT wall_addresses()) OR {MEMBERS})"
        ),
        # A roster's people are invited, whatever was open for them ends.
        *sweep(CHANGE),
        *sweep(ADD),
    ),
    # No member and no body reads what a practice sent.
    "accounts_rosterimport": (practice(OUR_PRACTICE), *sweep()),
    "accounts_apitoken": (practice(OUR_PRACTICE), entry(ALL, CHANGE)),
    # A role that ends, by a command, ends the tokens that came of it.
    "accounts_bodytoken": (staff(BODY), entry(ALL, CHANGE), setup(ALL, CHANGE)),
    # Signing in reads a practice's settings before it is known who somebody is; whoever
    # it turns out to be notes that it was them.
    "accounts_singlesignon": (
        practice(OUR_PRACTICE),
        entry(ALL, SEE),
        setup(ALL, CHANGE),
    ),
    "accounts_signonlink": (
        practice(OUR_PRACTICE, CHANGE, kept=f"{OUR_PRACTICE} AND {USERS}"),
        own(MYSELF, SEE),
        own(f"{MYSELF} AND {PRACTICES}", ADD),
    ),
    "accounts_staffrole": (
        own(MYSELF, SEE),
        staff(BODY, SEE),
        setup(ALL),
        # Whom a question is mailed to.
        *sweep(SEE),
    ),
    "account_emailaddress": (
        own(MYSELF),
        entry(ALL, CHANGE),
        joining(USERS),
        setup(ALL),
        # A link is made of its person's addresses; the first link notes the first one.
        *sweep(SEE),
        *sweep(ADD),
    ),
    "account_emailconfirmation": (entry(ALL, SEE),),
    # The second step comes before the sign-in is done; commands help who lost theirs.
    "mfa_authenticator": (own(MYSELF), entry(ALL, CHANGE), setup(ALL)),
}

UNWALLED: Mapping[str, str] = {
    "core_domaindate": "The day a demonstration lives in.",
    "billing_pricelist": "What a body charges; anybody may read it.",
    "billing_price": "What a body charges; anybody may read it.",
    "billing_invoicecount": "The last number a body gave; names nobody.",
    "credentials_product": "What a body offers; it belongs to no practice or member.",
    "ce_credits_catalogueitem": "What a body knows; anybody may read and pick it.",
    "courses_questionbank": "Questions as a file of the release has them; of nobody.",
    "certificates_attestationcount": "The last number a body gave; names nobody.",
    "accounts_websession": "Found before anybody is known, by its key's hash.",
    "django_content_type": "Names of the program's own tables.",
    "auth_permission": "Django's own; the project's rights stand in its code.",
    "auth_group": "Django's own; the project makes none.",
    "auth_group_permissions": "Django's own; the project makes none.",
}

WALLS = Walls(
    functions=(Path(__file__).parent / "functions.sql").read_text(encoding="utf-8"),
    tables={
        **CORE,
        **EXPORTS,
        **ACCOUNTS,
        **BILLING,
        **CREDENTIALS,
        **PAPERS,
        **DOCUMENTS,
        **LEARNING,
        **RENEWALS,
        **TELLING,
    },
    unwalled=UNWALLED,
)
