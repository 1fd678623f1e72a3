"""A transcript's activities, and the blocks they stand in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from credentials.policy import Policy, credit_words, day_words, policy_for
from portal.queries.activity_inputs import inputs_of
from portal.queries.activity_mine import activity_url
from portal.queries.activity_reported import Reported, State
from portal.queries.activity_workings import policy_of
from portal.queries.brought import Brought, brought
from portal.queries.learning import (
    Account,
    CreditLine,
    TermCredit,
    line_of,
    term_words,
)
from portal.queries.transcript_asked import (
    CATEGORY,
    NONE,
    STATES,
    TOPIC,
    Asked,
    is_of_licences,
    topics_of,
)

NO_TOPIC = "No topic"


@dataclass(frozen=True)
class Entry:
    """One activity, in words and as a program reads it.

    `applied` is what of its credit counts in its term or cycle, `cut` why it is less;
    both are empty where it has no credit. `topics` are codes, `topic_words` their
    titles; `website` is where it was studied (M9), `stated` the credit that its
    provider stated, where the kind takes that (M13).
    """

    id: UUID
    state: State
    line: CreditLine
    on_text: str
    on: str
    code_of_kind: str
    kind: str
    provider: str
    minutes: str
    credits: str
    unit: str
    index: str
    rule: str
    policy: str
    licence_number: str
    code: str
    reported_by: str
    url: str
    topics: Sequence[str] = ()
    topic_words: str = ""
    website: str = ""
    stated: str = ""
    applied: str = ""
    cut: str = ""

    @property
    def stated_words(self) -> str:
        """What its provider stated, in words; empty where nothing is."""
        return f"As stated by the provider: {self.stated}" if self.stated else ""

    @property
    def detail(self) -> str:
        """What it was, by whom, about what; of a study its minutes and website."""
        studied = f"{self.minutes} min" if self.website and self.minutes else ""
        about = f"about {self.topic_words}" if self.topics else ""
        parts = (self.kind, self.provider, studied, self.website, about)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Block:
    """Activities that stand together; `sums` says what they come to.

    Of a term or cycle `sums` are the rules' own totals of all of it, with `credit`.
    """

    id: str
    title: str
    entries: Sequence[Entry]
    credit: TermCredit | None
    sums: str


def blocks_of(account: Account, policy: Policy, asked: Asked) -> list[Block]:
    """Put what is asked for into blocks, the newest activity of each first."""
    if asked.by or is_of_licences(policy):
        return list(_grouped(account, asked))
    return list(_by_span(account, asked))


def _grouped(account: Account, asked: Asked) -> Iterator[Block]:
    """By year, category or topic: each activity with what it brings to its span."""
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    titles: dict[str, str] = {}
    brings = _brings(account)
    for row in account.rows:
        if not _is_asked(account, row, asked):
            continue
        entry = _entry(row, brings.get(row.activity.pk))
        for code, title in _groups(row, entry, asked.by):
            found[code].append(entry)
            titles.setdefault(code, title)
    named = asked.by in (CATEGORY, TOPIC)
    order = sorted(found, key=lambda code: titles[code].lower()) if named else found
    for code in order:
        yield Block(
            f"group-{code}", titles[code], found[code], None, _added(found[code])
        )


def _groups(row: Reported, entry: Entry, by: str) -> Sequence[tuple[str, str]]:
    if by == CATEGORY:
        return [(entry.code_of_kind, entry.kind)]
    if by == TOPIC:
        policy = policy_for(row.activity.program, on=row.activity.day)
        named = [(code, policy.topic_title(code)) for code in entry.topics]
        return named or [(NONE, NO_TOPIC)]
    return [(entry.on[:4], entry.on[:4])]


def _added(entries: Iterable[Entry]) -> str:
    """Add credit up, each unit by itself: different credit has no common sum."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for each in entries:
        if each.credits:
            sums[each.unit] += Decimal(each.credits)
    words = ", ".join(f"{credit_words(sums[unit])} {unit}" for unit in sorted(sums))
    return f"Credit: {words}." if words else "No credit."


