"""Secret addresses of one's own transcript: made, ended, noted when opened."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from accounts.events import RecordsMerged
from accounts.models import Member, User
from accounts.rules import hash_of
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotEligible, NotUsable
from core.scope import Scope, stepping_into
from portal.models import TranscriptLink

# 32 bytes are 256 bits of randomness.
SECRET_BYTES = 32
# How exact "last opened" is: a write an hour, not one a request.
OPENING_NOTED = timedelta(hours=1)
# Rulings of this portal (docs/decisions/0043-transcript-links.md).
USUAL_DAYS, MOST_DAYS = 90, 365
MOST_LINKS = 20
LONGEST_NAME = 100
Ending = TranscriptLink.Ending


@dataclass(frozen=True)
class NewLink:
    """A link just made. `secret` exists here alone: the row keeps its SHA-256."""

    link: TranscriptLink
    secret: str


@transaction.atomic
def make_link(
    *,
    actor: Actor,
    user: User,
    program: str,
    name: str,
    days: int,
    today: date,
    now: datetime,
) -> NewLink:
    """Let whoever has a secret address read somebody's transcript of one program.

    Args:
        actor: the holder.
        user: the same.
        program: the body whose transcript it is.
        name: what the holder calls it, such as whom it is for.
        days: for how many days from today it works, at most a year.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        NotUsable: no name, one too long, or days out of range.
        NotEligible: there are as many as there may be at once.
    """
    name = name.strip()
    _check(name, days)
    # Of two at once the second counts the first.
    User.objects.select_for_update().get(pk=user.pk)
    open_links = TranscriptLink.objects.visible_to(user).standing()
    if open_links.filter(program=program, until_on__gte=today).count() >= MOST_LINKS:
        raise NotEligible(f"You have {MOST_LINKS} links that work. Revoke one first.")
    secret = token_urlsafe(SECRET_BYTES)
    link = TranscriptLink.objects.create(
        user=user,
        program=program,
        name=name,
        secret_hash=hash_of(secret),
        made_at=now,
        until_on=today + timedelta(days=days),
    )
    record(
        actor=actor,
        action="transcript_link.made",
        subject=link,
        sentence=f"Made a link to the transcript, until {link.until_on}",
        now=now,
    )
    return NewLink(link, secret)


@transaction.atomic
def revoke_link(*, actor: Actor, link: TranscriptLink, now: datetime) -> None:
    """End a link at once and for good; again changes nothing."""
    found = TranscriptLink.objects.filter(pk=link.pk).standing()
    if not found.update(ended_at=now, ending=Ending.REVOKED):
        return
    record(
        actor=actor,
        action="transcript_link.revoked",
        subject=link,
        sentence="Revoked a link to the transcript",
        changes={"ended_at": (None, now)},
        now=now,
    )


def end_links_of_merged(event: RecordsMerged) -> None:
    """End the links of both accounts: another transcript stands behind them now.

    Nobody opens by an old address what came from an account it was not made for; each
    holder makes a new one. Undoing the merge brings none of them back.
    """
    members = Member.objects.filter(pk__in=event.members).exclude(user=None)
    for member_id, user_id in list(members.values_list("pk", "user_id")):
        assert user_id is not None
        with stepping_into(Scope.own(user_id)):
            links = TranscriptLink.objects.filter(user=user_id).standing()
            for link in links.filter(program=event.program).select_for_update():
                link.ended_at, link.ending = event.now, Ending.MERGED
                link.save(update_fields=["ended_at", "ending"])
                record(
                    actor=event.actor,
                    action="transcript_link.ended",
                    subject=link,
                    member_id=member_id,
                    program=event.program,
                    sentence="Ended a link to the transcript: two accounts were merged",
                    changes={"ended_at": (None, event.now)},
                    now=event.now,
                )


def note_opened(*, link: TranscriptLink, now: datetime) -> None:
    """Note that somebody opened a link, to the hour."""
    if link.opened_at and link.opened_at > now - OPENING_NOTED:
        return
    TranscriptLink.objects.filter(pk=link.pk).update(opened_at=now)


def _check(name: str, days: int) -> None:
    problems = []
    if not name:
        text = "Enter for whom it is, so that you know later which link to revoke."
        problems.append(FieldProblem("name", text))
    if len(name) > LONGEST_NAME:
        text = f"Shorten it to {LONGEST_NAME} characters."
        problems.append(FieldProblem("name", text))
    if not 1 <= days <= MOST_DAYS:
        text = f"Choose from 1 to {MOST_DAYS} days."
        problems.append(FieldProblem("days", text))
    if problems:
        raise NotUsable(problems[0].text, problems)
