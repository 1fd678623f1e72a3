"""The mail a practice's doing brought somebody, as their record shows it.

A practice reads what was written to one of its people for this practice and under this
body, and of it the kind, the day and how it went; no words, and nothing of how they
sign in, of their own orders, or of what another practice or body wrote to them.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Q

from ce_credits.models import ActivityStep
from certificates.models import CertificateEvent
from core.json_rows import JsonRows
from core.models import OutboxMessage
from credentials.models import Window
from portal.queries.mail_kinds import KINDS
from portal.queries.shown import Tag
from portal.queries.staff_mail import TAGS
from portal.queries.trail import when_words

State = OutboxMessage.State
MOST_MAILS = 10
# By what each is about; a certificate's go to the practice's administrators as well.
OF_TERM = ("renewed", "renewal_undone", "renewal_due")
OF_ACTIVITY = ("ce_received", "ce_decided")
READY, REVOKED = "certificate_ready", "certificate_revoked"


@dataclass(frozen=True)
class Mailed:
    """One message: what it is, when it left or was written, and how it went."""

    title: str
    when_text: str
    tag: Tag


def mails_beside(practice_id: UUID, program: str) -> JsonRows:
    """Give, beside a member with their account, the newest mail of the practice's."""
    member = OuterRef(OuterRef("pk"))
    windows = Window.objects.filter(member=member).values("pk")
    steps = ActivityStep.objects.filter(activity__member=member).values("pk")
    ends = CertificateEvent.objects.filter(certificate__member=member).values("pk")
    theirs = Q(recipient=OuterRef("email")) | Q(recipient=OuterRef("user__email"))
    found = OutboxMessage.objects.filter(
        Q(kind__in=OF_TERM, subject_id__in=windows)
        | Q(kind__in=OF_ACTIVITY, subject_id__in=steps)
        | Q(theirs, kind=READY, subject_id__in=windows)
        | Q(theirs, kind=REVOKED, subject_id__in=ends),
        practice=practice_id,
        program=program,
    )
    # Of what was dropped nobody was told.
    told = found.exclude(state=State.VOID).order_by("-created_at", "pk")
    return JsonRows(told.values("kind", "state", "created_at", "sent_at")[:MOST_MAILS])


def mails_of(text: str | None, zone: ZoneInfo) -> Sequence[Mailed]:
    """Read what stood beside the member; instants are shown in the zone."""
    return [
        Mailed(
            title=KINDS[row["kind"]].removesuffix(", to the member"),
            when_text=when_words(_instant(row["sent_at"] or row["created_at"]), zone),
            tag=TAGS[State(row["state"])],
        )
        for row in json.loads(text or "[]")
    ]


def _instant(written: str) -> datetime:
    """Read an instant; SQLite writes none of its zone, and it is UTC."""
    read = datetime.fromisoformat(written)
    return read if read.tzinfo else read.replace(tzinfo=UTC)
