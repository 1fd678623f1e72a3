"""A completion as a feed sends it: read, told apart, held against a name (N12)."""

import re
from dataclasses import astuple, dataclass, replace
from datetime import date
from hashlib import sha256

# Standings after which nobody earns anything by itself.
ENDED = frozenset({"expired", "retired", "revoked"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_MIDNIGHT = re.compile(r"[T ]00:00(:00)?$")
# As much of each as a row keeps.
ROOM = {
    "number": 40,
    "email": 254,
    "first_name": 100,
    "last_name": 100,
    "code": 40,
    "completed_on": 40,
    "minutes": 20,
}
_WHOLE = re.compile(r"([0-9]{1,6})(\.0+)?")


@dataclass(frozen=True, slots=True)
class Completion:
    """Who completed which activity when, for how long: all as it was sent."""

    number: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    code: str = ""
    completed_on: str = ""
    minutes: str = ""

    @property
    def key(self) -> str:
        """What is the same for the same completion, whoever sends it again.

        Who (number and last name, else address and names), which activity, which day;
        of names, case and spaces aside. Minutes are left out: the first stand.
        """
        # The last name is held against the number, so it is part of who.
        numbered = (self.number, self.last_name)
        person = numbered if self.number.strip() else (self.email, self.name)
        day = day_read(self.completed_on)
        on = day.isoformat() if day else plain(self.completed_on)
        # A catalogue tells codes apart by their case.
        words = (*map(plain, person), self.code.strip(), on)
        return sha256("\0".join(words).encode()).hexdigest()

    @property
    def kept(self) -> "Completion":
        """It as its row keeps it, and as it is judged: without outer spaces, cut."""
        cut = {name: getattr(self, name).strip()[:most] for name, most in ROOM.items()}
        return replace(self, **cut)

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def empty(self) -> bool:
        """Whether nothing was sent at all."""
        return not any(each.strip() for each in astuple(self))


def appears_after(done_on: date, evaluation_deadline: date | None) -> date:
    """Give the day that the business days until credit appears are counted from (N12).

    Args:
        done_on: the day it was completed.
        evaluation_deadline: the day a conference's evaluation closes; it counts from
            then, unless it was completed later. None for any other education.
    """
    return max(done_on, evaluation_deadline or done_on)


def plain(text: str) -> str:
    """Give a text without regard to case and spaces."""
    return " ".join(text.casefold().split())


def day_read(text: str) -> date | None:
    """Read a day as 2025-10-02 or 10/02/2025 spells it; None for anything else."""
    text = _MIDNIGHT.sub("", text.strip())
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        found = _AMERICAN.fullmatch(text)
        if found:
            month, day, year = map(int, found.groups())
            return date(year, month, day)
    except ValueError:
        return None
    return None


def minutes_read(text: str) -> int | None:
    """Read whole minutes above zero; None for anything else."""
    found = _WHOLE.fullmatch(text.strip())
    return (int(found[1]) or None) if found else None


def same_person(sent: Completion, first_name: str, last_name: str) -> bool:
    """Say whether the names that came are those of somebody found by an address."""
    return plain(sent.name) == plain(f"{first_name} {last_name}")


def agrees(sent: Completion, last_name: str) -> bool:
    """Say whether the last name, where one came, is that of who has the number."""
    return not sent.last_name.strip() or plain(sent.last_name) == plain(last_name)
