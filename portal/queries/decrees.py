"""A body's decrees of more time as its managers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from core.failures import Missing
from core.words import day_words
from credentials.policy import policy_for
from portal.queries.paging import Pager, pager_of
from portal.queries.places import body_name
from portal.queries.shown import Tag
from renewals.models import Decree, MovedDeadline
from renewals.queries import DecreePlan
from renewals.rules.cycles import season_of

PAGE_SIZE = 50
MOST_SHOWN = 100
Outcome = MovedDeadline.Outcome
TAGS = {
    "": Tag("info", "Follows"),
    Outcome.GIVEN.value: Tag("ok", "Given"),
    Outcome.LEFT_OUT.value: Tag("neutral", "Left out"),
}


@dataclass(frozen=True)
class DecreeRow:
    """One decree of the list."""

    title: str
    url: str
    day_text: str
    length_text: str
    reason: str
    progress_text: str


@dataclass(frozen=True)
class Decrees:
    """The list, the newest first."""

    body_name: str
    verdict: str
    new_url: str
    applications_url: str
    rows: Sequence[DecreeRow]
    pager: Pager


@dataclass(frozen=True)
class Given:
    """What one certificant was given, or why not."""

    name: str
    url: str
    from_text: str
    until_text: str
    tag: Tag
    why: str


@dataclass(frozen=True)
class OneDecree:
    """One decree: how far it is, whom it gave what, and who was left out."""

    body_name: str
    back_url: str
    title: str
    verdict: str
    facts: Sequence[tuple[str, str]]
    rows: Sequence[Given]
    pager: Pager
    left_out: Sequence[tuple[str, str]]
    more_left_out: int


@dataclass(frozen=True)
class Preview:
    """What a decree would do, before it is one."""

    verdict: str
    gives: Sequence[tuple[str, str, str, str]]
    more: int
    left_out: Sequence[tuple[str, str]]
    more_left_out: int
    digest: str


def decree_of(program: str, decree_id: UUID) -> Decree:
    """Find a decree of a body.

    Raises:
        Missing: there is none, or it was another body's.
    """
    found = Decree.objects.filter(program=program, pk=decree_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def decrees_of(program: str) -> Sequence[Decree]:
    """List a body's decrees, the newest first."""
    return list(Decree.objects.filter(program=program))


def decrees(program: str, *, number: int) -> Decrees:
    """List a body's decrees with how far each is."""
    rows = Decree.objects.filter(program=program)
    pager = pager_of(number, rows.count(), PAGE_SIZE, {})
    page = list(rows[pager.start : pager.start + PAGE_SIZE])
    ids = [each.pk for each in page]
    done = counted(ids)
    place = {"program": program}
    count = pager.total
    said = "No decree yet."
    if count:
        said = f"{count:,} decree{'s' if count > 1 else ''}, the newest first."
    return Decrees(
        body_name=body_name(program),
        verdict=said,
        new_url=reverse("staff_decree_new", kwargs=place),
        applications_url=reverse("staff_applications", kwargs=place),
        rows=[_row(each, done[each.pk]) for each in page],
        pager=pager,
    )


def counted(ids: Sequence[UUID]) -> dict[UUID, tuple[int, int, int]]:
    """Count by decree: all lines, those given, and those left out since."""
    lines = MovedDeadline.objects.filter(decree__in=ids).order_by()
    found = lines.values("decree").annotate(
        whole=Count("pk"),
        given=Count("pk", filter=Q(outcome=Outcome.GIVEN)),
        left=Count("pk", filter=Q(outcome=Outcome.LEFT_OUT)),
    )
    counts = dict.fromkeys(ids, (0, 0, 0))
    for row in found:
        counts[row["decree"]] = (row["whole"], row["given"], row["left"])
    return counts


