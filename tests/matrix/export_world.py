"""Files that were made, as the matrix names them."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

from accounts.models import Practice
from core.files import keep_file
from core.models import ExportJob
from tests.cast import NOW, Cast
from tests.exporting.builders import an_export
from tests.matrix.things import Thing
from tests.rosters.waiting import a_roster


def export_things(cast: Cast) -> Mapping[str, Thing]:
    """Name files that were made."""
    own, foreign = _export(cast.northside), _export(cast.lakeview)
    return {
        "export": Thing.rows(own, foreign),
        "export over REST": Thing.rows(own, foreign, "exp"),
        "roster over REST": Thing.rows(
            a_roster(cast.northside), a_roster(cast.lakeview), "imp"
        ),
    }


def _export(practice: Practice) -> ExportJob:
    content = f"last_name\n{practice.slug}\n".encode()
    return an_export(
        practice,
        # The one table that needs no other scope beside.
        kind="activity",
        state="ready",
        file_key=keep_file(BytesIO(content), "exports"),
        file_name="people.csv",
        file_kind="csv",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        ready_at=NOW,
        expires_at=NOW + timedelta(days=3650),
    )
