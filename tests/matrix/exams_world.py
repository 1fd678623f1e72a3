"""Exams in every hand: one to begin, and one that runs."""

from uuid import uuid4

from accounts.models import Member, Practice
from credentials.models import Assignment, Product
from credentials.services import Choice, Pick, assign
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, seats
from tests.learning.sitting import SKIN, begun_with_pictures
from tests.matrix.things import Thing

BLOOD = Choice("vascular-care", "Vascular Care")


def exam_things(cast: Cast) -> dict[str, Thing]:
    """Give Bob and Charlie two exams each; one of each they have begun."""
    hands = ((cast.northside, cast.bob), (cast.lakeview, cast.charlie))
    waiting = [_given(SKIN, *each) for each in hands]
    running = [_given(BLOOD, *each) for each in hands]
    for each in running:
        begun_with_pictures(each)
    tries = [each.attempts.get() for each in running]
    return {
        "exam to begin over REST": Thing.rows(waiting[0], waiting[1], "asn"),
        "running exam over REST": Thing.rows(running[0], running[1], "asn"),
        "running try of an exam": Thing.rows(tries[0], tries[1], "att"),
        "exam to begin": Thing.rows(waiting[0], waiting[1]),
        "running exam": Thing.rows(running[0], running[1]),
        "first question": Thing("1", "77", "99"),
    }


def _given(choice: Choice, practice: Practice, member: Member) -> Assignment:
    product = Product.objects.get(program=BODY, code="specialty")
    seats(practice, product, 1)
    batch = assign(
        actor=TESTER,
        practice=practice,
        product=product,
        picks=[Pick(member.pk)],
        form_key=uuid4().hex,
        today=TODAY,
        now=NOW,
        choice=choice,
    )
    return batch.assignments.get()
