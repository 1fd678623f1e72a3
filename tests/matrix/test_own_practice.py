"""Whoever works for a body does nothing there about the practice they administer."""

import pytest

from accounts.checks import routed
from accounts.models import Administration
from core.models import AuditEntry
from tests.cast import NOW
from tests.matrix.asking import ask, checksum, undone
from tests.matrix.expectations import Word, parts_of
from tests.matrix.inspection import Inspection
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
# Which of a row's names are a practice's orders; the seats are named in their form.
OF_A_PRACTICE = {
    "order of the body",
    "order with a large payment",
    "paid order of the body",
}


def test_nobody_acts_for_a_body_on_their_own_practice(world: World) -> None:
    cast = world.cast
    Administration.objects.create(practice=cast.northside, user=cast.mona, from_at=NOW)
    before, faults, tried = checksum(), [], []
    for each in routed():
        row = ROWS[each.name]
        named = {row.names.get(part, part) for part in parts_of(each.path)}
        ours = named & OF_A_PRACTICE or each.name == "staff_seats"
        if row.word not in {Word.STAFF, Word.MANAGER} or not ours:
            continue
        for method, call in row.calls.items():
            if method == "GET" or call.send is None:
                continue
            with undone():
                path = Inspection(each, row, world).path()
                heard = ask(world.client("manager"), method, path, call.send(world))
                noted = AuditEntry.objects.filter(action="denied").count()
                if (heard.status, noted, checksum()) != (403, 1, before):
                    faults.append(f"{each.name} {method}: {heard.status}, {noted}")
            tried.append(each.name)
    assert not faults
    assert sorted(tried) == [
        "staff_order_cancel",
        "staff_order_credit",
        "staff_order_payment",
        "staff_order_refund",
        "staff_payment",
        "staff_refund",
        "staff_seats",
    ]
