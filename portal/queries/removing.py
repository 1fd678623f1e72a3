"""What taking somebody off a practice's list would mean, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Sponsorship
from credentials.models import Window
from credentials.policy import day_words


@dataclass(frozen=True)
class Removing:
    """All the template shows."""

    name: str
    program: str
    record_url: str
    follows: Sequence[str]


def removing(held: Sponsorship, record_url: str, *, today: date) -> Removing:
    """Say what follows when a practice takes somebody off its list today."""
    member = held.member
    follows = [
        f"{day_words(today)} is {member.first_name}'s last day on your list.",
        "Certificates and activity from their time with you stay on your record.",
        f"{member.first_name} keeps the credential and all continuing education.",
        *_term_words(held, today),
    ]
    if member.user_id is not None:
        follows.append(f"{member.first_name} is signed out and can sign in again.")
    return Removing(
        name=member.name,
        program=held.program,
        record_url=record_url,
        follows=follows,
    )


def _term_words(held: Sponsorship, today: date) -> Sequence[str]:
    window = (
        Window.objects.newest()
        .filter(member=held.member_id, program=held.program)
        .first()
    )
    if window is None:
        return []
    if window.last_on < today:
        return ["Nobody renews them any more unless they do so themselves."]
    day = day_words(window.last_on + timedelta(days=1))
    return [
        f"Their term goes on until its last day. You no longer renew it on {day}.",
        "The seat that was used for it doesn't come back.",
    ]
