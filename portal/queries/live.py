"""Live activities as members meet them: what is to come, and what was theirs (M4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core import signing
from django.urls import reverse

from accounts.models import Member
from certificates.models import Certificate
from core.failures import Missing
from courses.models import LiveActivity, LiveClaim, LiveRegistration
from courses.queries.live import (
    facts_of_live,
    free_places,
    letter_days,
    live_shown,
    registration_of,
    session_words,
    why_not_registered,
)
from courses.services.live_claiming import words_of_claim
from credentials.policy import day_words, span_words
from portal.queries.course_words import credit_of, provider_words, topics_of
from portal.queries.places import body_name
from portal.queries.shown import Tag

SALT = "live claim"
# As long as an evaluation may lie open in a tab.
SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class LiveRow:
    """An activity in a list."""

    title: str
    body_name: str
    facts: Sequence[str]
    tag: Tag
    url: str


@dataclass(frozen=True)
class LiveList:
    """What a member comes to or came to, and what else is announced."""

    mine: Sequence[LiveRow]
    coming: Sequence[LiveRow]


@dataclass(frozen=True)
class Claimed:
    """What was claimed: in words, and its certificate."""

    words: str
    number: str
    certificate_url: str
    verify_url: str
    preparing: bool


@dataclass(frozen=True)
class LivePage:
    """An activity: its facts, and the one thing to do with it."""

    title: str
    body_name: str
    summary: str
    tag: Tag
    verdict: str
    facts: Sequence[tuple[str, str]]
    sessions: Sequence[str]
    registered: str
    can_register: bool
    can_leave: bool
    at_door: bool
    claim_url: str
    claimed: Claimed | None


def live_of(member: Member, live_id: UUID, days: Mapping[str, date]) -> LiveActivity:
    """Find an activity that is announced, or that the member registered for.

    Raises:
        Missing: there is none.
    """
    found = live_shown(member, days).filter(pk=live_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def live_list(member: Member, days: Mapping[str, date]) -> LiveList:
    """List what somebody may come to, the next first, and what they came to."""
    found = list(live_shown(member, days))
    rows = LiveRegistration.objects.visible_to(member).filter(live__in=found)
    # Of two the one with a place is kept: it comes last.
    rows = rows.select_related("attendance", "claim").standing_first().reverse()
    mine = {row.live_id: row for row in rows}
    left = free_places(found)
    shown = [
        (_row(each, mine.get(each.pk), left[each.pk], days), each.pk in mine)
        for each in found
    ]
    return LiveList(
        mine=[row for row, own in reversed(shown) if own],
        coming=[row for row, own in shown if not own],
    )


def live_page(member: Member, live: LiveActivity, today: date) -> LivePage:
    """Show an activity as its reader meets it on a day."""
    row = registration_of(member, live)
    left = free_places([live])[live.pk]
    stands = row is not None and row.place is not None
    claim = _claim_of(row)
    attended = _attended(row)
    open_ = attended and claim is None and live.last_on <= today <= live.evaluate_by
    on_days = today in {each.day for each in facts_of_live(live).sessions}
    held = live.cancelled_at is None
    why_not = why_not_registered(live, today)
    return LivePage(
        title=live.title,
        body_name=body_name(live.program),
        summary=live.summary,
        tag=_tag(live, row, left, today),
        verdict=_verdict(live, row, left, today),
        facts=_facts(live, left, today),
        sessions=session_words(live),
        registered=str(row) if stands else "",
        can_register=not stands and not why_not and left > 0,
        can_leave=stands and held and not attended and today < live.first_on,
        at_door=stands and held and not attended and on_days,
        claim_url=reverse("my_claim") if open_ and held else "",
        claimed=_claimed(claim) if claim else None,
    )


def claim_key(row_id: UUID) -> str:
    """Sign that the right code and name were typed, for the page after it.

    What it names opens for its own member alone.
    """
    return _signer().sign(row_id.hex)


def claim_opened(member: Member, signed: str) -> LiveRegistration:
    """Find the registration whose code a member typed.

    Raises:
        Missing: nothing of theirs, or too long ago.
    """
    try:
        row_id = UUID(_signer().unsign(signed, max_age=SECONDS))
    except (signing.BadSignature, ValueError) as fault:
        raise Missing("Not found.") from fault
    rows = LiveRegistration.objects.visible_to(member).standing()
    found = rows.filter(pk=row_id, attendance__isnull=False, live__cancelled_at=None)
    row = found.select_related("live", "member").first()
    if row is None:
        raise Missing("Not found.")
    return row


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=SALT, sep=".")


def was_claimed(row: LiveRegistration) -> bool:
    """Say whether a registration brought its member something already."""
    return LiveClaim.objects.filter(registration=row).exists()


def live_url(live: LiveActivity) -> str:
    """Give a member's page of an activity."""
    return reverse("my_live_activity", kwargs={"live_id": live.pk})


