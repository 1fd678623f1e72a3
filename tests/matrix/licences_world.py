"""A licence of Bob's, and one of somebody else's."""

from tests.cast import Cast
from tests.db.licence_rows import a_licence
from tests.matrix.things import Thing


def licence_things(cast: Cast) -> dict[str, Thing]:
    """Let Bob and Charlie hold a licence each."""
    ours, theirs = (a_licence(each) for each in (cast.bob, cast.charlie))
    return {
        "licence": Thing.rows(ours, theirs),
        "licence over REST": Thing.rows(ours, theirs, "lic"),
    }
