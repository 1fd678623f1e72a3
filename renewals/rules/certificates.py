"""Whether a term's certificate is issued or held, why, and since when (A10, A14)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from ce_credits.rules import Credit, Reason
from credentials.policy import Policy, credit_words, day_words
from renewals.rules.terms import Term, known_as_of, term_before
from renewals.rules.totals import Totals, in_all

Missing = Literal["credential", "credits"]


@dataclass(frozen=True, slots=True)
class CertificateVerdict:
    """What the facts of a day say about a term's certificate.

    `have` and `need` are the closing term's credits; both are 0 where the first term
    asks none. `missing` says what the certificate waits for; `words` says it on screen.
    """

    state: Literal["issued", "held"]
    have: Decimal
    need: Decimal
    rule: str
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The credits a certificate asks of the term that closes, and what is there."""

    need: Decimal
    need_approved: Decimal
    have: Totals
    reason: Reason

    @property
    def met(self) -> bool:
        """Say whether both the credits and their approved share are there."""
        enough = self.have.credits >= self.need
        return enough and self.have.approved >= self.need_approved


def certificate_verdict(
    policy: Policy,
    *,
    terms: Iterable[Term],
    term: Term,
    credits: Iterable[Credit],
    certified_on: date | None,
    waived_on: date | None,
    as_of: date,
) -> CertificateVerdict:
    """Judge a term's certificate by the facts known at the end of a day (A10, A14).

    `policy` is the version of the closing term's last day (X6), or of the term's own
    where it is the first. A waiver frees the credit, never the credential. An issued
    certificate stays issued whatever this says later (A9): that is the caller's row,
    and `issued_on` where there is none.
    """
    asked = _asked(policy, terms, term, credits, as_of)
    certified = certified_on is not None and certified_on <= as_of
    reasons = [_credential_reason(policy, certified_on if certified else None)]
    reasons.append(asked.reason)
    missing: list[Missing] = [] if certified else ["credential"]
    rule = policy.terms.certificate.basis.rule
    if not asked.met and waived_on is not None and waived_on <= as_of:
        text = f"Staff waived the missing credit on {day_words(waived_on)}."
        reasons.append(Reason(rule, text))
    elif not asked.met:
        missing.append("credits")
    if policy.terms.certificate.basis.is_ruling:
        reasons.append(Reason(rule, policy.terms.certificate.basis.ruling, ruling=True))
    return CertificateVerdict(
        state="held" if missing else "issued",
        have=asked.have.credits,
        need=asked.need,
        rule=rule,
        reasons=tuple(reasons),
        missing=tuple(missing),
        words=_words(policy, asked, missing),
    )


def issued_on(
    policy: Policy,
    *,
    terms: Iterable[Term],
    term: Term,
    credits: Iterable[Credit],
    certified_on: date | None,
    as_of: date,
) -> date | None:
    """Find the first day on which a term's certificate was issued, up to a day.

    Looks at every day on which one of the facts changed, so a credit that stopped
    counting afterwards takes nothing back (A9). None while it is held.
    """
    all_terms, all_credits = tuple(terms), tuple(credits)
    days = {term.applied_on, certified_on, term.waived_on}
    days |= {credit.counts_from for credit in all_credits}
    days |= {credit.counts_until for credit in all_credits}
    for day in sorted(day for day in days if day is not None):
        if not term.applied_on <= day <= as_of:
            continue
        verdict = certificate_verdict(
            policy,
            terms=all_terms,
            term=term,
            credits=all_credits,
            certified_on=certified_on,
            waived_on=term.waived_on,
            as_of=day,
        )
        if verdict.state == "issued":
            return day
    return None


def waive(term: Term, *, on: date) -> Term:
    """Free a term's certificate from the credit it waits for, from a day on (A10)."""
    return term if term.waived_on else replace(term, waived_on=on)


def _asked(
    policy: Policy,
    terms: Iterable[Term],
    term: Term,
    credits: Iterable[Credit],
    as_of: date,
) -> Asked:
    nothing = Decimal(0)
    known = known_as_of(terms, as_of)
    closing = term_before(known, term)
    certificate = policy.terms.certificate
    if closing is None and not certificate.first_term_asks_credits:
        reason = Reason(certificate.basis.rule, "The first term asks no credit.")
        return Asked(nothing, nothing, Totals(), reason)
    asked_of = closing or term
    have = in_all(policy, known, asked_of, credits, as_of=as_of)
    need = policy.terms.requirement
    span = f"{day_words(asked_of.first_on)} to {day_words(asked_of.last_on)}"
    text = f"{_of(policy, have, need.credits)} in the term {span}."
    if need.approved:
        share = f"{credit_words(have.approved)} of {credit_words(need.approved)}"
        text = f"{text} {share} approved."
    if have.carried:
        text = f"{text} {credit_words(have.carried)} carried over into it."
    reason = Reason(need.basis.rule, text)
    return Asked(need.credits, need.approved, have, reason)


def _of(policy: Policy, have: Totals, need: Decimal) -> str:
    return f"{credit_words(have.credits)} of {credit_words(need)} {policy.unit}"


def _credential_reason(policy: Policy, certified_on: date | None) -> Reason:
    credential = policy.credential
    if certified_on is None:
        return Reason(credential.basis.rule, f"{credential.code} is not earned yet.")
    text = f"{credential.code} earned on {day_words(certified_on)}."
    return Reason(credential.basis.rule, text)


def _words(policy: Policy, asked: Asked, missing: list[Missing]) -> str:
    if not missing:
        return "Issued"
    waits = []
    if "credential" in missing:
        waits.append(f"{policy.credential.code} not earned yet")
    if "credits" in missing:
        waits.append(_of(policy, asked.have, asked.need))
        if asked.have.approved < asked.need_approved:
            share = credit_words(asked.have.approved)
            waits.append(f"{share} of {credit_words(asked.need_approved)} approved")
    return f"Held: {', '.join(waits)}"
