"""What a client sends and gets about audit binders."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from accounts.access import PracticeDoor
from core import clock, public_ids
from core.models import AuditEntry, ExportJob
from core.rest import (
    DayField,
    IdField,
    ListOf,
    Strict,
    TextField,
    WordField,
    instant,
)
from credentials.policy import programs
from portal.queries.binder_page import ANOTHERS, is_anothers, period_of
from portal.queries.binder_people import ONLY
from portal.queries.exports import is_there
from portal.services import MOST_PEOPLE

PREFIX = "bnd"
CHOICES = [code for code, _ in ONLY if code]


class NewBinder(Strict):
    """Which days an audit binder is about, and whom; what isn't said is as usual."""

    program = WordField(programs(), required=False, help_text="The certifying body.")
    from_on = DayField(
        required=False, help_text="The first day; without it, six years ago."
    )
    until_on = DayField(required=False, help_text="The last day; without it, today.")
    only = WordField(
        CHOICES,
        required=False,
        help_text="Only such people; without it, everybody of those days.",
    )
    q = TextField(required=False, max_length=100, help_text="Words of the name.")
    members = ListOf(
        child=IdField("mem", nobody=True),
        required=False,
        min_length=1,
        max_length=MOST_PEOPLE,
        help_text="These people of that list alone; without it, all of them.",
    )


class Opening(serializers.Serializer):
    """Somebody fetched a binder's file."""

    by = serializers.CharField()
    at = serializers.DateTimeField()


class BinderResource(serializers.Serializer):
    """A binder that was asked for. Its files are there for seven days once made."""

    id = IdField(PREFIX)
    program = serializers.CharField()
    from_on = serializers.DateField()
    until_on = serializers.DateField()
    state = serializers.ChoiceField(ExportJob.State.values)
    done = serializers.IntegerField(min_value=0, help_text="People bound so far.")
    of = serializers.IntegerField(min_value=0, help_text="People it is about.")
    problem = serializers.CharField(help_text="Why it was not made; else empty.")
    why_not = serializers.CharField(
        help_text="Why you can't open it though it is ready; else empty."
    )
    file_name = serializers.CharField(help_text="The ZIP's.")
    size = serializers.IntegerField(min_value=0, help_text="Bytes of the ZIP.")
    sha256 = serializers.CharField(help_text="Of the ZIP.")
    asked_by = serializers.CharField()
    asked_at = serializers.DateTimeField()
    ready_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    opened = Opening(many=True, help_text="Who fetched a file of it, in their order.")


def spelled(
    door: PracticeDoor, job: ExportJob, opened: Sequence[AuditEntry]
) -> Mapping[str, Any]:
    """Spell a binder out to whoever asks, with who opened it."""
    period, many = period_of(job), len(job.params["members"])
    state, there = ExportJob.State(job.state), is_there(job, clock.now())
    if state == ExportJob.State.READY and not there:
        state = ExportJob.State.EXPIRED
    anothers = there and is_anothers(job, door.actor)
    return {
        "id": public_ids.spell(PREFIX, job.pk),
        "program": job.program,
        "from_on": period.from_on.isoformat(),
        "until_on": period.until_on.isoformat(),
        "state": state.value,
        "done": min(job.done, many),
        "of": many,
        "problem": job.problem,
        "why_not": ANOTHERS.format(by=job.by) if anothers else "",
        "file_name": job.file_name,
        "size": job.size,
        "sha256": job.sha256,
        "asked_by": job.by,
        "asked_at": instant(job.at),
        "ready_at": instant(job.ready_at) if job.ready_at else None,
        "expires_at": instant(job.expires_at) if job.expires_at else None,
        "opened": [{"by": each.actor, "at": instant(each.at)} for each in opened],
    }
