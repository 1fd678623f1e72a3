"""Live activities: sessions as staff write them, codes, and names (M4, M12)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from hmac import compare_digest
from zoneinfo import ZoneInfo

from core.words import day_words, hour_words
from credentials.policy import LiveRules

# No symbol reads as another: neither 0 and O nor 1 and I.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUP = 4
MOST_SESSIONS = 40
SESSION = re.compile(
    r"^(\d{4}-\d{2}-\d{2})\s+(\d{1,2}:\d{2})\s*(?:-|\u2013|to)\s*(\d{1,2}:\d{2})\Z",
    re.ASCII,
)
LINE = "2026-03-05 18:00-20:00"
YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """One sitting of an activity: its day, begin and end in the body's zone."""

    day: date
    begins: time
    ends: time

    def words(self, zone: ZoneInfo) -> str:
        """Spell it with its zone: Mar 5, 2026, 6:00 PM to 8:00 PM EST."""
        over = datetime.combine(self.day, self.ends, zone)
        hours = f"{hour_words(self.begins)} to {hour_words(self.ends)}"
        return f"{day_words(self.day)}, {hours} {over:%Z}"

    @property
    def line(self) -> str:
        """Write it as staff do."""
        return f"{self.day.isoformat()} {self.begins:%H:%M}-{self.ends:%H:%M}"


@dataclass(frozen=True, slots=True)
class LiveFacts:
    """What staff write of an activity; no `credit_kind`, no `credit`: it has none.

    `joint_provider` is empty where it is directly provided (M12). `evaluate_by` None
    leaves the last day of the evaluation to the pack.
    """

    title: str
    summary: str
    provider: str
    joint_provider: str
    credit_kind: str
    credit: Decimal | None
    topics: tuple[str, ...]
    place: str
    capacity: int
    sessions: tuple[Session, ...]
    evaluate_by: date | None

    @property
    def first_on(self) -> date:
        """The day of its first session."""
        return self.sessions[0].day

    @property
    def last_on(self) -> date:
        """The day of its last session."""
        return self.sessions[-1].day


def read_sessions(text: str) -> tuple[Session, ...]:
    """Read sessions, one on each line, and put them in order.

    Raises:
        ValueError: a line is none; says which, and how one is written.
    """
    lines = [each.strip() for each in text.splitlines() if each.strip()]
    if len(lines) > MOST_SESSIONS:
        raise ValueError(f"Enter at most {MOST_SESSIONS} sessions.")
    return tuple(sorted(_session(each) for each in lines))


def kept_sessions(sessions: Sequence[Session]) -> list[list[str]]:
    """Write sessions as they are stored."""
    return [
        [each.day.isoformat(), f"{each.begins:%H:%M}", f"{each.ends:%H:%M}"]
        for each in sessions
    ]


def sessions_kept(rows: Sequence[Sequence[str]]) -> tuple[Session, ...]:
    """Read sessions as they are stored."""
    return tuple(
        Session(
            date.fromisoformat(day), time.fromisoformat(one), time.fromisoformat(two)
        )
        for day, one, two in rows
    )


def problems_of_live(
    facts: LiveFacts, *, rules: LiveRules, letter_by: date | None
) -> Iterator[tuple[str, str]]:
    """Give what can't be: the field, and why.

    Args:
        facts: as they were sent.
        rules: the body's.
        letter_by: the last day on which the letter about it goes out; None where there
            is no session to count from.
    """
    yield from _problems_of_words(facts)
    if not facts.sessions:
        yield "sessions", f"Enter a session, such as {LINE}."
    for one, two in zip(facts.sessions, facts.sessions[1:], strict=False):
        if one.day == two.day and two.begins < one.ends:
            yield "sessions", f"{two.line} begins before {one.line} is over."
    if not 0 < facts.capacity <= rules.most_seats:
        yield "capacity", f"Enter 1 to {rules.most_seats:,}."
    if facts.evaluate_by and letter_by and facts.evaluate_by <= letter_by:
        yield (
            "evaluate_by",
            f"The letter may come until {day_words(letter_by)}. Enter a later day.",
        )


def _problems_of_words(facts: LiveFacts) -> Iterator[tuple[str, str]]:
    for name in ("title", "provider", "place"):
        if not getattr(facts, name).strip():
            yield name, f"Enter the {name}."
    if bool(facts.credit_kind) != (facts.credit is not None):
        yield "credit", "Enter a kind of credit and how much, or neither."
    elif facts.credit is not None and facts.credit <= 0:
        yield "credit", "Enter more than 0, or neither kind nor credit."


def make_code(symbols: int, choose: Callable[[str], str]) -> str:
    """Make a code of so many symbols; `choose` picks one, and nobody foresees which."""
    return "".join(choose(ALPHABET) for _ in range(symbols))


def plain_code(typed: str) -> str:
    """Give a code as it is compared: no spaces or hyphens, capitals only."""
    return re.sub(r"[\s\-\u2010-\u2015]+", "", typed).upper()


def shown_code(code: str) -> str:
    """Write a code in groups, so that it can be read and typed."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def same_code(typed: str, code: str) -> bool:
    """Say whether a code was typed, in the time that any other one takes."""
    return compare_digest(plain_code(typed).encode(), code.encode())


def _session(line: str) -> Session:
    read = SESSION.match(line)
    try:
        if read is None:
            raise ValueError(line)
        day = date.fromisoformat(read[1])
        begins, ends = (time.fromisoformat(each.zfill(5)) for each in read.groups()[1:])
    except ValueError as fault:
        said = f"“{line[:40]}” is no session such as {LINE}."
        raise ValueError(said) from fault
    if day.year not in YEARS:
        raise ValueError(f"“{line[:40]}”: enter a year from {YEARS[0]} on.")
    if ends <= begins:
        raise ValueError(f"“{line[:40]}” ends before it begins.")
    return Session(day, begins, ends)
