"""Which of staff's reports is asked for: of which months, of holders of what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.failures import FieldProblem, NotUsable
from core.words import month_words
from credentials.policy import policy_for
from portal.queries.narrowing import Narrowed
from renewals.rules import add_months

ONE_DAY = timedelta(days=1)
USUAL_MONTHS, MOST_MONTHS = 12, 60
EARLIEST, LATEST = 1900, 9990
STANDING, RENEWALS, AUDITS, CREDITS = "standing", "renewals", "audits", "credits"
REPORTS: Mapping[str, str] = {
    STANDING: "Good standing",
    RENEWALS: "Renewals and attrition",
    AUDITS: "Audits",
    CREDITS: "Credits by kind",
}


@dataclass(frozen=True)
class Asked(Narrowed):
    """A report, its first and its last month (each by its first day), a credential."""

    report: str
    first: date
    last: date
    credential: str = ""

    @property
    def pairs(self) -> dict[str, str]:
        """The filters as an address has them."""
        found = {
            "report": self.report,
            "from": f"{self.first:%Y-%m}",
            "through": f"{self.last:%Y-%m}",
            "credential": self.credential,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def months(self) -> Sequence[date]:
        """The first day of each month, in order."""
        count = _months_between(self.first, self.last) + 1
        return [add_months(self.first, step) for step in range(count)]

    @property
    def until(self) -> date:
        """The last day of the last month."""
        return add_months(self.last, 1) - ONE_DAY

    @property
    def words(self) -> str:
        """The months in words: Dec 2024 to Nov 2025."""
        if self.first == self.last:
            return month_words(self.first)
        return f"{month_words(self.first)} to {month_words(self.last)}"

    def of(self, report: str) -> "Asked":
        """Ask another report the same."""
        return replace(self, report=report)


def asked_of(program: str, given: Mapping[str, str], *, today: date) -> Asked:
    """Read what an address asks: `report`, `from`, `through` and `credential`.

    Without months it is the last twelve, this one included; with one alone, twelve from
    or through it.

    Raises:
        NotUsable: no such report or credential, no month, months in the wrong order, or
            more than `MOST_MONTHS`; it names the field.
    """
    report = given.get("report", "") or STANDING
    if report not in REPORTS:
        raise _unusable("report", f"There is no report “{report}”.", REPORTS)
    first, last = _span(given.get("from", ""), given.get("through", ""), today)
    _check_span(first, last)
    credential = given.get("credential", "")
    known = [each.code for each in policy_for(program, on=today).credentials]
    if credential and credential not in known:
        said = f"There is no credential “{credential}” here."
        raise _unusable("credential", said, known)
    return Asked(report, first, last, credential)


def last_day(month: date, today: date) -> date:
    """Give the day that stands for a month: its last one, of this month today."""
    if month == today.replace(day=1):
        return today
    return add_months(month, 1) - ONE_DAY


def _span(first: str, last: str, today: date) -> tuple[date, date]:
    begins = _month("from", first) if first else None
    ends = _month("through", last) if last else None
    back = USUAL_MONTHS - 1
    if begins and not ends:
        return begins, add_months(begins, back)
    until = ends or today.replace(day=1)
    return begins or add_months(until, -back), until


def _month(field: str, text: str) -> date:
    """Read a month: 2025-11."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        month = None
    if month is None or not EARLIEST <= month.year <= LATEST:
        said = f"“{text}” is no month. Enter one such as 2025-11."
        raise NotUsable(said, [FieldProblem(field, said)])
    return month


def _check_span(first: date, last: date) -> None:
    if first > last:
        said = (
            f"{month_words(first)} comes after {month_words(last)}. "
            "Enter the earlier month first."
        )
        raise NotUsable(said, [FieldProblem("from", said)])
    count = _months_between(first, last) + 1
    if count > MOST_MONTHS:
        until = month_words(add_months(first, MOST_MONTHS - 1))
        said = (
            f"These are {count:,} months. A report holds at most {MOST_MONTHS}: "
            f"choose {until} or an earlier month as the last."
        )
        raise NotUsable(said, [FieldProblem("through", said)])


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _unusable(field: str, said: str, known: Iterable[str]) -> NotUsable:
    text = f"{said} Choose one of: {', '.join(known)}."
    return NotUsable(text, [FieldProblem(field, text)])
