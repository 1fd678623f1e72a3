"""Audit binders that were made, as the matrix names them."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

from accounts.models import Member, Practice
from core.files import keep_file
from core.models import ExportJob
from core.zips import zip_pieces
from portal.services import BINDER
from tests.cast import NOW, Cast
from tests.exporting.builders import an_export
from tests.matrix.things import Thing


def binder_things(cast: Cast) -> Mapping[str, Thing]:
    """Name binders that were made."""
    jobs = [_binder(cast.northside, cast.bob), _binder(cast.lakeview, cast.charlie)]
    return {
        "binder": Thing.rows(jobs[0], jobs[1]),
        "binder over REST": Thing.rows(jobs[0], jobs[1], "bnd"),
    }


def _binder(practice: Practice, member: Member) -> ExportJob:
    paper = f"%PDF-1.7 {practice.slug}".encode()
    content = b"".join(zip_pieces([("binder.pdf", paper)]))
    return an_export(
        practice,
        kind=BINDER,
        params={
            "from_on": "2019-11-17",
            "until_on": "2025-11-17",
            "members": [str(member.pk)],
            "documents": [],
        },
        state="ready",
        file_key=keep_file(BytesIO(content), "exports"),
        file_name="audit-binder.zip",
        file_kind="zip",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        ready_at=NOW,
        expires_at=NOW + timedelta(days=3650),
    )
