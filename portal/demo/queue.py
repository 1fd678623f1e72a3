"""What waits for the demonstration's reviewer, with the proof that was sent in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.core.files.base import ContentFile

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.services import (
    Report,
    Ruling,
    add_proof,
    decide,
    start_draft,
    submit,
)
from core.actor import Actor
from credentials.models import Certification
from credentials.policy import day_words
from portal.demo.papers import certificate, tracking_table
from portal.demo.roster import PROGRAM

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], None]]
WEB, WEBINAR = "web_based_training", "webinar"


@dataclass(frozen=True)
class Sent:
    """What somebody reported: the file says `shown` minutes, where it is no table."""

    name: str
    title: str
    done: date
    minutes: int
    sent: date
    shown: int = 0
    kind: str = WEB
    file: str = "certificate.pdf"
    table: bool = False
    returned: date | None = None


def _day(month: int, day: int) -> date:
    return date(2025, month, day)


HIPAA = "HIPAA Basics for Providers"
FRAUD = "MLN: Combating Medicare Fraud"
QUEUE = (
    # Reported longer than the proof shows.
    Sent("Joy Mbeki", HIPAA, _day(10, 22), 75, _day(11, 11), 50, file="mln-hipaa.pdf"),
    # The same thing twice, with the same file.
    Sent("Kayla Jennings", FRAUD, _day(10, 14), 45, _day(11, 12)),
    Sent("Kayla Jennings", FRAUD, _day(10, 14), 45, _day(11, 13), file="scan-2.pdf"),
    # In no band: staff determine the credit.
    Sent(
        "Amelia Chow",
        "CMS Quality Conference, second day",
        _day(5, 20),
        150,
        _day(11, 12),
        kind="event",
    ),
    # Before the first term began.
    Sent("Wesley Young", "MLN: Medical Record Basics", _day(3, 3), 60, _day(11, 13)),
    Sent(
        "Ravi Ganesan",
        "Documentation webinars",
        _day(9, 9),
        90,
        _day(11, 13),
        kind=WEBINAR,
        file="my-hours.pdf",
        table=True,
    ),
    Sent("Carla Benítez", "MLN: Chronic Care (45 min)", _day(10, 30), 45, _day(11, 14)),
    # Training on a product.
    Sent(
        "Daniel Novak",
        "QuickChart EHR: new templates",
        _day(11, 4),
        60,
        _day(11, 15),
        kind=WEBINAR,
    ),
    # Sent back once, and sent in again.
    Sent(
        "Luis Delgado",
        "MLN: Telehealth Services",
        _day(10, 6),
        30,
        _day(11, 16),
        returned=_day(11, 10),
    ),
)
# Renewed with three credits, of which one was not accepted afterwards (A9).
LOST = ("Mei-Lin Tanaka", _day(11, 14))


def queue_deeds(actor: Actor, at: At) -> Iterator[Deed]:
    """Give what was sent in and decided on, each with its day."""
    for item in QUEUE:
        if item.returned:
            first = _day(item.returned.month, item.returned.day - 2)
            yield first, partial(_send, item, first, at)
            yield item.returned, partial(_return, item, actor, at)
            yield item.sent, partial(_send_again, item, at)
        else:
            yield item.sent, partial(_send, item, item.sent, at)
    yield LOST[1], partial(_lose, actor, at)


def _send(item: Sent, on: date, at: At) -> None:
    member = _member(item.name)
    activity = start_draft(
        actor=Actor(member.name),
        member=member,
        program=PROGRAM,
        typed={"title": item.title},
        now=at(on),
    )
    add_proof(
        actor=Actor(member.name),
        activity=activity,
        upload=ContentFile(_paper(item), name=item.file),
        now=at(on),
    )
    _submit(item, activity, on, at)


def _send_again(item: Sent, at: At) -> None:
    _submit(item, _activity(item), item.sent, at)


def _submit(item: Sent, activity: Activity, on: date, at: At) -> None:
    member = activity.member
    submit(
        actor=Actor(member.name),
        activity=activity,
        seen=activity.version,
        report=Report(
            kind=item.kind,
            title=item.title,
            on=item.done,
            minutes=item.minutes,
            provider="CMS/MLN",
            licence_number=_licence(member),
        ),
        today=on,
        now=at(on),
    )


def _return(item: Sent, actor: Actor, at: At) -> None:
    activity = _activity(item)
    assert item.returned is not None
    decide(
        actor=actor,
        activity=activity,
        seen=activity.version,
        ruling=Ruling("returned", words="Which day was it? The file shows two."),
        today=item.returned,
        now=at(item.returned),
    )


def _lose(actor: Actor, at: At) -> None:
    name, on = LOST
    activity = Activity.objects.filter(member=_member(name)).earliest("on")
    decide(
        actor=actor,
        activity=activity,
        seen=activity.version,
        ruling=Ruling("rejected", ground="wrong_name"),
        today=on,
        now=at(on),
    )


def _paper(item: Sent) -> bytes:
    if item.table:
        rows = ("Jul 8   MLN webinar   30", "Aug 12  MLN webinar   30", "Sep 9   30")
        return tracking_table(item.name, rows)
    shown = item.shown or item.minutes
    title = item.title if "min)" in item.title else f"{item.title} ({shown} min)"
    number = f"WBT-{item.done:%m%d}-{len(item.name) * 37:04d}"
    return certificate(item.name, title, day_words(item.done), shown, number)


def _member(name: str) -> Member:
    first, _, last = name.partition(" ")
    return Member.objects.get(first_name=first, last_name=last)


def _activity(item: Sent) -> Activity:
    return Activity.objects.get(member=_member(item.name), title=item.title)


def _licence(member: Member) -> str:
    return Certification.objects.filter(member=member).latest("earned_on").number
