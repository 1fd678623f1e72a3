"""What a roster's rows would do: each against the list and against those before it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from unicodedata import normalize
from uuid import UUID

from accounts.models import Sponsorship
from accounts.services.values import LONGEST_NAME, Typed
from core.failures import NotUsable
from core.words import day_words

LONGEST = {"role": 60, "external_id": 60}
# What a spreadsheet takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@")
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
MODES = {
    "auto": Sponsorship.Mode.AUTO,
    "autorenewal": Sponsorship.Mode.AUTO,
    "automatic": Sponsorship.Mode.AUTO,
    "manual": Sponsorship.Mode.MANUAL,
    "manualrenewal": Sponsorship.Mode.MANUAL,
}
DAYS = ("%Y-%m-%d", "%m/%d/%Y")
# Letters of other alphabets that are drawn like these.
DRAWN_ALIKE = str.maketrans(
    "авеёікмнорсстухјѕԁԛԝһɡαβγεικνορτυχɑıłо",
    "abeeikmhopcctyxjsdqwhgabyeikvoptuxailo",
)


@dataclass(frozen=True)
class Listed:
    """Somebody on the practice's list, and what a row may differ in.

    `renewal_on` is their renewal date in the program; unknown while something is saved.
    """

    member_id: UUID
    sponsorship_id: UUID | None
    name: str
    email: str
    external_id: str
    role: str
    renewal_mode: str
    renewal_on: date | None = None


@dataclass(frozen=True)
class Remark:
    """What is wrong, or merely different, with a cell."""

    row: int
    column: str
    text: str
    code: str = "not_usable"


@dataclass(frozen=True)
class Fate:
    """What a row does: `changes` of whom, or somebody new, unless it has problems."""

    row: int
    values: Mapping[str, str]
    listed: Listed | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Remark] = ()
    notes: Sequence[Remark] = ()

    @property
    def is_new(self) -> bool:
        """Whether somebody comes onto the list by it."""
        return not self.problems and self.listed is None


class Register:
    """The list as rows look people up in it, and the rows that were seen so far."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._by_id: dict[str, Listed] = {}
        self._by_email: dict[str, Listed] = {}
        self._alike: dict[str, Listed] = {}
        self._rows: dict[str, tuple[int, str]] = {}
        self._ids: dict[str, int] = {}
        for each in listed:
            if each.external_id:
                self._by_id[each.external_id.casefold()] = each
            if each.email:
                self._by_email[each.email.lower()] = each
                self._alike[drawn_alike(each.email)] = each

    def fate(self, row: int, values: Mapping[str, str]) -> Fate:
        """Say what a row does; the next one is held against it as well."""
        clean, problems = _checked(row, values)
        problems += self._seen_before(row, clean)
        listed = self._found(clean)
        if not problems:
            problems += self._at_odds(row, clean, listed)
        if problems:
            return Fate(row, clean, listed, problems=problems)
        if listed is None:
            return Fate(row, clean)
        changes = _changes(clean, listed)
        notes = list(_notes(row, clean, listed))
        return Fate(row, clean, listed, changes, notes=notes)

    def _seen_before(self, row: int, clean: Mapping[str, str]) -> list[Remark]:
        found = []
        email, external = clean["email"], clean["external_id"]
        if email:
            first, other = self._rows.setdefault(drawn_alike(email), (row, email))
            if first != row:
                how = (
                    "stands" if other == email else f"looks like {other}, which stands"
                )
                text = f"This address {how} in row {first} already."
                found.append(Remark(row, "email", text, "duplicate"))
        if (
            external
            and (first := self._ids.setdefault(external.casefold(), row)) != row
        ):
            text = f"This id stands in row {first} already."
            found.append(Remark(row, "external_id", text, "duplicate"))
        return found

    def _found(self, clean: Mapping[str, str]) -> Listed | None:
        by_id = self._by_id.get(clean["external_id"].casefold())
        return by_id or self._by_email.get(clean["email"])

    def _at_odds(
        self, row: int, clean: Mapping[str, str], listed: Listed | None
    ) -> list[Remark]:
        """Give what a row and the list contradict each other in."""
        email, external = clean["email"], clean["external_id"]
        alike = self._alike.get(drawn_alike(email))
        if listed is None:
            if alike is None:
                return []
            text = f"It looks like {alike.email} of {alike.name}, who is on your list."
            return [Remark(row, "email", text, "look_alike")]
        if listed.sponsorship_id is None:
            text = f"{listed.name} is on your list for another certifying body."
            return [Remark(row, "email", text, "taken")]
        if email != listed.email.lower():
            text = (
                f"This id is {listed.name}'s, whose address here is "
                f"{listed.email or 'empty'}. Change it on their record first."
            )
            return [Remark(row, "email", text, "differs")]
        kept = listed.external_id.casefold()
        if external and kept not in ("", external.casefold()):
            text = f"{listed.name} has the id {listed.external_id} here."
            return [Remark(row, "external_id", text, "differs")]
        return []


