"""Certificates with what became of them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from accounts.models import Practice
from certificates.models import Certificate, CertificateEvent


class Status(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"


def certificates_of(
    practice: Practice, *, days: Mapping[str, date]
) -> QuerySet[Certificate]:
    """List what was issued on a practice's account, each with its `status`.

    Args:
        days: the day it is in each program's zone; a program without one counts as
            not over.
    """
    over: Any = Q(pk=None)
    for program, day in days.items():
        over |= Q(program=program, valid_until__lt=day)
    return Certificate.objects.of(practice).annotate(
        status=Case(
            When(_ended(CertificateEvent.Kind.REVOKED), then=Value(Status.REVOKED)),
            When(
                _ended(CertificateEvent.Kind.SUPERSEDED), then=Value(Status.SUPERSEDED)
            ),
            When(over, then=Value(Status.EXPIRED)),
            default=Value(Status.VALID),
            output_field=CharField(),
        )
    )


def _ended(kind: str) -> Exists:
    return Exists(
        CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind=kind)
    )
