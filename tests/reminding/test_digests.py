"""The administrator's digests: each term in exactly one, whatever happened before."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st

from accounts.models import Administration, Practice, Sponsorship, User
from core.models import OutboxMessage
from credentials.models import Window
from renewals.models import DigestLine
from renewals.services import tell_due
from renewals.services.reminding import DIGEST, NOTICE
from tests.cast import BODY, NOW, TODAY, Cast, an_administrator
from tests.matrix.asking import undone
from tests.reminding.people import DUE, ending, in_digests, moved, sweep, term, told

pytestmark = pytest.mark.db


def test_one_digest_holds_all_that_is_new(quiet: Cast) -> None:
    for name in ("Eve Ellis", "Gil Gray", "Hal Hart"):
        ending(name, quiet.northside)
    sweep()
    assert told(DIGEST) == [quiet.alice.email]
    assert DigestLine.objects.values("digest").distinct().count() == 1
    message = OutboxMessage.objects.get(kind=DIGEST)
    assert message.practice == quiet.northside
    assert DigestLine.objects.filter(digest=message.subject_id).count() == 3


def test_what_is_due_later_stands_in_a_digest_of_its_own(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    ending("Gil Gray", quiet.northside, DUE + timedelta(days=1))
    sweep()
    assert in_digests() == [("Ellis", "Alice Adams")]
    sweep(TODAY + timedelta(days=1))
    assert in_digests() == [("Ellis", "Alice Adams"), ("Gray", "Alice Adams")]
    assert len(told(DIGEST)) == 2


def test_each_practice_reads_of_its_own_people(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    ending("Lou Lake", quiet.lakeview)
    sweep()
    assert in_digests() == [("Ellis", "Alice Adams"), ("Lake", "Frank Foster")]
    assert told(DIGEST) == sorted([quiet.alice.email, quiet.frank.email])
    assert DigestLine.objects.values("digest").distinct().count() == 2


def test_an_administrator_who_is_not_the_named_one_is_not_told(quiet: Cast) -> None:
    an_administrator("Ned Next", quiet.northside, named=False)
    ending("Eve Ellis", quiet.northside)
    sweep()
    assert told(DIGEST) == [quiet.alice.email]


def hand_over(practice: Practice, user: User) -> None:
    """Make somebody else the Practice Administrator."""
    held = Administration.objects.filter(practice=practice, until_at=None)
    held.update(until_at=NOW)
    Administration.objects.create(practice=practice, user=user, named=True, from_at=NOW)


def test_a_new_practice_administrator_is_told_once_as_well(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    sweep()
    hand_over(quiet.northside, quiet.sam)
    for _ in range(2):
        sweep()
    assert in_digests() == [("Ellis", "Alice Adams"), ("Ellis", "Sam Stone")]
    # The one before gets it back: nobody is told twice.
    hand_over(quiet.northside, quiet.alice)
    sweep()
    assert len(told(DIGEST)) == 2


def test_no_way_round_the_code_puts_a_term_into_two_digests(quiet: Cast) -> None:
    ending("Eve Ellis", quiet.northside)
    sweep()
    line = DigestLine.objects.get()
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


@dataclass(frozen=True)
class Step:
    """One thing that happens: to whom, and for some things how."""

    what: str
    whom: int = 0
    days: int = 0


@dataclass
class Story:
    """Some people in two practices, and a day that comes and goes."""

    cast: Cast
    people: list[Window] = field(default_factory=list)
    today: date = TODAY

    def begin(self) -> None:
        """Four terms that end within the weeks to come."""
        for place, days in enumerate((3, 14, 15, 20)):
            practice = (self.cast.northside, self.cast.lakeview)[place % 2]
            on = TODAY + timedelta(days=days)
            self.people.append(ending(f"Pat Number{place}", practice, on))

    def happen(self, step: Step) -> None:
        """Let one thing happen."""
        window = self.people[step.whom]
        member = window.member
        if step.what == "day":
            self.today += timedelta(days=step.days)
            tell_due(program=BODY, today=self.today, now=NOW)
        elif step.what == "renew":
            newest = member.windows.order_by("-sequence")[0]
            on = newest.renewal_on + timedelta(days=365)
            self.people[step.whom] = term(member, on, sequence=newest.sequence + 1)
        elif step.what == "leave":
            Sponsorship.objects.open().filter(member=member).update(until_on=TODAY)
        elif step.what == "join":
            if not Sponsorship.objects.open().filter(member=member).exists():
                Sponsorship.objects.create(
                    practice=self.cast.northside,
                    member=member,
                    program=BODY,
                    from_on=TODAY,
                )
        elif step.what == "move":
            moved(member)
        else:
            alice, sam = self.cast.alice, self.cast.sam
            hand_over(self.cast.northside, sam if step.days % 2 else alice)

    def check(self) -> None:
        """Nobody is told twice, and what is queued says what the lines say."""
        lines = list(DigestLine.objects.values_list("window", "kind", "administrator"))
        assert len(lines) == len(set(lines))
        queued = OutboxMessage.objects.filter(kind=DIGEST)
        digests = DigestLine.objects.values_list("digest", "administrator__email")
        assert sorted(queued.values_list("subject_id", "recipient")) == sorted(
            set(digests)
        )
        notices = OutboxMessage.objects.filter(kind=NOTICE)
        assert notices.count() == notices.values("subject_id").distinct().count()

    def check_all_are_told(self) -> None:
        """Whoever is due on this day has been told, and their practice too."""
        for window in self.people:
            left = (window.renewal_on - self.today).days
            sponsored = Sponsorship.objects.open().filter(member=window.member).first()
            if not 0 <= left <= 14:
                continue
            assert OutboxMessage.objects.filter(
                kind=NOTICE, subject_id=window.pk
            ).exists()
            if sponsored is None:
                continue
            named = Administration.objects.get(
                practice=sponsored.practice, until_at=None, named=True
            )
            assert DigestLine.objects.filter(
                window=window, administrator=named.user
            ).exists()


STEPS = st.lists(
    st.one_of(
        st.builds(Step, st.just("day"), days=st.integers(-3, 9)),
        st.builds(
            Step,
            st.sampled_from(["renew", "leave", "join", "move", "hand over"]),
            whom=st.integers(0, 3),
            days=st.integers(0, 1),
        ),
    ),
    max_size=12,
)


@settings(
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@for_all(steps=STEPS)
def test_whatever_happens_a_term_stands_in_one_digest_to_a_person(
    quiet: Cast, steps: list[Step]
) -> None:
    with undone():
        story = Story(quiet)
        story.begin()
        for step in [*steps, Step("day", days=0)]:
            story.happen(step)
            story.check()
        story.check_all_are_told()


def test_the_random_steps_reach_what_matters(quiet: Cast) -> None:
    story = Story(quiet)
    story.begin()
    for step in (
        Step("day"),
        Step("day", days=6),
        Step("leave", whom=1),
        Step("join", whom=1),
        Step("hand over", days=1),
        Step("renew", whom=2),
        Step("day"),
    ):
        story.happen(step)
        story.check()
    story.check_all_are_told()
    assert in_digests() == [
        ("Number0", "Alice Adams"),
        ("Number1", "Frank Foster"),
        ("Number1", "Sam Stone"),
        ("Number2", "Alice Adams"),
        ("Number3", "Frank Foster"),
    ]
