"""What feeds sent one body and another, each row waiting for staff."""

from uuid import uuid4

from accounts.models import Member
from ce_credits.models import CatalogueItem, FeedDelivery, FeedRow, MissingCredit
from tests.cast import BODY, NOW, OTHER_BODY, TODAY, Cast, a_body_token, a_member
from tests.feeds.feeding import an_item
from tests.matrix.things import Thing

CODE, ITSELF = "FED1", "FED-N"


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
    an_item(ITSELF)
    stranger = a_member("Fay Foreign", None, program=OTHER_BODY)
    return {
        "token of a body": Thing.rows(
            a_body_token(BODY, cast.erin), a_body_token(OTHER_BODY, cast.rita)
        ),
        "person to credit": Thing.rows(cast.charlie, stranger, "mem"),
        "row of a feed": Thing.rows(_row(BODY), _row(OTHER_BODY)),
        "row of a feed over REST": Thing.rows(_row(BODY), _row(OTHER_BODY), "fed"),
        "missed credit": Thing.rows(
            _missed(cast.bob, BODY), _missed(stranger, OTHER_BODY)
        ),
        "missed credit over REST": Thing.rows(
            _missed(cast.bob, BODY), _missed(stranger, OTHER_BODY), "mis"
        ),
        "file of a feed over REST": Thing.rows(_file(BODY), _file(OTHER_BODY), "fdl"),
        "conference": Thing.rows(_conference(BODY), _conference(OTHER_BODY)),
        "conference over REST": Thing.rows(
            _conference(BODY), _conference(OTHER_BODY), "cat"
        ),
        # What came by REST is no file.
        "file of a feed": Thing.rows(
            _file(BODY), _file(OTHER_BODY), "", _row(BODY).delivery
        ),
    }


def _missed(member: Member, program: str) -> MissingCredit:
    return MissingCredit.objects.create(
        program=program,
        member=member,
        item=_conference(program),
        on=TODAY,
        due_on=TODAY,
        asked_at=NOW,
        state=MissingCredit.State.OPEN,
    )


def _conference(program: str) -> CatalogueItem:
    return CatalogueItem.objects.create(
        program=program,
        code=f"CONF-{uuid4().hex[:8]}",
        title="A conference",
        kind="webinar",
        minutes=60,
        evaluation_deadline=TODAY,
        topics=["ehr"],
        changed_at=NOW,
    )


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
