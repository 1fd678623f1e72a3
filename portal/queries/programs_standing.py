"""All of somebody's programs on one page: what is due where, nothing added up.

Each program has its own unit, rules and days; a figure over two of them would say
nothing, so there is none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import Member
from ce_credits.rules import Credit
from credentials.policy import (
    LicencePlan,
    Policy,
    credit_words,
    cycle_programs,
    day_words,
    policy_for,
    term_programs,
    zone_of,
)
from portal.queries.cycle_applying import applying_in
from portal.queries.cycle_standing import cycle_state, cycle_sub, cycle_verdict
from portal.queries.feed import CYCLE_DAYS
from portal.queries.learning import Account, TermCredit, missing_words
from portal.queries.me import renew_url, term_standing, term_sub, term_verdict
from portal.queries.own_programs import learnt_programs, own_url
from portal.queries.relicensure import missing_of
from portal.queries.shown import STANDING_TAGS, Measure, Tag
from portal.queries.transcript import heading_of
from renewals.models import Licence
from renewals.queries import CycleBooks, Life, life_of, relicensing_of
from renewals.rules.cycles import deadlines

OPENS = "opens"
TodayIn = Callable[[ZoneInfo], date]


@dataclass(frozen=True)
class Due:
    """Something that is due: what, and its last day in the body's zone."""

    what: str
    by: date

    @property
    def by_text(self) -> str:
        """The day, in words."""
        return day_words(self.by)


@dataclass(frozen=True)
class Action:
    """The next thing to do."""

    label: str
    url: str


@dataclass(frozen=True)
class ProgramCard:
    """One program of somebody's; `standing` is empty where the body computes none."""

    program: str
    body: str
    held: str
    number: str
    standing: str
    verdict: str
    sub: str
    credit: TermCredit | None
    due: Sequence[Due]
    action: Action
    url: str

    @property
    def tag(self) -> Tag | None:
        """The standing in a word."""
        return STANDING_TAGS[self.standing] if self.standing else None

    @property
    def measures(self) -> Sequence[Measure]:
        """The bar of its credit, in its own unit."""
        return [self.credit.measure] if self.credit else []


def programs_standing(
    member: Member, *, today_in: TodayIn, now: datetime
) -> list[ProgramCard]:
    """Read where a member stands in each of their programs, a card each.

    Args:
        member: whose programs.
        today_in: which day it is in a body's zone.
        now: the instant, UTC.
    """
    return [
        _card(member, program, today_in(zone_of(program)), now)
        for program in learnt_programs(member)
    ]


def first_due(cards: Iterable[ProgramCard]) -> Due | None:
    """Find what is due first in any of somebody's programs."""
    return min((each for card in cards for each in card.due), key=_turn, default=None)


def _card(member: Member, program: str, today: date, now: datetime) -> ProgramCard:
    life = life_of(member.pk, program)
    if program in cycle_programs():
        return _of_cycles(member, life, today, now)
    if program in term_programs():
        return _of_terms(member, life, today)
    return _of_licences(member, life, today)


def _of_terms(member: Member, life: Life, today: date) -> ProgramCard:
    program, credit = life.program, Account.of(life, today).present()
    standing = term_standing(member, program, today)
    due = []
    if credit and credit.missing:
        what = f"{credit_words(credit.missing)} {credit.unit} more"
        due.append(Due(what, credit.term.last_on))
    if life.latest is not None:
        due.append(Due("Renew your membership", life.latest.renewal_on))
    renews = renew_url(member, program, life, today)
    action = Action("Renew your membership", renews) if renews else None
    if action is None or (credit and credit.missing and standing != "renew_now"):
        action = _earning(program, credit)
    return ProgramCard(
        **_named(life, today),
        standing=standing,
        verdict=term_verdict(credit, today),
        sub=term_sub(life, standing, today),
        credit=credit,
        due=_by_day(due),
        action=action,
        url=own_url("me", program),
    )


def _of_cycles(member: Member, life: Life, today: date, now: datetime) -> ProgramCard:
    program, account = life.program, Account.of(life, today)
    books = account.books
    assert isinstance(books, CycleBooks)
    credit, working = account.present(), books.history.working(today)
    standing = cycle_state(books, today)
    due = []
    if credit and missing_words(credit) and today <= credit.term.last_on:
        missing = missing_words(credit).rstrip(",")
        what = missing.replace(" more", f" {credit.unit} more", 1)
        due.append(Due(what, credit.term.last_on))
    if working is not None:
        for each in deadlines(working, standing, today):
            if each.code == OPENS and each.day <= today:
                continue
            words = CYCLE_DAYS[each.code][0]
            due.append(Due(words[:1].upper() + words[1:], each.day))
    applying = applying_in(member, working, credit, today=today, now=now)
    complete = credit is None or not missing_words(credit)
    if applying and (applying.first or complete or standing in {"late", "lapsed"}):
        action = Action(applying.label, applying.url)
    else:
        action = _earning(program, credit)
    return ProgramCard(
        **_named(life, today),
        standing=standing,
        verdict=cycle_verdict(credit, standing, today),
        sub=cycle_sub(working, standing, today),
        credit=credit,
        due=_by_day(due),
        action=action,
        url=own_url("me", program),
    )


def _of_licences(member: Member, life: Life, today: date) -> ProgramCard:
    """Say what was earned this year, each unit by itself, and what licences lack.

    No standing is computed (M13).
    """
    policy = policy_for(life.program, on=today)
    assert isinstance(policy.plan, LicencePlan)
    earned = _earned(policy, life.credits, today)
    heading = heading_of(policy)
    verdict = f"In {today.year} you earned {earned or 'nothing yet'}."
    action = Action(heading, own_url("transcript", life.program))
    due = []
    for licence in Licence.objects.visible_to(member).filter(program=life.program):
        action = Action("See your licences", reverse("my_licences"))
        found = relicensing_of(licence, life.credits, as_of=today)
        asked = found.asked if found else ()
        due += [
            Due(f"{missing_of(each)}, licence {licence}", licence.last_on)
            for each in asked
            if each.missing
        ]
    return ProgramCard(
        **_named(life, today),
        standing="",
        verdict=verdict,
        sub=policy.plan.basis.ruling,
        credit=None,
        due=_by_day(due),
        action=action,
        url=own_url("transcript", life.program),
    )


def _earned(policy: Policy, credits: Iterable[Credit], today: date) -> str:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in credits:
        kind = policy.kind(each.kind)
        if each.counts_as_of(today) and each.on.year == today.year and each.credits:
            sums[kind.unit if kind else policy.unit] += each.credits
    return ", ".join(f"{credit_words(sums[unit])} {unit}" for unit in sorted(sums))


def _earning(program: str, credit: TermCredit | None) -> Action:
    if credit and missing_words(credit):
        return Action("Add CE activity", own_url("ce_new", program))
    return Action("See where you stand", own_url("me", program))


def _named(life: Life, today: date) -> dict[str, str]:
    policy = policy_for(life.program, on=today)
    codes = dict.fromkeys(each.code for each in life.certifications)
    return {
        "program": life.program,
        "body": policy.body.full_name,
        "held": " and ".join(codes),
        "number": ", ".join(each.number for each in life.certifications),
    }


def _by_day(due: Iterable[Due]) -> list[Due]:
    return sorted(due, key=_turn)


def _turn(due: Due) -> tuple[date, str]:
    return due.by, due.what
