"""What changes people, practices, roles and the ways in."""

from accounts.services.administrators import (
    appoint_administrator,
    end_administration,
    hand_over,
    successors_of,
)
from accounts.services.body_tokens import create_body_token, revoke_body_token
from accounts.services.denying import Tried, note_denied
from accounts.services.details import change_details, change_practice
from accounts.services.invitations import ask_again, invite, send_again
from accounts.services.joining import (
    accept_as,
    accept_with_password,
    decline,
    open_account,
)
from accounts.services.members import (
    AlreadySponsored,
    add_member,
    end_sponsorship,
    switch_renewal_mode,
)
from accounts.services.passwords import (
    ResetLink,
    ask_for_reset,
    compose_reset,
    set_password,
)
from accounts.services.practices import make_practice
from accounts.services.registering import register_person
from accounts.services.reporting_duplicates import (
    compose_proof,
    duplicate_in,
    prove_duplicate,
    report_duplicate,
    withdraw_duplicate,
)
from accounts.services.roster_saving import (
    break_off,
    due_rosters,
    forget_rosters,
    import_batch,
)
from accounts.services.rosters import check_roster, start_import
from accounts.services.staff import appoint_staff
from accounts.services.starting import start_practice, start_staff

__all__ = [
    "AlreadySponsored",
    "ResetLink",
    "Tried",
    "accept_as",
    "accept_with_password",
    "add_member",
    "appoint_administrator",
    "appoint_staff",
    "ask_again",
    "ask_for_reset",
    "break_off",
    "change_details",
    "change_practice",
    "check_roster",
    "compose_proof",
    "compose_reset",
    "create_body_token",
    "decline",
    "due_rosters",
    "duplicate_in",
    "end_administration",
    "end_sponsorship",
    "forget_rosters",
    "hand_over",
    "import_batch",
    "invite",
    "make_practice",
    "note_denied",
    "open_account",
    "prove_duplicate",
    "register_person",
    "report_duplicate",
    "revoke_body_token",
    "send_again",
    "set_password",
    "start_import",
    "start_practice",
    "start_staff",
    "successors_of",
    "switch_renewal_mode",
    "withdraw_duplicate",
]
