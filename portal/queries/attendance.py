"""Lists of who attended an approved activity, as its sponsor sees them (M12)."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from ce_credits.models import ApprovalApplication, AttendanceList
from core.failures import Missing
from credentials.policy import zone_of
from portal.queries.shown import Tag
from portal.queries.trail import when_words

CHECKED, WITH_BODY, TAKEN_IN = "Checked, not sent", "Waits for the body", "Taken in"


@dataclass(frozen=True)
class ListShown:
    """One list of attendance: how far it is, and nothing of anybody in it."""

    name: str
    url: str
    count: int
    when_text: str
    tag: Tag


def own_list(application: ApprovalApplication, list_id: UUID) -> AttendanceList:
    """Find a list of an activity's attendance.

    Raises:
        Missing: there is none.
    """
    lists = AttendanceList.objects.of(application).select_related("application__item")
    found = lists.filter(pk=list_id).first()
    if found is None:
        raise Missing("Not found.")
    return found


def list_tag(attendance: AttendanceList) -> Tag:
    """Say how far a list is."""
    if attendance.taken_at is not None:
        return Tag("ok", TAKEN_IN)
    if attendance.sent_at is not None:
        return Tag("info", WITH_BODY)
    return Tag("warn" if attendance.problems else "neutral", CHECKED)


def list_shown(attendance: AttendanceList) -> ListShown:
    """Show a list in a line."""
    application = attendance.application
    place = {"application_id": application.pk, "list_id": attendance.pk}
    return ListShown(
        name=str(attendance),
        url=reverse("approval_list", kwargs=place),
        count=attendance.count,
        when_text=when_words(attendance.at, zone_of(application.program)),
        tag=list_tag(attendance),
    )
