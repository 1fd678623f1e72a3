"""The good-standing report: what the public reads of people it can name (N13)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.rules import whole_name
from core.plain_names import plain_name
from credentials.policy import policy_for, programs
from credentials.queries import Named, Reported, reported
from portal.queries.places import body_full_name
from portal.queries.verification import Verdict, ends_of, verdict_of
from renewals.rules import StandingFact
from renewals.rules.published import PUBLISHED, Published, published

MOST_LINES = 500
NOT_FOUND, INCOMPLETE = "not_found", "incomplete"
CODES = (*PUBLISHED, NOT_FOUND, INCOMPLETE)
NO_MATCH = "No credential matches"
TOO_LITTLE = (
    "Not looked up: give a certification number and the last name, or the last name, "
    "the first name and the credential"
)
LONGEST = 100
COLUMNS = (
    "line",
    "asked_number",
    "asked_last_name",
    "asked_first_name",
    "asked_credential",
    "name",
    "credential",
    "number",
    "issuer",
    "standing",
    "words",
    "certified_through",
    "since",
    "as_of",
)


@dataclass(frozen=True)
class Line:
    """Whom somebody asks about, as they typed it."""

    number: str = ""
    last_name: str = ""
    first_name: str = ""
    credential: str = ""


@dataclass(frozen=True)
class Answer:
    """The answer to a line; nothing else of the person.

    `as_of` is the hour in the zone of the body that answers.
    """

    line: int
    asked: Line
    verdict: Verdict
    as_of: datetime
    program: str
    name: str = ""
    credential: str = ""
    title: str = ""
    number: str = ""
    issuer: str = ""
    through: date | None = None
    since: date | None = None

    @property
    def found(self) -> bool:
        """Say whether somebody was found."""
        return self.verdict.code in PUBLISHED

    @property
    def cells(self) -> Sequence[str]:
        """The answer as a row of `COLUMNS`."""
        return (
            str(self.line),
            self.asked.number,
            self.asked.last_name,
            self.asked.first_name,
            self.asked.credential,
            self.name,
            self.credential,
            self.number,
            self.issuer,
            self.verdict.code,
            self.verdict.word,
            self.through.isoformat() if self.through else "",
            self.since.isoformat() if self.since else "",
            self.as_of.isoformat(timespec="seconds"),
        )


def answers(lines: Sequence[Line], moments: Mapping[str, datetime]) -> Sequence[Answer]:
    """Answer lines in their order, in a number of statements that is always the same.

    Args:
        lines: at most `MOST_LINES`; who calls has counted.
        moments: the hour in each body's zone, by program.
    """
    named = [_named(each) for each in lines]
    whole = [each for each in named if each is not None]
    found = iter(reported(whole))
    return [
        _answer(
            number,
            line,
            each is None,
            _as_asked(line, next(found)) if each else None,
            moments,
        )
        for number, (line, each) in enumerate(zip(lines, named, strict=True), start=1)
    ]


def credential_choices(today: date) -> list[tuple[str, str]]:
    """List every body's credentials: code, and title with the code."""
    return [
        (each.code, f"{each.title} ({each.code})")
        for program in programs()
        for each in policy_for(program, on=today).credentials
    ]


def _answer(
    number: int,
    line: Line,
    incomplete: bool,  # noqa: FBT001  (of a private row)
    found: Reported | None,
    moments: Mapping[str, datetime],
) -> Answer:
    if found is None:
        words = (TOO_LITTLE, INCOMPLETE) if incomplete else (NO_MATCH, NOT_FOUND)
        verdict = Verdict("neutral", words[0], "info", words[1])
        program = programs()[0]
        return Answer(number, line, verdict, moments[program], program)
    moment = moments[found.program]
    told = _published(found, moment.date())
    return Answer(
        line=number,
        asked=line,
        verdict=verdict_of(told, found.program, moment.date()),
        as_of=moment,
        program=found.program,
        name=whole_name(found.first_name, found.last_name),
        credential=found.code,
        title=_title(found, moment.date()),
        number=found.number,
        issuer=body_full_name(found.program),
        through=told.through,
        since=told.since,
    )


def _as_asked(line: Line, found: Reported | None) -> Reported | None:
    """Hold what a number found against whatever else the line says of it."""
    if found is None:
        return None
    code, first = _code(_clean(line.credential)), _clean(line.first_name)
    if code and code != found.code:
        return None
    if first and plain_name("", first) != plain_name("", found.first_name):
        return None
    return found


def _published(found: Reported, today: date) -> Published:
    return published(
        [StandingFact(*each) for each in found.timeline],
        today,
        ends=ends_of(found.program, today),
        earned_on=found.earned_on,
    )


def _title(found: Reported, today: date) -> str:
    held = policy_for(found.program, on=today).credentials
    return next((each.title for each in held if each.code == found.code), found.code)


def _named(line: Line) -> Named | None:
    """Read a line as what is looked up; None where it names nobody whole."""
    number = _clean(line.number)
    last, first = _clean(line.last_name), _clean(line.first_name)
    if number and last:
        return Named(number, last, "", "")
    code = _code(_clean(line.credential))
    if not number and last and first and line.credential.strip():
        return Named("", last, first, code)
    return None


def _clean(text: str) -> str:
    """Leave out what no row holds; what is too long for one fits none."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[
        : LONGEST + 1
    ]


def _code(text: str) -> str:
    """Read a credential by its code or its title, whatever the capitals."""
    return next(
        (code for code, known in _credentials() if text.casefold() == known), text
    )


def _credentials() -> Iterator[tuple[str, str]]:
    for program in programs():
        for each in policy_for(program, on=date.max).credentials:
            yield each.code, each.code.casefold()
            yield each.code, each.title.casefold()
