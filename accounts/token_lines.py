"""How a list of tokens shows one."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.template.defaultfilters import date as spelled

from accounts.models import Token
from core.shown import ending, shown

# Beyond this nobody reads a list; revoked ones come last.
MOST_SHOWN = 200


def line_of(
    token: Token, zone: ZoneInfo, now: datetime, *, may: str, revoke_url: str
) -> dict[str, Any]:
    """Give a token's line; one that works still can be revoked from it.

    Args:
        zone: whose calendar days and clock are shown.
        may: what it may do, in words.
    """
    works = token.revoked_at is None and token.expires_at > now
    used = token.last_used_at
    return {
        "name": token.name,
        "tag": _tag(token, now),
        "prefix": token.prefix,
        "may_text": may,
        "created_text": _day(shown(token.created_at, zone)),
        "created_by": token.created_by.name,
        "expires_text": _day(ending(token.expires_at, token.created_at, zone)),
        "used_text": f"Last used {_minute(used, zone)}." if used else "Never used.",
        "revoke_url": revoke_url if works else "",
    }


def _tag(token: Token, now: datetime) -> dict[str, str]:
    if token.revoked_at:
        return {"tone": "neutral", "word": "Revoked"}
    if token.expires_at <= now:
        return {"tone": "warn", "word": "Expired"}
    return {"tone": "ok", "word": "Works"}


def _day(local: datetime) -> str:
    return spelled(local, "M j, Y")


def _minute(instant: datetime, zone: ZoneInfo) -> str:
    return spelled(shown(instant, zone), "M j, Y, g:i A T")
