"""Two accounts of one person side by side, and what keeps them from being merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Sum

from accounts.models import (
    UNDO_WITHIN,
    Administration,
    Duplicate,
    Invitation,
    Member,
    Sponsorship,
    StaffRole,
)
from billing.models import Order
from ce_credits.models import (
    Activity,
    ApprovalApplication,
    AuditCase,
    ProofAllowance,
)
from certificates.models import Badge, Certificate
from core.plain_names import plain_name
from core.scope import Scope, stepping_into
from credentials.models import (
    Assignment,
    Certification,
    SocietyMembership,
    Window,
)
from credentials.policy import day_words, policy_for, programs
from renewals.models import Recertification

MIB = 2**20
RUNNING = {Assignment.State.ASSIGNED, Assignment.State.STARTED}


@dataclass(frozen=True)
class Standing:
    """What one account has with one body.

    `terms` are the days of each term, `credentials` code → number; the counts
    are of what both have to say side by side.
    """

    credentials: Mapping[str, str]
    terms: Sequence[str]
    activities: int
    certificates: int
    badges: int
    audits: int
    open_audits: int
    applications: int
    open_applications: int
    orders: int
    society: bool
    sponsors: Mapping[UUID, str]

    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not any(vars(self).values())


@dataclass(frozen=True)
class Account:
    """One of two accounts, with what it has by body."""

    member: Member
    bodies: Mapping[str, Standing]


@dataclass(frozen=True)
class Comparison:
    """Two accounts, and what is in the way of merging them, with each one's way out."""

    kept: Account
    given_up: Account
    in_the_way: Sequence[str]


def compare(kept: Member, given_up: Member, *, now: datetime) -> Comparison:
    """Lay two accounts side by side, the first as the one that would be kept.

    Each body's rows are read in that body's scope: the holder asked for it.
    """
    one, two = _account(kept), _account(given_up)
    problems = [*_of_persons(kept, given_up, now)]
    for program in programs():
        problems += _assigned_to_both(kept, given_up, program)
        mine, theirs = one.bodies.get(program), two.bodies.get(program)
        if theirs is None:
            continue
        body = policy_for(program, on=now.date()).body_name
        problems += _open_in(theirs, body)
        if mine is not None:
            problems += _in_both(mine, theirs, body)
    problems += _of_files(kept, given_up)
    return Comparison(one, two, problems)


def _account(member: Member) -> Account:
    bodies = {}
    for program in programs():
        with stepping_into(Scope.staff(program)):
            found = _standing(member, program)
        if not found.is_empty():
            bodies[program] = found
    return Account(member, bodies)


def _standing(member: Member, program: str) -> Standing:
    mine = {"member": member.pk, "program": program}
    sponsored = Sponsorship.objects.open().filter(**mine).select_related("practice")
    applied = Recertification.objects.filter(**mine)
    audited = AuditCase.objects.filter(**mine)
    held = Certification.objects.filter(**mine).order_by("earned_on", "pk")
    terms = Window.objects.filter(**mine).order_by("sequence")
    society = SocietyMembership.objects.filter(**mine, until_on=None)
    return Standing(
        credentials={each.code: each.number for each in held},
        terms=[f"{day_words(e.first_on)} to {day_words(e.last_on)}" for e in terms],
        activities=Activity.objects.filter(**mine).count(),
        certificates=Certificate.objects.filter(**mine).count(),
        badges=Badge.objects.filter(**mine).count(),
        audits=audited.count(),
        open_audits=audited.open().count(),
        applications=applied.count(),
        open_applications=applied.living().count(),
        orders=Order.objects.filter(**mine).count(),
        society=society.exists(),
        sponsors={each.practice_id: each.practice.name for each in sponsored},
    )


def _of_persons(kept: Member, given_up: Member, now: datetime) -> list[str]:
    """Say what keeps the two people from being one, whatever they have."""
    said = []
    if not _may_be_one(kept, given_up):
        said.append(
            f"{kept.name} and {given_up.name} share neither name. Two people aren't "
            "merged: refuse this, or have a practice correct the name first."
        )
    if kept.joined_to_id or given_up.joined_to_id:
        said.append("One of the two was merged already. Open the reports anew.")
    if kept.user_id is None:
        said.append(
            f"Nobody signs in to this record of {kept.name}. Keep the other one."
        )
    if given_up.user_id is None or kept.user_id is None:
        return said
    with stepping_into(Scope.own(given_up.user_id)):
        roles = StaffRole.objects.filter(user=given_up.user_id, until_at=None)
        runs = Administration.objects.filter(user=given_up.user_id, until_at=None)
        asked = Invitation.objects.filter(
            email__iexact=given_up.user.email if given_up.user else "",
            accepted_at=None,
            replaced_at=None,
            expires_at__gt=now,
        )
        applied = ApprovalApplication.objects.of_account(given_up.user_id).standing()
        works, administers, invited = roles.exists(), runs.exists(), asked.exists()
        sponsors = applied.exists()
    taken = Duplicate.objects.filter(
        kept=given_up, state=Duplicate.State.MERGED, merged_at__gt=now - UNDO_WITHIN
    )
    found = (
        (works, "works for a body. End that role first"),
        (administers, "administers a practice. Hand that over first"),
        (sponsors, "applied for an activity's approval. Keep that account instead"),
        (invited, "has an invitation that is not answered. It is answered first"),
        (taken.exists(), "took over another one today. Wait until its day is over"),
    )
    said += [f"The account to give up {words}." for is_so, words in found if is_so]
    return said


