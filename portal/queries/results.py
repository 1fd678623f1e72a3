"""What a press of Assign did, person by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import Practice
from credentials.models import Assignment, AssignmentBatch, Product
from credentials.policy import day_words
from renewals.queries import certificate_words, lives_of


@dataclass(frozen=True)
class Renewed:
    """One person's new renewal date, and what became of the certificate."""

    member_id: UUID
    name: str
    first_name: str
    renewal_date: str
    certificate_words: str
    certificate_id: UUID | None


def assigned_before(
    practice: Practice, product: Product, form_key: str
) -> AssignmentBatch | None:
    """Find what a form assigned when it was sent before."""
    batches = AssignmentBatch.objects.filter(practice=practice, product=product)
    return batches.filter(form_key=form_key).first()


def given_to(batch: AssignmentBatch) -> tuple[str, Sequence[str]]:
    """Name what a batch gave, and to whom, by name."""
    rows = list(
        batch.assignments.select_related("member", "product").order_by(
            "member__last_name", "member__first_name"
        )
    )
    return rows[0].title, [row.member.name for row in rows]


def renewed_by(batch: AssignmentBatch) -> Sequence[Renewed]:
    """List what a batch did and nobody has undone, by name."""
    assignments = list(
        batch.assignments.exclude(state=Assignment.State.UNDONE)
        .select_related("member")
        .order_by("member__last_name", "member__first_name")
    )
    program = batch.product.program
    lives = lives_of([row.member_id for row in assignments], program)
    done = []
    for row in assignments:
        life = lives[row.member_id]
        window = life.latest
        if window is None:
            continue
        held = next(it for it in life.certificates if it.window_id == window.pk)
        done.append(
            Renewed(
                member_id=row.member_id,
                name=row.member.name,
                first_name=row.member.first_name,
                renewal_date=day_words(window.renewal_on),
                certificate_words=certificate_words(window, held),
                certificate_id=held.certificate_id,
            )
        )
    return done
