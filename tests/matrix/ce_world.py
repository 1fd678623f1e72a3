"""Activities, drafts and proofs that addresses name."""

from accounts.models import Member, Practice
from ce_credits.models import Activity, Proof
from ce_credits.services import start_draft
from core.files import keep
from tests.cast import (
    BODY,
    NOW,
    OTHER_BODY,
    TESTER,
    Cast,
    a_member,
    a_proof,
)
from tests.files.samples import pdf
from tests.matrix.things import Thing


def sent_elsewhere(member: Member) -> Activity:
    """Have a member report something to another body, which has no policy here."""
    return Activity.objects.create(
        member=member,
        program=OTHER_BODY,
        kind="course",
        title="Somewhere else",
        on=NOW.date(),
        state=Activity.State.SUBMITTED,
        reported_by="tests",
        created_at=NOW,
        changed_at=NOW,
        submitted_at=NOW,
    )


def ce_things(cast: Cast) -> dict[str, Thing]:
    """Make what addresses of activities name, on pages and over REST."""
    drafts = [_draft(each) for each in (cast.bob, cast.charlie)]
    northside, lakeview = (
        _draft(cast.bob, cast.northside),
        _draft(cast.charlie, cast.lakeview),
    )
    other = sent_elsewhere(a_member("Otto Other", None))
    others = _activity(cast.charlie)
    elsewhere = _proof(_activity(cast.bob))
    return {
        "activity": Thing.rows(_activity(cast.bob), _activity(cast.charlie)),
        "draft": Thing.rows(drafts[0], drafts[1]),
        # A proof is at the address of its own activity alone.
        "proof": Thing.rows(_proof(drafts[0]), _proof(drafts[1]), "", elsewhere),
        "draft over REST": Thing.rows(northside, lakeview, "ce"),
        # What somebody is still writing is nothing to the practice or the body.
        "draft of the practice": Thing.rows(northside, lakeview, "ce", drafts[0]),
        "proof of the draft": Thing.rows(
            _proof(northside), _proof(lakeview), "prf", elsewhere
        ),
        "proof of the body": Thing.rows(
            _proof(others), _proof(other), "prf", _proof(drafts[0])
        ),
        "activity over REST": Thing.rows(
            _activity(cast.bob), _activity(cast.charlie), "ce"
        ),
        "activity of the body": Thing.rows(others, other, "ce", drafts[0]),
    }


def _draft(member: Member, practice: Practice | None = None) -> Activity:
    draft = start_draft(
        actor=TESTER,
        member=member,
        program=BODY,
        typed={
            "kind": "webinar",
            "title": "Coding (45 min)",
            "on": "2025-10-02",
            "licence_number": "A-1042",
        },
        practice=practice,
        now=NOW,
    )
    _proof(draft)
    return draft


def _proof(activity: Activity) -> Proof:
    return activity.proofs.first() or a_proof(activity, key=keep(pdf()))


def _activity(member: Member) -> Activity:
    accepted = Activity.State.ACCEPTED
    return Activity.objects.visible_to(member).filter(state=accepted)[0]
