"""Drawing a sample: in proportion, without who was audited, and the same again."""

from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest

from ce_credits.models import AuditCase, AuditDraw
from ce_credits.rules import Size
from ce_credits.services import Draw, drawn_again, preview_draw
from core.failures import NotEligible, NotUsable, Stale
from core.models import AuditEntry, OutboxMessage
from tests.auditing.auditing import DUE, a_case, a_draw, a_sample
from tests.cast import BODY, TODAY, Cast, a_member
from tests.ce.reporting import decided, submitted
from tests.race.hands import at_once

pytestmark = pytest.mark.db


def test_a_draw_opens_a_case_for_each_member_and_writes_to_them(cast: Cast) -> None:
    ann = a_member("Ann Ames", cast.northside)
    for title in ("One", "Two"):
        submitted(cast.bob, title=title)
    submitted(ann)
    draw = a_draw()
    assert draw.population_count == len(draw.drawn)
    cases = {each.member_id: each.items.count() for each in AuditCase.objects.all()}
    assert cases == {cast.bob.pk: 3, ann.pk: 1, cast.charlie.pk: 1}
    assert OutboxMessage.objects.filter(kind="audit_selected").count() == 3
    assert AuditEntry.objects.filter(action="audit.drawn").count() == 1


def test_the_same_seed_draws_the_same_whatever_became_of_it(cast: Cast) -> None:
    activities = [submitted(cast.bob, title=f"Webinar {n}") for n in range(8)]
    draw = a_draw(a_sample(size=Size(number=3)))
    for each in activities:
        decided(each, "rejected")
    again = AuditDraw.objects.get(pk=draw.pk)
    assert [each.hex for each in drawn_again(draw=again)] == draw.drawn


def test_a_draw_sent_twice_draws_once(cast: Cast) -> None:
    submitted(cast.bob)
    key = uuid4()
    first = a_draw(key=key)
    assert a_draw(key=key, seed="other") == first
    assert AuditDraw.objects.count() == 1
    assert AuditCase.objects.count() == 2


def test_who_was_audited_within_the_years_is_left_out_and_counted(cast: Cast) -> None:
    ann = a_member("Ann Ames", cast.northside)
    submitted(ann)
    a_case(cast.bob)
    preview = preview_draw(program=BODY, sample=a_sample(), today=TODAY)
    assert (preview.population, preview.left_out, preview.size) == (2, 2, 2)


def test_a_redraw_is_another_row_that_names_the_earlier_one(cast: Cast) -> None:
    for name in ("Ann Ames", "Ada Abel", "Eve East"):
        submitted(a_member(name, cast.northside))
    first = a_draw(a_sample(size=Size(number=1)))
    with pytest.raises(NotUsable, match="why it is drawn again"):
        a_draw(instead_of=first)
    second = a_draw(instead_of=first, reason="The seed was known")
    assert second.instead_of == first
    assert not set(second.drawn) & set(first.drawn)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"size": Size(percent=0)}, "percent"),
        ({"size": Size(percent=101)}, "percent"),
        ({"size": Size()}, "number"),
        ({"size": Size(number=99)}, "number"),
        ({"from_on": date(2025, 12, 1)}, "until_on from_on"),
        ({"until_on": TODAY + timedelta(days=1)}, "until_on"),
        ({"states": ("draft",)}, "states"),
        ({"kinds": ("nothing",)}, "kinds"),
        ({"due_on": TODAY}, "due_on"),
        ({"exclude_years": -1}, "exclude_years"),
        ({"from_on": date(2025, 1, 1), "until_on": date(2025, 1, 2)}, "from_on"),
    ],
)
def test_what_is_no_sample_is_refused_at_its_field(
    cast: Cast, values: dict[str, object], field: str
) -> None:
    submitted(cast.bob)
    with pytest.raises(NotUsable) as refused:
        a_draw(a_sample(**values))
    assert refused.value.problems[0].field in field.split()
    assert not AuditDraw.objects.exists()


def test_a_body_without_rules_of_audits_draws_nothing() -> None:
    with pytest.raises(NotEligible):
        preview_draw(program="nobody", sample=a_sample(), today=TODAY)


def test_a_member_has_one_open_case(cast: Cast) -> None:
    a_case(cast.bob)
    with pytest.raises(Stale):
        a_case(cast.bob)
    assert AuditCase.objects.get().due_on == DUE


def test_only_a_case_by_hand_has_so_many_items_at_most(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ce_credits.services.audit_cases.MOST_ITEMS", 1)
    activities = [submitted(cast.bob, title=title) for title in ("One", "Two")]
    with pytest.raises(NotUsable, match="at most 1"):
        a_case(cast.bob, *activities)
    a_draw()
    assert AuditCase.objects.get(member=cast.bob).items.count() == 3


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_open_a_case_at_once_open_one(cast: Cast) -> None:
    activity = submitted(cast.bob)

    def act() -> str:
        try:
            a_case(cast.bob, activity)
        except Stale:
            return "stale"
        return "done"

    assert sorted(at_once([partial(act)] * 2)) == ["done", "stale"]
    assert AuditCase.objects.count() == 1


def test_a_key_is_one_draw_of_each_body_and_kind(cast: Cast) -> None:
    submitted(cast.bob)
    draw = Draw(key=uuid4(), seed="17")
    ids = {
        draw.id_for(program, of)
        for program in (BODY, "another")
        for of in (AuditDraw.Of.SUBMISSIONS, AuditDraw.Of.APPLICATIONS)
    }
    assert len(ids) == 4
    assert a_draw(key=draw.key).pk == draw.id_for(BODY, AuditDraw.Of.SUBMISSIONS)
