"""Two staff write one draft: whoever comes second reads so, and loses nothing."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from courses.models import Course, CourseVersion, Module, Page
from courses.queries import facts_of
from tests.cast import BODY, Cast
from tests.courses.packs import packed_sample, taken_in

pytestmark = pytest.mark.db
CHANGED = "Somebody changed this since you opened it."
LOOK = "Somebody changed this draft since you opened the page."


def _at(name: str, **place: object) -> str:
    return reverse(name, kwargs={"program": BODY, **place})


def _opened(mona: Client, url: str) -> dict[str, Any]:
    """The form as somebody has it before them."""
    answer = mona.get(url)
    form = answer.context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in found.items()}


def _page_url(draft: CourseVersion) -> str:
    page = draft.pages.get(code="start")
    return _at("staff_page", version_id=draft.pk, page_id=page.pk)


def test_a_page_that_somebody_else_saved_is_not_written_over(
    mona: Client, cast: Cast
) -> None:
    url = _page_url(taken_in())
    first, second = _opened(mona, url), _opened(mona, url)
    assert mona.post(url, first | {"markdown": "From Mona."}).status_code == 302
    mine = second | {"markdown": "From Max, at length."}
    answer = mona.post(url, mine)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert CHANGED in said
    assert "From Max, at length." in said
    assert Page.objects.get(code="start").markdown == "From Mona."
    # Whoever saves again, now that they know of it, means it.
    again = mine | {"seen": answer.context["form"]["seen"].value()}
    assert mona.post(url, again).status_code == 302
    assert Page.objects.get(code="start").markdown == "From Max, at length."


def test_two_pages_of_a_draft_are_written_at_once(mona: Client, cast: Cast) -> None:
    draft = taken_in()
    url, other = _page_url(draft), draft.pages.exclude(code="start").filter(kind="text")
    opened = _opened(mona, url)
    there = _at("staff_page", version_id=draft.pk, page_id=other[0].pk)
    assert mona.post(there, _opened(mona, there) | {"title": "A"}).status_code == 302
    assert mona.post(url, opened | {"title": "B"}).status_code == 302


def test_objectives_that_somebody_else_saved_are_not_written_over(
    mona: Client, cast: Cast
) -> None:
    draft = taken_in()
    url = _at("staff_version", version_id=draft.pk)
    opened = _opened(mona, url)
    assert mona.post(url, opened | {"objectives": "One"}).status_code == 302
    answer = mona.post(url, opened | {"objectives": "Two"})
    assert answer.status_code == 409
    assert CHANGED in answer.content.decode()
    assert "Two" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.objectives == ["One"]


def test_facts_that_somebody_else_saved_are_not_written_over(
    mona: Client, cast: Cast
) -> None:
    url = _at("staff_course_facts", course_id=taken_in().course_id)
    opened = _opened(mona, url)
    assert mona.post(url, opened | {"summary": "One"}).status_code == 302
    answer = mona.post(url, opened | {"summary": "Two"})
    assert (answer.status_code, CHANGED in answer.content.decode()) == (409, True)
    assert facts_of(Course.objects.get()).summary == "One"


@pytest.mark.parametrize("do", ["publish", "discard", "remove"])
def test_a_draft_that_somebody_else_changed_is_looked_at_first(
    do: str, mona: Client, cast: Cast
) -> None:
    draft = taken_in()
    url = _at("staff_version_act", version_id=draft.pk)
    seen = mona.get(_at("staff_version", version_id=draft.pk)).context["page"].seen
    module = Module.objects.filter(version=draft)[0]
    sent = {"do": do, "part": "module", "id": module.pk, "seen": seen}
    mona.post(_page_url(draft), _opened(mona, _page_url(draft)) | {"title": "New"})
    answer = mona.post(url, sent, follow=True)
    assert LOOK in answer.content.decode()
    assert CourseVersion.objects.get().published_at is None
    assert Module.objects.filter(pk=module.pk).exists()
    sent["seen"] = (
        mona.get(_at("staff_version", version_id=draft.pk)).context["page"].seen
    )
    assert LOOK not in mona.post(url, sent, follow=True).content.decode()


def test_a_page_removed_meanwhile_keeps_what_was_typed(
    mona: Client, cast: Cast
) -> None:
    draft = taken_in()
    url = _page_url(draft)
    mine = _opened(mona, url) | {"markdown": "From Max, at length."}
    module = draft.pages.get(code="start").module
    gone = {"do": "remove", "part": "page", "id": draft.pages.get(code="start").pk}
    mona.post(_at("staff_version_act", version_id=draft.pk), gone)
    answer = mona.post(url, mine)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert "Somebody removed this page since you opened it." in said
    assert "From Max, at length." in said
    new = _at("staff_page_new", version_id=draft.pk, module_id=module.pk)
    assert f'formaction="{new}"' in said
    # What is wrong with it is said there, too.
    assert mona.post(url, mine | {"title": ""}).status_code == 422
    assert mona.post(new, mine).status_code == 302
    assert draft.pages.get(code="start").markdown == "From Max, at length."
    # So does one whose module went with it; without any, that is said.
    Page.objects.filter(version=draft).delete()
    Module.objects.filter(version=draft).delete()
    answer = mona.post(new, mine)
    said = answer.content.decode()
    assert answer.status_code == 404
    assert "Somebody removed this module" in said
    assert "From Max, at length." in said
    assert "has no module any more" in said
    assert mona.get(url).status_code == mona.get(new).status_code == 404


def test_a_zip_asks_before_it_replaces_what_somebody_writes(
    mona: Client, cast: Cast
) -> None:
    def sends(**more: str) -> Any:  # noqa: ANN401
        file = SimpleUploadedFile("course.zip", packed_sample("hipaa-for-scribes"))
        return mona.post(_at("staff_courses"), {"file": file} | more)

    draft = taken_in()
    # Another's ZIP is work that could be lost, too.
    assert sends().status_code == 409
    url = _page_url(draft)
    mona.post(url, _opened(mona, url) | {"markdown": "From Mona."})
    asked = sends()
    said = asked.content.decode()
    assert asked.status_code == 409
    assert "has a draft, which this ZIP would replace" in said
    last = AuditEntry.objects.filter(subject_id=draft.pk).latest("pk")
    assert f"{last.actor} wrote in it last, " in said
    assert draft.pages.get(code="start").markdown == "From Mona."
    seen = asked.context["form"]["seen"].value()
    # It was told of another state of the draft.
    mona.post(url, _opened(mona, url) | {"markdown": "From Mona, again."})
    assert sends(seen=seen).status_code == 409
    seen = sends(seen=seen).context["form"]["seen"].value()
    assert sends(seen=seen).status_code == 302
    assert draft.pages.get(code="start").markdown != "From Mona, again."
    # Her own, with nothing written since, is taken at once.
    assert sends().status_code == 302
