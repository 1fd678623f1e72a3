"""Doors that open too far: roles, scopes of tokens, methods, scopes of the database."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

ACCESS = "accounts/access.py"
LOOK_UP = "accounts/doors.py"
TOKENS = "accounts/services/tokens.py"


def right(name: str, old: str, new: str, asks: str) -> Mutant:
    """A permission that asks for less."""
    return Mutant(ACCESS, f"{name}, {old}", f"{name}, {new}", asks)


STAFF_RIGHT = "Kind.STAFF, manager=True)"
ANY_STAFF = "Kind.STAFF)"
DOORS = (
    Mutant(ACCESS, "if token.practice.slug != slug:", "if False:", "api_members"),
    Mutant(
        ACCESS,
        "if not permission.needs or permission.needs not in token.scopes:",
        "if not permission.needs:",
        "api_members",
    ),
    Mutant(
        LOOK_UP,
        "practice__slug=slug, user=user_id, until_at=None,",
        "practice__slug=slug, user=user_id,",
        "practice_home",
    ),
    Mutant(
        LOOK_UP,
        "practice__slug=slug, user=user_id, until_at=None,",
        "practice__slug=slug, until_at=None,",
        "practice_home",
    ),
    Mutant(
        LOOK_UP,
        "practice__slug=slug, user=user_id, until_at=None,",
        "user=user_id, until_at=None,",
        "practice_home",
    ),
    Mutant(ACCESS, "if sponsored.exists():", "if False:", "practice_home"),
    Mutant(
        ACCESS,
        "sponsorships__member__user=user, sponsorships__until_on=None\n    )\n    if",
        "sponsorships__member__user=user\n    )\n    if",
        "practice_home",
    ),
    Mutant(
        LOOK_UP,
        "filter(user=user_id, program=program, until_at=None)",
        "filter(user=user_id, until_at=None)",
        "staff_home",
    ),
    Mutant(
        LOOK_UP,
        "filter(user=user_id, program=program, until_at=None)",
        "filter(user=user_id, program=program)",
        "staff_home",
    ),
    Mutant(
        LOOK_UP,
        "filter(user=user_id, program=program, until_at=None)",
        "filter(program=program, until_at=None)",
        "staff_home",
    ),
    Mutant(
        ACCESS,
        "if permission.manager and role.role != StaffRole.Role.MANAGER:",
        "if False:",
        "staff_seats",
    ),
    Mutant(
        ACCESS,
        "if permission.needs not in FEED_SCOPES:",
        "if False:",
        "opens_no_other_address",
    ),
    Mutant(
        ACCESS,
        "if token.program != program:",
        "if False:",
        "another_body_s_feed",
    ),
    Mutant(
        ACCESS,
        "    if permission.kind is not Kind.PRACTICE:\n        raise WrongRole\n",
        "",
        "api_my_terms",
    ),
    Mutant(
        LOOK_UP,
        "found = Member.objects.filter(user=user_id)",
        "found = Member.objects.all()",
        "my_activity",
    ),
    Mutant(
        "accounts/own_record.py",
        "if is_own_record(actor.user_id or actor.maker_id, member):",
        "if False:",
        "nobody_decides",
    ),
    right('"staff.catalogue"', STAFF_RIGHT, ANY_STAFF, "staff_catalogue"),
    right('"staff.waive"', STAFF_RIGHT, ANY_STAFF, "staff_waive"),
    right('"staff.revoke"', STAFF_RIGHT, ANY_STAFF, "staff_revoke"),
    right('"staff.certify"', STAFF_RIGHT, ANY_STAFF, "staff_record_certification"),
    right('"staff.seats"', STAFF_RIGHT, ANY_STAFF, "staff_seats"),
    right('"staff.retry"', STAFF_RIGHT, ANY_STAFF, "staff_send_again"),
    right('"staff.money"', STAFF_RIGHT, ANY_STAFF, "staff_order_payment"),
    right(
        '"api.order"',
        'Kind.PRACTICE, needs="orders:write"',
        'Kind.PRACTICE, needs="orders:read"',
        "api_orders",
    ),
    right(
        '"api.ce_record"',
        'Kind.PRACTICE, needs="ce:write"',
        'Kind.PRACTICE, needs="ce:read"',
        "api_submit",
    ),
    right(
        '"api.assign"',
        'Kind.PRACTICE, needs="assignments:write"',
        'Kind.PRACTICE, needs="assignments:read"',
        "api_assignments",
    ),
    Mutant(
        "accounts/routes.py",
        "if request.method not in allowed:",
        "if False:",
        "renewal_mode or staff_waive",
    ),
    Mutant(
        "accounts/routes.py",
        "with nullcontext() if in_parts else scoped(door.scope):",
        "with nullcontext():",
        "practice_home",
    ),
    Mutant(
        "accounts/rest.py",
        "with scoped(door.scope):\n                return handler",
        "if True:\n                return handler",
        "api_members",
    ),
    Mutant(
        "accounts/rest.py",
        "actor_key=door.actor.key,",
        'actor_key="anybody",',
        "two_hands",
    ),
    Mutant(
        "accounts/authentication.py",
        "if check.process_view(asked, _nowhere, (), {}):",
        "if False:",
        "one_time_key and api_assignments",
    ),
    Mutant(
        TOKENS,
        "revoked_at=None, expires_at__gt=now)",
        "expires_at__gt=now)",
        "api_members",
    ),
    Mutant(
        TOKENS,
        "revoked_at=None, expires_at__gt=now)",
        "revoked_at=None)",
        "api_members",
    ),
    Mutant(
        "core/rest/asking.py",
        "if name not in self.fields\n            }",
        "if False\n            }",
        "refuses_by_name",
    ),
)
METHODS = (
    Mutant(
        "portal/views/practice.py",
        '@route(permission=PRACTICE_ASSIGN, methods=("POST",))',
        '@route(permission=PRACTICE_ASSIGN, methods=("GET", "POST"))',
        "renewal_mode",
    ),
    Mutant(
        "portal/views/practice.py",
        "@route(permission=PRACTICE_SEE)\ndef record(",
        f"{WITH_PUBLIC}@route(permission=PUBLIC)\ndef record(",
        "member_record",
    ),
    Mutant(
        "portal/views/staff_mail.py",
        '@route(permission=STAFF_RETRY, methods=("POST",))\ndef again(',
        '@route(permission=STAFF_SEE, methods=("POST",))\ndef again(',
        "staff_send_again",
    ),
    Mutant(
        "portal/api/ce_deciding.py",
        "import STAFF_DECIDE, StaffDoor",
        "import PUBLIC as STAFF_DECIDE, StaffDoor",
        "api_decision",
    ),
)
