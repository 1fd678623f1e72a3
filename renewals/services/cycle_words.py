"""What a notice of a cycle's day says: where one stands, what it costs, what next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.words import hour_words
from credentials.policy import credit_words, day_words, money_words
from renewals.queries import CycleBooks, Life, lacking_words
from renewals.rules.cycles import Closed, Cycle, Fee, Round, fee_on
from renewals.services.letters import left_words

NOTHING = Decimal(0)


@dataclass(frozen=True)
class CycleWords:
    """The line above a notice, its first sentence, and what follows, a line each."""

    title: str
    lead: str
    items: Sequence[str]


def cycle_words(
    round_: Round, life: Life, books: CycleBooks, cycle: Cycle
) -> CycleWords:
    """Put a notice into words, as of the day the books are asked about."""
    today = books.as_of
    title, lead = _opening(round_, cycle, books)
    if round_.standing == "expired":
        items = ["Apply as a new candidate and pass the exam. Your history is kept."]
        return CycleWords(title, lead, items)
    lacking = _lacking(life, books, cycle)
    items = [
        _credit_words(life, books, cycle, lacking),
        *_costs(cycle, today),
        *_next(round_, cycle, lacking, today),
    ]
    return CycleWords(title, lead, items)


def held_words(cycle: Cycle, day: date) -> str:
    """Name the credentials that count in a cycle on a day."""
    return " and ".join(each.code for each in cycle.held(day))


def _opening(round_: Round, cycle: Cycle, books: CycleBooks) -> tuple[str, str]:
    """Give the title and the first sentence, by how they stand and the pack's day."""
    season, today = cycle.season, books.as_of
    held, ends = held_words(cycle, today), day_words(season.last_on)
    if round_.standing == "due":
        when = f"{ends}, {left_words(season.last_on, today)}"
        if round_.notice.anchor == "opens":
            lead = f"The application for {held} is open. Your cycle ends {when}."
            return "You can apply for recertification", lead
        return f"Your cycle ends {ends}", f"Your cycle for {held} ends {when}."
    if round_.standing == "extended":
        until = round_.about
        when = f"{day_words(until)}, {left_words(until, today)}"
        lead = f"More time for {held} was granted until {when}."
        return f"Your extension ends {day_words(until)}", lead
    if round_.standing == "late":
        until = season.late_until
        when = f"{day_words(until)}, {left_words(until, today)}"
        lead = f"Your cycle for {held} ended {ends}. You can apply late until {when}."
        return f"You can still apply until {day_words(until)}", lead
    return _lost(round_, cycle, books)


def _lost(round_: Round, cycle: Cycle, books: CycleBooks) -> tuple[str, str]:
    """Say what was lost, since when, and for how long it can be had back (N8)."""
    today, until = books.as_of, cycle.season.grace_until
    held = held_words(cycle, today)
    begun = [each for each in books.history.timeline() if each.from_on <= today]
    since = day_words(begun[-1].from_on)
    if round_.standing == "expired":
        lead = f"Since {since} only a new exam helps. You may not use {held}."
        return "Your certification has expired", lead
    lead = (
        f"{held} lapsed {since}: you may not use the designation. You can be "
        f"reinstated until {day_words(until)}, {left_words(until, today)}."
    )
    if round_.notice.anchor == "lapses":
        return "Your certification has lapsed", lead
    return f"You can be reinstated until {day_words(until)}", lead


def _lacking(life: Life, books: CycleBooks, cycle: Cycle) -> str:
    asked, have = books.asked(cycle), books.totals(cycle, life.credits)
    return lacking_words(
        max(asked.credits - have.credits, NOTHING),
        max(asked.approved - have.approved, NOTHING),
    )


def _credit_words(life: Life, books: CycleBooks, cycle: Cycle, lacking: str) -> str:
    asked, have = books.asked(cycle), books.totals(cycle, life.credits)
    said = (
        f"You have {credit_words(have.credits)} of {credit_words(asked.credits)} "
        f"{asked.unit}, {credit_words(have.approved)} of "
        f"{credit_words(asked.approved)} approved."
    )
    if not lacking:
        return f"{said} The credit of this cycle is complete."
    until = cycle.counts_until(books.as_of)
    verb = "earned by" if books.as_of > until else "by"
    return f"{said} Still missing: {lacking} {verb} {day_words(until)}."


def _costs(cycle: Cycle, today: date) -> Iterator[str]:
    """Say what an application costs today, and what it costs later (N5-N8)."""
    fee, other = (fee_on(cycle, today, society_member=each) for each in (True, False))
    if isinstance(fee, Closed) or isinstance(other, Closed):
        closed = fee if isinstance(fee, Closed) else other
        if isinstance(closed, Closed):
            yield closed.reason.text
        return
    said = (
        f"Today an application costs {money_words(fee.amount, fee.currency)} for "
        f"members of the society, {money_words(other.amount, other.currency)} for "
        "others"
    )
    yield f"{said}{_of_it(fee)}."
    season, plan = cycle.season, cycle.policy.cycles
    if today <= season.last_on:
        more = money_words(plan.application.late_fee, fee.currency)
        yield (
            f"From {day_words(season.late_on)} it costs {more} more. From "
            f"{day_words(season.lapses_on)} your certification has lapsed."
        )


def _of_it(fee: Fee) -> str:
    parts = [
        f"{money_words(part.amount, fee.currency)} ({part.label.lower()})"
        for part in fee.parts[1:]
    ]
    return f", including {' and '.join(parts)}" if parts else ""


def _next(round_: Round, cycle: Cycle, lacking: str, today: date) -> Iterator[str]:
    """Say what to do next, until when, and what comes if nothing is done."""
    season = cycle.season
    first = "report what is missing with its proof, then apply" if lacking else "apply"
    until, after = {
        "due": (season.last_on, ""),
        "late": (season.late_until, _lapses(season.lapses_on)),
        "extended": (round_.about, _lapses(_lapses_on(round_))),
        "lapsed": (
            season.grace_until,
            f" From {day_words(season.expires_on)} only a new exam helps.",
        ),
    }[round_.standing]
    yield f"Next: {first} and pay by {day_words(until)}.{after}"
    if round_.standing == "due" and lacking:
        plan = cycle.policy.cycles.extension
        hour = hour_words(plan.asked_until)
        asks = credit_words(cycle.need(today).extension)
        yield (
            f"Need more time? Ask by {day_words(season.last_on)}, {hour}, with {asks} "
            f"{cycle.policy.unit} reported: you get until "
            f"{day_words(season.extended_until)}."
        )


def _lapses_on(round_: Round) -> date:
    """The day they lapse after more time: never before those who had none (N5)."""
    return max(round_.season.extension_over_on, round_.season.lapses_on)


def _lapses(day: date) -> str:
    return f" From {day_words(day)} your certification has lapsed."
