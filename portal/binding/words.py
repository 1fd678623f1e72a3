"""A person's chapter in words: their record, and their lines of the crosswalk."""

from collections.abc import Iterator
from datetime import date

from ce_credits.models import Proof
from certificates.models import Certificate
from credentials.models import Window
from credentials.policy import credit_words, day_words, policy_for
from portal.layouts import CrosswalkRow, RecordActivity, RecordFacts, RecordTerm
from portal.queries.activity_reported import Reported
from portal.queries.binder_content import Chapter
from portal.queries.holding import certificate_tag, held_tag
from portal.queries.learning import (
    Account,
    TermCredit,
    decision_words,
    line_of,
    window_words,
)
from renewals.models import TermCertificate
from renewals.queries import certificate_words

OUTSIDE = "In none of these terms"
BESIDE = "Counts in a term that lies outside these days, or in none (A16)."
ELSEWHERE = "Issued, but not on this practice's account."
LEFT = (
    "Your practice does not stand for this person any more: this is what was issued "
    "on its account and what was reported while it did."
)


def record_of(
    chapter: Chapter, *, practice: str, program: str, today: date
) -> RecordFacts:
    """Write a person's record."""
    life = chapter.life
    account = Account.of(life, today, chapter.rows)
    by_first = {term.first_on: term for term in account.spans}
    terms = []
    for window in reversed(chapter.windows):
        term = by_first[window.first_on]
        mine = [row for row in chapter.rows if account.place(row) == term]
        begun = term.first_on <= today
        terms.append(
            RecordTerm(
                title=f"Term {window_words(window)}",
                certificate=_certificate(chapter, window, today),
                sums=_sums(account.term(term)) if begun else "It has not begun yet.",
                activities=[_activity(row, chapter) for row in mine],
            )
        )
    touched = [by_first[window.first_on] for window in chapter.windows]
    beside = [row for row in chapter.rows if account.place(row) not in touched]
    if beside:
        activities = [_activity(row, chapter) for row in beside]
        terms.append(RecordTerm(OUTSIDE, "", BESIDE, activities))
    return RecordFacts(
        name=chapter.member.name,
        practice=practice,
        as_of=today.isoformat(),
        facts=_facts(chapter),
        terms=terms,
    )


def crosswalk_of(chapter: Chapter, *, today: date) -> Iterator[CrosswalkRow]:
    """Write a person's lines of the crosswalk: their certificates, then other terms."""
    for certificate in reversed(chapter.certificates):
        yield CrosswalkRow(
            name=str(certificate.facts["holder_name"]),
            role=chapter.job_role,
            credential=_credential(certificate),
            number=certificate.number,
            attestation=certificate.attestation_number or "",
            term=_days(certificate.valid_from, certificate.valid_until),
            state=certificate_tag(certificate, today).word,
        )
    shown = {each.pk for each in chapter.certificates}
    for window in reversed(chapter.windows):
        held = _held(chapter, window)
        if held is not None and held.certificate_id in shown:
            continue
        yield CrosswalkRow(
            name=chapter.member.name,
            role=chapter.job_role,
            credential=str(chapter.life.certification or ""),
            number="",
            attestation="",
            term=window_words(window),
            state=_certificate(chapter, window, today) or "No certificate.",
        )


def _facts(chapter: Chapter) -> list[tuple[str, str]]:
    earned = chapter.life.certification
    if chapter.stays:
        credential = str(earned) if earned else "Not earned yet"
    else:
        credential = (
            _credential(chapter.certificates[-1]) if chapter.certificates else ""
        )
    spells = "; ".join(
        f"{day_words(each.from_on)} to "
        f"{day_words(each.until_on) if each.until_on else 'today'}"
        for each in chapter.sponsorships
    )
    facts = [
        ("Credential", credential),
        ("Job role", chapter.job_role),
        ("Sponsored", spells),
        ("Note", "" if chapter.stays else LEFT),
    ]
    return [(label, value) for label, value in facts if value]


def _credential(certificate: Certificate) -> str:
    facts = certificate.facts
    return f"{facts['credential_title']}, {facts['credential_number']}"


def _held(chapter: Chapter, window: Window) -> TermCertificate | None:
    found = chapter.life.certificates
    return next((each for each in found if each.window_id == window.pk), None)


def _certificate(chapter: Chapter, window: Window, today: date) -> str:
    """Say which certificate a term has, or what it waits for."""
    held = _held(chapter, window)
    if held is None:
        return ""
    ours = {each.pk: each for each in chapter.certificates}
    # One that was issued anew supersedes the one the term began with.
    ids = [pk for pk, each in ours.items() if each.source_id == window.pk]
    found = [ours[pk] for pk in ids] or [
        each for pk, each in ours.items() if pk == held.certificate_id
    ]
    if found:
        return "; ".join(
            f"Certificate {each.number}, attestation {each.attestation_number}: "
            f"{certificate_tag(each, today).word}"
            for each in found
        )
    if held.certificate_id:
        return ELSEWHERE
    ending = chapter.life.endings.get(window.pk)
    said = certificate_words(window, held, ending)
    return said or held_tag(held, ending).word


def _sums(credit: TermCredit) -> str:
    sums = credit.totals
    return (
        f"Completed {sums.completed} ({sums.completed_why}). "
        f"Applied {sums.applied} of {credit_words(credit.need)} {credit.unit} "
        f"({sums.applied_why}). Still needed {sums.needed} ({sums.needed_why})."
    )


def _activity(row: Reported, chapter: Chapter) -> RecordActivity:
    activity, line = row.activity, line_of(row)
    kind = policy_for(activity.program, on=activity.day).kind(activity.kind)
    detail = (kind.label if kind else activity.kind, activity.provider)
    minutes = f"{activity.minutes} minutes" if activity.minutes else ""
    return RecordActivity(
        on=day_words(activity.day),
        title=line.title,
        detail=", ".join(part for part in (*detail, minutes) if part),
        credit=line.credit,
        status=line.tag.word,
        reason=line.why,
        decisions=[
            f"{day_words(step.on)}, {step.by}: {decision_words(step, activity)}"
            for step in reversed(row.steps)
        ],
        proofs=[_proof(each) for each in chapter.proofs[activity.pk]]
        or ["No file was sent in through this practice."],
    )


def _proof(proof: Proof) -> str:
    return f"File: {proof.name}, SHA-256 {proof.stored_sha256[:16]}…"


def _days(first: date, last: date) -> str:
    return f"{day_words(first)} to {day_words(last)}"
