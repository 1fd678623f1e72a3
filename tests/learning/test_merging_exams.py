"""An exam goes along when two accounts of one person become one, and comes back."""

import pytest

from courses.models import Attempt
from tests.cast import Cast
from tests.learning.sitting import sat, was_given
from tests.merging.merging import merged, proved, second_account, undone

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def test_an_exam_is_whose_assignment_it_was_taken_for(cast: Cast) -> None:
    attempt = sat(was_given(cast, "hipaa"), right=25)
    second = second_account()
    row = merged(cast, proved(second, cast.bob), second)
    assert Attempt.objects.get(pk=attempt.pk).member_id == second.pk
    undone(cast, row)
    assert Attempt.objects.get(pk=attempt.pk).member_id == cast.bob.pk
