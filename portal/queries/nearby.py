"""What stands near an activity: reported twice, the same file, the same term."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from ce_credits.models import Activity
from ce_credits.queries import Twins, same_files
from credentials.policy import day_words
from portal.queries.claims import Claim, claims
from portal.queries.filters import Asked
from portal.queries.learning import TAGS
from portal.queries.queue import review_url
from portal.queries.shown import Tag
from renewals.queries import Life
from renewals.rules import term_of

State = Activity.State
SAME_TITLE = "The same title and day"
SAME_HOUR = "The same day and minutes, another title"


@dataclass(frozen=True)
class OtherRow:
    """Another activity, with its amount and the way to it."""

    title: str
    url: str
    detail: str
    credit: str
    tag: Tag


def alike_rows(activity: Activity, alike: Twins, asked: Asked) -> list[OtherRow]:
    """List what may be reported twice, and what carries the same file, once each."""
    titles, hours = alike.titles.get(activity.pk, ()), alike.hours.get(activity.pk, ())
    rows: dict[UUID, tuple[Activity, str]] = {}
    for ids, words in ((titles, SAME_TITLE), (hours, SAME_HOUR)):
        rows |= {each.pk: (each, words) for each in _of(activity.program, ids)}
    for found in same_files(activity):
        other = found.activity
        words = f"The same file, {other.member.name}"
        if other.pk in rows:
            words = f"{rows[other.pk][1]}, the same file"
        rows[other.pk] = (other, words)
    said = claims([each for each, _ in rows.values()])
    return [_other(each, said[each.pk], words, asked) for each, words in rows.values()]


def _of(program: str, ids: Collection[UUID]) -> Sequence[Activity]:
    if not ids:
        return ()
    return list(Activity.objects.of_program(program).filter(pk__in=ids))


def other_rows(activity: Activity, life: Life, asked: Asked) -> list[OtherRow]:
    """List the member's other activities of the same term."""
    mine = term_of(life.terms, activity.day)
    rows = [
        each
        for each in Activity.objects.of_program(activity.program)
        .shown()
        .filter(member=activity.member_id)
        .exclude(pk=activity.pk)
        if term_of(life.terms, each.day) == mine
    ]
    said = claims(rows)
    return [_other(each, said[each.pk], "", asked) for each in rows]


def _other(activity: Activity, claim: Claim, words: str, asked: Asked) -> OtherRow:
    detail = f"{day_words(activity.day)}, {claim.text}"
    return OtherRow(
        title=str(activity),
        url=review_url(activity.program, activity.pk, asked),
        detail=f"{words}. {detail}" if words else detail,
        credit=claim.given_text,
        tag=TAGS[State(activity.state)],
    )
