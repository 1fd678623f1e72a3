"""What feeds sent one body and another, each row waiting for staff."""

from uuid import uuid4

from ce_credits.models import CatalogueItem, FeedDelivery, FeedRow
from tests.cast import BODY, NOW, OTHER_BODY, Cast, a_member
from tests.matrix.things import Thing

CODE = "FED1"


def feed_things(cast: Cast) -> dict[str, Thing]:
    """Make a row and a checked file of each body, and an activity to settle with."""
    CatalogueItem.objects.create(
        program=BODY,
        code=CODE,
        title="Fed (60 min)",
        kind="webinar",
        minutes=60,
        changed_at=NOW,
    )
    stranger = a_member("Fay Foreign", None, program=OTHER_BODY)
    return {
        "person to credit": Thing.rows(cast.charlie, stranger, "mem"),
        "row of a feed": Thing.rows(_row(BODY), _row(OTHER_BODY)),
        "row of a feed over REST": Thing.rows(_row(BODY), _row(OTHER_BODY), "fed"),
        # What came by REST is no file.
        "file of a feed": Thing.rows(
            _file(BODY), _file(OTHER_BODY), "", _row(BODY).delivery
        ),
    }


def _file(program: str, name: str = "completions.csv") -> FeedDelivery:
    return FeedDelivery.objects.create(
        program=program,
        source="The academy",
        name=name,
        rows=[{"number": "CMSS-0", "code": CODE, "completed_on": "2025-10-02"}],
        count=1,
        by="tests",
        at=NOW,
    )


def _row(program: str) -> FeedRow:
    return FeedRow.objects.create(
        delivery=_file(program, name=""),
        program=program,
        key=uuid4().hex,
        number="CMSS-0",
        code=CODE,
        completed_on="2025-10-02",
        received_at=NOW,
        state=FeedRow.State.UNMATCHED,
        reason="unknown_person",
        words="No credential of the body has this number.",
    )
