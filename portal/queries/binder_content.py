"""What an audit binder says of its people: read by chunks, a practice's rows alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import Member, Practice, Sponsorship
from ce_credits.models import Activity, Proof
from certificates.models import Certificate
from credentials.models import Window
from portal.queries.activity_reported import Reported
from portal.queries.binder_people import Period
from renewals.queries import Life, lives_of
from renewals.rules import term_of

State = Activity.State


@dataclass(frozen=True)
class Chapter:
    """One person's part of a binder: what the practice sees of them.

    Args:
        sponsorships: the practice's, the oldest first.
        stays: whether the practice stands for them today.
        life: their terms and credit; of somebody who left, the practice's alone.
        windows: the terms that touch the period, the oldest first.
        certificates: what was issued on the practice's account for days of the period.
        rows: what they reported of the period's days and of those terms' days.
        proofs: the files sent in through the practice, by activity.
    """

    member: Member
    sponsorships: Sequence[Sponsorship]
    stays: bool
    life: Life
    windows: Sequence[Window]
    certificates: Sequence[Certificate]
    rows: Sequence[Reported]
    proofs: Mapping[UUID, Sequence[Proof]]

    @property
    def job_role(self) -> str:
        """The newest one that was told."""
        told = [each.job_role for each in self.sponsorships if each.job_role]
        return told[-1] if told else ""


def chapters(
    practice: Practice, program: str, member_ids: Sequence[UUID], period: Period
) -> list[Chapter]:
    """Read some people's chapters, in the order of their ids, in constant statements.

    Whoever the practice never stood for in the program is left out.
    """
    sponsored = _sponsored(practice, program, member_ids)
    ids = [each for each in member_ids if each in sponsored]
    lives = lives_of(ids, program)
    certificates = _certificates(practice, program, ids, period)
    reported = _reported(practice, program, ids)
    found = []
    for pk in ids:
        spells = sponsored[pk]
        stays = any(each.until_on is None for each in spells)
        life = lives[pk] if stays else _cut(lives[pk], practice, reported[pk])
        windows = [
            window
            for window in life.windows
            if window.first_on <= period.until_on and window.last_on >= period.from_on
        ]
        rows = [row for row in reported[pk] if _within(row, period, life, windows)]
        found.append(
            Chapter(
                member=spells[0].member,
                sponsorships=spells,
                stays=stays,
                life=life,
                windows=windows,
                certificates=certificates[pk],
                rows=rows,
                proofs={row.activity.pk: _proofs(row.activity) for row in rows},
            )
        )
    return found


def _sponsored(
    practice: Practice, program: str, ids: Sequence[UUID]
) -> dict[UUID, list[Sponsorship]]:
    found: defaultdict[UUID, list[Sponsorship]] = defaultdict(list)
    rows = Sponsorship.objects.of(practice).filter(program=program, member__in=ids)
    for row in rows.select_related("member").order_by("from_on", "pk"):
        found[row.member_id].append(row)
    return found


def _certificates(
    practice: Practice, program: str, ids: Sequence[UUID], period: Period
) -> dict[UUID, list[Certificate]]:
    found: defaultdict[UUID, list[Certificate]] = defaultdict(list)
    rows = Certificate.objects.of(practice).filter(
        program=program,
        member__in=ids,
        valid_from__lte=period.until_on,
        valid_until__gte=period.from_on,
    )
    rows = rows.prefetch_related("events").order_by("valid_from", "issued_at", "pk")
    for row in rows:
        found[row.member_id].append(row)
    return found


def _reported(
    practice: Practice, program: str, ids: Sequence[UUID]
) -> dict[UUID, list[Reported]]:
    """Read what people reported as the practice sees it: no drafts, nothing withdrawn.

    Its files are those that the practice's own list has, as they were sent in.
    """
    proofs = Proof.objects.of(practice).there().sent().order_by("added_at", "pk")
    rows = (
        Activity.objects.of(practice)
        .filter(program=program, member__in=ids, submitted_at__isnull=False)
        .exclude(state__in=(State.DRAFT, State.WITHDRAWN))
        .select_related("catalogue_item")
        .prefetch_related(
            "awards", "steps", Prefetch("proofs", proofs, to_attr="bound_proofs")
        )
        .order_by("on", "created_at", "pk")
    )
    found: defaultdict[UUID, list[Reported]] = defaultdict(list)
    for row in rows:
        awards = sorted(row.awards.all(), key=lambda award: -award.sequence)
        steps = sorted(row.steps.all(), key=lambda step: -step.number)
        found[row.member_id].append(Reported(row, awards, steps))
    return found


def _proofs(activity: Activity) -> Sequence[Proof]:
    found: list[Proof] = getattr(activity, "bound_proofs")  # noqa: B009
    return found


def _cut(life: Life, practice: Practice, rows: Sequence[Reported]) -> Life:
    """Leave of a life what a practice that they left has seen of it (S2, G1)."""
    windows = [each for each in life.windows if each.practice_id == practice.pk]
    kept = {each.pk for each in windows}
    seen = {row.activity.pk for row in rows}
    return replace(
        life,
        windows=windows,
        certificates=[each for each in life.certificates if each.window_id in kept],
        by_activity={
            pk: credits for pk, credits in life.by_activity.items() if pk in seen
        },
        certifications=(),
        endings={pk: how for pk, how in life.endings.items() if pk in kept},
    )


def _within(
    row: Reported, period: Period, life: Life, windows: Sequence[Window]
) -> bool:
    """Say whether an activity is of the period, or counts in a term that touches it."""
    day = row.activity.day
    term = term_of(life.terms, day)
    touched = {window.first_on for window in windows}
    return period.from_on <= day <= period.until_on or (
        term is not None and term.first_on in touched
    )
