"""Applications under a body of cycles, and who works for it.

Whoever works for the one body works for this one in the same role, and whoever signs in
as a member is certified by it: so each of them is let in, or not, as anywhere else.
"""

from datetime import date

from accounts.models import Member, StaffRole
from credentials.models import SocietyMembership
from renewals.models import ApplicationQuestion, Recertification
from renewals.rules.cycles import ApplicationKind
from tests.cast import BODY, NOW, OTHER_BODY, TODAY, Cast, a_member, a_user
from tests.matrix.things import Thing
from tests.recertifying.living import BODY as OF_CYCLES
from tests.recertifying.living import (
    LAST,
    a_holder,
    applied,
    certified,
    drafted,
    fresh,
    pays,
)


def cycle_things(cast: Cast) -> dict[str, Thing]:
    """Certify whoever signs in, and make applications in every hand."""
    _staff()
    nora = a_holder("Nadia North")
    under_review = applied(nora, TODAY)
    pays(under_review.order, TODAY)
    members = Member.objects.exclude(user=None)
    for each in members.exclude(certifications__program=OF_CYCLES):
        certified(each)
    for member in (nora, cast.charlie):
        SocietyMembership.objects.create(
            member=member,
            program=OF_CYCLES,
            from_on=date(2024, 1, 1),
            until_on=date(2024, 12, 31),
            recorded_by="tests",
            recorded_at=NOW,
        )
    stranger = a_member("Olive Other", None, user=a_user("Olive Other"))
    elsewhere = _draft(stranger, program=OTHER_BODY)
    Recertification.objects.filter(pk=elsewhere.pk).update(
        state="awaiting", submitted_on=TODAY, declared=True
    )
    # What is still being written is not the body's to see.
    writing = drafted(a_holder("Dora Draft", credits=0), TODAY)
    return {
        "program of cycles": Thing(OF_CYCLES, OTHER_BODY, "nobody"),
        "certificant": Thing.rows(nora, stranger),
        "application to the body": Thing.rows(
            fresh(under_review), elsewhere, "", writing
        ),
        "application": Thing.rows(
            _draft(cast.bob),
            _draft(cast.charlie),
            "",
            # Their own, but of another body than the address has it.
            _draft(cast.bob, program=BODY),
        ),
    }


def _staff() -> None:
    for each in StaffRole.objects.filter(program=BODY):
        StaffRole.objects.create(
            user=each.user,
            program=OF_CYCLES,
            role=each.role,
            until_at=each.until_at,
        )


def under_review_of(member: Member) -> Recertification:
    """Let somebody of whom nothing was asked for yet have an application to decide."""
    return Recertification.objects.create(
        member=member,
        program=OF_CYCLES,
        kind="recertification",
        state="open",
        cycle_last_on=LAST,
        name=member.name,
        declared=True,
        submitted_on=TODAY,
        paid_on=TODAY,
        policy=f"{OF_CYCLES}@2025-01-01",
        facts={
            "credits": "30",
            "approved": "15",
            "need": "30",
            "need_approved": "15",
            "need_rule": "N3",
            "fee": [],
            "orders": [],
            "currency": "USD",
        },
        created_at=NOW,
        changed_at=NOW,
    )


def _draft(
    member: Member,
    kind: ApplicationKind = "reinstatement",
    *,
    program: str = OF_CYCLES,
) -> Recertification:
    """A draft of what nobody begins on this world's day, so others can be begun.

    Something was asked about it once, which can't be answered any more.
    """
    row = Recertification.objects.create(
        member=member,
        program=program,
        kind=kind,
        state="draft",
        cycle_last_on=LAST,
        name=member.name,
        created_at=NOW,
        changed_at=NOW,
    )
    ApplicationQuestion.objects.create(
        application=row,
        words=f"What {member.name} is asked",
        asked_on=TODAY,
        asked_by="tests",
        asked_at=NOW,
    )
    return row
