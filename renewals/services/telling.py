"""Mail about terms and certificates, put into the outbox with the change itself."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import Administration, User
from core.outbox import tell
from credentials.models import AssignmentBatch, Window
from credentials.policy import day_words, policy_for
from renewals.models import TermCertificate
from renewals.queries import certificate_words

Applied = tuple[Window, TermCertificate]

# Begins the form key of what auto-renewal assigns: one person at a time, so that its
# digest tells the practice of all of them together.
AUTO_KEY = "auto-renewal:"


def tell_renewed(window: Window, held: TermCertificate, now: datetime) -> None:
    """Tell the holder that a term was applied, and what became of the certificate."""
    member = window.member
    address = member.written_to
    if not address:
        return
    tell(
        kind="renewed",
        subject_id=window.pk,
        recipient=address,
        practice_id=window.practice_id,
        program=window.program,
        payload={
            "practice": sender_of(window),
            "name": member.first_name,
            "date_text": day_words(window.renewal_on),
            "first": begins_membership(window),
            "items": [
                _term_words(window),
                certificate_words(window, held),
            ],
            "url": settings.BASE_URL + reverse("me"),
        },
        now=now,
    )


def tell_practice(
    batch: AssignmentBatch, applied: Sequence[Applied], today: date, now: datetime
) -> None:
    """Tell the Practice Administrator once what one press of Assign did."""
    if batch.form_key.startswith(AUTO_KEY):
        return
    items = [
        f"{window.member.name}: next renewal date {day_words(window.renewal_on)}. "
        f"{certificate_words(window, held)}"
        for window, held in applied
    ]
    windows = [str(window.pk) for window, _ in applied]
    for user in _administrators(applied[0][0]):
        tell(
            kind="renewed_administrator",
            subject_id=batch.pk,
            recipient=user.email,
            practice_id=batch.practice_id,
            program=batch.product.program,
            payload={
                "practice": batch.practice.name,
                "name": user.name,
                "date_text": day_words(today),
                "first": all(begins_membership(window) for window, _ in applied),
                "items": items,
                # Beside each item, its term: what is undone before it leaves goes.
                "windows": windows,
                "url": practice_url(applied[0][0]),
            },
            now=now,
        )


def tell_ready(window: Window, now: datetime) -> None:
    """Tell holder and Practice Administrator that a held certificate was issued."""
    member = window.member
    url = settings.BASE_URL + reverse("me")
    told = [(member.first_name, member.written_to, url)]
    told += [
        (user.name, user.email, practice_url(window))
        for user in _administrators(window)
    ]
    for name, address, link in told:
        if not address:
            continue
        tell(
            kind="certificate_ready",
            subject_id=window.pk,
            recipient=address,
            practice_id=window.practice_id,
            program=window.program,
            payload={
                "practice": sender_of(window),
                "name": name,
                "holder": member.name,
                "date_text": day_words(window.last_on),
                "items": [],
                "url": link,
            },
            now=now,
        )


def begins_membership(window: Window) -> bool:
    """Say whether a term is its holder's first: nothing was renewed by it."""
    return window.sequence == 1


def _term_words(window: Window) -> str:
    return f"Your term: {day_words(window.first_on)} to {day_words(window.last_on)}."


def sender_of(window: Window) -> str:
    """Name who renewed it: the practice, or the body for who pays alone."""
    if window.practice:
        return window.practice.name
    return policy_for(window.program, on=window.last_on).body_name


def _administrators(window: Window) -> list[User]:
    if window.practice_id is None:
        return []
    held = Administration.objects.filter(
        practice=window.practice_id, named=True, until_at=None
    )
    return [row.user for row in held.select_related("user")]


def practice_url(window: Window) -> str:
    """Give where the practice that pays for a term sees it."""
    slug = window.practice.slug if window.practice else ""
    return settings.BASE_URL + reverse("assignments", kwargs={"practice": slug})
