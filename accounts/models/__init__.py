"""People, the practices that sponsor them, what they may do, and how they get in."""

from accounts.models.entry import ApiToken, BodyToken, Invitation, Token
from accounts.models.merging import UNDO_WITHIN, Duplicate
from accounts.models.people import Member, User
from accounts.models.practices import Administration, Practice, Sponsorship
from accounts.models.rosters import RosterImport
from accounts.models.sessions import WebSession
from accounts.models.sign_on import SignOnLink, SingleSignOn
from accounts.models.staff import StaffRole

__all__ = [
    "UNDO_WITHIN",
    "Administration",
    "ApiToken",
    "BodyToken",
    "Duplicate",
    "Invitation",
    "Member",
    "Practice",
    "RosterImport",
    "SignOnLink",
    "SingleSignOn",
    "Sponsorship",
    "StaffRole",
    "Token",
    "User",
    "WebSession",
]
