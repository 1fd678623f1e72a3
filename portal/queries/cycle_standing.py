"""Where a holder stands in a cycle: one sentence, two bars, what it costs (N15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from accounts.models import Member
from credentials.models import Certification
from credentials.policy import credit_words, day_words
from portal.queries.activity_mine import draft_line, own_line
from portal.queries.activity_reported import drafts_of, reported
from portal.queries.activity_whys import Why, whys_of
from portal.queries.cycle_applying import (
    Applying,
    MoreTime,
    applying_in,
    more_time_in,
)
from portal.queries.cycle_costs import CostRow, costs_of
from portal.queries.cycle_supposing import Supposed, suppose
from portal.queries.lacking import lacking_lines
from portal.queries.learning import (
    Account,
    CreditLine,
    TermCredit,
    Trio,
    missing_words,
    term_words,
)
from portal.queries.own_programs import own_url
from portal.queries.shown import STANDING_TAGS, Measure, Tag, days_words
from renewals.models import MovedDeadline
from renewals.queries import CycleBooks, life_of, own_decrees
from renewals.rules import standing_on
from renewals.rules.cycles import Cycle

MOST_SHOWN = 20
# What is missing then is decided on, or helps no more.
OVER = frozenset({"under_review", "expired"})


@dataclass(frozen=True)
class CycleCard:
    """The cycle a day is in, with its CE and the part that must be approved."""

    title: str
    tag: Tag
    measures: Sequence[Measure]
    totals: Trio
    whys: Sequence[Why]
    activities: Sequence[CreditLine]
    cuts: Sequence[str]
    more: int


@dataclass(frozen=True)
class CycleStanding:
    """All the template shows."""

    eyebrow: str
    verdict: str
    sub: str
    add_url: str
    transcript_url: str
    applying: Applying | None
    more_time: MoreTime | None
    decreed: Sequence[str]
    card: CycleCard | None
    lacking: Sequence[tuple[str, str]]
    drafts: Sequence[CreditLine]
    elsewhere: Sequence[CreditLine]
    costs: Sequence[CostRow]
    held: Sequence[tuple[str, str, str]]
    timeline: Sequence[tuple[str, str]]
    supposed: Supposed | None


def cycle_standing(
    member: Member,
    program: str,
    *,
    asked: Mapping[str, Sequence[str]],
    today: date,
    now: datetime,
) -> CycleStanding:
    """Read where a member stands in a program of cycles on a day.

    `asked` is what they suppose they did beside, as the page's form sends it; `now`,
    the instant (UTC), decides until which hour more time can be asked for.
    """
    life = life_of(member.pk, program)
    books = life.books(today)
    assert isinstance(books, CycleBooks)
    rows = reported(member.pk, program)
    account = Account.of(life, today, rows)
    cycle = books.present()
    credit = account.term(cycle) if cycle else None
    working = books.history.working(today)
    standing = cycle_state(books, today)
    held = [(each, _in_force(each, working, today)) for each in life.certifications]
    in_force = [each.code for each, counts in held if counts]
    codes = in_force or list(dict.fromkeys(each.code for each, _ in held))
    here = isinstance(cycle, Cycle)
    return CycleStanding(
        eyebrow=f"{member.name}, {' and '.join(codes) or 'not certified yet'}",
        verdict=cycle_verdict(credit, standing, today),
        sub=cycle_sub(working, standing, today),
        add_url=own_url("ce_new", program),
        transcript_url=own_url("transcript", program),
        applying=applying_in(member, working, credit, today=today, now=now),
        more_time=more_time_in(working, credit, today=today, now=now),
        decreed=[_decreed(each) for each in own_decrees(member, program)],
        card=_card(account, credit, standing, codes) if credit else None,
        lacking=lacking_lines(
            program, credit.unit, credit.missing, credit.missing_approved
        )
        if credit
        else (),
        drafts=[draft_line(each, today) for each in drafts_of(member.pk, program)],
        elsewhere=[own_line(row) for row in rows if account.place(row) is None],
        costs=costs_of(working, today) if working and here else [],
        held=[
            (each.code, each.number, _since(each, counts=counts))
            for each, counts in held
        ],
        timeline=_timeline(books, today),
        supposed=suppose(account, credit, asked) if credit else None,
    )


def cycle_news(
    member_id: UUID, program: str, today: date, ahead: timedelta
) -> Sequence[str]:
    """Say what a cycle still lacks, and which of its days is near or has passed.

    Nothing where nothing is lacking and its next day is further away than `ahead`, or
    it expired longer ago.
    """
    life = life_of(member_id, program)
    account = Account.of(life, today)
    books = account.books
    assert isinstance(books, CycleBooks)
    cycle, standing = books.history.working(today), cycle_state(books, today)
    if cycle is None or cycle.recertified_by(today):
        return []
    credit = account.term(cycle)
    season = cycle.season
    near = season.opens_on - today <= ahead and today - season.expires_on <= ahead
    items = [cycle_sub(cycle, standing, today)] if near else []
    if missing_words(credit) and standing not in OVER:
        items.insert(0, cycle_verdict(credit, standing, today))
    return items


def cycle_state(books: CycleBooks, today: date) -> str:
    """Work out how a holder stands on a day."""
    return standing_on(books.history.timeline(), today)


def _in_force(held: Certification, working: Cycle | None, today: date) -> bool:
    """Say whether it is one of the cycle's, which has not expired (N3, N8)."""
    if working is None or working.standing(today) == "expired":
        return False
    mine = working.held(today)
    return any((each.code, each.on) == (held.code, held.earned_on) for each in mine)


