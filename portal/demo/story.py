"""Telling the demonstration's story through the same services as real life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
    record_certification,
)
from portal.demo.roster import (
    CEDAR,
    DOMAIN,
    HARBOR,
    PASSWORD,
    PROGRAM,
    TITLES,
    Person,
)

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
    harbor = _practice("Harbor Family Medicine", "Dana Whitfield", "dana")
    _people(harbor, HARBOR, renewals=6)
    cedar = _practice("Cedar Surgical Group", "Ruth Calloway", "ruth")
    _people(cedar, CEDAR, renewals=2)
    priya = _account("Priya Nair", "priya")
    appoint_staff(
        actor=ACTOR,
        user=priya,
        program=PROGRAM,
        role="manager",
        now=_at(date(2023, 1, 9)),
    )
    # What was mailed in the past was read long ago.
    OutboxMessage.objects.update(state=OutboxMessage.State.SENT)
    for message in OutboxMessage.objects.all():
        message.sent_at = message.created_at
        message.save(update_fields=["sent_at"])
    return True


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


def _people(stage: Stage, people: Sequence[Person], *, renewals: int) -> None:
    members = [(person, _member(stage, person)) for person in people]
    terms = [person.terms for person in people if person.renewal_on]
    start = date(2022, 9, 2)
    _seats(stage, stage.membership, len(terms) + 2, start, "First packages")
    _seats(stage, stage.renewals, sum(terms) - len(terms) + renewals, start, "Renewals")
    for person, member in members:
        if person.renewal_on:
            _life(stage, person, member, person.renewal_on)


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


def _life(stage: Stage, person: Person, member: Member, renewal_on: date) -> None:
    first_on = _years_before(renewal_on, person.terms)
    record_certification(
        actor=ACTOR,
        member=member,
        program=PROGRAM,
        code="CMSS",
        earned_on=first_on,
        proof="Exam record of the year before",
        today=first_on,
        now=_at(first_on),
    )
    for left in range(person.terms, 0, -1):
        begins = _years_before(renewal_on, left)
        first = left == person.terms
        _assign(stage, stage.membership if first else stage.renewals, member, begins)
        minutes = person.minutes if left == 1 else (90, 90)
        _learn(member, begins, minutes)


def _learn(member: Member, begins: date, minutes: Sequence[int]) -> None:
    for place, length in enumerate(minutes):
        on = begins + timedelta(days=40 + 70 * place)
        title = f"{TITLES[place % len(TITLES)]} ({length} min)"
        record_accepted_activity(
            actor=ACTOR,
            member=member,
            program=PROGRAM,
            kind="web_based_training",
            title=title,
            on=on,
            minutes=length,
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
