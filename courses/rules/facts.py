"""What a course is, beside what it teaches, and what is wrong with it (M5, M10)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

HALF = 2
AMOUNTS = ("credit", "member_price", "nonmember_price")
DAYS = ("released_on", "expires_on")


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A course's facts; `credit_kind` "" and `credit` None where there is no credit."""

    slug: str
    kind: str
    product: str
    title: str
    summary: str
    provider: str
    joint_provider: str
    credit_kind: str
    credit: Decimal | None
    topics: tuple[str, ...]
    member_price: Decimal
    nonmember_price: Decimal
    released_on: date
    expires_on: date | None


def problems_of_facts(
    facts: CourseFacts, *, below_half: bool
) -> Iterator[tuple[str, str]]:
    """Give what can't be: the field, and why.

    Args:
        facts: as they were sent.
        below_half: whether members pay less than half, or nothing (M10).
    """
    if bool(facts.credit_kind) != (facts.credit is not None):
        yield "credit", "Enter a kind of credit and how much, or neither."
    if facts.credit is not None and facts.credit <= 0:
        yield "credit", "Enter credit of more than zero, or none."
    if facts.expires_on and facts.expires_on < facts.released_on:
        yield "expires_on", "Enter a day on or after its release."
    if min(facts.member_price, facts.nonmember_price) < 0:
        yield "member_price", "A price is zero or more."
    elif facts.member_price > facts.nonmember_price:
        yield "member_price", "Members pay no more than others do."
    elif below_half and 0 < facts.nonmember_price <= facts.member_price * HALF:
        yield "member_price", "Members pay less than half of what others do, or 0."


def plain_facts(facts: CourseFacts) -> dict[str, Any]:
    """Write facts as plain values, as the trail and a version keep them."""
    found = asdict(facts)
    for field in AMOUNTS:
        amount = found[field]
        found[field] = None if amount is None else f"{amount:.2f}"
    for field in DAYS:
        found[field] = found[field].isoformat() if found[field] else None
    return found | {"topics": list(facts.topics)}


def facts_with(facts: CourseFacts, plain: Mapping[str, Any]) -> CourseFacts:
    """Give facts with some of them, or all, as `plain_facts` wrote them."""
    said = dict(plain)
    for field in {*AMOUNTS} & said.keys():
        said[field] = None if said[field] is None else Decimal(said[field])
    for field in {*DAYS} & said.keys():
        said[field] = date.fromisoformat(said[field]) if said[field] else None
    if "topics" in said:
        said["topics"] = tuple(said["topics"])
    return replace(facts, **said)
