"""A file or a module's title sent to a draft thrown away, also one of an old trail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.audit import record
from courses.models import Course, CourseVersion
from courses.services import begin_draft, discard_draft, versions
from tests.cast import NOW, TESTER, Cast
from tests.courses.packs import HIPAA, contents, packed, published, taken_in
from tests.files.samples import picture

pytestmark = pytest.mark.db
GONE = "threw this draft away"
AGAIN = {"again": "begin"}
MODULE = {"do": "module", "title": "Phones at home"}
NAME = "Chart <1>.png"


def _at(name: str, draft: CourseVersion, **place: object) -> str:
    place = {"program": draft.course.program, "version_id": draft.pk} | place
    return reverse(name, kwargs=place)


def _second() -> CourseVersion:
    return begin_draft(actor=TESTER, course=published().course, now=NOW)


def _draft() -> CourseVersion:
    return CourseVersion.objects.get(published_at=None)


def _thrown_away(draft: CourseVersion) -> CourseVersion:
    discard_draft(actor=TESTER, version=CourseVersion.objects.get(pk=draft.pk), now=NOW)
    return draft


def _long_ago(draft: CourseVersion) -> CourseVersion:
    """Thrown away when the trail named no course yet."""

    def as_it_was(**said: Any) -> object:  # noqa: ANN401
        return record(**said | {"changes": None})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "record", as_it_was)
        return _thrown_away(draft)


def _file(name: str = "chart.png") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, picture()), "asked": "on"}


def _sent_on(mona: Client, url: str, data: dict[str, Any]) -> Any:  # noqa: ANN401
    """Follow one step as a browser does: with all that was sent."""
    answer = mona.post(url, data | AGAIN)
    assert answer.status_code == 307
    for each in data.values():
        if isinstance(each, SimpleUploadedFile):
            each.seek(0)
    return mona.post(answer.headers["Location"], data | AGAIN, follow=True)


@pytest.mark.parametrize("ended", [_thrown_away, _long_ago])
def test_a_modules_title_goes_into_a_new_draft(
    ended: Callable[[CourseVersion], CourseVersion], mona: Client, cast: Cast
) -> None:
    url = _at("staff_version_act", ended(_second()))
    answer = mona.post(url, MODULE)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert (GONE in said, MODULE["title"] in said) == (True, True)
    assert "Begin a new draft with it" in said
    assert CourseVersion.objects.count() == 1
    assert _sent_on(mona, url, MODULE).status_code == 200
    assert _draft().modules.filter(title=MODULE["title"]).count() == 1
    # Who comes next finds the new draft, and where in it the title goes.
    said = mona.post(url, MODULE).content.decode()
    assert f'formaction="{_at("staff_version_act", _draft())}"' in said
    assert '<input type="hidden" name="do" value="module">' in said


def test_a_title_that_is_wrong_is_kept_and_said_to_be(mona: Client, cast: Cast) -> None:
    url = _at("staff_version_act", _thrown_away(_second()))
    answer = mona.post(url, {"do": "module", "title": "T" * 201})
    said = answer.content.decode()
    assert (answer.status_code, GONE in said) == (404, True)
    assert "T" * 201 in said
    assert "Use at most 200 characters." in said


@pytest.mark.parametrize("ended", [_thrown_away, _long_ago])
def test_a_file_is_asked_for_again_and_goes_into_a_new_draft(
    ended: Callable[[CourseVersion], CourseVersion], mona: Client, cast: Cast
) -> None:
    url = _at("staff_version_files", ended(_second()))
    answer = mona.post(url, _file(NAME))
    said = answer.content.decode()
    assert answer.status_code == 404
    assert GONE in said
    # A browser gives no file back: it is named, and what it is for stays.
    assert "Choose “Chart &lt;1&gt;.png” again" in said
    assert 'enctype="multipart/form-data"' in said
    assert answer.context["form"]["asked"].value()
    assert CourseVersion.objects.count() == 1
    assert _sent_on(mona, url, _file()).status_code == 200
    assert _draft().files.get(name="chart.png").kind == "question"
    # One of that name is there now: the button says what it does.
    said = mona.post(url, _file()).content.decode()
    assert "Put it in place of “chart.png”" in said
    assert "Add it to version 2" in mona.post(url, _file("other.png")).content.decode()


def test_who_chooses_no_file_reads_so_and_loses_nothing(
    mona: Client, cast: Cast
) -> None:
    url = _at("staff_version_files", _thrown_away(_second()))
    answer = mona.post(url, {"asked": "on"})
    assert answer.status_code == 404
    assert "Choose a file." in answer.content.decode()
    answer = _sent_on(mona, url, {"asked": "on"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_what_holds_nothing_typed_is_plainly_not_found(
    mona: Client, cast: Cast
) -> None:
    draft = _thrown_away(_second())
    for do in ("discard", "publish", "up", "none"):
        answer = mona.post(_at("staff_version_act", draft), {"do": do})
        assert (answer.status_code, GONE in answer.content.decode()) == (404, False)
    assert mona.get(_at("staff_version_files", draft)).status_code == 404


def test_an_old_entry_whose_title_is_no_course_s_or_two_s_leads_nowhere(
    mona: Client, cast: Cast
) -> None:
    draft = _long_ago(_second())
    url = _at("staff_version_act", draft)
    title = draft.course.title
    assert GONE in mona.post(url, MODULE).content.decode()
    files = contents(HIPAA)
    again = files["course.toml"].replace(b'slug = "', b'slug = "again-')
    taken_in(packed(files | {"course.toml": again.replace(b"product", b"# product")}))
    assert Course.objects.filter(title=title).count() == 2
    Course.objects.exclude(pk=draft.course_id).update(title=title)
    answer = mona.post(url, MODULE)
    assert (answer.status_code, GONE in answer.content.decode()) == (404, False)
    Course.objects.update(title="Another")
    assert GONE not in mona.post(url, MODULE).content.decode()


def test_an_old_entry_never_writes_over_what_was_published_since(
    mona: Client, cast: Cast
) -> None:
    draft = _long_ago(_second())
    later = begin_draft(actor=TESTER, course=draft.course, now=NOW)
    CourseVersion.objects.filter(pk=later.pk).update(
        published_at=NOW, published_on=NOW.date(), published_by="tests"
    )
    answer = mona.post(_at("staff_version_act", draft), MODULE | AGAIN)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert "Version 2 was published since." in said
    assert MODULE["title"] in said
