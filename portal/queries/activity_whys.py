"""Why each of the three totals is what it is: the activities that make it up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from credentials.policy import Policy, credit_words, day_words, policy_for
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
    counted = [row for row in mine if row.completed]
    groups = [
        Group("Reported for this term", [_part(row, row.completed) for row in counted]),
        Group(
            "Waiting for staff, no credit yet",
            [_part(row, None) for row in mine if row.waits],
        ),
        Group(
            "Before your first term: counts in none (A16)",
            [_part(row, row.completed) for row in outside],
        ),
    ]
    return Why(
        id="completed",
        title=f"Why Completed is {credit.totals.completed}",
        text="What you reported with proof for the term "
        f"{term_words(credit.term)}, whether it counts or not. Activities of other "
        "terms stand in your transcript.",
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
            whole.append(_part(row, amount))
        else:
            cut.append(_part(row, amount, cut_words(each.credits, amount)))
    lost = [row for row in mine if row.state in SENT_BACK]
    groups = [
        Group("Counts", whole),
        Group("Over a limit", cut),
        Group("Does not count", [_lost(row) for row in lost]),
        Group("Waiting for staff", [_part(row, None) for row in mine if row.waits]),
    ]
    return Why(
        id="applied",
        title=f"Why Applied is {credit.totals.applied}",
        text="What counts of Completed toward the "
        f"{credit_words(credit.need)} {credit.unit} of this term.",
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


def _part(row: Reported, figure: Decimal | None, reason: str = "") -> Part:
    activity = row.activity
    return Part(
        title=str(activity),
        url=reverse("my_activity", kwargs={"activity_id": activity.pk}),
        figure="Staff decide" if figure is None else credit_words(figure),
        reason=reason or (day_words(activity.on) if activity.on else ""),
    )


def _lost(row: Reported) -> Part:
    return _part(row, NOTHING, TAGS[row.state].word)