def _since(held: Certification, *, counts: bool) -> str:
    day = day_words(held.earned_on)
    return f"since {day}" if counts else f"earned {day}, not in force"


def cycle_verdict(credit: TermCredit | None, standing: str, today: date) -> str:
    """Say in a sentence what a cycle has, and what is due by when."""
    if credit is None:
        return "You hold no certification here yet."
    have, need = credit_words(credit.have), credit_words(credit.need)
    share = f"{credit_words(credit.have_approved)} of "
    share += f"{credit_words(credit.need_approved)} approved"
    first = f"You have {have} of {need} {credit.unit}, {share}."
    missing = missing_words(credit)
    if standing == "expired":
        return f"Your certification expired. {first}"
    if not missing:
        return f"{first} The credit of this cycle is complete."
    if today > credit.term.last_on:
        return f"{first} {missing} missing."
    return f"{first} {missing} by {day_words(credit.term.last_on)}."


def cycle_sub(cycle: Cycle | None, standing: str, today: date) -> str:
    """Say where in its cycle a holder is, and which day comes next."""
    if cycle is None:
        return "Your first cycle begins with the day you are notified of passing."
    season = cycle.season
    if cycle.recertified_by(today):
        ends = day_words(season.last_on)
        return f"Your cycle is recertified. It ends on {ends}, and the next one begins."
    left = days_words(max((season.last_on - today).days, 0))
    words = {
        "good": f"Your cycle ends on {day_words(season.last_on)}. The application "
        f"opens on {day_words(season.opens_on)}.",
        "due": f"The application is open. Your cycle ends on "
        f"{day_words(season.last_on)}: {left} left.",
        "late": f"Your cycle ended on {day_words(season.last_on)}. You can apply with "
        f"a late fee until {day_words(season.late_until)}.",
        "extended": f"Your cycle is extended to {_extended_to(cycle, today)}.",
        "under_review": "What you sent in is under review.",
        "lapsed": f"Lapsed since {day_words(season.lapses_on)}: you may not use your "
        f"credential. You can be reinstated until {day_words(season.grace_until)}.",
        "expired": f"Since {day_words(season.expires_on)} only a new exam helps: you "
        "must apply as a new candidate and pass it. Your history is kept.",
    }
    return words.get(standing, "")


def _extended_to(cycle: Cycle, today: date) -> str:
    return day_words(cycle.granted_until(today) or cycle.last_on)


def _decreed(given: MovedDeadline) -> str:
    """Say what a decree gave, and why, as the holder's history keeps it."""
    until, on = day_words(given.until_on), day_words(given.decreed_on)
    return f"Until {until}, by decree {given.number} of {on}: {given.reason}"


def _card(
    account: Account, credit: TermCredit, standing: str, codes: Sequence[str]
) -> CycleCard:
    mine = [row for row in account.rows if account.place(row) == credit.term]
    amounts = account.books.amounts(credit.term, account.credits)
    approved = Measure(
        id=f"approved-{credit.term.first_on}",
        label=f"Approved {credit.unit}",
        done=credit_words(credit.have_approved),
        of=credit_words(credit.need_approved),
        value=str(min(credit.have_approved, credit.need_approved)),
        max=str(credit.need_approved),
    )
    return CycleCard(
        title=f"{' and '.join(codes)}, cycle {term_words(credit.term)}",
        tag=STANDING_TAGS[standing],
        measures=[credit.measure, approved],
        totals=credit.totals,
        whys=whys_of(account, credit),
        activities=[own_line(row) for row in mine[:MOST_SHOWN]],
        cuts=[
            f"{day_words(each.credit.on)}: {each.cut}" for each in amounts if each.cut
        ],
        more=max(0, len(mine) - MOST_SHOWN),
    )


def _timeline(books: CycleBooks, today: date) -> list[tuple[str, str]]:
    """List what comes by itself if nothing more happens, from today on."""
    return [
        (day_words(fact.from_on), STANDING_TAGS[fact.standing].word)
        for fact in books.history.timeline()
        if fact.from_on > today
    ]
