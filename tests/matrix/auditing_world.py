"""Audits in every hand: open ones to answer, one to close, a draw of each body."""

from ce_credits.models import AuditDraw, AuditItem
from tests.auditing.auditing import a_case, added, answered, found, the_item
from tests.cast import OTHER_BODY, Cast, a_member
from tests.ce.reporting import decided, submitted
from tests.db.audit_rows import rows_of_audits
from tests.files.samples import pdf
from tests.matrix.ce_world import sent_elsewhere
from tests.matrix.things import Thing


def auditing_things(cast: Cast) -> dict[str, Thing]:
    """Audit Bob, Charlie and two who are the body's, one of them another body's."""
    ann = a_member("Ann Audited", cast.northside)
    closing = answered(a_case(ann))
    found(the_item(closing), "verified")
    una = a_member("Una Unaudited", cast.northside)
    waiting = decided(submitted(una), "accepted")
    other = a_member("Otto Other", None)
    sent_elsewhere(other)
    elsewhere = rows_of_audits(other, OTHER_BODY)
    dora = a_member("Dora Drawn", cast.northside)
    submitted(dora)
    ours = rows_of_audits(dora)
    bobs, charlies = a_case(cast.bob), a_case(cast.charlie)
    items = the_item(bobs), the_item(charlies)
    # Of another sum than what anybody else sends.
    proofs = added(items[0]), added(items[1], pdf(version=b"1.6"))
    deciding = answered(a_case(a_member("Dee Decided", cast.northside)))
    return {
        "audit": Thing.rows(bobs, charlies),
        "audit over REST": Thing.rows(bobs, charlies, "aud"),
        "audit item over REST": Thing.rows(*items, "aui"),
        "audit proof over REST": Thing.rows(*proofs, "prf"),
        "audit of the body over REST": Thing.rows(closing, elsewhere.case, "aud"),
        "audit to decide": Thing.rows(deciding, elsewhere.case, "aud"),
        "item to decide": Thing.rows(the_item(deciding), elsewhere, "aui"),
        "draw over REST": Thing.rows(_draw(ours), _draw(elsewhere), "adr"),
        "person to audit over REST": Thing.rows(una, other, "mem"),
        "submission over REST": Thing.rows(waiting, elsewhere.activity, "ce"),
        "audit of the body": Thing.rows(closing, elsewhere.case),
        "draw of the body": Thing.rows(_draw(ours), _draw(elsewhere)),
        "person to audit": Thing.rows(una, other),
        "submission of the person": Thing.rows(waiting, elsewhere.activity),
    }


def _draw(item: AuditItem) -> AuditDraw:
    draw = item.case.draw
    assert draw is not None
    return draw
