"""Who opens a certificate first, and barring one that nobody opened (J1).

Opening and barring insert the same row: of two at once the database lets one win.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from certificates.models import Certificate, Opening
from core.actor import Actor
from core.failures import NotEligible

Kind = Opening.Kind
LONGEST_NAME = 200


@transaction.atomic
def open_papers(
    *, actor: Actor, certificate_ids: Iterable[UUID], way: Opening.Way, now: datetime
) -> Collection[UUID]:
    """Write down who opens certificates first; those opened before stay as they are.

    It is called before the first byte leaves, in the transaction that gives it out.

    Args:
        actor: who opens them.
        certificate_ids: those whose paper is made and is given out.
        way: how it leaves.
        now: the instant, UTC.

    Returns:
        Which of them may be given out: all but those that were undone unopened.
    """
    ids = set(certificate_ids)
    known = _decided(ids)
    # In one order, so that two who open many wait for each other at most once.
    Opening.objects.bulk_create(
        [
            Opening(
                certificate_id=pk,
                kind=Kind.OPENED,
                way=way,
                by=actor.label[:LONGEST_NAME],
                at=now,
            )
            for pk in sorted(ids - known.keys())
        ],
        ignore_conflicts=True,
    )
    return {pk for pk, each in _decided(ids).items() if each.kind == Kind.OPENED}


def open_paper(
    *, actor: Actor, certificate: Certificate, way: Opening.Way, now: datetime
) -> None:
    """Write down who opens a certificate first.

    Raises:
        NotEligible: what it was issued for was undone before anybody opened it.
    """
    ids = [certificate.pk]
    if not open_papers(actor=actor, certificate_ids=ids, way=way, now=now):
        raise NotEligible(
            f"Certificate {certificate.number} was superseded before anybody opened "
            "it, as what it was issued for was undone. There is no PDF of it."
        )


@transaction.atomic
def bar_papers(
    *, actor: Actor, certificate_ids: Iterable[UUID], now: datetime
) -> Opening | None:
    """Keep certificates that nobody opened from ever being opened.

    Part of undoing what they were issued for, which a row that is there stops.

    Returns:
        The first opening that stands in the way; None where all are barred.
    """
    ids, by = sorted(certificate_ids), actor.label[:LONGEST_NAME]
    Opening.objects.bulk_create(
        [Opening(certificate_id=pk, kind=Kind.BARRED, by=by, at=now) for pk in ids],
        ignore_conflicts=True,
    )
    decided = _decided(ids)
    opened = [decided[pk] for pk in ids if decided[pk].kind == Kind.OPENED]
    return opened[0] if opened else None


def _decided(ids: Iterable[UUID]) -> Mapping[UUID, Opening]:
    found = Opening.objects.filter(certificate__in=list(ids))
    return {each.certificate_id: each for each in found}
