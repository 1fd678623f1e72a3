"""A key is its owner's: nobody hears the answer that somebody else was given."""

import pytest
from django.urls import reverse

from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
SENT = {"program": "acmss", "kind": "webinar", "title": "Coding (45 min)"}


def test_the_same_key_in_two_hands_is_two_keys(world: World) -> None:
    answers = [
        world.client(actor).post(
            reverse("api_my_activities"),
            SENT,
            content_type="application/json",
            headers={"idempotency-key": "one-and-the-same"},
        )
        for actor in ("member", "foreign member", "member")
    ]
    assert [each.status_code for each in answers] == [201, 201, 201]
    first, theirs, again = (each.json()["id"] for each in answers)
    assert first == again != theirs
