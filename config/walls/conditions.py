"""How a row belongs to somebody: the conditions that the list of walls is made of.

Each is SQL about one row. `wall_…` are the functions of `functions.sql`.
"""

from core.walls import WORKER, May, Rule

ALL = "true"
OUR_PRACTICE = "practice_id = (SELECT wall_id('practice'))"
# What a practice sees of people, not of seats: the programs it stands for them in.
OUR_PEOPLE = "(member_id, program::text) IN (SELECT * FROM wall_sponsored())"
OURS = f"{OUR_PRACTICE} OR {OUR_PEOPLE}"
MEMBERS = "member_id IN (SELECT wall_members())"
# Nobody is taken in by naming them: a row of the practice's names its own people.
NAMES_OURS = f"{OUR_PRACTICE} AND (member_id IS NULL OR {MEMBERS})"
KEPT_OURS = f"({NAMES_OURS}) OR {OUR_PEOPLE}"
PRACTICES = "practice_id IN (SELECT wall_practices())"
USERS = "user_id IN (SELECT wall_users())"
MYSELF = "user_id = (SELECT wall_id('self'))"
BY_OURS = (
    "('user:' || user_id IN (SELECT wall_actors())"
    " OR 'token:' || token_id IN (SELECT wall_actors()))"
)
# Whose certificate the public names by its number, in its program.
ASKED_ABOUT = "(member_id, program::text) IN (SELECT * FROM wall_asked_about())"
# How whoever the public named whole stands, in the program they were named in.
STANDING_ASKED = (
    "(member_id, program::text) IN (SELECT r.member, r.program FROM wall_reported() r)"
)
BODY = "program = (SELECT wall_key('staff'))"
BODY_PRODUCT = (
    "product_id IN (SELECT p.id FROM credentials_product p "
    "WHERE p.program = (SELECT wall_key('staff')))"
)
# A body may have a hundred thousand members. Asked of the tables themselves, which name
# the body, PostgreSQL decides whether to look for one of them or for all.
BODY_MEMBERS = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} t WHERE t.member_id = accounts_member.id "  # noqa: S608
    f"AND t.program = (SELECT wall_key('staff')){rest})"
    for table, rest in (
        ("accounts_sponsorship", ""),
        ("credentials_certification", ""),
        ("credentials_window", ""),
        # Whose licence it registers; one that was taken away is shown to nobody.
        ("renewals_licence", " AND t.removed_at IS NULL"),
        # Who pays alone may report something before they hold anything.
        ("ce_credits_activity", ""),
        # Who took its exam or a course's test: staff may allow them more.
        ("courses_attempt", ""),
        # Who learns alone: staff help where they are stuck.
        ("courses_enrolment", ""),
        # Who registered for something live: staff note that they were there.
        ("courses_liveregistration", ""),
        # Who pays the body alone: staff record what they paid, and for whom.
        ("billing_order", ""),
    )
)
# Both records of whoever asked this body to merge them, and proved both are theirs.
BODY_MERGES = (
    "EXISTS (SELECT 1 FROM accounts_duplicate d "
    "WHERE d.program = (SELECT wall_key('staff')) AND d.state IN ('proved', 'merged') "
    "AND accounts_member.id IN (d.member_id, d.other_id))"
)
# Who asked for it, also once it was refused or undone: the report still names them.
BODY_ANSWERED = (
    "EXISTS (SELECT 1 FROM accounts_duplicate d "
    "WHERE d.program = (SELECT wall_key('staff')) "
    "AND d.state IN ('undone', 'refused') AND accounts_member.id = d.member_id)"
)
BODY_USERS = (
    "EXISTS (SELECT 1 FROM accounts_member m WHERE m.user_id = accounts_user.id)"
)
# Django's mark of a password that nobody has.
UNENTERED = "password LIKE '!%'"
ADDRESSED = "lower(recipient) IN (SELECT wall_addresses())"
# A demonstration has a row that says which day it is; there the web passes the days.
DEMONSTRATION = "EXISTS (SELECT 1 FROM core_domaindate)"


def practice(rows: str, may: May = May.WRITE, *, kept: str = "") -> Rule:
    """What an administrator, or a practice's program, meets."""
    return Rule("practice", rows, may, kept=kept)


def own(rows: str, may: May = May.WRITE) -> Rule:
    """What a signed-in person meets of their own."""
    return Rule("self", rows, may)


def staff(rows: str, may: May = May.WRITE) -> Rule:
    """What a body's staff meet."""
    return Rule("staff", rows, may)


def sweep(may: May = May.WRITE) -> tuple[Rule, Rule]:
    """What the worker meets, across practices."""
    return (
        Rule("sweep", ALL, may, WORKER),
        Rule("sweep", DEMONSTRATION, may),
    )


def trail() -> tuple[Rule, Rule]:
    """What writing one more entry meets: the end of any chain, for those who write."""
    return Rule("trail", ALL, May.WRITE), Rule("trail", ALL, May.WRITE, WORKER)


def entry(rows: str, may: May) -> Rule:
    """What signing in meets, before it is known who somebody is."""
    return Rule("entry", rows, may)


def joining(rows: str, may: May = May.WRITE) -> Rule:
    """What accepting one invitation meets."""
    return Rule("joining", rows, may)


def setup(rows: str, may: May = May.WRITE) -> Rule:
    """What the commands meet that let the first people in."""
    return Rule("setup", rows, may)


def public(rows: str) -> Rule:
    """What anybody meets who has a certificate's number."""
    return Rule("public", rows, May.SEE)


def report(rows: str) -> Rule:
    """What anybody meets who names a credential whole, by number or by name."""
    return Rule("report", rows, May.SEE)


def given() -> tuple[Rule, Rule]:
    """What handing out a file meets, and whoever has it: the row of its own hash."""
    rows = "sha256 = (SELECT wall_key('given'))"
    return Rule("given", rows, May.SEE), Rule("given", rows, May.ADD)


def badge(rows: str) -> Rule:
    """What anybody meets who has the address of a badge."""
    return Rule("badge", rows, May.SEE)


def queues(rows: str) -> Rule:
    """What the status page meets: that something waits."""
    return Rule("queues", rows, May.SEE)


def below(column: str, parent: str) -> str:
    """Belong to whom the parent belongs: its own walls answer."""
    return f"EXISTS (SELECT 1 FROM {parent} p WHERE p.id = {column})"  # noqa: S608