def _row(
    live: LiveActivity,
    row: LiveRegistration | None,
    left: int,
    days: Mapping[str, date],
) -> LiveRow:
    today = days[live.program]
    facts = [day_words(live.first_on), live.place]
    if live.credit is not None:
        facts.append(credit_of(live, today))
    return LiveRow(
        live.title,
        body_name(live.program),
        facts,
        _tag(live, row, left, today),
        live_url(live),
    )


def _tag(
    live: LiveActivity, row: LiveRegistration | None, left: int, today: date
) -> Tag:
    if _claim_of(row):
        return Tag("ok", "Claimed")
    if live.cancelled_at is not None:
        return Tag("bad", "Cancelled")
    if _attended(row):
        over = today > live.evaluate_by
        return Tag("neutral", "Over") if over else Tag("info", "You were there")
    if row is not None and row.place is not None:
        return Tag("ok", "Registered")
    if today > live.first_on:
        return Tag("neutral", "Begun")
    if left <= 0:
        return Tag("warn", "Full")
    return Tag("info", f"{left:,} place{'' if left == 1 else 's'} left")


def _verdict(
    live: LiveActivity, row: LiveRegistration | None, left: int, today: date
) -> str:
    claim = _claim_of(row)
    if claim:
        return f"You claimed {words_of_claim(claim)} on {day_words(claim.on)}."
    if live.cancelled_at is not None:
        return f"It is cancelled: {live.cancelled_why}"
    if _attended(row):
        until = day_words(live.evaluate_by)
        if today > live.evaluate_by:
            return f"The evaluation was open until {until}."
        letter = letter_days(live.program, live.last_on)
        when = f" comes {span_words(*letter)}" if letter else " comes by e-mail"
        return (
            f"You were there. The letter with the activity code{when}; evaluate and "
            f"claim it until {until}."
        )
    if row is not None and row.place is not None:
        return f"You are registered as {row}."
    if reason := why_not_registered(live, today):
        return reason
    return "" if left > 0 else "All places are taken. Somebody may cancel."


def _facts(live: LiveActivity, left: int, today: date) -> list[tuple[str, str]]:
    found = [("Provider", provider_words(live)), ("Place", live.place)]
    if live.credit is not None:
        found.append(("Credit", credit_of(live, today)))
    if topics := topics_of(live, today):
        found.append(("Counts as", topics))
    found.append(("Places left", f"{max(left, 0):,} of {live.capacity:,}"))
    found.append(("Evaluation until", day_words(live.evaluate_by)))
    return found


def _attended(row: LiveRegistration | None) -> bool:
    return row is not None and hasattr(row, "attendance")


def _claim_of(row: LiveRegistration | None) -> LiveClaim | None:
    return getattr(row, "claim", None)


def _claimed(claim: LiveClaim) -> Claimed:
    paper = claim.certificate
    return Claimed(
        words=words_of_claim(claim),
        number=paper.number,
        certificate_url=reverse("my_certificate", kwargs={"certificate_id": paper.pk}),
        verify_url=reverse("verify", kwargs={"number": paper.number}),
        preparing=paper.paper != Certificate.Paper.READY,
    )
