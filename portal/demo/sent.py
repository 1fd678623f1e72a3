"""What people of the demonstration wrote and sent in themselves."""

from datetime import date, datetime

from django.core.files.base import ContentFile

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
from portal.demo.papers import certificate_file, tracking_table
from portal.demo.roster import CATALOGUE, PROGRAM, Learnt

KIND, PROVIDER = "web_based_training", "CMS Medicare Learning Network"
HOURS = ("Jul 8   MLN webinar   30", "Aug 12  MLN webinar   30", "Sep 9   30")


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
        "kind": learnt.kind,
        "title": learnt.title,
        "provider": PROVIDER,
        "on": learnt.on.isoformat(),
        "minutes": "",
        "licence_number": _number(member),
    }
    draft = start_draft(
        actor=actor, member=member, program=PROGRAM, typed=typed, now=now
    )
    add_proof(actor=actor, activity=draft, upload=_proof(member, learnt), now=now)
    return draft


def send(member: Member, learnt: Learnt, *, today: date, now: datetime) -> None:
    """Have a member write it down and submit it."""
    hand_in(write(member, learnt, now=now), learnt, today=today, now=now)


def hand_in(activity: Activity, learnt: Learnt, *, today: date, now: datetime) -> None:
    """Have its holder submit what they wrote, or were asked about."""
    member = activity.member
    submit(
        actor=Actor(member.name, user_id=member.user_id),
        activity=activity,
        seen=activity.version,
        report=Report(
            kind=learnt.kind,
            title=learnt.title,
            on=learnt.on,
            minutes=learnt.minutes,
            provider=PROVIDER,
            licence_number=_number(member),
        ),
        today=today,
        now=now,
    )


def _proof(member: Member, learnt: Learnt) -> "ContentFile[bytes]":
    if learnt.table:
        return tracking_table(member.name, HOURS)
    shown = learnt.shown or learnt.minutes
    title = learnt.title if "(" in learnt.title else f"{learnt.title} ({shown} min)"
    file = certificate_file(member.name, title=title, on=learnt.on, minutes=shown)
    file.name = learnt.file or file.name
    return file


def _number(member: Member) -> str:
    held = Certification.objects.filter(member=member, program=PROGRAM)
    return held.values_list("number", flat=True).first() or ""
