"""The demonstration's courses: samples of ours, taken in and published."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from core.actor import Actor
from courses.samples import sample_zip
from courses.services import import_course, publish_version
from portal.demo.roster import PROGRAM
from portal.queries.course_words import files_at

At = Callable[[date], datetime]
Deed = tuple[date, Callable[[], object]]
PUBLISHED_ON = date(2025, 1, 8)
# Credit of this one is the society's, not the scribes'.
BURNOUT, SOCIETY = "clinician-burnout", "mms"
SAMPLES = ("hipaa-for-scribes", "mscat-manual", "mscat-training")


def course_deeds(actor: Actor, at: At) -> Iterator[Deed]:
    """Give what publishes the samples."""
    now = at(PUBLISHED_ON)
    for name in SAMPLES:
        yield PUBLISHED_ON, partial(publish_sample, actor, name, PROGRAM, now)
    yield PUBLISHED_ON, partial(publish_sample, actor, BURNOUT, SOCIETY, now)


def publish_sample(actor: Actor, name: str, program: str, now: datetime) -> None:
    """Take a sample in for a body, and publish it."""
    draft = import_course(
        actor=actor,
        program=program,
        upload=sample_zip(name),
        today=PUBLISHED_ON,
        now=now,
    )
    publish_version(
        actor=actor,
        version=draft,
        files_at=files_at(draft.course_id),
        today=PUBLISHED_ON,
        now=now,
    )
