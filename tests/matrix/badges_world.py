"""Credentials with certificates, and badges of some, in two members' hands."""

from uuid import UUID, uuid4

from accounts.models import Member
from certificates.models import Badge, Certificate
from certificates.services import claim_paper, keep_paper, share_badge
from core.public_ids import spell
from credentials.models import Certification
from tests.cast import NOW, TESTER, TODAY, Cast, certify
from tests.certifying.living import held
from tests.matrix.things import Thing
from tests.recertifying.living import BODY


def badge_things(cast: Cast) -> dict[str, Thing]:
    """Let each of two share one credential, and have another to share."""
    shared = Thing.rows(_shared(cast.bob), _shared(cast.charlie))
    unshared = Thing.rows(_unshared(cast.bob), _unshared(cast.charlie))
    return {
        "badge": shared,
        "badge over REST": _spelled("bdg", shared),
        "credential": unshared,
        "credential over REST": _spelled("ctn", unshared),
    }


def _shared(member: Member) -> Badge:
    """Share the badge of a second credential."""
    second = certify(member, on=TODAY, program=BODY, code="CPMSM")
    certificate_of(second)
    return share_badge(actor=TESTER, certification=second, now=NOW)


def _unshared(member: Member) -> Certification:
    """Certify the first credential."""
    row = held(member)
    certificate_of(row)
    return row


def certificate_of(row: Certification) -> Certificate:
    """Issue a credential's certificate, with a file that is nothing but its number."""
    made = Certificate.objects.create(
        program=row.program,
        member_id=row.member_id,
        certification=row,
        source_id=row.pk,
        number=f"NAMSS-{uuid4().hex[:12].upper()}",
        facts={
            "holder_name": row.member.name,
            "title": "Certificate of Certification",
            "issuer": "NAMSS",
            "credential_title": f"Certified ({row.code})",
            "credential_number": row.number,
        },
        valid_from=row.earned_on,
        valid_until=TODAY.replace(month=12, day=1),
        issued_on=TODAY,
        issued_at=NOW,
    )
    claim = claim_paper(certificate_id=made.pk, now=NOW)
    assert claim is not None
    assert keep_paper(claim=claim, content=b"%PDF-1.7 of " + made.number.encode())
    return made


def _spelled(prefix: str, thing: Thing) -> Thing:
    own, foreign, missing = (
        spell(prefix, UUID(each)) for each in (thing.own, thing.foreign, thing.missing)
    )
    return Thing(own, foreign, missing)
