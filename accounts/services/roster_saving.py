"""Importing a checked roster, a batch a transaction: what the worker does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from secrets import token_urlsafe
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.events import RenewalModeSwitched
from accounts.models import Invitation, Member, Practice, RosterImport, Sponsorship
from accounts.rules import hash_of
from accounts.services.invitations import declined_lately
from accounts.services.roster_rows import Fate, Register
from accounts.services.rosters import emptied, listed
from accounts.services.values import instant_words
from core.actor import Actor
from core.audit import record
from core.events import publish
from core.models import OutboxMessage

BATCH = 500
COLUMNS = {"role": "job_role", "renewal_mode": "renewal_mode"}
COLUMNS |= {"external_id": "external_id"}
State = RosterImport.State


@transaction.atomic
def import_batch(
    *, roster_id: UUID, today_in: Callable[[str], date], now: datetime
) -> bool:
    """Import the next rows of a roster, all of them where it is all or nothing.

    The list is asked anew under the practice's lock: a row that no longer fits is left
    out with its reason, or ends an import of all or nothing with nothing saved.

    Args:
        today_in: gives the day in a body's zone: from it on the practice stands for
            them.

    Returns:
        Whether there is more to do.
    """
    found = RosterImport.objects.filter(pk=roster_id).values("practice_id").first()
    if found is None:
        return False
    # In the order of every service that adds people: the practice first.
    practice = Practice.objects.select_for_update(no_key=True).get(
        pk=found["practice_id"]
    )
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    if roster.state != State.IMPORTING:
        return False
    end = len(roster.rows) if roster.whole else roster.done + BATCH
    rows = roster.rows[roster.done : end]
    register = Register(listed(practice, roster.program, {}))
    fates = [register.fate(number, values) for number, values in rows]
    bad = [remark for fate in fates for remark in fate.problems]
    roster.problems += [asdict(each) for each in bad]
    roster.bad += sum(bool(fate.problems) for fate in fates)
    actor = Actor(roster.by, user_id=roster.user_id, token_id=roster.token_id)
    if roster.whole and bad:
        _fail(actor, roster, now)
        return False
    good = [each for each in fates if not each.problems]
    _save(actor, practice, roster, good, today_in(roster.program), now)
    roster.done += len(rows)
    over = roster.done >= len(roster.rows)
    if over:
        _end(roster, State.DONE, now)
    else:
        roster.save(update_fields=["problems", "bad", "added", "updated", "done"])
    return not over


def _save(
    actor: Actor,
    practice: Practice,
    roster: RosterImport,
    fates: Sequence[Fate],
    today: date,
    now: datetime,
) -> None:
    new = [fate for fate in fates if fate.listed is None]
    changed = [fate for fate in fates if fate.changes]
    members = _add(practice, roster, new, today)
    _update(actor, changed, now)
    roster.added += len(new)
    roster.updated += len(changed)
    if roster.invite and members:
        _invite(practice, roster.program, members, now)
    if not new and not changed:
        return
    people = "1 person" if len(new) == 1 else f"{len(new)} people"
    invited = " and invited them" if roster.invite and new else ""
    record(
        actor=actor,
        action="roster.imported",
        subject=roster,
        practice_id=practice.pk,
        program=roster.program,
        sentence=f"Added {people}{invited}, updated {len(changed)} from {roster.name}",
        changes={
            "added": (None, [str(each.pk) for each in members]),
            "updated": (None, [_told(each) for each in changed]),
        },
        now=now,
    )


def _told(fate: Fate) -> Mapping[str, object]:
    assert fate.listed is not None
    was = {
        "role": fate.listed.role,
        "renewal_mode": fate.listed.renewal_mode,
        "external_id": fate.listed.external_id,
    }
    return {
        "member": str(fate.listed.member_id),
        **{name: [was[name], value] for name, value in fate.changes.items()},
    }


def _add(
    practice: Practice, roster: RosterImport, new: Sequence[Fate], today: date
) -> list[Member]:
    """Make records that are nobody's account, and put them on the list."""
    members = [
        Member(
            **{name: fate.values[name] for name in ("first_name", "last_name", "email")}
        )
        for fate in new
    ]
    Member.objects.bulk_create(members)
    Sponsorship.objects.bulk_create(
        Sponsorship(
            practice=practice,
            member=member,
            program=roster.program,
            from_on=today,
            renewal_mode=fate.values["renewal_mode"] or Sponsorship.Mode.MANUAL,
            job_role=fate.values["role"],
            external_id=fate.values["external_id"],
        )
        for member, fate in zip(members, new, strict=True)
    )
    return members


