"""A holder enters their licence, its registration period, and their retirement."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from accounts.models import Member
from ce_credits.services import look_for_licensed
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Refusal, Stale
from credentials.policy import day_words, licence_programs
from renewals.models import LONGEST_NUMBER, Licence

YEARS = range(1990, 2100)
STALE = "This licence changed since you opened the page. Reload it, then look again."
RETIRED = (
    "This licence is retired since {on}, and checks of your certificates say so. If "
    "that is wrong, empty its day of retirement first; then take the licence away."
)
TWICE = "You entered this licence already. Change it instead."


@dataclass(frozen=True)
class LicenceDetails:
    """What is entered: None stands for a day that was not."""

    number: str
    first_on: date | None
    last_on: date | None
    retired_on: date | None = None


@transaction.atomic
def enter_licence(
    *,
    actor: Actor,
    member: Member,
    program: str,
    details: LicenceDetails,
    now: datetime,
) -> Licence:
    """Enter a licence of the member's own; what waits for its number is looked for.

    Raises:
        NotUsable: the fields that stand in the way; a number is entered once.
    """
    found = _checked(program, details)
    mine = Licence.objects.visible_to(member).filter(program=program)
    try:
        with transaction.atomic():
            licence = mine.create(
                member=member,
                program=program,
                entered_at=now,
                changed_at=now,
                **vars(found),
            )
    except IntegrityError as taken:
        raise NotUsable(TWICE, [FieldProblem("number", TWICE)]) from taken
    _note(actor, licence, "licence.entered", "Entered", {}, now)
    look_for_licensed()
    return licence


@transaction.atomic
def change_licence(
    *,
    actor: Actor,
    licence: Licence,
    details: LicenceDetails,
    seen: int,
    now: datetime,
) -> Licence:
    """Change what was entered of a licence; the same again changes nothing.

    Args:
        seen: the version the caller looked at.

    Raises:
        NotUsable: the fields that stand in the way.
        Stale: it was changed since.
    """
    found = _checked(licence.program, details)
    changes = {
        name: (getattr(licence, name), value)
        for name, value in vars(found).items()
        if getattr(licence, name) != value
    }
    if not changes and seen == licence.version:
        return licence
    mine = Licence.objects.standing().filter(pk=licence.pk, version=seen)
    try:
        with transaction.atomic():
            changed = mine.update(version=seen + 1, changed_at=now, **vars(found))
    except IntegrityError as taken:
        raise NotUsable(TWICE, [FieldProblem("number", TWICE)]) from taken
    if not changed:
        raise Stale(STALE)
    licence.refresh_from_db()
    _note(actor, licence, "licence.changed", "Changed", changes, now)
    if "number" in changes:
        look_for_licensed()
    return licence


@transaction.atomic
def remove_licence(
    *, actor: Actor, licence: Licence, seen: int, today: date, now: datetime
) -> Licence:
    """Take away a licence that its holder entered by mistake; again changes nothing.

    What was earned stays on the transcript, and the trail says what was entered. The
    number can be entered anew; what it held up is looked at again.

    Args:
        seen: the version the caller looked at.

    Raises:
        Refusal: its retirement has begun, which the public check shows (M11).
        Stale: it was changed since.
    """
    mine = Licence.objects.select_for_update(of=("self",), no_key=True)
    row = mine.get(pk=licence.pk)
    if row.removed_at is not None:
        return row
    if row.version != seen:
        raise Stale(STALE)
    if row.retired_on and row.retired_on <= today:
        raise Refusal(RETIRED.format(on=day_words(row.retired_on)))
    row.version, row.removed_at, row.changed_at = seen + 1, now, now
    row.save(update_fields=["version", "removed_at", "changed_at"])
    _note(actor, row, "licence.removed", "Took away", {}, now)
    look_for_licensed()
    return row


def _checked(program: str, details: LicenceDetails) -> LicenceDetails:
    number = " ".join(details.number.split())
    problems = []
    if program not in licence_programs():
        problems.append(FieldProblem("program", "This body registers no licences."))
    if not number or len(number) > LONGEST_NUMBER:
        text = f"Enter the licence's number, at most {LONGEST_NUMBER} characters."
        problems.append(FieldProblem("number", text))
    for name, words in (("first_on", "begins"), ("last_on", "ends")):
        day: date | None = getattr(details, name)
        if day is None or day.year not in YEARS:
            text = f"Enter the day your registration {words}, such as 2025-10-02."
            problems.append(FieldProblem(name, text))
    first, last, retired = details.first_on, details.last_on, details.retired_on
    if first and last and last < first:
        text = f"The registration can't end before it begins, on {day_words(first)}."
        problems.append(FieldProblem("last_on", text))
    if retired and retired.year not in YEARS:
        text = "Enter the day you retired, such as 2025-10-02, or leave it empty."
        problems.append(FieldProblem("retired_on", text))
    if problems:
        raise NotUsable(problems[0].text, problems)
    return replace(details, number=number)


def _note(
    actor: Actor,
    licence: Licence,
    action: str,
    verb: str,
    changes: dict[str, tuple[object, object]],
    now: datetime,
) -> None:
    period = f"{day_words(licence.first_on)} to {day_words(licence.last_on)}"
    retired = licence.retired_on
    since = f", retired since {day_words(retired)}" if retired else ""
    record(
        actor=actor,
        action=action,
        subject=licence,
        member_id=licence.member_id,
        program=licence.program,
        sentence=f"{verb} licence {licence}, registered {period}{since}",
        changes={
            name: (str(a or ""), str(b or "")) for name, (a, b) in changes.items()
        },
        now=now,
    )
