"""Row-level security: nothing is written into what a scope does not hold."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.db import ProgrammingError, models, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, Member, Sponsorship, User
from ce_credits.models import Activity
from core.scope import Scope
from tests.cast import BODY, OTHER_BODY, PASSWORD, TODAY, Cast, a_member, a_user
from tests.database import AUDITOR, working_as
from tests.db.breaking import another, first
from tests.db.two_practices import of_person, of_practice
from tests.db.walling import MODELS, WALLED, attempt, on_postgresql, values, within

pytestmark = pytest.mark.db
# Whoever evaluates something adds a row that names nobody: it is in no practice.
NAMELESS = {("courses_evaluationanswers", "self"), ("courses_liveanswers", "self")}


@on_postgresql
def test_nothing_gets_into_another_practice(filled: Cast) -> None:
    # What no practice sees is its person's alone.
    of_them = {**of_person(filled.charlie), **of_practice(filled.lakeview)}
    before = {table: values(table) for table in WALLED}
    scopes = (
        Scope.practice(filled.northside.pk),
        Scope.own(filled.user("bob").pk),
        Scope.public(),
        Scope.queues(),
    )
    for table, scope in product(WALLED, scopes):
        model = MODELS[table]
        # What is a body's is nobody's to write but its staff's.
        rows = of_them.get(model) or [first(model).pk]
        row, them = model._default_manager.get(pk=rows[0]), partial(_them, model, rows)
        with within(scope):
            if (table, scope.kind) not in NAMELESS:
                words = str(attempt(lambda: another(row)))  # noqa: B023  (at once)
                # Nobody adds to a published version, and a trigger is asked first.
                kept = f"{table} is written once published" in words
                assert "row-level security" in words or kept, (table, scope, words)
            changed = attempt(lambda: them().update(**_same(model)))  # noqa: B023
            removed = attempt(lambda: them()._raw_delete("default"))  # noqa: B023, SLF001
            for done in (changed, removed):
                # There is no such row, or nobody has the right to change any.
                refused = str(done).startswith("permission denied")
                assert done == 0 or refused, (table, scope, done)
    assert {table: values(table) for table in WALLED} == before


def _them(model: type[models.Model], rows: Sequence[Any]) -> models.QuerySet[Any]:
    return model._default_manager.filter(pk__in=rows)


def _same(model: type[models.Model]) -> dict[str, Any]:
    """Set a column to what it is."""
    name = model._meta.pk.name
    return {name: models.F(name)}


# Submitting names the practice that stands for the person then: the row stays theirs,
# and whoever stands for them may change it.
STAMPED = {(Activity, "practice_id")}


@on_postgresql
def test_no_row_is_moved_into_another_practice(filled: Cast) -> None:
    ours, theirs = of_practice(filled.northside), of_practice(filled.lakeview)
    moves = {"practice_id": filled.lakeview.pk, "member_id": filled.charlie.pk}
    tried = 0
    for model, rows in ours.items():
        columns = {each.attname for each in model._meta.concrete_fields}
        for column in sorted(columns & set(moves)):
            if (model, column) in STAMPED:
                continue
            before = values(model._meta.db_table)
            mine = model._default_manager.filter(pk__in=rows)
            with within(Scope.practice(filled.northside.pk)):
                said = attempt(lambda: mine.update(**{column: moves[column]}))  # noqa: B023
            assert said == 0 or isinstance(said, str), f"{model} {column}: {said}"
            assert values(model._meta.db_table) == before
            tried += 1
    assert tried > 15
    assert theirs


@on_postgresql
def test_a_practice_adds_records_of_its_own_and_takes_nobody_in(cast: Cast) -> None:
    left = a_member("Lee Left", cast.lakeview)
    left.sponsorships.update(until_on=TODAY)
    alone = a_member("Sue Self", None, user=a_user("Sue Self"))

    def stand_for(member: Member) -> Sponsorship:
        return Sponsorship.objects.create(
            practice=cast.northside, member=member, program=BODY, from_on=TODAY
        )

    with within(Scope.practice(cast.northside.pk)):
        for member in (cast.charlie, left, alone):
            words = str(attempt(lambda: stand_for(member)))  # noqa: B023  (at once)
            assert "row-level security" in words, member
        with_account = Member(first_name="N", last_name="N", user=cast.sam)
        assert "row-level security" in str(attempt(with_account.save))
        new = Member(first_name="Nina", last_name="New", email="nina@mail.example")
        new.save()
        stand_for(new)
        assert Member.objects.of(cast.northside).filter(pk=new.pk).exists()


@on_postgresql
def test_staff_add_accounts_that_nobody_enters_and_see_none(cast: Cast) -> None:
    known, bob = cast.user("bob"), cast.bob
    with within(Scope.staff("namss")):
        entered = User(email="nia@mail.example", name="Nia Newly")
        entered.set_password(PASSWORD)
        assert "row-level security" in str(attempt(entered.save))
        new = User(email="nia@mail.example", name="Nia Newly")
        new.set_unusable_password()
        new.save(force_insert=True)
        Member(first_name="Nia", last_name="Newly", user=new).save(force_insert=True)
        aside = Member(first_name="N", last_name="N", joined_to=bob)
        assert "row-level security" in str(attempt(aside.save))
        assert not User.objects.filter(pk__in=[new.pk, known.pk]).exists()
        assert not Member.objects.filter(first_name="Nia").exists()
        assert not User.objects.filter(pk=known.pk).update(name="Else")


@on_postgresql
def test_a_wall_names_its_refusal(filled: Cast) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        within(Scope.practice(filled.northside.pk)),
    ):
        another(first(Invitation), practice_id=filled.lakeview.pk)


@on_postgresql
@pytest.mark.urls("tests.matrix.faulty")
def test_a_page_that_forgot_its_filter_shows_nobody_else(
    signed_in: Callable[[str], Client], cast: Cast
) -> None:
    alice = signed_in("alice")
    for member, status in ((cast.bob, 200), (cast.charlie, 404)):
        address = reverse("unscoped", args=[cast.northside.slug, member.pk])
        assert alice.get(address).status_code == status


@on_postgresql
def test_the_auditor_changes_nothing(filled: Cast) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        working_as(AUDITOR),
    ):
        Invitation.objects.update(program=OTHER_BODY)