def _update(actor: Actor, changed: Sequence[Fate], now: datetime) -> None:
    by_id = {
        fate.listed.sponsorship_id: fate.changes
        for fate in changed
        if fate.listed is not None and fate.listed.sponsorship_id is not None
    }
    # Auto-renewal takes the same lock: it renews before the switch or not at all.
    held = list(
        Sponsorship.objects.open()
        .filter(pk__in=list(by_id))
        .select_for_update(of=("self",), no_key=True)
        .select_related("member", "practice")
        .order_by("member_id")
    )
    for each in held:
        for name, value in by_id[each.pk].items():
            setattr(each, COLUMNS[name], value)
    Sponsorship.objects.bulk_update(held, list(COLUMNS.values()))
    for each in held:
        if "renewal_mode" in by_id[each.pk]:
            publish(RenewalModeSwitched(each, actor, now))


def _invite(
    practice: Practice, program: str, members: Sequence[Member], now: datetime
) -> None:
    """Mail everybody a link; what was open for the same address ends.

    Who said no to one some days ago is left alone.
    """
    emails = [each.email for each in members]
    declined = declined_lately(practice, program, emails, now)
    alone = set(declined.values_list("email", flat=True))
    members = [each for each in members if each.email not in alone]
    Invitation.objects.of(practice).filter(
        program=program,
        email__in=[each.email for each in members],
        accepted_at=None,
        replaced_at=None,
    ).update(replaced_at=now)
    expires = now + settings.INVITATION_LIFETIME
    tokens = [token_urlsafe(32) for _ in members]
    invitations = [
        Invitation(
            practice=practice,
            program=program,
            member=member,
            email=member.email,
            first_name=member.first_name,
            last_name=member.last_name,
            token_hash=hash_of(token),
            created_at=now,
            expires_at=expires,
        )
        for member, token in zip(members, tokens, strict=True)
    ]
    Invitation.objects.bulk_create(invitations)
    # The beat finds them within a minute: ten thousand bells would wake nobody sooner.
    OutboxMessage.objects.bulk_create(
        _mail(invitation, token, now)
        for invitation, token in zip(invitations, tokens, strict=True)
    )


def _mail(invitation: Invitation, token: str, now: datetime) -> OutboxMessage:
    path = reverse("accept_invitation", kwargs={"token": token})
    return OutboxMessage(
        kind="invite",
        subject_id=invitation.pk,
        recipient=invitation.email,
        practice_id=invitation.practice_id,
        payload={
            "practice": invitation.practice.name,
            "name": f"{invitation.first_name} {invitation.last_name}",
            "url": f"{settings.BASE_URL}{path}",
            "date_text": instant_words(invitation.expires_at),
        },
        created_at=now,
        due_at=now,
    )


def _fail(actor: Actor, roster: RosterImport, now: datetime) -> None:
    _end(roster, State.FAILED, now)
    record(
        actor=actor,
        action="roster.failed",
        subject=roster,
        practice_id=roster.practice_id,
        program=roster.program,
        sentence=f"Imported nothing from {roster.name}: {roster.bad} rows don't fit",
        now=now,
    )


def _end(roster: RosterImport, state: str, now: datetime) -> None:
    roster.state, roster.ended_at = state, now
    roster.rows, roster.notes, roster.cells = [], [], _bad_cells(roster)
    roster.save()


def _bad_cells(roster: RosterImport) -> list[object]:
    """What is kept of the file: its names, and the rows that have to be mended."""
    if not roster.problems:
        return []
    numbers = {each["row"] for each in roster.problems}
    names, *rows = roster.cells
    return [names, *(each for each in rows if each[0] in numbers)]


@transaction.atomic
def break_off(*, roster_id: UUID, now: datetime) -> None:
    """End an import in which something of ours went wrong; what was saved stays.

    The next import would wait for it else. The same file again does the rest.
    """
    roster = RosterImport.objects.select_for_update().get(pk=roster_id)
    if roster.state != State.IMPORTING:
        return
    _end(roster, State.FAILED, now)
    record(
        actor=Actor.system("import"),
        action="roster.failed",
        subject=roster,
        practice_id=roster.practice_id,
        program=roster.program,
        sentence=f"Broke off the import of {roster.name} after {roster.done} rows",
        now=now,
    )


def due_rosters() -> list[UUID]:
    """Give the rosters whose import was asked for and isn't over."""
    waiting = RosterImport.objects.filter(state=State.IMPORTING)
    return list(waiting.order_by("at").values_list("pk", flat=True))


def forget_rosters(*, before: datetime) -> int:
    """Empty what is left of rosters that nobody came back to; return how many."""
    over = RosterImport.objects.filter(at__lt=before).exclude(state=State.IMPORTING)
    kept = over.exclude(cells=[])
    return kept.update(**emptied())
