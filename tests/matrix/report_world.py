"""Files of the good-standing report that the matrix asks about."""

from credentials.models import GivenReport
from tests.cast import NOW
from tests.matrix.things import Thing

OURS, OTHERS = "1" * 64, "2" * 64


def report_things() -> dict[str, Thing]:
    """Let two files have been given out; whoever has the hash asks about either."""
    for sha in (OURS, OTHERS):
        GivenReport.objects.create(
            sha256=sha, rows_sha256=sha, kind="csv", lines=1, found=1, as_of=NOW
        )
    return {"report's hash": Thing(OURS, OTHERS, "3" * 64)}
