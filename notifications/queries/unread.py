"""How much of what somebody was told they have not read."""

from typing import Any, cast
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.models import User
from core.prepared import prepared_columns
from notifications.models import Notice


def unread_beside(*, whole: bool) -> Combinable:
    """Count somebody's unread notices beside a row that names them as `user`.

    Args:
        whole: as in `Notice.objects.readable`.
    """
    found = (
        Notice.objects.unread()
        .readable(whole=whole)
        .filter(user=OuterRef("user"))
        .order_by()
        .values("user")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(found), 0)


def unread_of(user: User, *, whole: bool) -> int:
    """Count somebody's unread notices, in the roles they have today."""
    return sum(row["count"] for row in _counted(user.pk, whole=whole))


@prepared_columns
def _counted(user_id: UUID, *, whole: bool) -> QuerySet[Notice, dict[str, Any]]:
    """One row with the number, or none: what every page without a door asks."""
    found = Notice.objects.unread().readable(whole=whole).filter(user=user_id)
    counted = found.order_by().values("user").annotate(count=Count("pk"))
    return cast("QuerySet[Notice, dict[str, Any]]", counted.values("count"))
