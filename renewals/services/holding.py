"""Whether a term's certificate is issued or held, and freeing the held ones (A10)."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.access import refuse_own_record
from ce_credits.events import CreditChanged
from certificates.models import Certificate
from certificates.services import TERM_LAYOUT, Draft, issue
from core.actor import Actor
from core.audit import record
from core.failures import FieldProblem, NotUsable, Refusal
from core.scope import Scope, stepping_into
from credentials.events import CertificationEarned
from credentials.models import Window
from credentials.policy import cycle_programs, policy_for
from credentials.services import hold_trails
from renewals.models import TermCertificate
from renewals.queries import Life, life_of, verdict_of
from renewals.rules import CertificateVerdict
from renewals.services.certifying import certify_earned
from renewals.services.standing import record_standing
from renewals.services.tallying import tally
from renewals.services.telling import tell_ready

State = TermCertificate.State
LONGEST_REASON = 400


@transaction.atomic
def decide(
    *, actor: Actor, window: Window, today: date, now: datetime
) -> TermCertificate:
    """Decide on a new term's certificate: issue it, or hold it with what is missing."""
    life = life_of(window.member_id, window.program)
    verdict = verdict_of(window, life, today)
    issued = verdict.state == "issued"
    certificate = _issue(actor, window, life, verdict, today, now) if issued else None
    return TermCertificate.objects.create(
        window=window, certificate=certificate, **_facts(window, verdict, now)
    )


def on_credit_changed(event: CreditChanged) -> None:
    """Issue each held certificate that the credit frees; in a cycle, count anew."""
    if event.program in cycle_programs():
        tally(
            member_ids=[event.member_id],
            program=event.program,
            today=event.today,
            now=event.now,
        )
        return
    free_held(event.member_id, event.program, event.actor, event.today, event.now)


def on_certification_earned(event: CertificationEarned) -> None:
    """Begin its cycle and certify it, or issue what waited for it (A14, N1, N14)."""
    earned = event.certification
    if earned.program in cycle_programs():
        certify_earned(event)
        record_standing(
            member_id=earned.member_id,
            program=earned.program,
            today=event.today,
            now=event.now,
        )
        return
    free_held(earned.member_id, earned.program, event.actor, event.today, event.now)


@transaction.atomic
def waive(
    *,
    actor: Actor,
    held: TermCertificate,
    reason: str,
    today: date,
    now: datetime,
) -> TermCertificate:
    """Free a held certificate from its missing credit, with a reason (A10).

    Raises:
        NotEligible: it is the actor's own record.
        NotUsable: no reason, or one too long.
        Refusal: it was issued already, or waits for no credit.
    """
    refuse_own_record(actor, held.window.member)
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        text = "Write why the missing credit is waived."
        if said:
            text = f"Use at most {LONGEST_REASON} characters."
        raise NotUsable(text, [FieldProblem("reason", text)])
    window = held.window
    if held.state == State.HELD and "credits" not in held.missing:
        raise Refusal("No credit is missing here, so there is nothing to waive.")
    # Whoever decides on this member's credit writes first, then locks what is held.
    hold_trails(
        member_ids=[window.member_id],
        program=window.program,
        practice_id=window.practice_id,
    )
    waived = TermCertificate.objects.filter(
        pk=held.pk, state=State.HELD, waived_on=None
    ).update(waived_on=today, waived_reason=said)
    if not waived:
        raise Refusal("This certificate was issued or waived already.")
    record(
        actor=actor,
        action="certificate.waived",
        subject=held,
        practice_id=window.practice_id,
        member_id=window.member_id,
        program=window.program,
        sentence=f"Waived the missing credit of {window.member.name}'s certificate",
        reason=said,
        now=now,
    )
    free_held(window.member_id, window.program, actor, today, now)
    held.refresh_from_db()
    return held


@transaction.atomic
def free_held(
    member_id: UUID, program: str, actor: Actor, today: date, now: datetime
) -> None:
    """Issue each held certificate of a member that the facts of today free."""
    waiting = (
        TermCertificate.objects.filter(
            window__member=member_id, window__program=program, state=State.HELD
        )
        .select_for_update(of=("self",))
        .select_related("window__member", "window__practice", "window__sponsorship")
        .order_by("window__sequence")
    )
    for held in waiting:
        life = life_of(member_id, program)
        verdict = verdict_of(held.window, life, today)
        changes = _facts(held.window, verdict, now)
        if verdict.state == "issued":
            held.certificate = _issue_there(
                actor, held.window, life, verdict, today, now
            )
        for name, value in changes.items():
            setattr(held, name, value)
        held.save()


def _issue_there(
    actor: Actor,
    window: Window,
    life: Life,
    verdict: CertificateVerdict,
    today: date,
    now: datetime,
) -> Certificate:
    """Issue a certificate and tell of it; a practice's own in that practice's scope.

    Who asks may not see that practice, such as the one that somebody went on to.
    """
    if window.practice_id is None or window.practice is not None:
        certificate = _issue(actor, window, life, verdict, today, now)
        tell_ready(window, now)
        return certificate
    with stepping_into(Scope.practice(window.practice_id)):
        there = Window.objects.select_related("member", "practice", "sponsorship")
        own = there.get(pk=window.pk)
        certificate = _issue(actor, own, life, verdict, today, now)
        tell_ready(own, now)
    return certificate


def _facts(
    window: Window, verdict: CertificateVerdict, now: datetime
) -> dict[str, object]:
    return {
        "state": verdict.state,
        "have": verdict.have,
        "need": verdict.need,
        "missing": list(verdict.missing),
        "rule": verdict.rule,
        "reasons": [asdict(reason) for reason in verdict.reasons],
        "policy": window.policy,
        "decided_at": now,
    }


def _issue(
    actor: Actor,
    window: Window,
    life: Life,
    verdict: CertificateVerdict,
    today: date,
    now: datetime,
) -> Certificate:
    policy = policy_for(window.program, on=window.last_on)
    earned = life.certification
    asked = verdict.need > 0
    title = policy.credential.title
    draft = Draft(
        layout=TERM_LAYOUT,
        program=window.program,
        member=window.member,
        holder_name=window.member.name,
        certification=None,
        practice=window.practice,
        sponsorship=window.sponsorship,
        source_id=window.pk,
        issuer=policy.body_name,
        title=policy.terms.certificate.title,
        subtitle=policy.terms.certificate.subtitle,
        seal=policy.terms.certificate.seal,
        credential_title=f"{title} ({policy.credential.code})",
        credential_number=earned.number if earned else "",
        statement=_statement(verdict),
        number_prefix=policy.terms.certificate.number_prefix,
        attestation_prefix=policy.terms.certificate.attestation_prefix,
        valid_from=window.first_on,
        valid_until=window.last_on,
        credits_have=verdict.have if asked else None,
        credits_need=verdict.need if asked else None,
        unit=policy.unit,
        waived=verdict.have < verdict.need,
    )
    return issue(actor=actor, draft=draft, today=today, now=now)


def _statement(verdict: CertificateVerdict) -> str:
    holds = "holds the credential in good standing for the term"
    if not verdict.need:
        return f"has joined the program and {holds}"
    if verdict.have < verdict.need:
        return f"has renewed the annual membership and {holds}"
    return (
        "has renewed the annual membership, has completed the continuing education "
        f"the program asks, and {holds}"
    )
