"""The letter to administrators that a body published a version of a document."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from accounts.models import Administration, Practice
from core.letters import Letter, Moment
from core.models import OutboxMessage
from core.work import hasten
from credentials.models import DocumentVersion
from credentials.policy import day_words

PUBLISHED = "document_published"
MOST_BELLS = 50


def tell_administrators(
    version: DocumentVersion, *, program: str, now: datetime
) -> None:
    """Queue a letter to everybody who administers a practice of the body, once each.

    The first of them ring for the worker; it finds the others within a minute.
    """
    practices = Practice.objects.filter(
        sponsorships__program=program, sponsorships__until_on=None
    )
    held = (
        Administration.objects.filter(until_at=None, practice__in=practices)
        .select_related("user", "practice")
        .order_by("practice__name", "pk")
    )
    letters = [_letter(each, version, program, now) for each in held]
    OutboxMessage.objects.bulk_create(letters, ignore_conflicts=True, batch_size=500)
    for letter in letters[:MOST_BELLS]:
        hasten("notifications.tasks.deliver", str(letter.pk))


def _letter(
    held: Administration, version: DocumentVersion, program: str, now: datetime
) -> OutboxMessage:
    place = reverse("documents", kwargs={"practice": held.practice.slug})
    return OutboxMessage(
        kind=PUBLISHED,
        subject_id=version.pk,
        recipient=held.user.email,
        practice_id=held.practice_id,
        program=program,
        payload={
            "practice": held.practice.name,
            "name": held.user.name,
            "title": version.title,
            "number": version.number,
            "date_text": day_words(version.effective_on),
            "changes": version.changes,
            "url": settings.BASE_URL + place,
        },
        created_at=now,
        due_at=now,
    )


def compose_published(*, message: OutboxMessage, moment: Moment) -> Letter | None:
    """Tell of a version; nobody where it was withdrawn or they administer no more."""
    stands = DocumentVersion.objects.standing().filter(pk=message.subject_id)
    held = list(
        Administration.objects.filter(
            until_at=None,
            user__email__iexact=message.recipient,
            user__is_active=True,
            practice__sponsorships__program=message.program,
        )
        .select_related("practice")
        .order_by("practice__name", "pk")
        .distinct()
    )
    if not stands.exists() or not held:
        return None
    # One letter a person: of the practice it was queued for, or another of theirs.
    named = [each for each in held if each.practice_id == message.practice_id]
    practice = (named or held)[0].practice
    place = reverse("documents", kwargs={"practice": practice.slug})
    now_of = {"practice": practice.name, "url": settings.BASE_URL + place}
    return Letter({**message.payload, **now_of})
