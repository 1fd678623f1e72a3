"""A practice gets proof of what was reported through it alone."""

from uuid import UUID

import pytest
from django.urls import reverse

from ce_credits.models import Proof
from core.public_ids import spell
from tests.matrix.asking import ask, undone
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]


@pytest.mark.parametrize("actor", ["administrator", "token"])
def test_a_proof_from_before_the_practice_stood_for_them_is_not_its_to_read(
    world: World, actor: str
) -> None:
    """It sees what was reported, and no file of it.

    One that is there is told from one of no row by no byte, statement or step.
    """
    client = world.client(actor, "ce:read")
    report = {
        "practice": world.things["practice"].own,
        "activity_id": world.things["activity over REST"].own,
    }
    proofs = world.things["proof"].others[0], world.things["proof"].missing
    there, missing = (spell("prf", UUID(each)) for each in proofs)
    row = Proof.objects.get(pk=proofs[0])
    assert row.activity.practice is None
    assert spell("ce", row.activity_id) == report["activity_id"]
    asked = []
    # The first time code is loaded that is there the second time.
    for proof in (missing, there, missing):
        path = reverse("api_proof", kwargs={**report, "proof_id": proof})
        with undone():
            asked.append(ask(client, "GET", path, followed=True))
    asked = asked[1:]
    assert [each.status for each in asked] == [404, 404]
    assert asked[0].alike(there, missing) == asked[1].alike(there, missing)
    assert asked[0].statements == asked[1].statements
    assert asked[0].steps == asked[1].steps
    for name in ("api_activity", "api_proofs"):
        heard = ask(client, "GET", reverse(name, kwargs=report))
        assert heard.status == 200
        assert there not in heard.body.decode()