def drawn_alike(email: str) -> str:
    """Give what all addresses have in common that people can't tell apart."""
    return normalize("NFKC", email).casefold().translate(DRAWN_ALIKE)


def _checked(
    row: int, values: Mapping[str, str]
) -> tuple[dict[str, str], list[Remark]]:
    """Give a row's values as they are kept, and what can't be used."""
    typed = Typed()
    first = typed.line(
        "first_name", values["first_name"], what="a first name", most=LONGEST_NAME
    )
    last = typed.line(
        "last_name", values["last_name"], what="a last name", most=LONGEST_NAME
    )
    typed.letter("first_name", first, last, place="the first name or the last name")
    clean = {
        "first_name": first,
        "last_name": last,
        "email": typed.address("email", values["email"]),
        **{
            name: typed.maybe_line(name, values[name], most=most)
            for name, most in LONGEST.items()
        },
        "renewal_mode": _mode(typed, values["renewal_mode"]),
        "renewal_date": _day(typed, values["renewal_date"]),
    }
    for name, text in values.items():
        if text.startswith(FORMULA):
            typed.refuse(name, "Begin with another character: this would be a formula.")
        if UNREADABLE in text:
            typed.refuse(name, "This holds a character that could not be read.")
    try:
        typed.check()
    except NotUsable as refusal:
        return clean, [Remark(row, each.field, each.text) for each in refusal.problems]
    return clean, []


def _mode(typed: Typed, value: str) -> str:
    text = "".join(sign for sign in value.lower() if sign.isalnum())
    if text and text not in MODES:
        typed.refuse("renewal_mode", "Use auto or manual, or leave it empty.")
    return str(MODES.get(text, ""))


def _day(typed: Typed, value: str) -> str:
    """Read a day; kept as ISO 8601."""
    text = value.strip()
    for form in DAYS if text else ():
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007
        except ValueError:
            continue
    if text:
        typed.refuse("renewal_date", "Write the day as 2026-12-31 or 12/31/2026.")
    return ""


def _changes(clean: Mapping[str, str], listed: Listed) -> dict[str, str]:
    """Give what a row changes: an empty cell changes nothing."""
    now = {
        "role": listed.role,
        "renewal_mode": listed.renewal_mode,
        "external_id": listed.external_id,
    }
    return {
        name: clean[name]
        for name, value in now.items()
        if clean[name] and clean[name].casefold() != value.casefold()
    }


def _notes(row: int, clean: Mapping[str, str], listed: Listed) -> Iterator[Remark]:
    """Give what differs and stays as it is."""
    name = f"{clean['first_name']} {clean['last_name']}"
    if name != listed.name:
        text = f"The record says {listed.name}, which stands on certificates. It stays."
        yield Remark(row, "last_name", text, "note")
    day = clean["renewal_date"]
    if day and listed.renewal_on and day != listed.renewal_on.isoformat():
        text = f"Here it is {day_words(listed.renewal_on)}. Only a renewal changes it."
        yield Remark(row, "renewal_date", text, "note")
    if day and listed.renewal_on is None:
        yield Remark(
            row, "renewal_date", "No term is recorded here. None is made.", "note"
        )
