"""What a course taught once is what it taught for ever."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models

from courses.models import (
    CourseFile,
    CourseVersion,
    Enrolment,
    Module,
    Page,
    Watched,
)
from tests.cast import BODY, NOW, TODAY, Cast
from tests.db.breaking import another, refused
from tests.db.course_rows import a_published_course, rows_of_courses

pytestmark = pytest.mark.db
PARTS: list[tuple[type[models.Model], dict[str, Any]]] = [
    (Module, {"title": "Another"}),
    (Page, {"markdown": "Another"}),
    (CourseFile, {"sha256": "1" * 64}),
]


def _remove(model: type[models.Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608  (our own)


@pytest.mark.parametrize(("model", "changes"), PARTS)
def test_no_part_of_a_published_version_changes(
    model: type[models.Model], changes: dict[str, Any], cast: Cast
) -> None:
    a_published_course()
    rows = model._default_manager.all()
    for act in (
        lambda: rows.update(**changes),
        lambda: _remove(model),
    ):
        assert "once published" in refused(act)


def test_nothing_is_added_to_a_published_version(cast: Cast) -> None:
    version = a_published_course()
    new = {"place": 9, "name": "new", "code": "new"}
    for model, _ in PARTS:
        row = model._default_manager.all()[0]
        fields = {each.attname for each in model._meta.concrete_fields}
        changes = {key: value for key, value in new.items() if key in fields}
        assert "once published" in refused(lambda: another(row, **changes))  # noqa: B023
    assert version.pages.count() == 2


def test_a_published_version_is_neither_changed_nor_removed(cast: Cast) -> None:
    version = a_published_course()
    rows = CourseVersion.objects.filter(pk=version.pk)
    assert "once published" in refused(lambda: rows.update(objectives=["Another"]))
    back = {"published_at": None, "published_on": None, "published_by": ""}
    assert "once published" in refused(lambda: rows.update(**back))
    assert "once published" in refused(lambda: _remove(CourseVersion))


def test_nobody_begins_with_a_draft_or_another_course_s_version(cast: Cast) -> None:
    mine = a_published_course()
    others = a_published_course()
    draft = CourseVersion.objects.create(course=mine.course, number=2)
    facts = {"member": cast.bob, "begun_by": cast.bob, "program": BODY}
    facts |= {"started_on": TODAY, "started_at": NOW, "course": mine.course}
    begin = Enrolment.objects.create
    assert "draft" in refused(lambda: begin(version=draft, **facts))
    refused(lambda: begin(version=others, **facts))
    begin(version=mine, **facts)


def test_what_is_completed_or_reminded_of_stays_so(cast: Cast) -> None:
    row = rows_of_courses(cast.bob)
    Enrolment.objects.update(reminded_at=NOW)
    for rows, column in (
        (Enrolment, "completed_at"),
        (Enrolment, "reminded_at"),
        (Watched, "done_at"),
    ):
        for changed in (NOW + timedelta(days=1), None):
            change = {column: changed}
            acting = rows._default_manager.all().update
            assert "written once" in refused(lambda: acting(**change))  # noqa: B023
    row.refresh_from_db()
    assert row.completed_at == NOW


def test_a_page_keeps_to_its_own_version(cast: Cast) -> None:
    other = a_published_course()
    draft = CourseVersion.objects.create(course=other.course, number=2)
    module = Module.objects.get(version=other)
    page = {"place": 1, "code": "x", "title": "X", "kind": "text"}
    refused(lambda: Page.objects.create(version=draft, module=module, **page))
