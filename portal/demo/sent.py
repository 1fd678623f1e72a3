"""What people of the demonstration wrote and sent in themselves."""

from datetime import date, datetime

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.services import (
    Report,
    add_proof,
    apply_file,
    check_file,
    start_draft,
    submit,
)
from core.actor import Actor
from credentials.models import Certification
from credentials.policy import policy_for
from portal.demo.proofs import certificate_file
from portal.demo.roster import CATALOGUE, PROGRAM, Learnt

KIND, PROVIDER = "web_based_training", "CMS Medicare Learning Network"


def stock_catalogue(*, now: datetime) -> None:
    """Put a few known activities into the body's catalogue."""
    rows = [f'{code},"{title}",{KIND},,{PROVIDER}' for code, title in CATALOGUE]
    content = "\n".join(["code,title,kind,minutes,provider", *rows]).encode()
    actor = Actor.system("demonstration")
    file = check_file(
        actor=actor,
        policy=policy_for(PROGRAM, on=now.date()),
        name="catalogue.csv",
        content=content,
        now=now,
    )
    apply_file(actor=actor, file=file, now=now)


def write(member: Member, learnt: Learnt, *, now: datetime) -> Activity:
    """Have a member write down what they learnt, with its certificate; a draft yet."""
    actor = Actor(member.name, user_id=member.user_id)
    typed = {
        "kind": KIND,
        "title": learnt.title,
        "provider": PROVIDER,
        "on": learnt.on.isoformat(),
        "minutes": "",
        "licence_number": _number(member),
    }
    draft = start_draft(
        actor=actor, member=member, program=PROGRAM, typed=typed, now=now
    )
    proof = certificate_file(
        member.name, title=learnt.title, on=learnt.on, minutes=learnt.minutes
    )
    add_proof(actor=actor, activity=draft, upload=proof, now=now)
    return draft


def send(member: Member, learnt: Learnt, *, today: date, now: datetime) -> None:
    """Have a member write it down and submit it."""
    draft = write(member, learnt, now=now)
    submit(
        actor=Actor(member.name, user_id=member.user_id),
        activity=draft,
        seen=0,
        report=Report(
            kind=KIND,
            title=learnt.title,
            on=learnt.on,
            provider=PROVIDER,
            licence_number=_number(member),
        ),
        today=today,
        now=now,
    )


def _number(member: Member) -> str:
    held = Certification.objects.filter(member=member, program=PROGRAM)
    return held.values_list("number", flat=True).first() or ""
