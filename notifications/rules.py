"""What becomes of a message that a server did not take, or did not say it took.

`docs/decisions/0004-mail-that-may-have-left.md` says why.
"""

import smtplib
from datetime import timedelta
from enum import Enum

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError

# A first try, then one after 1, 2, 4, 4, 4 … minutes: two days in all.
MOST_ATTEMPTS = 720
LONGEST_WAIT = timedelta(minutes=4)
# What can't even be put together: waiting helps only if a new version brings help.
MOST_BROKEN = 8
# The second time nobody answers, the message counts as sent: at most one double.
MOST_UNANSWERED = 2
# Whose link opens an account, once: it leaves the row with the mail, or never comes
# there, so what was sent can be neither shown nor sent again.
ONE_USE = ("invite", "reset", "account_proof")
# Nobody can switch these off: they say that a way in has changed, or is asked for.
SECURITY = (*ONE_USE, "security_changed", "administrator_changed")
# What goes only to those who asked for it (class B), and ends with one click.
WEEKLY = "weekly_summary"
# What goes to everybody it is about until they end it (class B): a courtesy.
CYCLE_REMINDER = "cycle_reminder"
# A message too large is refused as early as MAIL, where all else is about us.
TOO_LARGE = 552


class Verdict(Enum):
    """What is done with the message."""

    LATER = "the server, or the way to it, can't take it now: try again"
    NEVER = "this message is refused for good: leave it to people, with the reason"
    BROKEN = "it can't be put together: try a few times, then leave it to people"
    UNANSWERED = "it was handed over and nobody answered: it may have been taken"


def verdict(error: Exception, *, handed: bool) -> Verdict:
    """Judge a try by how it ended; `handed`: the message could have been taken."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = error.recipients.values()
        if any(_about_us(_reply(*each)) for each in replies):
            return Verdict.LATER
        # One message has one recipient.
        return _by_code(*(code for code, _ in replies))
    if isinstance(error, smtplib.SMTPDataError):
        heard = 400 <= error.smtp_code < 600
        return _by_code(error.smtp_code) if heard or not handed else Verdict.UNANSWERED
    if handed:
        return Verdict.UNANSWERED
    if isinstance(error, smtplib.SMTPSenderRefused) and error.smtp_code == TOO_LARGE:
        return Verdict.NEVER
    if isinstance(error, OSError | DatabaseError | SoftTimeLimitExceeded):
        return Verdict.LATER
    return Verdict.BROKEN


def _about_us(reply: str) -> bool:
    # "Sign in first", or RFC 3463's 5.7: we may not send there, whatever we send.
    return reply.startswith("53") or reply[4:].startswith("5.7.")


def _by_code(*codes: int) -> Verdict:
    return Verdict.NEVER if all(500 <= each < 600 for each in codes) else Verdict.LATER


def is_last(attempts: int, found: Verdict) -> bool:
    """Tell whether a message that failed this often is left to people."""
    if found is Verdict.NEVER:
        return True
    return attempts >= (MOST_BROKEN if found is Verdict.BROKEN else MOST_ATTEMPTS)


def wait(attempts: int, *, base: timedelta) -> timedelta:
    """Tell how long to wait after a try, counted from 1: doubled, to a limit."""
    if base >= LONGEST_WAIT:
        return base
    doubled: timedelta = base * 2 ** min(attempts - 1, 16)
    return min(doubled, LONGEST_WAIT)


def words(error: Exception) -> str:
    """Say what went wrong, as staff read it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_reply(*each) for each in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error)
    name, said = type(error).__name__, str(error)
    if isinstance(error, smtplib.SMTPException) and said:
        return said
    if isinstance(error, OSError):
        return f"Not sent: {error.strerror or said or name}"
    return f"{name}: {said}" if said else name


def _reply(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"
