"""What a cycle would have if its holder took this and that; nothing is saved (N15)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ce_credits.models import CatalogueItem
from ce_credits.rules import ActivityInput, Award, Credit, award
from credentials.policy import Kind, credit_words, policy_for
from portal.queries.activity_workings import arrows
from portal.queries.learning import Account, TermCredit, missing_words

MOST_OFFERED = 30
LONGEST_TYPED = 4


@dataclass(frozen=True)
class Choice:
    """Something of the catalogue: what it gives, and whether it is supposed."""

    code: str
    title: str
    gives: str
    chosen: bool


@dataclass(frozen=True)
class Length:
    """Minutes of a kind that counts by time, as they were typed."""

    name: str
    label: str
    typed: str


@dataclass(frozen=True)
class Supposed:
    """The form of what one might take, and its answer; empty before it is asked."""

    choices: Sequence[Choice]
    lengths: Sequence[Length]
    answer: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Idea:
    """One activity that is supposed, with what the rules give."""

    title: str
    activity: ActivityInput
    award: Award


def suppose(
    account: Account, credit: TermCredit, asked: Mapping[str, Sequence[str]]
) -> Supposed:
    """Answer "what if I take these" by the rules, as of today.

    `asked` is what the form sends: `take` names catalogue codes, `min-<kind>` minutes.
    """
    offered = CatalogueItem.objects.of_program(account.program).offered()
    items = list(offered[:MOST_OFFERED])
    taken = set(asked.get("take", ()))
    ideas = {
        item.code: _idea(account, item.kind, item.title, item.minutes) for item in items
    }
    lengths = list(_lengths(account, asked))
    supposed = [idea for code, idea in ideas.items() if code in taken]
    supposed += [
        _idea(account, each.name.removeprefix("min-"), each.label, _minutes(each.typed))
        for each in lengths
        if each.typed
    ]
    return Supposed(
        choices=[
            Choice(code, idea.title, _gives(idea.award), code in taken)
            for code, idea in ideas.items()
        ],
        lengths=lengths,
        answer=_answer(account, credit, supposed) if supposed else "",
        lines=[f"{each.title}: {arrows(each.award.explanation)}" for each in supposed],
    )


def _lengths(account: Account, asked: Mapping[str, Sequence[str]]) -> Iterator[Length]:
    policy = policy_for(account.program, on=account.books.as_of)
    for kind in policy.kinds:
        if _counts_by_time(account, kind):
            name = f"min-{kind.code}"
            typed = (asked.get(name) or [""])[0].strip()[:LONGEST_TYPED]
            yield Length(name, kind.label, typed)


def _counts_by_time(account: Account, kind: Kind) -> bool:
    one_hour = 60
    return bool(_idea(account, kind.code, "", one_hour).award.minutes)


def _idea(account: Account, kind: str, title: str, minutes: int | str | None) -> Idea:
    today = account.books.as_of
    activity = ActivityInput(kind, today, minutes=minutes, title=title)
    return Idea(title, activity, award(policy_for(account.program, on=today), activity))


def _minutes(typed: str) -> int | str:
    """Take whole minutes as a number; anything else the rules refuse in words."""
    return int(typed) if typed.isascii() and typed.isdigit() else typed


def _gives(answer: Award) -> str:
    return f"{credit_words(answer.credits)} {answer.unit}" if answer.credits else ""


def _answer(account: Account, credit: TermCredit, ideas: Sequence[Idea]) -> str:
    today = account.books.as_of
    if not any(each.award.credits for each in ideas):
        return "Nothing of this brings credit."
    if account.books.span_of(today) != credit.term:
        return "CE of today no longer counts in this cycle, so nothing would change."
    more = [
        Credit(
            on=today,
            credits=each.award.credits,
            counts_from=today,
            kind=each.activity.kind,
            approved=bool(each.award.approved),
            title=each.title,
        )
        for each in ideas
        if each.award.credits
    ]
    after = account.with_it(None, *more).term(credit.term)
    sums = (
        f"{credit_words(after.have)} of {credit_words(after.need)} {after.unit}, "
        f"{credit_words(after.have_approved)} of {credit_words(after.need_approved)} "
        "approved"
    )
    left = missing_words(after)
    return f"With these you would have {sums}. " + (
        f"{left} missing." if left else "The credit of this cycle would be complete."
    )
