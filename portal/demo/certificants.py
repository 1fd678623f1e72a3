"""Who holds three-year credentials in the demonstration, and what they learnt."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from accounts.models import Member, User
from billing.models import Payment
from billing.services import PaymentFacts, record_payment
from ce_credits.services import record_accepted_activity
from certificates.services import share_badge
from core.actor import Actor
from credentials.models import Certification
from credentials.policy import policy_for
from credentials.services import record_certification, record_society
from portal.demo.roster import CYCLES, DOMAIN
from renewals.models import Recertification
from renewals.services import (
    Verdict,
    Written,
    ask_applicant,
    decide_application,
    keep_application,
    submit_application,
)

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]


@dataclass(frozen=True)
class Learnt:
    """An activity that staff saw the proof of."""

    title: str
    kind: str
    on: date
    minutes: int


@dataclass(frozen=True)
class Certificant:
    """Somebody in no practice: what they earned and when, and what they learnt."""

    name: str
    account: str
    earned: tuple[tuple[str, date], ...]
    learnt: tuple[Learnt, ...]
    applied_on: date | None = None
    approved_on: date | None = None
    asked: str = ""
    society_from: date | None = None


def _approved(title: str, on: date, hours: int) -> Learnt:
    return Learnt(title, "approved_education", on, hours * 60)


def _other(title: str, on: date, hours: int) -> Learnt:
    return Learnt(title, "non_accredited_education", on, hours * 60)


ASKED_ON = date(2025, 11, 3)
CPCS = (("CPCS", date(2022, 6, 1)),)
COMPLETE = (
    _approved("NAMSS Annual Conference", date(2024, 5, 2), 15),
    _other("Grand rounds in credentialing", date(2025, 3, 4), 15),
)
CERTIFICANTS = (
    # Dual for the first time: 30 credits are asked, not 45 (N4); of the society (N6).
    Certificant(
        "Lena Ortiz",
        "lena",
        (("CPCS", date(2022, 5, 10)), ("CPMSM", date(2024, 6, 30))),
        (
            _approved("Credentialing in a Changing Market", date(2023, 2, 14), 6),
            _approved("NAMSS Annual Conference, two days", date(2024, 9, 24), 8),
            _other("State law for medical staff offices", date(2024, 11, 6), 5),
            _other("Privileging new procedures", date(2025, 3, 19), 8),
        ),
        society_from=date(2024, 1, 8),
    ),
    # Three credits short of what more time asks (N7).
    Certificant(
        "Ana Duarte",
        "ana",
        (("CPCS", date(2022, 8, 2)),),
        (
            _approved("Primary source verification", date(2023, 10, 3), 7),
            _other("Bylaws, line by line", date(2024, 4, 16), 5),
        ),
    ),
    # Enough to ask for more time, not enough to apply.
    Certificant(
        "Ben Halloran",
        "ben",
        (("CPMSM", date(2022, 3, 22)),),
        (
            _approved("Peer review that works", date(2023, 5, 9), 10),
            _approved("Leading a medical services office", date(2024, 10, 1), 3),
            _other("Negotiating with payers", date(2025, 2, 12), 5),
        ),
    ),
    # All that is asked: she can apply.
    Certificant("Rosa Lind", "rosa", CPCS, COMPLETE),
    # He applied and paid: his application waits for staff.
    Certificant("Sven Berg", "sven", CPCS, COMPLETE, applied_on=date(2025, 11, 10)),
    # Recertified in summer: she has the next cycle's certificate, and shares a badge.
    Certificant(
        "Vera Holm",
        "vera",
        CPCS,
        COMPLETE,
        applied_on=date(2025, 8, 11),
        approved_on=date(2025, 9, 2),
    ),
    # She applied, and staff asked her for something since.
    Certificant(
        "Tess Moran",
        "tess",
        CPCS,
        COMPLETE,
        applied_on=date(2025, 10, 13),
        asked="The certificate of the conference shows one day. Did you attend both?",
    ),
)
# Who approves it: the body's manager.
MANAGER = "marcus"

Opened = Callable[[str, str], User]


def certificant_deeds(open_account: Opened, actor: Actor, at: At) -> Iterator[Deed]:
    """Give what happened to them, each with its day; `open_account` lets them in."""
    for person in CERTIFICANTS:
        first, _, last = person.name.partition(" ")
        user = open_account(person.name, person.account)
        member = Member.objects.create(
            first_name=first, last_name=last, email=user.email, user=user
        )
        for code, on in person.earned:
            yield on, partial(_certify, member, code, on, actor, at)
        for learnt in person.learnt:
            yield learnt.on, partial(_learn, member, learnt, actor, at)
        if person.society_from:
            yield (
                person.society_from,
                partial(_joins, member, person.society_from, actor, at),
            )
        if person.applied_on:
            yield person.applied_on, partial(_apply, member, person.applied_on, at)
        if person.approved_on:
            yield person.approved_on, partial(_approve, member, person.approved_on, at)
        if person.asked:
            yield ASKED_ON, partial(_ask, member, person.asked, at)


def _certify(member: Member, code: str, on: date, actor: Actor, at: At) -> None:
    record_certification(
        actor=actor,
        member=member,
        program=CYCLES,
        code=code,
        earned_on=on,
        proof="Notification of passing",
        today=on,
        now=at(on),
    )


def _learn(member: Member, learnt: Learnt, actor: Actor, at: At) -> None:
    record_accepted_activity(
        actor=actor,
        member=member,
        program=CYCLES,
        kind=learnt.kind,
        title=learnt.title,
        on=learnt.on,
        minutes=learnt.minutes,
        proof="Certificate of attendance",
        reason="Sent in by the certificant",
        today=learnt.on,
        now=at(learnt.on),
    )


def _joins(member: Member, on: date, actor: Actor, at: At) -> None:
    record_society(
        actor=actor,
        member=member,
        program=CYCLES,
        from_on=on,
        today=on,
        now=at(on),
    )


def _apply(member: Member, on: date, at: At) -> None:
    """Write an application, submit it and pay its fee by telephone."""
    actor = Actor(member.name, user_id=member.user_id)
    written = keep_application(
        actor=actor,
        member=member,
        program=CYCLES,
        kind="recertification",
        seen=0,
        written=Written(member.name, declared=True),
        today=on,
        now=at(on),
    )
    sent = submit_application(
        actor=actor,
        application=written,
        seen=written.version,
        told=member.email,
        seller=policy_for(CYCLES, on=on).body.full_name,
        today=on,
        now=at(on),
    )
    assert sent.order is not None
    record_payment(
        actor=Actor.system("demonstration"),
        order=sent.order,
        facts=PaymentFacts(
            method=Payment.Method.PHONE,
            amount=sent.order.rest,
            received_on=on,
            dated_on=None,
            reference="1042",
        ),
        key=uuid4().hex,
        today=on,
        now=at(on),
    )


def _approve(member: Member, on: date, at: At) -> None:
    """Approve what somebody applied for; they share the badge that comes of it."""
    row = Recertification.objects.get(member=member)
    manager = User.objects.get(email=f"{MANAGER}@{DOMAIN}")
    decide_application(
        actor=Actor(manager.name, user_id=manager.pk),
        application=row,
        seen=row.version,
        verdict=Verdict(Recertification.State.APPROVED),
        today=on,
        now=at(on),
    )
    own = Actor(member.name, user_id=member.user_id)
    for each in Certification.objects.filter(member=member):
        share_badge(actor=own, certification=each, now=at(on))


def _ask(member: Member, words: str, at: At) -> None:
    """Let the body's manager ask for something about an application."""
    row = Recertification.objects.get(member=member)
    ask_applicant(
        actor=Actor("Marcus Weil"),
        application=row,
        seen=row.version,
        words=words,
        today=ASKED_ON,
        now=at(ASKED_ON),
    )
