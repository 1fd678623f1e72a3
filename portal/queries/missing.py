"""Credit that a holder misses: as they see it themselves (N12)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Member
from ce_credits.models import Activity, CatalogueItem, MissingCredit
from ce_credits.queries import credited, due_of
from ce_credits.services import Said
from credentials.policy import day_words, zone_of
from portal.queries.activity_expected import due_words
from portal.queries.activity_mine import activity_url
from portal.queries.catalogue import kinds_by_themselves
from portal.queries.narrowing import every_word
from portal.queries.places import body_name, in_program
from portal.queries.shown import Tag
from portal.queries.trail import when_words

MOST_OFFERED = 20
MOST_SHOWN = 50
State = MissingCredit.State
TAGS = {
    State.EXPECTED: Tag("info", State.EXPECTED.label),
    State.OPEN: Tag("warn", State.OPEN.label),
    State.FOUND: Tag("ok", State.FOUND.label),
    State.NOT_REPORTED: Tag("bad", State.NOT_REPORTED.label),
}

CAME_LATER = "It came after staff answered, and it counts."


@dataclass(frozen=True)
class Mine:
    """One that was said before, and what came of it."""

    title: str
    done_text: str
    words: str
    tag: Tag


@dataclass(frozen=True)
class MissingPage:
    """The page that asks which credit is missing."""

    body_name: str
    program: str
    q: str
    more: bool
    any: bool
    add_url: str
    back_url: str
    mine: Sequence[Mine]


@dataclass(frozen=True)
class Answered:
    """What is known at once: a sentence, and the activity where it is there."""

    text: str
    url: str = ""


def offered(program: str, q: str, code: str = "") -> list[CatalogueItem]:
    """Find what reports itself: the item of a code first, then by words.

    There is one more than are shown, so that a page can say that there are more.
    """
    items = CatalogueItem.objects.of_program(program).offered()
    items = items.filter(kind__in=kinds_by_themselves(program))
    chosen = list(items.filter(code=code)) if code else []
    named = items.filter(every_word(q, "title", "code")).exclude(
        pk__in=[each.pk for each in chosen]
    )
    return [*chosen, *named[: MOST_OFFERED + 1]]


def choices(items: Sequence[CatalogueItem]) -> list[tuple[str, str]]:
    """Name activities to choose from, a conference with the day its evaluation ends."""
    return [
        (
            item.code,
            f"{item.title} ({item.code})"
            + (
                f", evaluation closes {day_words(item.evaluation_deadline)}"
                if item.evaluation_deadline
                else ""
            ),
        )
        for item in items[:MOST_OFFERED]
    ]


def missing_page(
    member: Member, program: str, *, q: str, found: Sequence[CatalogueItem]
) -> MissingPage:
    """Put together what stands around the form."""
    mine = MissingCredit.objects.visible_to(member).of_program(program)
    shown = list(mine.select_related("item")[:MOST_SHOWN])
    there = credited(shown)
    return MissingPage(
        body_name=body_name(program),
        program=program,
        q=q,
        more=len(found) > MOST_OFFERED,
        any=bool(found) or bool(q),
        add_url=in_program(reverse("ce_new"), program),
        back_url=in_program(reverse("me"), program),
        mine=[_mine(each, outcome(each, there=each.pk in there)) for each in shown],
    )


def answered(said: Said) -> Answered:
    """Say what is known of what somebody misses, never of anybody else's row."""
    row, question = said.row, said.question
    if row is not None and row.activity is not None:
        if row.activity.state != Activity.State.ACCEPTED:
            text = f"It came, and does not count: {row.activity}. Its page says why."
            return Answered(text, activity_url(row.activity))
        return Answered(f"It is there: {row.activity}.", activity_url(row.activity))
    if row is not None:
        return Answered("It came, and staff look at it. You need not do anything.")
    assert question is not None
    return Answered(words_of(question))


def words_of(question: MissingCredit) -> str:
    """Say what came of a question, or what happens next."""
    match State(question.state):
        case State.EXPECTED:
            due = due_of(
                question.program, question.item.kind, question.on, question.item
            )
            by = due_words(due) if due else day_words(question.due_on)
            return (
                f"It is due to appear by {by}. If it is not there then, we ask staff "
                "for you."
            )
        case State.OPEN:
            return "Staff look for it, and you get a mail with their answer."
        case _:
            return question.words


def outcome(question: MissingCredit, *, there: bool) -> tuple[MissingCredit.State, str]:
    """Say what became of a question, and in which words.

    What staff did not find and is `there` by now was found after all.
    """
    if there and question.state == State.NOT_REPORTED:
        return State.FOUND, CAME_LATER
    return State(question.state), words_of(question)


def _mine(question: MissingCredit, came: tuple[MissingCredit.State, str]) -> Mine:
    when = when_words(question.asked_at, zone_of(question.program))
    state, words = came
    return Mine(
        title=question.item.title,
        done_text=f"Completed {day_words(question.on)}. Asked {when}.",
        words=words,
        tag=TAGS[state],
    )
