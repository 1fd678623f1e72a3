"""Who used up the tries of a test is marked, so that staff find them at once."""

from importlib import import_module

import pytest
from django.apps import apps

from courses.models import Enrolment
from portal.queries.allowances import used_up_in
from tests.cast import NOW, Cast
from tests.db.breaking import refused
from tests.learning.taking import a_course, enrolled, reads_all, sits
from tests.learning.test_allowances import allowed, used_up
from tests.merging.merging import merged, proved, second_account, undone

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.db,
    pytest.mark.usefixtures("shelf"),
]


def test_who_used_up_the_tries_is_marked_as_long_as_nothing_is_left(
    cast: Cast,
) -> None:
    mine = enrolled(cast.bob, a_course())
    reads_all(mine)

    def marked() -> bool:
        mine.refresh_from_db()
        return mine.used_up_at is not None

    seen = []
    for right in (0, 0):
        sits(mine, right=right)
        seen.append(marked())
    allowed(mine)
    seen.append(marked())
    sits(mine, right=0)
    seen.append(marked())
    allowed(mine)
    assert sits(mine, right=2).passed
    assert [*seen, marked()] == [False, True, False, True, False]
    assert "used up" in refused(lambda: Enrolment.objects.update(used_up_at=NOW))


def test_a_mark_moves_with_its_person_and_what_stays_behind_has_none(
    cast: Cast,
) -> None:
    mine, second = used_up(cast.bob), second_account()
    also = enrolled(second, mine.version)
    row = merged(cast, proved(second, cast.bob), second)
    # Both began it: what stays with the record that was given up is nobody's.
    assert not used_up_in(mine.course).people
    undone(cast, row)
    assert [name for name, _ in used_up_in(mine.course).people] == [cast.bob.name]
    also.refresh_from_db()
    assert also.used_up_at is None


def _marks_old_rows() -> None:
    """Do what the migration does with the rows that it finds."""
    migration = import_module("courses.migrations.0015_used_up_and_reminded")
    migration.mark(apps, None)


def test_who_used_up_the_tries_before_there_was_a_mark_is_marked(cast: Cast) -> None:
    mine = used_up(cast.bob)
    once = enrolled(cast.charlie, mine.version)
    reads_all(once)
    sits(once, right=0)
    mine.refresh_from_db()
    was = mine.used_up_at
    Enrolment.objects.update(used_up_at=None)
    _marks_old_rows()
    mine.refresh_from_db()
    once.refresh_from_db()
    assert (mine.used_up_at, once.used_up_at) == (was, None)
    assert was is not None
    allowed(mine)
    _marks_old_rows()
    mine.refresh_from_db()
    assert mine.used_up_at is None
