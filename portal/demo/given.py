"""What the demonstration's practice has of the six products that open something."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from uuid import uuid4

from accounts.models import Member, Practice
from core.actor import Actor
from credentials.models import Product
from credentials.services import Choice, Pick, assign, grant_seats
from portal.demo.roster import DOMAIN, PROGRAM
from portal.queries.choices import choice_of

At = Callable[[date], datetime]
GRANTED_ON = date(2025, 10, 6)
# What is left to assign on the day: of each part of a package as many
# as there are packages.
LEFT = {
    "mscat-manual": 2,
    "hipaa": 2,
    "mscat-assessment": 2,
    "specialty": 5,
    "continuing-education": 12,
}
# Product, day, whom to, and the choice it asks for.
GIVEN = (
    ("mscat-manual", date(2025, 10, 8), ("hannah.fischer", "samir.khalil"), ""),
    ("hipaa", date(2025, 10, 8), ("hannah.fischer", "samir.khalil"), ""),
    ("mscat-assessment", date(2025, 10, 8), ("hannah.fischer",), ""),
    ("mscat-manual", date(2025, 11, 5), ("olivia.underhill-vasquez",), ""),
    ("mscat-training", date(2025, 10, 20), ("amelia.chow", "aaron.quill"), ""),
    ("specialty", date(2025, 10, 21), ("peter.marsh",), "dermatology"),
    ("specialty", date(2025, 10, 21), ("luis.delgado",), "primary-care"),
    (
        "continuing-education",
        date(2025, 11, 3),
        ("maya", "luis.delgado", "jonah.brandt"),
        "MLN-1121",
    ),
)


def product_deeds(
    practice: Practice, actor: Actor, at: At
) -> Iterator[tuple[date, Callable[[], object]]]:
    """Give what was granted and assigned, day by day."""
    used: dict[str, int] = {}
    for code, _, names, _ in GIVEN:
        used[code] = used.get(code, 0) + len(names)
    for code, count in used.items():
        yield (
            GRANTED_ON,
            partial(
                grant_seats,
                actor=actor,
                practice=practice,
                product=_product(code),
                count=count + LEFT.get(code, 0),
                reason="Packages and courses of the autumn",
                key=uuid4().hex,
                now=at(GRANTED_ON),
            ),
        )
    for code, on, names, choice in GIVEN:
        yield on, partial(_give, practice, actor, code, names, choice, on, at(on))


def _give(
    practice: Practice,
    actor: Actor,
    code: str,
    names: tuple[str, ...],
    choice: str,
    on: date,
    now: datetime,
) -> None:
    product = _product(code)
    members = Member.objects.filter(email__in=[f"{name}@{DOMAIN}" for name in names])
    assign(
        actor=actor,
        practice=practice,
        product=product,
        picks=[Pick(member.pk) for member in members],
        form_key=uuid4().hex,
        today=on,
        now=now,
        choice=choice_of(product, choice, on) or Choice(),
    )


def _product(code: str) -> Product:
    return Product.objects.get(program=PROGRAM, code=code)
