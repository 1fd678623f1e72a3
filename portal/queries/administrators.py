"""Who is named as a practice's administrator, with the way to change that."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Administration, Practice
from core.prepared import prepared
from portal.addresses import practice_url
from portal.queries.shown import initials


def administrator_of(practice: Practice) -> Mapping[str, str] | None:
    """Name the Practice Administrator; None where nobody is."""
    for held in _named(practice.pk):
        return {
            "name": held.user.name,
            "initials": initials(held.user.name),
            "change_url": practice_url(practice.slug, "administrator"),
        }
    return None


@prepared
def _named(practice_id: UUID) -> QuerySet[Administration]:
    named = Administration.objects.filter(
        practice=practice_id, named=True, until_at=None
    )
    return named.select_related("user").order_by("pk")[:1]
