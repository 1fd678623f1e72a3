"""A prepared statement gives what its query gives, whatever it is asked with."""

from datetime import date
from threading import Thread
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, Sponsorship
from core.prepared import MOST_VALUES, filled, prepared
from credentials.models import Window
from tests.cast import BODY, TODAY, Cast

pytestmark = pytest.mark.db
built: list[str] = []


@prepared
def sponsored(
    practice_id: UUID, name: str, day: date, *, all_of_them: bool
) -> QuerySet[Sponsorship]:
    """Who is sponsored, and whether they have a term on a day."""
    built.append(name)
    terms = Window.objects.filter(member=OuterRef("member"), first_on__lte=day)
    found = Sponsorship.objects.filter(practice=practice_id).annotate(
        termed=Exists(terms)
    )
    if not all_of_them:
        found = found.filter(member__last_name=name)
    return found.select_related("member").order_by("member__last_name")[:5]


@prepared
def named_so(program: str, member_ids: tuple[UUID, ...]) -> QuerySet[Sponsorship]:
    """Who of some is sponsored in a program."""
    built.append(program)
    return Sponsorship.objects.filter(program=program, member__pk__in=member_ids)


def asked(cast: Cast, name: str, day: date = TODAY) -> list[tuple[str, object]]:
    """Who is found by a name, and whether they had a term."""
    rows = sponsored(cast.northside.pk, name, day, all_of_them=False)
    return [(row.member.name, getattr(row, "termed")) for row in rows]  # noqa: B009


def test_each_asking_gives_the_rows_of_its_own_values(cast: Cast) -> None:
    last = cast.bob.last_name
    assert asked(cast, last) == [("Bob Baker", True)]
    assert asked(cast, last, date(2000, 1, 1)) == [("Bob Baker", False)]
    assert asked(cast, "Nobody") == []
    assert asked(cast, "' OR 1=1 --") == []
    assert sponsored(uuid4(), last, TODAY, all_of_them=True) == []


def test_a_flag_shapes_the_query(cast: Cast) -> None:
    everybody = Sponsorship.objects.filter(practice=cast.northside).count()
    rows = sponsored(cast.northside.pk, "Nobody", TODAY, all_of_them=True)
    assert len(rows) == min(everybody, 5) > 0


def test_it_is_put_together_once_and_asks_once(cast: Cast) -> None:
    asked(cast, cast.bob.last_name)
    before = len(built)
    with CaptureQueriesContext(connection) as captured:
        asked(cast, cast.bob.last_name)
    assert len(captured) == 1
    assert len(built) == before


def test_what_is_written_since_is_read(cast: Cast) -> None:
    last = cast.bob.last_name
    assert len(asked(cast, last)) == 1
    Member.objects.filter(pk=cast.bob.pk).update(last_name="Brown")
    assert asked(cast, last) == []
    assert asked(cast, "Brown") == [("Bob Brown", True)]


@pytest.mark.usefixtures("transactional_db")
def test_each_thread_asks_by_its_own_connection(cast: Cast) -> None:
    asked(cast, cast.bob.last_name)
    found: list[str] = []

    def ask() -> None:
        found.extend(name for name, _ in asked(cast, cast.bob.last_name))
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Bob Baker"] * 4


@pytest.mark.parametrize(("many", "length"), [(1, 10), (10, 10), (11, 100), (101, 101)])
def test_lists_of_a_few_lengths_are_filled_up(many: int, length: int) -> None:
    ids = [uuid4() for _ in range(many)]
    assert len(filled(ids)) == length
    assert list(dict.fromkeys(filled(ids))) == ids
    assert filled([]) == ()


def test_lists_filled_up_find_each_once_by_one_text(cast: Cast) -> None:
    assert len(named_so(BODY, filled([cast.bob.pk]))) == 1
    before = len(built)
    assert len(named_so(BODY, filled([uuid4(), cast.bob.pk]))) == 1
    assert named_so(BODY, filled([uuid4()])) == []
    assert len(built) == before


def test_the_text_of_a_long_list_is_not_kept(cast: Cast) -> None:
    many = (*(uuid4() for _ in range(MOST_VALUES)), cast.bob.pk)
    before = len(built)
    assert [len(named_so(BODY, many)) for _ in range(2)] == [1, 1]
    assert len(built) == before + 2


def test_an_argument_may_be_given_by_its_name(cast: Cast) -> None:
    named = filled([cast.bob.pk])
    assert named_so(member_ids=named, program=BODY) == named_so(BODY, named)
