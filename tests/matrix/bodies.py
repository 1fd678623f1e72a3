"""What a body's staff work with, and the same of another body."""

from datetime import date
from uuid import uuid4

from accounts.models import Practice
from ce_credits.models import Activity, CatalogueFile, CatalogueItem
from certificates.models import Certificate
from core.files import keep
from renewals.models import TermCertificate
from tests.cast import (
    BODY,
    NOW,
    OTHER_BODY,
    Cast,
    a_member,
    a_practice,
    a_proof,
    certify,
    given,
)
from tests.ce.reporting import a_draft, submitted
from tests.db.breaking import another
from tests.files.samples import pdf
from tests.matrix.money_desk import desk_things
from tests.matrix.things import Thing


def staff_things(cast: Cast, paper: Certificate) -> dict[str, Thing]:
    """Make one of each, and one of each that another body's staff would see."""
    alone = a_member("Ada Alone", None)
    reports = [submitted(member) for member in (cast.bob, alone)]
    proofs = [a_proof(each, key=keep(pdf())) for each in reports]
    Activity.objects.filter(pk=reports[1].pk).update(program=OTHER_BODY)
    # What is still being written is not the body's to see.
    writing = a_draft(cast.bob)
    in_writing = a_proof(writing, key=keep(pdf()))
    waits = a_member("Wanda Waits", cast.northside)
    certify(waits)
    given(cast.membership, cast.northside, waits, today=date(2024, 11, 3))
    given(cast.renewals, cast.northside, waits)
    held = TermCertificate.objects.get(window__member=waits, window__sequence=2)
    # The term of somebody else is nothing at this person's address.
    theirs = TermCertificate.objects.filter(window__member=cast.charlie)[0]
    foreign = a_member("Wim Waits", cast.northside, program=OTHER_BODY)
    stranger = another(paper, program=OTHER_BODY, source_id=uuid4())
    return {
        "report to the body": Thing.rows(reports[0], reports[1], "", writing),
        "proof to the body": Thing.rows(proofs[0], proofs[1], "", in_writing),
        "page of a proof": Thing("1", "2", "3"),
        "person of the body who waits": Thing.rows(waits, foreign),
        "held certificate": Thing.rows(held, theirs),
        "paper of the body": Thing.rows(paper, stranger),
        "catalogue item": Thing.rows(_item(BODY), _item(OTHER_BODY)),
        "catalogue file": Thing.rows(_file(BODY), _file(OTHER_BODY)),
        "practice of the body": Thing.rows(cast.northside, _elsewhere()),
        **desk_things(cast),
    }


def _elsewhere() -> Practice:
    """A practice that another body alone has to do with."""
    practice = a_practice("Elsewhere")
    a_member("Wes West", practice, program=OTHER_BODY)
    return practice


def _item(program: str) -> CatalogueItem:
    return CatalogueItem.objects.create(
        program=program,
        code="MLN1",
        title="Coding",
        kind="webinar",
        minutes=45,
        changed_at=NOW,
    )


def _file(program: str) -> CatalogueFile:
    row = {"code": "B1", "title": "Billing", "kind": "call", "minutes": 30}
    return CatalogueFile.objects.create(
        program=program,
        name="items.csv",
        rows=[row | {"provider": ""}],
        problems=[],
        by="tests",
        at=NOW,
    )
