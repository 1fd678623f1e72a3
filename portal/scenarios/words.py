"""The words and keys that a scenario may use, and the errors for any other."""

from credentials.policy import PlaceError

INPUTS = (
    "minutes",
    "hours",
    "title",
    "housekeeping_minutes",
    "academic_credits",
    "positions",
    "level",
    "paid",
    "stated_credits",
    "topics",
    "website",
)
OUTCOMES = ("awarded", "staff", "refused")
PROFESSIONS = ("physician", "other")
DECISIONS_ON_ACTIVITIES = ("submitted", "accepted", "rejected", "returned")
DECISIONS_ON_APPLICATIONS = ("open", "approved", "refused")
APPLICATIONS = (
    "membership",
    "renewal",
    "recertification",
    "extension",
    "reinstatement",
)
PAYMENTS = ("card", "cheque")
EVENTS = ("certified", "apply", "activity", "waive", "society_member")
AWARD_KEYS = ("program", "activity", "on", "profession", "expect", *INPUTS)
EVENT_KEYS = (
    "on",
    *EVENTS,
    *INPUTS,
    "proof",
    "credits",
    "decision",
    "decided_on",
    "paid_by",
    "dated",
    "received",
)
STANDINGS = (
    "none",
    "good",
    "due",
    "renew_now",
    "late",
    "under_review",
    "extended",
    "lapsed",
    "expired",
    "retired",
)
CERTIFICATES = ("issued", "held", "none")
EXTENSIONS = ("allowed", "refused", "granted")
CLOSED = "closed"


class ScenarioError(PlaceError):
    """A scenario says something its format does not allow; names file and key."""
