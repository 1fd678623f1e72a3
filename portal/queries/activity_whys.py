"""Why each of the three totals is what it is: the activities that make it up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from credentials.policy import Policy, credit_words, day_words, policy_for
from portal.queries.activity_mine import activity_url
from portal.queries.activity_reported import NOTHING, SENT_BACK, Reported
from portal.queries.learning import (
    TAGS,
    Account,
    TermCredit,
    cut_words,
    term_words,
)
from renewals.rules import applied


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
    policy = policy_for(account.program, on=credit.term.last_on)
    placed = [(row, account.place(row)) for row in account.rows]
    mine = [row for row, term in placed if term == credit.term]
    outside = [row for row, term in placed if term is None]
    return [
        _completed(credit, mine, outside),
        _applied(account, credit, policy, mine),
        _needed(credit, policy),
    ]


def _completed(
    credit: TermCredit, mine: Sequence[Reported], outside: Sequence[Reported]
) -> Why:
    groups = [
        Group("Reported and counting", [_part(row) for row in mine if row.credit]),
        Group("Waiting for staff, no credit yet", _parts(mine, waits=True)),
        Group(
            "Sent back by staff: counts nothing until you send it again",
            [_lost(row) for row in mine if row.state in SENT_BACK],
        ),
        Group("Before your first term: counts in none", _parts(outside, waits=False)),
    ]
    return Why(
        id="completed",
        title=f"Why Completed is {credit.totals.completed}",
        text=f"What you did in the term {term_words(credit.term)} and reported with "
        "proof. Activities of other terms stand in your transcript.",
        groups=[group for group in groups if group.parts],
    )


def _applied(
    account: Account, credit: TermCredit, policy: Policy, mine: Sequence[Reported]
) -> Why:
    credits = [(row, row.credit) for row in mine]
    counting = [(row, each) for row, each in credits if each is not None]
    amounts = applied(
        account.terms,
        credit.term,
        [each for _, each in counting],
        as_of=account.today,
        caps=policy.caps,
    )
    counts = {id(each): amount for each, amount in amounts}
    whole, cut = [], []
    for row, each in counting:
        amount = counts.get(id(each), NOTHING)
        if amount == each.credits:
            whole.append(_part(row))
        else:
            reason = cut_words(each.credits, amount)
            cut.append(replace(_part(row), figure=credit_words(amount), reason=reason))
    groups = [Group("Counts", whole), Group("Over a limit", cut)]
    return Why(
        id="applied",
        title=f"Why Applied is {credit.totals.applied}",
        text=f"What of Completed counts toward the {credit_words(credit.need)} "
        f"{credit.unit} of this term, under the limits of the body.",
        groups=[group for group in groups if group.parts],
    )


def _needed(credit: TermCredit, policy: Policy) -> Why:
    basis = policy.requirement.basis
    need, have = credit_words(credit.need), credit_words(credit.have)
    left = credit_words(credit.missing)
    sums = f"{need} asked, {have} applied: {left} still needed"
    by = f" by {day_words(credit.term.last_on)}" if credit.missing else ""
    return Why(
        id="needed",
        title=f"Why {left} is still needed"
        if credit.missing
        else "Why nothing more is needed",
        text=f"{policy.body_name} asks {need} {credit.unit} in each term (rule "
        f"{basis.rule}, {policy.source_title(basis.source)}). {sums}{by}.",
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


def _parts(rows: Sequence[Reported], *, waits: bool) -> list[Part]:
    """List what waits for staff, or all of it."""
    return [_part(row) for row in rows if row.waits or not waits]


def _lost(row: Reported) -> Part:
    return replace(_part(row), reason=TAGS[row.state].word)
