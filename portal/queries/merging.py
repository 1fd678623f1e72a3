"""Two accounts of one person: the holder's report, and what staff compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse

from accounts.models import UNDO_WITHIN, Duplicate, Member
from core.failures import Missing
from core.models import AuditEntry
from core.scope import Scope, stepping_into
from core.shown import when_words
from courses.queries.claims import claimed_by_both
from credentials.policy import programs, zone_of
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from portal.queries.trail import Happened, happened
from renewals.queries.merging import Account, Standing, compare

PAGE_SIZE = 50
State = Duplicate.State
TAGS = {
    State.ASKED: Tag("neutral", "Link sent"),
    State.PROVED: Tag("warn", "Waiting for staff"),
    State.MERGED: Tag("ok", "Merged"),
    State.UNDONE: Tag("neutral", "Undone"),
    State.REFUSED: Tag("bad", "Not merged"),
    State.ENDED: Tag("neutral", "Ended"),
}


@dataclass(frozen=True)
class Row:
    """One report of the list."""

    name: str
    url: str
    asked_text: str
    tag: Tag


@dataclass(frozen=True)
class Duplicates:
    """A body's list: what waits first."""

    body_name: str
    verdict: str
    rows: Sequence[Row]
    pager: Pager


@dataclass(frozen=True)
class Side:
    """One account as staff compare it."""

    title: str
    name: str
    member_id: UUID
    facts: Sequence[tuple[str, str]]
    bodies: Sequence[tuple[str, Sequence[str]]]
    keep_url: str


@dataclass(frozen=True)
class OneDuplicate:
    """One report: both accounts, what is in the way, and what can be done."""

    body_name: str
    back_url: str
    name: str
    tag: Tag
    facts: Sequence[tuple[str, str]]
    sides: Sequence[Side]
    in_the_way: Sequence[str]
    counted_once: Sequence[str]
    waits: bool
    may_undo: bool
    undo_text: str
    trail: Sequence[Happened]


@dataclass(frozen=True)
class Reported:
    """What a holder reads of their own report."""

    duplicate_id: UUID
    email: str
    tag: Tag
    words: str
    may_withdraw: bool


def duplicates(program: str, *, number: int) -> Duplicates:
    """List a body's reports, what waits for staff first, the oldest of it on top."""
    found = Duplicate.objects.of_program(program)
    waiting = duplicates_waiting(program)
    noun = "report waits" if waiting == 1 else "reports wait"
    pager = pager_of(number, found.count(), PAGE_SIZE, {})
    ordered = found.select_related("member").order_by(
        F("ended_at").desc(nulls_first=True),
        F("merged_at").desc(nulls_first=True),
        "asked_at",
    )
    zone = zone_of(program)
    return Duplicates(
        body_name=body_name(program),
        verdict=f"{waiting} {noun}." if waiting else "No report waits.",
        rows=[
            Row(
                name=each.member.name,
                url=_url(each),
                asked_text=when_words(each.asked_at, zone),
                tag=TAGS[State(each.state)],
            )
            for each in ordered[pager.start : pager.start + PAGE_SIZE]
        ],
        pager=pager,
    )


def duplicates_waiting(program: str) -> int:
    """Count the reports that wait for staff."""
    return Duplicate.objects.of_program(program).filter(state=State.PROVED).count()


def duplicate_of(program: str, duplicate_id: UUID) -> Duplicate:
    """Find a report of a body whose second account was proved.

    Raises:
        Missing: there is none, or it was another body's.
    """
    found = Duplicate.objects.of_program(program).filter(pk=duplicate_id)
    row = found.select_related("member").first()
    if row is None:
        raise Missing("Not found.")
    return row


def one_duplicate(row: Duplicate, keep: UUID | None, *, now: datetime) -> OneDuplicate:
    """Show one report; `keep` is the account that would go on, by default the first."""
    waits = row.state == State.PROVED
    sides, problems = _compared(row, keep, now) if waits else ((), ())
    doubled = counted_once(*accounts_of(row, keep)) if waits else ()
    zone = zone_of(row.program)
    facts = [("Reported", when_words(row.asked_at, zone))]
    if row.proved_at:
        facts.append(("Proved", when_words(row.proved_at, zone)))
    if row.merged_at:
        facts += [
            ("Merged", f"{when_words(row.merged_at, zone)}, {row.merged_by}"),
            ("How it is known", row.ground),
        ]
    if row.ended_at:
        facts.append(("Ended", f"{when_words(row.ended_at, zone)}, {row.ended_by}"))
    if row.reason:
        facts.append(("Why", row.reason))
    merged = row.merged_at or now
    return OneDuplicate(
        body_name=body_name(row.program),
        back_url=reverse("staff_duplicates", kwargs={"program": row.program}),
        name=row.member.name,
        tag=TAGS[State(row.state)],
        facts=facts,
        sides=sides,
        in_the_way=problems,
        counted_once=doubled,
        waits=waits,
        may_undo=row.may_undo(now),
        undo_text=when_words(merged, zone, later=UNDO_WITHIN),
        trail=happened(
            AuditEntry.objects.filter(program=row.program, subject_id=row.pk), zone
        ),
    )


