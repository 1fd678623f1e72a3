"""Coming to a practice with the record one has: by consent, and with that one alone."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.events import RecordsJoined
from accounts.models import Invitation, Member, Practice, Sponsorship
from accounts.queries import named_administration
from accounts.services.members import open_sponsorship
from core.actor import Actor
from core.audit import hold_chains, record
from core.events import publish
from core.failures import NotEligible, Stale
from core.outbox import tell
from core.scope import Scope, stepping_into

MEANWHILE = (
    "Who sponsors you changed just now. Nothing was changed. Open the page again."
)


@dataclass(frozen=True)
class Held:
    """What changes for somebody who joins with the record they have; locked.

    `former` sponsors them until now; `empty` is what the practice made for them.
    """

    former: Sponsorship | None
    empty: Member | None


def hold(invitation: Invitation, own: Member) -> Held:
    """Lock whatever joining changes, in one order, before the first row is written.

    Raises:
        Stale: who sponsors them changed meanwhile.
        NotEligible: the practice's own record holds more than can be brought along.
    """
    practice, program = invitation.practice, invitation.program
    elsewhere = (
        own.sponsorships.open().filter(program=program).exclude(practice=practice)
    )
    seen = elsewhere.values_list("practice_id", flat=True).first()
    for practice_id in sorted({practice.pk, seen or practice.pk}):
        _lock(practice_id)
    Member.objects.select_for_update(no_key=True).get(pk=own.pk)
    former = elsewhere.first()
    if (former.practice_id if former else None) != seen:
        raise Stale(MEANWHILE)
    held = Held(former, _own_of_practice(invitation, own))
    # Both sides' trails are written to.
    hold_chains(practice_ids={practice.pk, seen or practice.pk}, program=program)
    return held


def come_over(
    held: Held,
    *,
    invitation: Invitation,
    own: Member,
    actor: Actor,
    today: date,
    now: datetime,
) -> None:
    """Put somebody on the list of who asks, with the record they have.

    Whoever sponsored them in that program until now does no longer, from today on. What
    the practice keeps under its own record of them is brought to theirs, its own is
    set aside. A part of a service's transaction; it says on both sides what it did.

    Args:
        held: what `hold` locked.
        invitation: the question, used up by now.
        own: the person's one record.
        actor: the person: nobody else can agree to it.
        today: the day in the body's zone.
        now: the instant, UTC.

    Raises:
        Stale: who sponsors them changed meanwhile.
        NotEligible: the practice's own record holds more than can be brought along.
        AlreadySponsored: another practice was faster.
    """
    practice, program = invitation.practice, invitation.program
    if held.former:
        _end(held.former, today)
    here = own.sponsorships.open().filter(practice=practice, program=program).first()
    new = here or open_sponsorship(practice, own, program, today)
    if held.empty:
        _join(held.empty, new, actor, today, now)
    if held.former:
        _tell_left(held.former, own, actor, today, now)
    if held.former or held.empty:
        with stepping_into(Scope.practice(practice.pk)):
            _tell(practice, "member_joined", new, own, now)


def _lock(practice_id: UUID) -> None:
    with stepping_into(Scope.practice(practice_id)):
        Practice.objects.select_for_update(no_key=True).get(pk=practice_id)


def _own_of_practice(invitation: Invitation, own: Member) -> Member | None:
    """Find the record that the practice made, where there is another than theirs."""
    listed = invitation.member
    if listed is None or listed.pk == own.pk or listed.joined_to_id == own.pk:
        return None
    # Whoever takes somebody off the list locks this row before the invitation.
    list(listed.sponsorships.open().select_for_update(of=("self",)))
    # Ended ones too: what another body put on the record is hidden from here since.
    more = listed.sponsorships.exclude(program=invitation.program).exists()
    if listed.user_id or listed.joined_to_id or more:
        raise NotEligible(
            f"{invitation.practice.name} keeps a record for you that holds more than "
            "can be brought to yours. Ask your certifying body to look at it first."
        )
    return listed


def _end(former: Sponsorship, today: date) -> None:
    with stepping_into(Scope.practice(former.practice_id)):
        ended = (
            Sponsorship.objects.open()
            .filter(pk=former.pk, from_on__lte=today)
            .update(until_on=today)
        )
    if not ended:
        raise Stale(MEANWHILE)


def _join(
    empty: Member, new: Sponsorship, actor: Actor, today: date, now: datetime
) -> None:
    """Bring what the practice noted to the person's record; set its own aside."""
    old = empty.sponsorships.open().filter(program=new.program).first()
    with stepping_into(Scope.practice(new.practice_id)):
        publish(RecordsJoined(empty, new, actor, today, now))
    if old:
        old.until_on = max(today, old.from_on)
        old.save(update_fields=["until_on"])
        new.renewal_mode, new.job_role = old.renewal_mode, old.job_role
        new.external_id = old.external_id
        new.save(update_fields=["renewal_mode", "job_role", "external_id"])
    empty.joined_to = new.member
    empty.save(update_fields=["joined_to"])
    record(
        actor=actor,
        action="records.joined",
        subject=empty,
        practice_id=new.practice_id,
        member_id=empty.pk,
        program=new.program,
        sentence=f"Brought the practice's own record of {empty.name} to "
        f"that of {new.member.name}",
        changes={"joined_to": (None, str(new.member_id))},
        now=now,
    )


def _tell_left(
    former: Sponsorship, own: Member, actor: Actor, today: date, now: datetime
) -> None:
    """Say in the former practice's trail and letter that they left, not where to."""
    with stepping_into(Scope.practice(former.practice_id)):
        record(
            actor=actor,
            action="member.left",
            subject=former,
            practice_id=former.practice_id,
            member_id=own.pk,
            program=former.program,
            sentence=f"{own.name} left for another practice, as they agreed to",
            changes={"until_on": (None, today)},
            now=now,
        )
        _tell(former.practice, "member_left", former, own, now)


def _tell(
    practice: Practice, kind: str, about: Sponsorship, own: Member, now: datetime
) -> None:
    held = named_administration(practice)
    if held is None:
        return
    path = reverse("assignments", kwargs={"practice": practice.slug})
    tell(
        kind=kind,
        subject_id=about.pk,
        recipient=held.user.email,
        payload={
            "practice": practice.name,
            "name": held.user.name,
            "member": own.name,
            "url": f"{settings.BASE_URL}{path}",
        },
        practice_id=practice.pk,
        program=about.program,
        now=now,
    )
