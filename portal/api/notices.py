"""What somebody was told, over REST: the list, and marking it read."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import SIGNED_IN, PersonDoor
from accounts.rest import RestView
from core import clock, public_ids
from core.paging import take
from core.rest import (
    IdField,
    Paged,
    WordField,
    envelope,
    id_in_address,
    instant,
    page_of,
)
from notifications.models import Notice
from notifications.services import mark_all_read, mark_read
from portal.api.ce_asking import Nothing

PREFIX = "ntf"
UNREAD = "unread"
NAMES = ("pk", "title", "klass", "kind", "path", "created_at", "read_at")


class NoticesQuery(Paged):
    """The query parameters of the list."""

    status = WordField((UNREAD, "read"), required=False, help_text="Only such.")


class NoticeResource(serializers.Serializer):
    """That one was told something by mail, and where it leads."""

    id = IdField(PREFIX)
    title = serializers.CharField(help_text="The mail's subject line.")
    category = serializers.ChoiceField(
        choices=Notice.Klass.values,
        help_text="`news` is what you asked for, `courtesy` what you can end.",
    )
    kind = serializers.CharField(help_text="Which letter it was, such as `renewed`.")
    url = serializers.URLField(help_text="The page it leads to.")
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)


class Marked(serializers.Serializer):
    """How many were marked."""

    marked = serializers.IntegerField(help_text="How many were unread before.")


class MyNotices(RestView):
    """One's own notifications, in the roles one has today."""

    permissions: ClassVar = {"GET": SIGNED_IN}
    query: ClassVar = NoticesQuery
    operations: ClassVar = {"GET": ("list", "notifications")}

    @extend_schema(summary="List notifications", responses=page_of(NoticeResource))
    def get(self, request: Request, door: PersonDoor) -> Response:
        """List what you were mailed, the newest first."""
        found = Notice.objects.visible_to(door.person, whole=door.whole)
        wanted = self.asked.get("status", "")
        if wanted:
            found = found.filter(read_at__isnull=wanted == UNREAD)
        page = NoticesQuery.page_of(self.asked)
        rows = take(found.order_by("-created_at", "pk"), page, *NAMES)
        shown = [_shown(request, row) for row in rows.rows]
        return envelope(request, page, rows.count, shown)


class ReadingOne(RestView):
    """Marking one read."""

    permissions: ClassVar = {"POST": SIGNED_IN}
    operations: ClassVar = {"POST": ("read", "notification")}

    @extend_schema(
        summary="Mark a notification read", request=None, responses=NoticeResource
    )
    def post(self, request: Request, door: PersonDoor, notice_id: str) -> Response:
        """Mark one read; one that is read stays as it is."""
        self.sent(request, Nothing)
        notice = mark_read(
            user=door.person,
            whole=door.whole,
            notice_id=id_in_address(PREFIX, notice_id),
            now=clock.now(),
        )
        return Response(
            _shown(request, {name: getattr(notice, name) for name in NAMES})
        )


class ReadingAll(RestView):
    """Marking all read."""

    permissions: ClassVar = {"POST": SIGNED_IN}
    operations: ClassVar = {"POST": ("read_all", "notifications")}

    @extend_schema(
        summary="Mark all notifications read", request=None, responses=Marked
    )
    def post(self, request: Request, door: PersonDoor) -> Response:
        """Mark all that you may see read."""
        self.sent(request, Nothing)
        count = mark_all_read(user=door.person, whole=door.whole, now=clock.now())
        return Response({"marked": count})


def _shown(request: Request, row: dict[str, Any]) -> dict[str, Any]:
    read_at = row["read_at"]
    return {
        "id": public_ids.spell(PREFIX, row["pk"]),
        "title": row["title"],
        "category": row["klass"],
        "kind": row["kind"],
        "url": request.build_absolute_uri(row["path"]),
        "created_at": instant(row["created_at"]),
        "read_at": instant(read_at) if read_at else None,
    }