def one_decree(decree: Decree, *, number: int) -> OneDecree:
    """Show one decree with a page of its people."""
    lines = MovedDeadline.objects.filter(decree=decree).select_related("member")
    ordered = lines.order_by("member__last_name", "member__first_name", "pk")
    pager = pager_of(number, lines.count(), PAGE_SIZE, {})
    page = ordered[pager.start : pager.start + PAGE_SIZE]
    counts = counted([decree.pk])[decree.pk]
    left = [_left(*each) for each in decree.left_out]
    return OneDecree(
        body_name=body_name(decree.program),
        back_url=reverse("staff_decrees", kwargs={"program": decree.program}),
        title=f"Decree {decree.number}",
        verdict=_progress(counts),
        facts=_facts(decree),
        rows=[_given(each) for each in page],
        pager=pager,
        left_out=left[:MOST_SHOWN],
        more_left_out=max(0, len(left) - MOST_SHOWN),
    )


def preview_of(plan: DecreePlan) -> Preview:
    """Show what a decree would do: who, from and to, and who is left out."""
    count = len(plan.gives)
    left = [_left(each.line, each.who, each.why) for each in plan.left_out]
    noun = "certificant gets" if count == 1 else "certificants get"
    said = f"{count:,} {noun} more time. {len(left):,} left out."
    return Preview(
        verdict=said,
        gives=[
            (e.name, e.number, day_words(e.from_on), day_words(e.until_on))
            for e in plan.gives[:MOST_SHOWN]
        ],
        more=max(0, count - MOST_SHOWN),
        left_out=left[:MOST_SHOWN],
        more_left_out=max(0, len(left) - MOST_SHOWN),
        digest=plan.digest,
    )


def cycles_to_choose(program: str, today: date) -> list[tuple[str, str]]:
    """List the last days of cycles that a decree can be about on a day."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        guess = policy_for(program, on=date(year, 1, 1)).cycles.cycle.ends.of(year)
        plan = policy_for(program, on=guess).cycles
        season = season_of(plan, plan.cycle.ends.of(year))
        if today <= season.grace_until:
            last = season.last_on
            found.append((last.isoformat(), day_words(last)))
    return found


def _row(decree: Decree, counts: tuple[int, int, int]) -> DecreeRow:
    place = {"program": decree.program, "decree_id": decree.pk}
    return DecreeRow(
        title=f"Decree {decree.number}",
        url=reverse("staff_decree", kwargs=place),
        day_text=f"{day_words(decree.decreed_on)}, {decree.by}",
        length_text=length_words(decree),
        reason=decree.reason,
        progress_text=_progress(counts),
    )


def length_words(decree: Decree) -> str:
    """Say how long a decree gives: a day, or months after each cycle."""
    if decree.until_on is not None:
        return f"Until {day_words(decree.until_on)}"
    return f"{decree.months} month{'s' if decree.months != 1 else ''} after each cycle"


def _progress(counts: tuple[int, int, int]) -> str:
    whole, given, left = counts
    said = f"{given:,} of {whole:,} given"
    if left:
        said += f", {left:,} left out since"
    waits = whole - given - left
    return f"{said}. {waits:,} follow by themselves." if waits else f"{said}."


def _facts(decree: Decree) -> list[tuple[str, str]]:
    chosen = decree.chosen
    cycle = chosen["cycle_last_on"]
    facts = [
        ("Reason", decree.reason),
        ("Length", length_words(decree)),
        ("Credential", chosen["credential"] or "Any"),
        ("Cycle", day_words(date.fromisoformat(cycle)) if cycle else "Any"),
    ]
    if chosen["numbers"]:
        facts.append(("Numbers listed", f"{chosen['numbers']:,}"))
    return [*facts, ("Decreed", f"{day_words(decree.decreed_on)} by {decree.by}")]


def _given(line: MovedDeadline) -> Given:
    place = {"program": line.program, "member_id": line.member_id}
    return Given(
        name=line.member.name,
        url=reverse("staff_member", kwargs=place),
        from_text=day_words(line.from_on),
        until_text=day_words(line.until_on),
        tag=TAGS[line.outcome],
        why=line.why,
    )


def _left(line: int, who: str, why: str) -> tuple[str, str]:
    return (f"Line {line}: {who}" if line else who, why)
