"""Who is named as a practice's administrator, with the way to change that."""

from collections.abc import Mapping

from django.urls import reverse

from accounts.models import Administration, Practice
from portal.queries.shown import initials


def administrator_of(practice: Practice) -> Mapping[str, str] | None:
    """Name the Practice Administrator; None where nobody is."""
    held = (
        Administration.objects.filter(practice=practice, named=True, until_at=None)
        .select_related("user")
        .first()
    )
    if held is None:
        return None
    return {
        "name": held.user.name,
        "initials": initials(held.user.name),
        "change_url": reverse("administrator", kwargs={"practice": practice.slug}),
    }
