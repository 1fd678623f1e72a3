"""Whether what somebody opened is still there: two who write lose nothing."""

from core.actor import Actor
from core.failures import Stale
from courses.models import Course
from courses.queries.last_written import last_written
from courses.queries.written import seen_draft

LOOK_AGAIN = (
    "Somebody changed this draft since you opened the page. Nothing was done. Look at "
    "it again."
)


def check_replacing(actor: Actor, course: Course, seen: str | None) -> None:
    """Hold that a ZIP replaces no draft that its sender doesn't know of.

    A draft that the same person took in from a ZIP last, and nobody wrote in since, is
    no work that could be lost.

    Args:
        actor: who takes the ZIP in.
        course: under its lock.
        seen: the draft they were told of, by `seen_draft`; "" none, None asks nothing.

    Raises:
        Stale: it says who wrote there last, and when; `extra["seen"]` names the draft.
    """
    draft = course.versions.select_for_update().filter(published_at=None).first()
    if seen is None or draft is None:
        return
    last, there = last_written(draft), seen_draft(draft)
    if seen == there or (last and last.user_id == actor.user_id and last.taken_in):
        return
    said = f" {last.words}" if last else ""
    text = (
        f"“{course.title}” has a draft, which this ZIP would replace.{said} Look at it "
        "first. To replace it, choose the ZIP again and take it in."
    )
    raise Stale(text, extra={"seen": there})
