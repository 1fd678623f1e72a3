"""What is true of a person at the end of a day, key by key, with its why."""

from collections.abc import Mapping
from datetime import date

from credentials.policy import Policy, credit_words, day_words
from portal.scenarios.answering import NOTHING, Answer
from portal.scenarios.lives import Life
from portal.scenarios.words import CLOSED
from renewals.rules import (
    Term,
    Totals,
    certificate_verdict,
    fee_on,
    in_all,
    issued_on,
    known_as_of,
    standing_on,
    standing_timeline,
    term_before,
    term_of,
)


def answers_on(life: Life, day: date) -> Mapping[str, Answer]:
    """Answer every key an expectation may name, at the end of a day."""
    terms = known_as_of(life.terms, day)
    running = term_of(terms, day)
    return {
        **_credit_answers(life, terms, running, day),
        "standing": _standing(life, terms, day),
        "fee": _fee(life, terms, day),
        "cycle": _cycle(life, running),
        "certificate": _certificate(life, terms, day),
        "extension": Answer("refused", "this program knows no extension"),
        "requirements": Answer({}, "this program asks nothing by topic"),
    }


def _credit_answers(
    life: Life, terms: tuple[Term, ...], running: Term | None, day: date
) -> Mapping[str, Answer]:
    if running is None:
        why = "no term has begun"
        keys = ("earned", "approved", "need", "need_approved")
        return {key: Answer(NOTHING, why) for key in keys}
    policy = life.policies(running.last_on)
    found = in_all(policy, terms, running, life.credits, as_of=day)
    asked = policy.terms.requirement
    why = f"{asked.basis.rule}: {_share(policy, found)} in the term {_span(running)}"
    return {
        "earned": Answer(found.credits, why),
        "approved": Answer(found.approved, why),
        "need": Answer(asked.credits, why),
        "need_approved": Answer(asked.approved, why),
    }


def _share(policy: Policy, found: Totals) -> str:
    need = policy.terms.requirement
    text = (
        f"{credit_words(found.credits)} of {credit_words(need.credits)} {policy.unit}"
    )
    if found.carried:
        text = f"{text}, {credit_words(found.carried)} of it carried over"
    if not need.approved:
        return text
    approved = f"{credit_words(found.approved)} of {credit_words(need.approved)}"
    return f"{text}, {approved} approved"


def _span(term: Term) -> str:
    return f"{day_words(term.first_on)} to {day_words(term.last_on)}"


def _standing(life: Life, terms: tuple[Term, ...], day: date) -> Answer:
    standing = standing_on(standing_timeline(life.policies, terms), day)
    if not terms:
        return Answer(standing, "no membership yet")
    policy = life.policies(terms[-1].last_on)
    renewal = day_words(terms[-1].renewal_on)
    basis = policy.terms.standing.basis
    return Answer(standing, f"{basis.rule}: renewal date {renewal}", basis)


def _fee(life: Life, terms: tuple[Term, ...], day: date) -> Answer:
    fee = fee_on(life.policies, terms, day)
    if fee is None:
        return Answer(CLOSED, "no membership to renew yet")
    fees = life.policies(terms[-1].last_on).terms.fees
    return Answer(fee, f"{fees.basis.rule}: a renewal costs {fee:.2f} {fees.currency}")


def _cycle(life: Life, running: Term | None) -> Answer:
    if running is None:
        return Answer(None, "no term has begun")
    basis = life.policies(running.applied_on).terms.term.basis
    text = f"{basis.rule}: applied on {day_words(running.applied_on)}"
    return Answer((running.first_on, running.last_on), text, basis)


def _certificate(life: Life, terms: tuple[Term, ...], day: date) -> Answer:
    """Judge the certificate of the latest term; once issued it stays issued (A9)."""
    if not terms:
        return Answer("none", "nothing applied for yet")
    latest = terms[-1]
    closing = term_before(terms, latest) or latest
    policy = life.policies(closing.last_on)
    since = issued_on(
        policy,
        terms=terms,
        term=latest,
        credits=life.credits,
        certified_on=life.certified_on,
        as_of=day,
    )
    verdict = certificate_verdict(
        policy,
        terms=terms,
        term=latest,
        credits=life.credits,
        certified_on=life.certified_on,
        waived_on=latest.waived_on,
        as_of=since or day,
    )
    steps = [f"{each.rule}: {each.text}" for each in verdict.reasons if not each.ruling]
    words = f"issued on {day_words(since)}." if since else f"{verdict.words}."
    why = " ".join([words, *steps])
    return Answer("issued" if since else "held", why, policy.terms.certificate.basis)
