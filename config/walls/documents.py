"""The walls of a body's documents and of those a practice files itself."""

from collections.abc import Mapping, Sequence

from config.walls.conditions import (
    BODY,
    OUR_PRACTICE,
    USERS,
    below,
    practice,
    staff,
    sweep,
)
from core.walls import May, Rule

SEE = May.SEE
# A practice reads of the bodies it stands, or stood, for somebody in: in its scope it
# sees its own sponsorships alone. Whether it may open one today, a rule says.
OUR_BODIES = "program IN (SELECT s.program FROM accounts_sponsorship s)"
OF_DOCUMENT = below("document_id", "credentials_securedocument")
OF_VERSION = below("version_id", "credentials_documentversion")
# Nobody is said to have read what they may not, nor somebody of another practice.
BY_OUR_PEOPLE = f"{OUR_PRACTICE} AND {USERS} AND {OF_VERSION}"

DOCUMENTS: Mapping[str, Sequence[Rule]] = {
    "credentials_securedocument": (
        practice(OUR_BODIES, SEE),
        staff(BODY),
        *sweep(SEE),
    ),
    "credentials_documentversion": (
        practice(OF_DOCUMENT, SEE),
        staff(OF_DOCUMENT),
        *sweep(SEE),
    ),
    **{
        table: (
            practice(OUR_PRACTICE, kept=BY_OUR_PEOPLE),
            # A body's staff see who has its documents, and write nothing of it.
            staff(OF_VERSION, SEE),
            *sweep(SEE),
        )
        for table in (
            "credentials_documentreading",
            "credentials_documentacknowledgement",
        )
    },
    "credentials_owndocumentversion": (practice(OUR_PRACTICE), *sweep(SEE)),
}
