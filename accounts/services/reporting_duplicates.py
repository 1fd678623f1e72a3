"""A holder says that another account is theirs too, and proves it by a link.

Whoever reports gets the same work done, whosever the address is: a row is queued. Only
the worker that delivers it looks, so neither the answer nor its time tells; the link is
made then, and lies in no database.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import EmailValidator
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import Duplicate, Member, Sponsorship, User
from accounts.services.registering import account_of, record_of
from accounts.services.values import instant_words
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, Missing, NotUsable, Refusal
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.outbox import tell
from core.scope import Scope, stepping_into

PROOF = "account_proof"
SALT = "accounts.duplicate"
# A link works for so long.
LINK_LIFETIME = timedelta(hours=24)
# Each asks for a mail to an address that somebody typed in.
MOST_A_DAY = 5
LONGEST_EMAIL = 254
GONE = "This link was used, or its day is over. Report the other account again."
NOTHING = (
    "Under your address this body registered nothing that isn't in your account. Write "
    "to the body if something is missing."
)

State = Duplicate.State


@transaction.atomic
def report_duplicate(
    *, actor: Actor, member: Member, program: str, email: str, now: datetime
) -> Duplicate:
    """Report another account of one's own; a link goes to its address, if it is one.

    Reporting again takes the place of what was reported before. One's own address asks
    for the record that a body registered under it without an account (0036).

    Args:
        actor: the person.
        member: their record, which they are signed in to.
        program: the body whose staff are to look at both.
        email: the address of the other account, or one's own.
        now: the instant, UTC.

    Raises:
        NotUsable: the address is none.
        Refusal: too many links were asked for today, or staff have the report already.
    """
    address = _checked(email)
    list(Member.objects.select_for_update(no_key=True).filter(pk=member.pk))
    mine = Duplicate.objects.visible_to(member)
    if mine.filter(state=State.PROVED).exists():
        raise Refusal("Staff have your report already. They write to you about it.")
    if mine.filter(asked_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise Refusal("Five links a day are the most. Try again tomorrow.")
    mine.filter(state=State.ASKED).update(
        state=State.ENDED, ended_at=now, ended_by=actor.label[:200]
    )
    row = _create(member, program, address, now)
    record(
        actor=actor,
        action="duplicate.reported",
        subject=row,
        member_id=member.pk,
        program=program,
        sentence="Reported that another account is theirs too",
        now=now,
    )
    # No program: whose the address is, and the link, are no staff's to read.
    tell(kind=PROOF, subject_id=row.pk, recipient=address, payload={}, now=now)
    return row


@transaction.atomic
def prove_duplicate(
    *, actor: Actor, member: Member, duplicate_id: UUID, now: datetime
) -> Duplicate:
    """Take the link that was sent to the other account's address as its proof.

    Proving twice is proving once.

    Args:
        actor: the person.
        member: the record they reported it from, which they are signed in to.
        duplicate_id: what the link names.
        now: the instant, UTC.

    Raises:
        Missing: they reported no such thing.
        Refusal: it was replaced, its day is over, the account is gone meanwhile; or the
            body registered nothing under one's own address.
    """
    row = _locked(member, duplicate_id)
    if row.state != State.ASKED and row.other_id:
        return row
    if row.state != State.ASKED or row.expires_at <= now:
        raise Refusal(GONE)
    other = _proved_by(row, member)
    row.other, row.proved_at, row.state = other, now, State.PROVED
    row.save(update_fields=["other", "proved_at", "state"])
    record(
        actor=actor,
        action="duplicate.proved",
        subject=row,
        member_id=member.pk,
        program=row.program,
        sentence="Proved that another account is theirs too",
        changes={"other": (None, str(other.pk))},
        now=now,
    )
    return row


@transaction.atomic
def withdraw_duplicate(
    *, actor: Actor, member: Member, duplicate_id: UUID, now: datetime
) -> Duplicate:
    """Take a report back that staff did not act on; twice is once.

    Raises:
        Missing: they reported no such thing.
        Refusal: the accounts are merged already.
    """
    row = _locked(member, duplicate_id)
    if row.state in {State.MERGED, State.UNDONE}:
        raise Refusal("Your accounts are merged already. Ask staff to undo it.")
    if row.state not in Duplicate.LIVING:
        return row
    row.state, row.ended_at, row.ended_by = State.ENDED, now, actor.label[:200]
    row.save(update_fields=["state", "ended_at", "ended_by"])
    record(
        actor=actor,
        action="duplicate.withdrawn",
        subject=row,
        member_id=member.pk,
        program=row.program,
        sentence="Took back that another account is theirs too",
        now=now,
    )
    return row


def duplicate_in(*, signed: str) -> UUID:
    """Read which report a link is of.

    Raises:
        Missing: we made no such link.
    """
    try:
        return UUID(_signer().unsign(signed))
    except (BadSignature, ValueError) as error:
        raise Missing("Not found.") from error


def signed_duplicate(*, duplicate_id: UUID) -> str:
    """Sign what a link names; its day is over with the report's."""
    return _signer().sign(duplicate_id.hex)


def compose_proof(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Make the link for a proof; None where nobody signs in with the address."""
    user = User.objects.filter(email__iexact=message.recipient, is_active=True).first()
    # Databases fold more letters than mail servers do: it must be the same address.
    if user is None or user.email.lower() != message.recipient:
        return None
    signed = signed_duplicate(duplicate_id=message.subject_id)
    path = reverse("my_duplicate_proof", kwargs={"signed": signed})
    until = message.created_at + LINK_LIFETIME
    return Letter(
        {"url": f"{settings.BASE_URL}{path}", "date_text": instant_words(until)}
    )


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")


def _locked(member: Member, duplicate_id: UUID) -> Duplicate:
    """Hold a report of one's own until the end of the transaction."""
    mine = Duplicate.objects.visible_to(member).select_for_update(of=("self",))
    row = mine.filter(pk=duplicate_id).first()
    if row is None:
        raise Missing("Not found.")
    return row


def _proved_by(row: Duplicate, member: Member) -> Member:
    """Find what the address stands for: an account's record, or one that has none.

    Raises:
        Refusal: nothing that isn't the holder's already.
    """
    user = account_of(row.email)
    other = record_of(user) if user else None
    if other is None:
        raise Refusal(GONE)
    if other.pk != member.pk:
        return other
    with stepping_into(Scope.staff(row.program)):
        sponsored = Sponsorship.objects.open().filter(member=OuterRef("pk"))
        found = (
            Member.objects.of_program(row.program)
            .filter(~Exists(sponsored), user=None, joined_to=None, email=row.email)
            .order_by("pk")
            .first()
        )
    if found is None:
        raise Refusal(NOTHING)
    return found


def _checked(email: str) -> str:
    address = email.strip().lower()
    problem = ""
    try:
        EmailValidator()(address)
    except ValidationError:
        problem = "Enter the e-mail address that the other account signs in with."
    if len(address) > LONGEST_EMAIL:
        problem = f"Use at most {LONGEST_EMAIL} characters."
    if problem:
        raise NotUsable(problem, [FieldProblem("email", problem)])
    return address


def _create(member: Member, program: str, address: str, now: datetime) -> Duplicate:
    try:
        with transaction.atomic():
            return Duplicate.objects.create(
                program=program,
                member=member,
                email=address,
                asked_at=now,
                expires_at=now + LINK_LIFETIME,
                state=State.ASKED,
            )
    except IntegrityError as error:
        raise Refusal("You reported it just now. Open the page again.") from error
