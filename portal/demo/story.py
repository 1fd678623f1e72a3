"""Telling the demonstration's story through the same services as real life."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.models import Member, Practice, User
from accounts.services import (
    add_member,
    appoint_administrator,
    appoint_staff,
    make_practice,
    open_account,
)
from ce_credits.services import record_accepted_activity
from core.actor import Actor
from core.models import OutboxMessage
from credentials.models import Product
from credentials.policy import zone_of
from credentials.services import (
    Pick,
    assign,
    grant_seats,
    install_products,
    publish_prices,
    record_certification,
)
from portal.demo.asked import question_deeds
from portal.demo.audited import audit_deeds
from portal.demo.bought import order_deeds
from portal.demo.certificants import certificant_deeds
from portal.demo.courses import SOCIETY, course_deeds
from portal.demo.documents import document_deeds
from portal.demo.doubled import doubled_deeds
from portal.demo.given import product_deeds
from portal.demo.licensed import licensed_deeds
from portal.demo.live import live_deeds
from portal.demo.money import large_deeds, overdue_deed
from portal.demo.queue import queue_deeds
from portal.demo.roster import (
    CEDAR,
    CYCLES,
    DOMAIN,
    HARBOR,
    LEARNT,
    PASSWORD,
    PROGRAM,
    TITLES,
    Learnt,
    Person,
)
from portal.demo.sent import stock_catalogue, write
from portal.demo.sponsored import sponsor_deeds

Deed = tuple[date, Callable[[], object]]
ACTOR = Actor.system("demonstration")


@dataclass(frozen=True)
class Stage:
    """A practice with its products, where the story takes place."""

    practice: Practice
    renewals: Product
    membership: Product


@transaction.atomic
def tell_story() -> bool:
    """Make the people and their past; False where they are there already."""
    if Practice.objects.filter(slug="harbor-family-medicine").exists():
        return False
    install_products()
    publish_prices(actor=ACTOR, now=_at(date(2022, 9, 1)))
    stock_catalogue(now=_at(date(2024, 1, 8)))
    harbor = _practice("Harbor Family Medicine", "Dana Whitfield", "dana")
    cedar = _practice("Cedar Surgical Group", "Ruth Calloway", "ruth")
    past: list[Deed] = [
        *_people(harbor, HARBOR, renewals=0),
        *_people(cedar, CEDAR, renewals=2),
    ]
    dana = User.objects.get(email=f"dana@{DOMAIN}")
    past += order_deeds(harbor.practice, dana, 6, ACTOR, _at)
    past += product_deeds(harbor.practice, ACTOR, _at)
    past += queue_deeds(ACTOR, _at)
    past += certificant_deeds(_account, ACTOR, _at)
    past += audit_deeds(_at)
    past += doubled_deeds(_account, ACTOR, _at)
    marcus = _manager("Marcus Weil", "marcus", CYCLES)
    past += sponsor_deeds(_account("Owen Barker", "owen"), marcus, _at)
    _manager("Grace Amsel", "grace", SOCIETY)
    ruth = User.objects.get(email=f"ruth@{DOMAIN}")
    priya = _manager("Priya Nair", "priya")
    quentin = _manager("Quentin Hale", "quentin")
    past += question_deeds(dana, priya, _at)
    past.append(overdue_deed(cedar.practice, ruth, _at))
    past += course_deeds(ACTOR, _at)
    past += live_deeds(ACTOR, _at)
    past += licensed_deeds(_account, ACTOR, _at)
    past += document_deeds(harbor.practice, dana, priya, _at)
    past += large_deeds(harbor.practice, dana, quentin, _at)
    for _, happen in sorted(past, key=lambda deed: deed[0]):
        happen()
    # What was mailed in the past was read long ago.
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT)
    for message in OutboxMessage.objects.all():
        message.sent_at = message.created_at
        message.save(update_fields=["sent_at"])
    return True


def _manager(name: str, account: str, program: str = PROGRAM) -> User:
    user = _account(name, account)
    appoint_staff(
        actor=ACTOR,
        user=user,
        program=program,
        role="manager",
        now=_at(date(2023, 1, 9)),
    )
    return user


def _practice(name: str, administrator: str, account: str) -> Stage:
    now = _at(date(2022, 9, 1))
    slug = name.lower().replace(" ", "-")
    practice = make_practice(actor=ACTOR, name=name, slug=slug, now=now)
    user = _account(administrator, account)
    appoint_administrator(
        actor=ACTOR, practice=practice, user=user, named=True, now=now
    )
    products = {row.code: row for row in Product.objects.filter(program=PROGRAM)}
    return Stage(practice, products["renewals"], products["membership"])


def _account(name: str, account: str) -> User:
    return open_account(
        actor=ACTOR,
        email=f"{account}@{DOMAIN}",
        name=name,
        password=PASSWORD,
        now=_at(date(2022, 9, 1)),
    )


def _people(stage: Stage, people: Sequence[Person], *, renewals: int) -> Iterator[Deed]:
    terms = [person.terms for person in people if person.renewal_on]
    start = date(2022, 9, 2)
    _seats(stage, stage.membership, len(terms) + 2, start, "First packages")
    _seats(stage, stage.renewals, sum(terms) - len(terms) + renewals, start, "Renewals")
    for person in people:
        # A member stands on the list before anything can happen to them.
        member = _member(stage, person)
        if person.renewal_on:
            yield from _life(stage, person, member, person.renewal_on)


def _member(stage: Stage, person: Person) -> Member:
    first, _, last = person.name.partition(" ")
    name = person.account or f"{first}.{last}".lower().replace("í", "i")
    first_on = _first_day(person)
    member = add_member(
        actor=ACTOR,
        practice=stage.practice,
        program=PROGRAM,
        first_name=first,
        last_name=last,
        email=f"{name}@{DOMAIN}",
        renewal_mode=person.mode,
        today=first_on,
        now=_at(first_on),
    )
    if person.account:
        member.user = _account(person.name, person.account)
        member.save(update_fields=["user"])
    return member


def _first_day(person: Person) -> date:
    if person.renewal_on is None:
        return date(2025, 10, 1)
    return _years_before(person.renewal_on, person.terms)


def _life(
    stage: Stage, person: Person, member: Member, renewal_on: date
) -> Iterator[Deed]:
    first_on = _years_before(renewal_on, person.terms)
    yield first_on, partial(_certify, member, first_on)
    for left in range(person.terms, 0, -1):
        begins = _years_before(renewal_on, left)
        product = stage.membership if left == person.terms else stage.renewals
        yield begins, partial(_assign, stage, product, member, begins)
        for place, length in enumerate(person.minutes if left == 1 else (90, 90)):
            on = begins + timedelta(days=40 + 70 * place)
            yield on, partial(_learn, member, on, length, TITLES[place % len(TITLES)])
    if person.name in LEARNT:
        yield from _written(member, LEARNT[person.name])


def _written(member: Member, learnt: Learnt) -> Iterator[Deed]:
    day = learnt.on + timedelta(days=1)
    yield day, partial(_write, member, learnt, day)


def _write(member: Member, learnt: Learnt, on: date) -> None:
    write(member, learnt, now=_at(on))


def _certify(member: Member, on: date) -> None:
    record_certification(
        actor=ACTOR,
        member=member,
        program=PROGRAM,
        code="CMSS",
        earned_on=on,
        proof="Exam record of the year before",
        today=on,
        now=_at(on),
    )


def _learn(member: Member, on: date, minutes: int, title: str) -> None:
    record_accepted_activity(
        actor=ACTOR,
        member=member,
        program=PROGRAM,
        kind="web_based_training",
        title=f"{title} ({minutes} min)",
        on=on,
        minutes=minutes,
        proof="Certificate of completion",
        reason="Sent in by the holder",
        today=on,
        now=_at(on),
    )


def _assign(stage: Stage, product: Product, member: Member, on: date) -> None:
    assign(
        actor=ACTOR,
        practice=stage.practice,
        product=product,
        picks=[Pick(member.pk)],
        form_key=uuid4().hex,
        today=on,
        now=_at(on),
    )


def _seats(stage: Stage, product: Product, count: int, on: date, why: str) -> None:
    grant_seats(
        actor=ACTOR,
        practice=stage.practice,
        product=product,
        count=count,
        reason=why,
        key=uuid4().hex,
        now=_at(on),
    )


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years)


def _at(day: date) -> datetime:
    zone: ZoneInfo = zone_of(PROGRAM)
    return datetime(day.year, day.month, day.day, 10, 42, tzinfo=zone)
