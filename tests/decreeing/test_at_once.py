"""Decrees while others are at work: each line once, each number one's own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import pytest
from django.db import connection

from core.models import OutboxMessage
from core.scope import Scope, scoped
from renewals.models import Decree, MovedDeadline
from renewals.queries import waiting_lines
from renewals.services import give_line
from tests.decreeing.decreeing import NOV_20, UNTIL, decreed, listed, number_of
from tests.recertifying.living import BODY, a_holder, noon, stands

T = TypeVar("T")
pytestmark = [
    pytest.mark.db,
    pytest.mark.race,
    pytest.mark.django_db(transaction=True),
]


def at_once(*acts: Callable[[], T]) -> list[T]:
    """Let several do something at one moment; give what each came to."""

    def do(act: Callable[[], T]) -> T:
        try:
            with scoped(Scope.sweep()):
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_two_workers_give_one_line_once() -> None:
    nora = a_holder(credits=0)
    decreed(listed(number_of(nora)))
    (line,) = waiting_lines(BODY, most=10)
    give = partial(give_line, line_id=line, today=NOV_20, now=noon(NOV_20))
    assert sorted(at_once(give, give, give)) == [False, False, True]
    assert OutboxMessage.objects.filter(kind="deadline_moved").count() == 1
    assert stands(nora, UNTIL) == "extended"


def test_two_managers_at_once_have_a_number_each() -> None:
    one, other = a_holder("Nora North", credits=0), a_holder("Olga Ortiz", credits=0)
    acts = [partial(decreed, listed(number_of(each))) for each in (one, other)]
    at_once(*acts)
    assert sorted(Decree.objects.values_list("number", flat=True)) == [1, 2]
    assert MovedDeadline.objects.count() == 2
