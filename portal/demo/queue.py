"""What waits for the demonstration's reviewer, and what was decided before."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from accounts.models import Member
from ce_credits.models import Activity
from ce_credits.services import Ruling, decide
from core.actor import Actor
from portal.demo.roster import Learnt
from portal.demo.sent import hand_in, send

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], None]]


def _day(month: int, day: int) -> date:
    return date(2025, month, day)


FRAUD = "MLN: Combating Medicare Fraud"
QUEUE = (
    # Reported longer than the proof shows.
    (
        "Joy Mbeki",
        Learnt(
            "HIPAA Basics for Providers",
            75,
            _day(10, 22),
            _day(11, 11),
            shown=50,
            file="mln-hipaa.pdf",
        ),
    ),
    # The same thing twice, with the same file.
    ("Kayla Jennings", Learnt(FRAUD, 45, _day(10, 14), _day(11, 12))),
    (
        "Kayla Jennings",
        Learnt(FRAUD, 45, _day(10, 14), _day(11, 13), file="scan-2.pdf"),
    ),
    # In no band: staff determine the credit.
    (
        "Amelia Chow",
        Learnt(
            "CMS Quality Conference, second day",
            150,
            _day(5, 20),
            _day(11, 12),
            kind="event",
        ),
    ),
    # Before the first term began.
    (
        "Wesley Young",
        Learnt("MLN: Medical Record Basics", 60, _day(3, 3), _day(11, 13)),
    ),
    (
        "Ravi Ganesan",
        Learnt(
            "Documentation webinars",
            90,
            _day(9, 9),
            _day(11, 13),
            kind="webinar",
            table=True,
        ),
    ),
    (
        "Carla Benítez",
        Learnt("MLN: Chronic Care (45 min)", 45, _day(10, 30), _day(11, 14)),
    ),
    # Training on a product.
    (
        "Daniel Novak",
        Learnt(
            "QuickChart EHR: new templates",
            60,
            _day(11, 4),
            _day(11, 15),
            kind="webinar",
        ),
    ),
    # Sent back once, and sent in again.
    (
        "Luis Delgado",
        Learnt(
            "MLN: Advance Care Planning",
            30,
            _day(10, 6),
            _day(11, 16),
            returned_on=_day(11, 10),
        ),
    ),
)
# Renewed with three credits, of which one was not accepted afterwards (A9).
LOST = ("Mei-Lin Tanaka", _day(11, 14))


def queue_deeds(actor: Actor, at: At) -> Iterator[Deed]:
    """Give what was sent in and decided on, each with its day."""
    for name, learnt in QUEUE:
        sent, returned = learnt.submitted_on, learnt.returned_on
        assert sent is not None
        if returned is None:
            yield sent, partial(_send, name, learnt, sent, at)
            continue
        first = returned - timedelta(days=2)
        yield first, partial(_send, name, learnt, first, at)
        yield returned, partial(_return, name, learnt, returned, actor, at)
        yield sent, partial(_send_again, name, learnt, sent, at)
    yield LOST[1], partial(_lose, actor, at)


def _send(name: str, learnt: Learnt, on: date, at: At) -> None:
    send(_member(name), learnt, today=on, now=at(on))


def _send_again(name: str, learnt: Learnt, on: date, at: At) -> None:
    hand_in(_activity(name, learnt), learnt, today=on, now=at(on))


def _return(name: str, learnt: Learnt, on: date, actor: Actor, at: At) -> None:
    ruling = Ruling("returned", words="Which day was it? The file shows two.")
    _decide(_activity(name, learnt), ruling, on, actor, at)


def _lose(actor: Actor, at: At) -> None:
    name, on = LOST
    activity = Activity.objects.filter(member=_member(name)).earliest("on")
    _decide(activity, Ruling("rejected", ground="wrong_name"), on, actor, at)


def _decide(activity: Activity, ruling: Ruling, on: date, actor: Actor, at: At) -> None:
    decide(
        actor=actor,
        activity=activity,
        seen=activity.version,
        ruling=ruling,
        today=on,
        now=at(on),
    )


def _member(name: str) -> Member:
    first, _, last = name.partition(" ")
    return Member.objects.get(first_name=first, last_name=last)


def _activity(name: str, learnt: Learnt) -> Activity:
    return Activity.objects.get(member=_member(name), title=learnt.title)
