"""What a transcript is narrowed to and grouped by: its choices and their words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Self
from urllib.parse import urlencode

from credentials.policy import LicencePlan, Policy, policy_for
from portal.queries.activity_reported import Reported, State
from portal.queries.learning import Account, term_words
from portal.queries.narrowing import Option

Pairs = Sequence[tuple[str, str]]
# What may stand in the address, and the word for it on the page.
STATES: Mapping[str, State] = {
    "approved": State.ACCEPTED,
    "submitted": State.SUBMITTED,
    "needs_information": State.RETURNED,
    "not_accepted": State.REJECTED,
}
WORDS = {
    "approved": "Approved",
    "submitted": "Submitted",
    "needs_information": "Needs information",
    "not_accepted": "Not accepted",
}
# What counts in no term or cycle, as the address names it.
NONE = "none"
YEAR, CATEGORY, TOPIC = "year", "category", "topic"
GROUPINGS = (YEAR, CATEGORY, TOPIC)


@dataclass(frozen=True)
class Asked:
    """What a transcript is narrowed to, each by its code; empty is everything.

    `span` is the first day of a term or cycle, or NONE; `by` what it is grouped by:
    empty is terms or cycles, or years where the body has neither.
    """

    year: str = ""
    status: str = ""
    kind: str = ""
    topic: str = ""
    span: str = ""
    by: str = ""

    @classmethod
    def of(cls, read: Callable[[str], str]) -> Self:
        """Read it by the names that addresses and REST use."""
        return cls(**{each.name: read(each.name) for each in fields(cls)})

    @property
    def pairs(self) -> Mapping[str, str]:
        """The filters as an address has them, empty ones left out."""
        return {name: value for name, value in vars(self).items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything is left out."""
        return any(name != "by" for name in self.pairs)

    def at(self, place: str, *, program: str = "", grouped: bool = True) -> str:
        """Give an address narrowed the same; a spreadsheet's is not grouped."""
        kept = {"program": program} if program else {}
        kept |= (self if grouped else replace(self, by="")).pairs
        return f"{place}?{urlencode(kept)}" if kept else place


@dataclass(frozen=True)
class Filter:
    """One of the page's lists to choose from; `none` is the choice of no choice."""

    name: str
    label: str
    none: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Choices:
    """What a transcript can be narrowed to: that of which there is something."""

    years: Pairs
    statuses: Pairs
    kinds: Pairs
    topics: Pairs
    spans: Pairs
    groupings: Pairs
    noun: str

    def take(self, asked: Asked) -> Asked:
        """Leave out what can't be asked for: it narrows nothing."""
        known = self._by_name
        return Asked.of(
            lambda name: each if (each := getattr(asked, name)) in known[name] else ""
        )

    def words(self, asked: Asked) -> str:
        """Say on paper what it is narrowed to."""
        said = {
            "year": "activities of {}",
            "status": "only “{}”",
            "kind": "only {}",
            "topic": "about {}",
            "span": "{}" if asked.span == NONE else f"of the {self.noun} {{}}",
        }
        found = {
            name: words.format(self._by_name[name][code])
            for name, words in said.items()
            if (code := getattr(asked, name))
        }
        if asked.span == NONE:
            found["span"] = found["span"].lower()
        return ", ".join(found.values())

    def filters(self, asked: Asked) -> list[Filter]:
        """Give the page its lists; one with nothing to choose from is left out."""
        rows = [
            ("year", "Year", "All years"),
            ("kind", "Category", "Every category"),
            ("topic", "Topic", "Every topic"),
            ("span", self.noun.capitalize(), f"Every {self.noun}"),
            ("status", "Status", "Every status"),
            ("by", "Grouped by", self._first_grouping.capitalize()),
        ]
        found = [
            Filter(
                name,
                label,
                none,
                [
                    Option(value, word, value == getattr(asked, name))
                    for value, word in self._by_name[name].items()
                ],
            )
            for name, label, none in rows
        ]
        return [each for each in found if each.options]

    @property
    def _by_name(self) -> Mapping[str, Mapping[str, str]]:
        return {
            "year": dict(self.years),
            "status": dict(self.statuses),
            "kind": dict(self.kinds),
            "topic": dict(self.topics),
            "span": dict(self.spans),
            "by": dict(self.groupings),
        }

    @property
    def _first_grouping(self) -> str:
        return self.noun if self.noun else YEAR


def choices_of(
    account: Account, policy: Policy, *, states: Mapping[str, State] = STATES
) -> Choices:
    """Read off what was reported to a body by what it can be narrowed.

    Every year, category and topic of it is there, however long ago it was; `states`
    are those its reader may meet.
    """
    rows = account.rows
    years = sorted({str(row.on.year) for row in rows if row.on}, reverse=True)
    has_spans = not is_of_licences(policy)
    topics = _topics(rows)
    groups = [each for each in GROUPINGS if each != TOPIC or topics]
    return Choices(
        years=[(each, each) for each in years],
        statuses=[(each, WORDS[each]) for each in states],
        kinds=_kinds(rows),
        topics=topics,
        spans=_spans(account) if has_spans else [],
        groupings=[
            (each, each.capitalize()) for each in groups if has_spans or each != YEAR
        ],
        noun=account.books.noun if has_spans else "",
    )


def is_of_licences(policy: Policy) -> bool:
    """Say whether a body's people hold a licence that others register (M13)."""
    return isinstance(policy.plan, LicencePlan)


def topics_of(row: Reported) -> tuple[str, ...]:
    """Name by their codes what an activity counts as having been about (M8, M9).

    Of one that has credit that is what its credit counts as, as it was judged then. Of
    another it is what its holder said, with what its kind always counts as.
    """
    known = policy_for(row.activity.program, on=row.activity.day)
    if row.award is not None:
        named = set(row.award.topics.split())
    else:
        kind = known.kind(row.activity.kind)
        said = row.activity.inputs.get("topics") or []
        always = kind.tagging.always if kind else ()
        named = {*always, *(each for each in said if isinstance(each, str))}
    return tuple(each.code for each in known.topics if each.code in named)


def _topics(rows: Iterable[Reported]) -> Pairs:
    return _named(
        (code, policy_for(row.activity.program, on=row.activity.day).topic_title(code))
        for row in rows
        for code in topics_of(row)
    )


def _kinds(rows: Iterable[Reported]) -> Pairs:
    found = []
    for row in rows:
        code = row.activity.kind
        kind = policy_for(row.activity.program, on=row.activity.day).kind(code)
        found.append((code, kind.label if kind else code))
    return _named(found)


def _named(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """Each code once, by its word; of two words the latest activity's."""
    found: dict[str, str] = {}
    for code, word in pairs:
        found.setdefault(code, word)
    return sorted(found.items(), key=lambda pair: pair[1].lower())


def _spans(account: Account) -> Pairs:
    books = account.books
    begun = [span for span in books.spans if span.first_on <= books.as_of]
    found = [(span.first_on.isoformat(), term_words(span)) for span in reversed(begun)]
    if any(account.place(row) is None for row in account.rows):
        found.append((NONE, f"In no {books.noun}"))
    return found
