"""Several workers reach for one certificate's paper at one moment."""

from pathlib import Path

import pytest

from certificates.models import Certificate
from certificates.services import claim_paper
from certificates.tasks import make
from core.scope import Scope, scoped
from tests.cast import NOW
from tests.database import WORKER, working_as
from tests.portal.paper import files
from tests.race.hands import at_once

pytestmark = [pytest.mark.race, pytest.mark.db]


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("many", [2, 8])
def test_one_paper_is_made(issued: Certificate, shelf: Path, many: int) -> None:
    def work() -> None:
        with working_as(WORKER):
            make(str(issued.pk))

    at_once([work] * many)
    issued.refresh_from_db()
    assert (issued.paper, issued.attempts) == ("ready", 1)
    assert [path.name for path in files(shelf)] == [Path(issued.file_key).name]


@pytest.mark.usefixtures("transactional_db")
def test_one_of_eight_gets_the_claim(issued: Certificate) -> None:
    def claim() -> bool:
        with working_as(WORKER), scoped(Scope.sweep()):
            return claim_paper(certificate_id=issued.pk, now=NOW) is not None

    assert sum(at_once([claim] * 8)) == 1
