"""Why each of the three totals is what it is: the activities that make it up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from credentials.policy import credit_words, day_words
from portal.queries.activity_mine import activity_url
from portal.queries.activity_reported import NOTHING, SENT_BACK, Reported
from portal.queries.brought import brought
from portal.queries.learning import (
    TAGS,
    Account,
    TermCredit,
    term_words,
)
from renewals.queries import Asked


@dataclass(frozen=True)
class Part:
    """One activity in a figure: how much of it, and why so much."""

    title: str
    url: str
    figure: str
    reason: str


@dataclass(frozen=True)
class Group:
    """Activities that share a reason."""

    heading: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Why:
    """The reason of one total."""

    id: str
    title: str
    text: str
    groups: Sequence[Group]


def whys_of(account: Account, credit: TermCredit) -> list[Why]:
    """Give the reason of Completed, Applied and Still needed, in that order."""
    placed = [(row, account.place(row)) for row in account.rows]
    mine = [row for row, term in placed if term == credit.term]
    outside = [row for row, term in placed if term is None]
    return [
        _completed(credit, mine, outside),
        _applied(account, credit, mine),
        _needed(credit, account.books.asked(credit.term)),
    ]


def _completed(
    credit: TermCredit, mine: Sequence[Reported], outside: Sequence[Reported]
) -> Why:
    groups = [
        Group("Reported and counting", [_part(row) for row in mine if row.credit]),
        Group(
            "Waiting for staff, no credit yet",
            [_part(row) for row in mine if row.waits],
        ),
        Group(
            "Sent back by staff: counts nothing until you send it again",
            [_lost(row) for row in mine if row.state in SENT_BACK],
        ),
        Group(f"Before your first {credit.noun}: counts in none", _parts(outside)),
    ]
    return Why(
        id="completed",
        title=f"Why Completed is {credit.totals.completed}",
        text=f"What you did in the {credit.noun} {term_words(credit.term)} and "
        "reported with proof. "
        f"Activities of other {credit.noun}s stand in your transcript.",
        groups=[group for group in groups if group.parts],
    )


def _applied(account: Account, credit: TermCredit, mine: Sequence[Reported]) -> Why:
    whole, cut = [], []
    for each in brought(account, credit.term, mine):
        part = _part(each.row)
        if not each.cut:
            whole.append(part)
            continue
        figure = credit_words(each.applied)
        cut.append(replace(part, figure=figure, reason=each.cut))
    groups = [Group("Counts", whole), Group("Over a limit", cut)]
    return Why(
        id="applied",
        title=f"Why Applied is {credit.totals.applied}",
        text=f"What of Completed counts toward the {credit_words(credit.need)} "
        f"{credit.unit} of this {credit.noun}, under the limits of the body.",
        groups=[group for group in groups if group.parts],
    )


def _needed(credit: TermCredit, asked: Asked) -> Why:
    basis, policy = asked.basis, asked.policy
    need, have = credit_words(credit.need), credit_words(credit.have)
    left = credit_words(credit.missing)
    sums = f"{need} asked, {have} applied: {left} still needed"
    by = f" by {day_words(credit.term.last_on)}" if credit.missing else ""
    return Why(
        id="needed",
        title=f"Why {left} is still needed"
        if credit.missing
        else "Why nothing more is needed",
        text=f"{policy.body_name} asks {need} {credit.unit} in each {credit.noun} "
        f"(rule {basis.rule}, {policy.source_title(basis.source)}). {sums}{by}.",
        groups=[],
    )


def _part(row: Reported) -> Part:
    activity = row.activity
    figure = credit_words(row.credit.credits if row.credit else NOTHING)
    return Part(
        title=str(activity),
        url=activity_url(activity),
        figure="Staff decide" if row.waits else figure,
        reason=day_words(activity.on) if activity.on else "",
    )


def _parts(rows: Sequence[Reported]) -> list[Part]:
    return [_part(row) for row in rows]


def _lost(row: Reported) -> Part:
    return replace(_part(row), reason=TAGS[row.state].word)
