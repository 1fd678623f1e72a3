"""A row is read as Django reads it, without asking a constructor that isn't there."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from accounts.models import Member, Sponsorship
from core.models import AuditEntry, PlainRow
from tests.cast import Cast

pytestmark = pytest.mark.db


def plain() -> list[type[models.Model]]:
    return [each for each in apps.get_models() if issubclass(each, PlainRow)]


@pytest.mark.parametrize("model", plain(), ids=lambda each: each._meta.label)
def test_no_class_of_rows_listens_to_being_made(model: type[models.Model]) -> None:
    assert model.__init__ is models.Model.__init__
    assert not any(isinstance(each, models.ImageField) for each in model._meta.fields)


def test_it_is_the_row_that_django_makes(cast: Cast) -> None:
    names = [each.attname for each in Member._meta.concrete_fields]
    values = Member.objects.filter(pk=cast.bob.pk).values_list(*names).get()
    ours = Member.from_db("default", names, values)
    theirs = models.Model.from_db.__func__(Member, "default", names, values)  # type: ignore[attr-defined]
    ours_kept, theirs_kept = dict(vars(ours)), dict(vars(theirs))
    ours_state, theirs_state = ours_kept.pop("_state"), theirs_kept.pop("_state")
    assert (ours_state.adding, ours_state.db) == (theirs_state.adding, theirs_state.db)
    assert ours_state.fields_cache == theirs_state.fields_cache == {}
    assert ours_kept == theirs_kept
    assert ours == cast.bob


def test_what_was_left_out_is_read_when_it_is_asked_for(cast: Cast) -> None:
    bob = Member.objects.only("first_name").get(pk=cast.bob.pk)
    assert bob.get_deferred_fields() >= {"last_name", "email"}
    with CaptureQueriesContext(connection) as captured:
        assert bob.last_name == cast.bob.last_name
    assert len(captured) == 1


def test_what_is_read_beside_it_is_there_already(cast: Cast) -> None:
    row = Sponsorship.objects.select_related("member").filter(member=cast.bob).first()
    assert row is not None
    with CaptureQueriesContext(connection) as captured:
        assert row.member == cast.bob
    assert not captured.captured_queries


def test_a_row_that_was_read_is_changed_and_not_made_anew(cast: Cast) -> None:
    before = Member.objects.count()
    bob = Member.objects.get(pk=cast.bob.pk)
    bob.phone = "555 0100"
    bob.save()
    assert Member.objects.count() == before
    assert Member.objects.get(pk=cast.bob.pk).phone == "555 0100"


def test_the_trail_is_read_so_too() -> None:
    assert issubclass(AuditEntry, PlainRow)
