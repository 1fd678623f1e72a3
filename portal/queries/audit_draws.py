"""A draw as a body's managers see it: its facts, and that it comes out again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from ce_credits.models import AuditCase, AuditDraw
from ce_credits.services import drawn_again
from core.failures import Missing
from credentials.policy import day_words, policy_for
from portal.queries.audits import Row, counted, row_of
from portal.queries.places import body_name
from renewals.models import Recertification


@dataclass(frozen=True)
class OneDraw:
    """A draw with all it was drawn from, and whether it can be drawn again."""

    body_name: str
    back_url: str
    title: str
    verdict: str
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Row]
    again_url: str
    earlier_url: str


def draw_of(program: str, draw_id: UUID) -> AuditDraw:
    """Find a draw of a body.

    Raises:
        Missing: there is none, or it was another body's.
    """
    found = AuditDraw.objects.filter(program=program, pk=draw_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def one_draw(draw: AuditDraw, *, today: date) -> OneDraw:
    """Show one draw, drawn again from its seed."""
    same = [each.hex for each in drawn_again(draw=draw)] == draw.drawn
    place = {"program": draw.program}
    cases = counted(AuditCase.objects.of_program(draw.program).filter(draw=draw))
    many = f"{len(draw.drawn):,} of {draw.population_count:,}"
    again = reverse("staff_audit_draw", kwargs=place)
    earlier = draw.instead_of_id
    return OneDraw(
        body_name=body_name(draw.program),
        back_url=reverse("staff_audits", kwargs=place),
        title=f"Draw of {day_words(draw.on)}: {many} {draw.of}",
        verdict=(
            f"Drawn again from the seed just now: the same {draw.of}."
            if same
            else f"Drawn again from the seed just now, other {draw.of} come out."
        ),
        facts=_draw_facts(draw),
        rows=[row_of(each, today) for each in cases],
        again_url=f"{again}?again={draw.pk}",
        earlier_url=(
            reverse("staff_audit_drawn", kwargs={**place, "draw_id": earlier})
            if earlier
            else ""
        ),
    )


def _draw_facts(draw: AuditDraw) -> list[tuple[str, str]]:
    size = f"{draw.percent} %" if draw.percent is not None else f"{draw.number:,}"
    facts = [
        ("Submitted", f"{day_words(draw.from_on)} to {day_words(draw.until_on)}"),
        *_kinds(draw),
        ("Asked for", size),
        (
            "Left out",
            _left_out(draw),
        ),
        ("Answers due", day_words(draw.due_on)),
        ("Seed", draw.seed),
        ("SHA-256 of the population", draw.population_sha256),
        ("Drawn by", f"{draw.by}, {day_words(draw.on)}"),
    ]
    return [*facts, ("Why again", draw.reason)] if draw.reason else facts


def _kinds(draw: AuditDraw) -> list[tuple[str, str]]:
    """Say which kinds were asked for, and what each has of those drawn from."""
    policy = policy_for(draw.program, on=draw.on)
    labels = [kind.label for code in draw.kinds if (kind := policy.kind(code))]
    if draw.of == AuditDraw.Of.SUBMISSIONS:
        return [
            ("State", ", ".join(draw.states)),
            ("Kinds", ", ".join(labels) or "Every kind"),
        ]
    kinds = [str(Recertification.Kind(code).label) for code in draw.kinds]
    shares = [f"{name}: {len(ids):,}" for name, ids in sorted(draw.population.items())]
    return [
        ("State", "Under review"),
        ("Kinds", ", ".join(kinds) or "Every kind"),
        ("Drawn from", ", ".join(shares)),
    ]


def _left_out(draw: AuditDraw) -> str:
    text = f"{draw.left_out:,} of those audited in {draw.exclude_years} years"
    if draw.of == AuditDraw.Of.SUBMISSIONS:
        return text
    return f"{text}, held, or resting on nothing to prove"


def draws_of(program: str) -> QuerySet[AuditDraw]:
    """Find the draws of a body."""
    return AuditDraw.objects.filter(program=program)