def _may_be_one(kept: Member, given_up: Member) -> bool:
    return plain_name(kept.last_name, "") == plain_name(
        given_up.last_name, ""
    ) or plain_name("", kept.first_name) == plain_name("", given_up.first_name)


def _open_in(theirs: Standing, body: str) -> list[str]:
    """Say what is open in the account to give up, or can't leave it."""
    found = (
        (theirs.open_applications, f"an application to {body} that is open"),
        (theirs.open_audits, f"an audit of {body} that is open"),
        (theirs.orders, f"orders with {body}, which stay booked under it"),
    )
    return [
        f"The account to give up has {words}. Keep that account instead, or wait "
        "until it is over."
        if "open" in words
        else f"The account to give up has {words}. Keep that account instead."
        for many, words in found
        if many
    ]


def _in_both(mine: Standing, theirs: Standing, body: str) -> list[str]:
    """Say what both have of one body that one person has once."""
    said = [
        f"Both have {code} of {body}: {mine.credentials[code]} and "
        f"{theirs.credentials[code]}. {body} decides which number holds, and ends the "
        "other, before they are merged."
        for code in sorted(mine.credentials.keys() & theirs.credentials.keys())
    ]
    if mine.terms and theirs.terms:
        said.append(
            f"Both have a term of {body}. Which one counts can't be said by rule: keep "
            "both accounts, and record what is missing in one by hand."
        )
    if mine.applications and theirs.applications:
        said.append(
            f"Both applied to {body}. Two applications of one cycle can't stand: keep "
            "both accounts, and record what is missing in one by hand."
        )
    if mine.society and theirs.society:
        said.append(f"Both are in the society of {body}. End one membership first.")
    if mine.sponsors and theirs.sponsors:
        names = sorted({*mine.sponsors.values(), *theirs.sponsors.values()})
        said.append(
            f"Both are sponsored in the program of {body}, by {' and '.join(names)}. "
            "One of the two is taken off that practice's list first."
        )
    return said


def _assigned_to_both(kept: Member, given_up: Member, program: str) -> list[str]:
    """Say which products both were assigned that one person is assigned once."""
    both, said = [kept.pk, given_up.pk], []
    given = Assignment.objects.filter(member__in=both, product__program=program)
    with stepping_into(Scope.staff(program)):
        rows = list(given.select_related("product").order_by("at", "pk"))
    mine = [each for each in rows if each.member_id == kept.pk]
    batches = {each.batch_id for each in mine}
    running = {_which(each) for each in mine if each.state in RUNNING}
    for each in rows:
        if each.member_id == kept.pk:
            continue
        if each.batch_id in batches:
            said.append(
                f"Both were assigned {each.title} in one batch, which one person can't "
                "be: keep both accounts, and record what is missing in one by hand."
            )
        elif each.state in RUNNING and _which(each) in running:
            said.append(
                f"Both were assigned {each.title} by one practice, and neither is "
                "finished. One of the two is finished, or taken back, first."
            )
    return said


def _which(given: Assignment) -> tuple[UUID, UUID, str]:
    return given.practice_id, given.product_id, given.choice


def _of_files(kept: Member, given_up: Member) -> list[str]:
    files, size = 0, 0
    for each in (kept, given_up):
        if each.user_id is None:
            return []
        with stepping_into(Scope.own(each.user_id)):
            room = ProofAllowance.objects.filter(member=each.pk).aggregate(
                files=Sum("files"), bytes=Sum("bytes")
            )
        files, size = files + (room["files"] or 0), size + (room["bytes"] or 0)
    if files <= settings.MEMBER_FILES and size <= settings.MEMBER_MEGABYTES * MIB:
        return []
    text = (
        "Together they keep more files than one person may. Drafts that are not "
        "needed are removed first."
    )
    return [text]