def is_ones_own(row: Duplicate, user_id: UUID) -> bool:
    """Say whether one of the two accounts is that of the person who looks at them."""
    ids = [each for each in (row.member_id, row.other_id) if each]
    return Member.objects.filter(pk__in=ids, user=user_id).exists()


def accounts_of(row: Duplicate, keep: UUID | None) -> tuple[Member, Member]:
    """Read both records; the one to keep comes first.

    Raises:
        Missing: `keep` is neither of them.
    """
    ids = [each for each in (row.member_id, row.other_id) if each]
    found = {
        each.pk: each
        for each in Member.objects.select_related("user").filter(pk__in=ids)
    }
    first = keep or row.member_id
    if first not in found or len(found) != len(ids):
        raise Missing("Not found.")
    kept = found.pop(first)
    return kept, found.popitem()[1]


def counted_once(kept: Member, given_up: Member) -> Sequence[str]:
    """Say what both earned that counts once when they are one (M1).

    Each body's rows are read in that body's scope: the holder asked for it.
    """
    said: list[str] = []
    for program in programs():
        with stepping_into(Scope.staff(program)):
            said += claimed_by_both((kept.pk, given_up.pk), program)
    return said


def own_reports(member: Member) -> QuerySet[Duplicate]:
    """Find what a holder reported, the newest first, from either account."""
    return Duplicate.objects.concerning(member)


def own_report(member: Member) -> Reported | None:
    """Find what a holder reported last, from either account, and what became of it."""
    row = own_reports(member).exclude(state=State.ENDED).first()
    if row is None:
        return None
    body = body_name(row.program)
    words = {
        State.ASKED: "If an account signs in with this address, a link was sent to it. "
        "Open it here, while you are signed in, within 24 hours.",
        State.PROVED: f"{body} staff compare the two and write to you.",
        State.MERGED: "Your two accounts are one now.",
        State.UNDONE: f"Merging was undone: {row.reason}",
        State.REFUSED: f"{body} staff did not merge them: {row.reason}",
    }
    return Reported(
        duplicate_id=row.pk,
        email=row.email,
        tag=TAGS[State(row.state)],
        words=words[State(row.state)],
        may_withdraw=row.state in Duplicate.LIVING,
    )


def _compared(
    row: Duplicate, keep: UUID | None, now: datetime
) -> tuple[Sequence[Side], Sequence[str]]:
    found = compare(*accounts_of(row, keep), now=now)
    sides = [
        _side("The account that is kept", found.kept, row),
        _side("The account that is given up", found.given_up, row),
    ]
    return sides, found.in_the_way


def _side(title: str, account: Account, row: Duplicate) -> Side:
    member = account.member
    facts = [
        ("Name", member.name),
        ("Signs in with", member.user.email if member.user else "No account"),
        ("E-mail", member.email),
        ("Phone", member.phone),
        ("Profession", member.profession),
        ("Address", member.address),
    ]
    return Side(
        title=title,
        name=member.name,
        member_id=member.pk,
        facts=[(label, value) for label, value in facts if value],
        bodies=[
            (body_name(program), lines(standing))
            for program, standing in account.bodies.items()
        ],
        keep_url=f"{_url(row)}?keep={member.pk}",
    )


def lines(standing: Standing) -> Sequence[str]:
    """Say what an account has with one body, line by line."""
    counted = (
        (standing.activities, "activity", "activities"),
        (standing.certificates, "certificate", "certificates"),
        (standing.badges, "badge", "badges"),
        (standing.applications, "application", "applications"),
        (standing.audits, "audit", "audits"),
        (standing.orders, "order", "orders"),
    )
    said = [f"{code} {number}" for code, number in standing.credentials.items()]
    said += [f"Term {each}" for each in standing.terms]
    said += [f"Sponsored by {each}" for each in standing.sponsors.values()]
    said += ["Member of the society"] if standing.society else []
    said += [
        f"{many:,} {one if many == 1 else more}" for many, one, more in counted if many
    ]
    return said


def _url(row: Duplicate) -> str:
    place = {"program": row.program, "duplicate_id": row.pk}
    return reverse("staff_duplicate", kwargs=place)
