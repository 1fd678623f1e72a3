"""What addresses name when something is assigned: it, and the press it came of."""

from accounts.models import Member, Practice
from credentials.models import Assignment, Product
from tests.cast import BODY, Cast, given
from tests.matrix.things import Thing


def assigned_things(cast: Cast) -> dict[str, Thing]:
    """Assign to somebody of both practices what can still be undone."""
    ours = _assigned(cast.northside, cast.bob)
    theirs = _assigned(cast.lakeview, cast.charlie)
    return {
        "assignment": Thing.rows(ours, theirs),
        "assignment over REST": Thing.rows(ours, theirs, "asn"),
        "batch": Thing.rows(ours.batch, theirs.batch),
    }


def _assigned(practice: Practice, member: Member) -> Assignment:
    hipaa = Product.objects.get(program=BODY, code="hipaa")
    return given(hipaa, practice, member).assignments.get()
