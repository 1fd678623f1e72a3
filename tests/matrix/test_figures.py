"""No figure anywhere counts what is another's: what they do changes no byte here."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.checks import routed
from accounts.models import Practice
from billing.models import Order, Payment, ProviderEvent, Refund
from credentials.queries import seats_of, terms_in_use
from credentials.services import Decrease, lower_seats
from tests.billing.money import an_order, paid
from tests.cast import BODY, NOW, TESTER, TODAY, a_member, seats
from tests.db.money_rows import given_back, rows_of_cards
from tests.matrix.asking import Heard, ask
from tests.matrix.expectations import Word, parts_of
from tests.matrix.guild import GUILD, staff_of_the_guild
from tests.matrix.hauling import unpacked
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
ADMINISTRATORS = {"own": "administrator", "foreign": "foreign administrator"}
TOKENS = {"own": "token", "foreign": "token of another practice"}
# The address is the thing: whoever has it reads it.
NOBODYS = {"estimate"}
STAFF = {Word.STAFF, Word.MANAGER}
Shown = Mapping[str, object]


def busy(practice: Practice, world: World) -> None:
    """Let a practice take somebody on, order, pay, get back, and renew fewer."""
    a_member(f"Una New-{practice.slug}", practice)
    seats(practice, world.cast.renewals, 7)
    order = an_order(practice, renewals=4)
    paid(order, "400.00")
    given_back(order)
    paid(an_order(practice, renewals=3), "20.00")
    fewer(practice)


def fewer(practice: Practice) -> None:
    """Let a practice give free renewals up, and leave somebody out."""
    found = seats_of(practice, BODY).seats
    window = terms_in_use(practice, BODY)[0]
    lower_seats(
        actor=TESTER,
        practice=practice,
        wanted=Decrease(
            program=BODY,
            to=found.in_use - 1,
            leave_out=frozenset({window.member_id}),
            form_key=uuid4().hex,
        ),
        today=TODAY,
        now=NOW,
    )


def gone_wrong(order: Order) -> None:
    """Let money by card be lost on its way in, and on its way back."""
    rows_of_cards(order)
    order.provider_events.update(state=ProviderEvent.State.REFUSED, reason="Too much.")
    Refund.objects.create(
        order=order,
        method=Payment.Method.CARD,
        state=Refund.State.FAILED,
        amount=1,
        currency=order.currency,
        reason="One left",
        error="The card is closed.",
        key=uuid4().hex,
        by="Mona Moss",
        at=NOW,
    )


def shown_to_practice(world: World, whose: str) -> Shown:
    """Read all that is a practice's, over REST and on pages.

    REST comes first: the page of tokens says when each was used.
    """
    found: dict[str, object] = {}
    for each in sorted(routed(), key=lambda each: each.path):
        row = ROWS[each.name]
        if row.word is not Word.PRACTICE or "GET" not in row.calls:
            continue
        # Looking at some has its entry on the trail; a copy is there for a minute.
        if row.calls["GET"].noted or each.name == "api_reading_copy":
            continue
        rest = each.path.startswith("api/v1/")
        scope = row.calls["GET"].scope
        client = world.client((TOKENS if rest else ADMINISTRATORS)[whose], scope)
        names = {part: row.names.get(part, part) for part in parts_of(each.path)}
        values = {
            part: getattr(world.things[name], "own" if name in NOBODYS else whose)
            for part, name in names.items()
        }
        heard = ask(client, "GET", reverse(each.name, kwargs=values))
        assert heard.status in {200, 302}, each.name
        found[each.name] = shown(heard)
    # One that awaits payment says what credit there is for it.
    waits = getattr(world.things["order that waits"], whose)
    practice = getattr(world.things["practice"], whose)
    path = reverse("order", kwargs={"practice": practice, "order_id": waits})
    heard = ask(world.client(ADMINISTRATORS[whose]), "GET", path)
    found["order that waits"] = heard.alike()
    return found


def shown_to_the_guild(client: Client) -> Shown:
    """Read all lists of the guild's staff, files with a first day included."""
    found: dict[str, object] = {}
    for each in routed():
        row = ROWS[each.name]
        if row.word not in STAFF or "GET" not in row.calls:
            continue
        if each.path.startswith("api/v1/") or parts_of(each.path) != ["program"]:
            continue
        path = reverse(each.name, kwargs={"program": GUILD})
        for query in ("", "?since=2030-01-01"):
            heard = ask(client, "GET", path + query)
            found[f"{each.name}{query}"] = shown(heard)
    return found


def shown(heard: Heard) -> object:
    """Give what an answer shows; an archive itself says when it was packed."""
    if heard.body.startswith(b"PK"):
        heard = replace(heard, body=unpacked(heard.body))
    return heard.alike()


@pytest.mark.parametrize("whose", ADMINISTRATORS)
def test_what_one_practice_does_shows_nowhere_else(world: World, whose: str) -> None:
    homes = {"own": world.cast.northside, "foreign": world.cast.lakeview}
    (other,) = (homes[each] for each in homes if each != whose)
    before = shown_to_practice(world, whose)
    busy(other, world)
    after = shown_to_practice(world, whose)
    assert {each for each in before if before[each] != after[each]} == set()
    assert len(before) > 20
    # Where something does happen, it shows.
    busy(homes[whose], world)
    changed = shown_to_practice(world, whose)
    assert {each for each in before if before[each] != changed[each]} >= {
        "api_members",
        "api_orders",
        "api_payments",
        "api_seat_changes",
        "api_seats",
        "assignments",
        "order that waits",
        "orders",
        "people",
        "practice_home",
        "seats",
        "seats_lower",
    }


def test_what_happens_at_one_body_shows_nowhere_else(guild: None, world: World) -> None:
    client = staff_of_the_guild("manager")
    before = shown_to_the_guild(client)
    busy(world.cast.northside, world)
    order = an_order(world.cast.northside)
    paid(order, "200.00")
    gone_wrong(order)
    after = shown_to_the_guild(client)
    assert {each for each in before if before[each] != after[each]} == set()
    assert {"staff_journal_csv?since=2030-01-01", "staff_jobs"} <= before.keys()
