"""How much of what somebody was told they have not read."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.models import User
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
    return Notice.objects.visible_to(user, whole=whole).unread().count()
