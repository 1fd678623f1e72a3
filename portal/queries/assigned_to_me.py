"""What a member was given beside their terms, and where each of it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import Member
from credentials.models import Assignment, Product
from credentials.policy import day_words
from portal.queries.shown import STATES, Tag

# What each opens; a course app that has published it leads there.
OPENS = {
    Product.Kind.MANUAL: "Opens when the manual is published.",
    Product.Kind.EXAM: "Opens when the exam is published.",
    Product.Kind.SPECIALTY: "Opens when the exam is published.",
}
COURSE = "Opens when the course is published."
TONES = {"progress": "info", "done": "ok", "failed": "bad"}


@dataclass(frozen=True)
class Given:
    """One product: its title, since when, and how it stands."""

    title: str
    reason: str
    tag: Tag
    icon: str
    colour: str
    state: str


def assigned_to(member: Member, program: str, *, first_term: bool) -> Sequence[Given]:
    """List what a member was given in a program, the newest first.

    Args:
        first_term: whether they are in it: then the membership is listed, too.
    """
    found = (
        Assignment.objects.visible_to(member)
        .filter(product__program=program)
        .exclude(state=Assignment.State.UNDONE)
        .select_related("product")
        .order_by("-at", "product__order", "pk")
    )
    shown = {Product.Kind.MEMBERSHIP} if first_term else frozenset()
    return [
        _given(row)
        for row in found
        if not row.product.begins_term or row.product.kind in shown
    ]


def _given(row: Assignment) -> Given:
    state, words = STATES[Assignment.State(row.state)]
    reason = f"Assigned on {day_words(row.on)}."
    if row.state == Assignment.State.ASSIGNED:
        reason += f" {OPENS.get(Product.Kind(row.product.kind), COURSE)}"
    word = row.label or words
    return Given(
        title=row.title,
        reason=reason,
        tag=Tag(TONES.get(state, "neutral"), word[:1].upper() + word[1:]),
        icon=row.product.icon,
        colour=row.product.colour,
        state=state,
    )