def _brings(account: Account) -> Mapping[UUID, Brought]:
    found: dict[UUID, Brought] = {}
    for span in account.spans:
        mine = [row for row in account.rows if account.place(row) == span]
        found |= {each.row.activity.pk: each for each in brought(account, span, mine)}
    return found


def _by_span(account: Account, asked: Asked) -> Iterator[Block]:
    noun = account.books.noun
    begun = [span for span in account.spans if span.first_on <= account.books.as_of]
    shown = [
        (row, account.place(row))
        for row in account.rows
        if _is_asked(account, row, asked)
    ]
    for term in reversed(begun):
        mine = [row for row in account.rows if account.place(row) == term]
        brings = {each.row.activity.pk: each for each in brought(account, term, mine)}
        entries = [
            _entry(row, brings.get(row.activity.pk))
            for row, place in shown
            if place == term
        ]
        if entries or not asked.is_narrowed:
            credit = account.term(term)
            yield Block(
                id=f"term-{term.first_on}",
                title=f"{noun.capitalize()} {term_words(term)}",
                entries=entries,
                credit=credit,
                sums=_sums(credit),
            )
    before = [_entry(row) for row, place in shown if place is None]
    if before:
        where = f"CE counts in the {noun} its day falls in"
        text = f"Counts in no {noun}: {where} ({account.books.rule})."
        yield Block("before", f"Before your first {noun}", before, None, text)


def _is_asked(account: Account, row: Reported, asked: Asked) -> bool:
    if asked.year and (row.on is None or str(row.on.year) != asked.year):
        return False
    if asked.kind and row.activity.kind != asked.kind:
        return False
    if asked.topic and asked.topic not in topics_of(row):
        return False
    if asked.span:
        place = account.place(row)
        if asked.span != (place.first_on.isoformat() if place else NONE):
            return False
    return not asked.status or row.state == STATES[asked.status]


def _sums(credit: TermCredit) -> str:
    sums = credit.totals
    text = (
        f"Completed {sums.completed}, applied {sums.applied} of "
        f"{credit_words(credit.need)} {credit.unit}"
    )
    return f"{text}, still needed {sums.needed}." if credit.missing else f"{text}."


def _entry(row: Reported, brings: Brought | None = None) -> Entry:
    activity, award, line = row.activity, row.award, line_of(row)
    policy = policy_for(activity.program, on=activity.day)
    kind = policy.kind(activity.kind)
    counts = award if award and not row.waits else None
    version = policy_of(counts.policy) if counts else None
    topics = topics_of(row)
    return Entry(
        id=activity.pk,
        state=row.state,
        line=line,
        on_text=day_words(activity.day),
        on=activity.day.isoformat(),
        code_of_kind=activity.kind,
        kind=kind.label if kind else activity.kind,
        provider=activity.provider,
        minutes=str(activity.minutes or ""),
        credits=credit_words(counts.credits) if counts else "",
        unit=counts.unit if counts else policy.unit,
        index=counts.index_number if counts else "",
        rule=counts.rule if counts else "",
        policy=version.version if version else "",
        licence_number=activity.licence_number,
        code=activity.catalogue_item.code if activity.catalogue_item else "",
        reported_by=activity.reported_by,
        url=activity_url(activity),
        topics=topics,
        topic_words=", ".join(policy.topic_title(code) for code in topics),
        website=_website(row),
        stated=_stated(row),
        applied=credit_words(brings.applied) if brings else "",
        cut=brings.cut if brings else "",
    )


def _website(row: Reported) -> str:
    said = row.activity.inputs.get("website")
    return said if isinstance(said, str) else ""


def _stated(row: Reported) -> str:
    said = inputs_of(row.activity).get("stated_credits")
    return credit_words(said) if isinstance(said, Decimal) else ""
