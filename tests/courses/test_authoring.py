"""Staff write a course in the browser: pages, files, a preview, versions."""

from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.models import AuditEntry
from courses.models import Course, CourseFile, CourseVersion, Module, Page
from courses.services import version_files
from tests.cast import BODY, TODAY, Cast
from tests.courses.packs import contents, published

pytestmark = pytest.mark.db
HERE = f"/staff/{BODY}/courses/"
FACTS: dict[str, Any] = {
    "title": "Rights of patients",
    "slug": "rights-of-patients",
    "kind": "course",
    "provider": "The body",
    "member_price": "0",
    "nonmember_price": "0",
    "released_on": TODAY.isoformat(),
}
PAGE = {"title": "Hello", "code": "hello", "markdown": "# One\n\n<b>Bold</b> *words*"}


def _at(name: str, **place: object) -> str:
    return reverse(name, kwargs={"program": BODY, **place})


def _draft(mona: Client) -> CourseVersion:
    mona.post(f"{HERE}new/", FACTS)
    course = Course.objects.get()
    mona.post(_at("staff_course", course_id=course.pk), {"do": "draft"})
    return CourseVersion.objects.get()


def _act(mona: Client, version: CourseVersion, do: str, **more: object) -> Any:  # noqa: ANN401
    sent = {"do": do, **more}
    return mona.post(_at("staff_version_act", version_id=version.pk), sent, follow=True)


def _module(mona: Client, version: CourseVersion, title: str = "First") -> Module:
    _act(mona, version, "module", title=title)
    return Module.objects.get(version=version, title=title)


def _page(mona: Client, module: Module, **changes: object) -> Any:  # noqa: ANN401
    place = {"version_id": module.version_id, "module_id": module.pk}
    return mona.post(_at("staff_page_new", **place), PAGE | changes)


def _upload(mona: Client, version: CourseVersion, name: str, data: bytes) -> Any:  # noqa: ANN401
    url = _at("staff_version_files", version_id=version.pk)
    return mona.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_course_is_written_previewed_and_published(mona: Client, cast: Cast) -> None:
    version = _draft(mona)
    module = _module(mona, version)
    seen = mona.get(_page(mona, module).headers["Location"]).content.decode()
    # Tags show as text, headings stand below the page's own.
    assert "<h2>One</h2>" in seen
    assert "&lt;b&gt;Bold&lt;/b&gt; <em>words</em>" in seen
    outline = mona.get(_at("staff_version", version_id=version.pk)).content.decode()
    assert "has no objective yet" in outline
    saved = mona.post(
        _at("staff_version", version_id=version.pk), {"objectives": "Know\r\nDo\r\n"}
    )
    assert saved.status_code == 302
    _act(mona, version, "publish")
    version.refresh_from_db()
    assert version.objectives == ["Know", "Do"]
    assert version.published_on == TODAY
    assert "<h2>One</h2>" in Page.objects.get().html
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"course.created", "course_version.published"} <= actions


def test_what_is_missing_is_said_and_nothing_is_published(
    mona: Client, cast: Cast
) -> None:
    version = _draft(mona)
    _module(mona, version)
    page = _act(mona, version, "publish").content.decode()
    assert "The module “First” has no page." in page
    version.refresh_from_db()
    assert version.published_at is None


def test_parts_are_moved_and_removed(mona: Client, cast: Cast) -> None:
    version = _draft(mona)
    first, second = _module(mona, version), _module(mona, version, "Second")
    for code in ("one", "two"):
        _page(mona, first, code=code, title=code)
    one = Page.objects.get(code="one")
    _act(mona, version, "down", part="page", id=one.pk)
    _act(mona, version, "up", part="module", id=second.pk)
    _act(mona, version, "up", part="module", id=second.pk)
    assert [each.title for each in version.modules.all()] == ["Second", "First"]
    assert [each.code for each in first.pages.order_by("place")] == ["two", "one"]
    _act(mona, version, "remove", part="module", id=first.pk)
    assert not Page.objects.exists()
    assert _act(mona, version, "remove", part="module", id=first.pk).status_code == 404


def test_a_video_is_put_in_with_its_captions(mona: Client, cast: Cast) -> None:
    version, files = _draft(mona), contents()
    module = _module(mona, version)
    for name in ("three-questions.webm", "three-questions.vtt"):
        _upload(mona, version, name, files[f"files/{name}"])
    sent = {"video": "three-questions.webm", "captions": "three-questions.vtt"}
    done = _page(mona, module, **sent, chapters="0:24 First")
    assert done.status_code == 302
    page = Page.objects.get()
    assert (page.kind, page.seconds) == ("video", Decimal(92))
    assert page.chapters == [["24", "First"]]
    preview = mona.get(done.headers["Location"]).content.decode()
    assert '<track kind="captions"' in preview
    file = CourseFile.objects.get(kind="video")
    kept = _act(mona, version, "remove", part="file", id=file.pk)
    assert "plays this file" in kept.content.decode()


def test_all_files_of_a_version_fit_into_its_zip(
    mona: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, film = _draft(mona), contents()["files/three-questions.webm"]
    monkeypatch.setattr(version_files, "MOST_TOGETHER", len(film) + 10)
    for _ in range(2):
        assert _upload(mona, version, "one.webm", film).status_code == 200
    refused = _upload(mona, version, "two.webm", film)
    assert refused.status_code == 422
    assert "together" in refused.content.decode()
    assert CourseFile.objects.get().name == "one.webm"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.vtt", b"WEBVTT\n\nnothing", "line 3"),
        ("a.vtt", b"1\n00:01.000 --> 00:02.000\nx", "not a PDF, PNG or JPEG"),
        ("a.js", b"alert(1)", "not a PDF, PNG or JPEG"),
        ("a.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 40, "damaged"),
        ("a.vtt", b"\x1a\x45\xdf\xa3" + b"\0" * 20 + b"webm", "WebM video named .vtt"),
        ("a.svg", b"<svg onload='x()'></svg>", "a drawing"),
    ],
)
def test_what_is_no_file_of_a_course_is_refused(
    name: str, data: bytes, words: str, mona: Client, cast: Cast
) -> None:
    version = _draft(mona)
    answer = _upload(mona, version, name, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CourseFile.objects.exists()


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("![](files/a.png)", "has no words"),
        ("![x](https://elsewhere.example/a.png)", "none of this course"),
        ("[" * 100_000, "At most 10,000 signs of a page"),
    ],
)
def test_a_page_that_nobody_could_read_is_refused_beside_its_field(
    markdown: str, words: str, mona: Client, cast: Cast
) -> None:
    answer = _page(mona, _module(mona, _draft(mona)), markdown=markdown)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_no_script_gets_through_to_a_reader(mona: Client, cast: Cast) -> None:
    evil = "[x](javascript:alert(1)) <script>alert(2)</script> [y](files/a%22onload=)"
    module = _module(mona, _draft(mona))
    seen = mona.get(_page(mona, module, markdown=evil).headers["Location"])
    page = seen.content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert ' onload="' not in page


def test_a_new_version_copies_the_last(mona: Client, cast: Cast) -> None:
    first = published()
    url = _at("staff_course", course_id=first.course_id)
    for _ in range(2):
        mona.post(url, {"do": "draft"})
    draft = CourseVersion.objects.get(published_at=None)
    assert draft.number == 2
    codes = [each.code for each in first.pages.all()]
    assert [each.code for each in draft.pages.all()] == codes
    page = draft.pages.get(code="start")
    place = {"version_id": first.pk, "page_id": page.pk}
    assert mona.get(_at("staff_page", **place)).status_code == 404
    _act(mona, draft, "discard")
    assert CourseVersion.objects.get() == first


def test_what_is_published_is_not_written_any_more(mona: Client, cast: Cast) -> None:
    version = published()
    page = version.pages.get(code="start")
    place = {"version_id": version.pk, "page_id": page.pk}
    answer = mona.post(_at("staff_page", **place), PAGE)
    assert answer.status_code == 409
    assert "begin a new one" in answer.content.decode()
    page.refresh_from_db()
    assert page.title == "Why this is about you"


def test_a_version_leaves_as_a_zip(mona: Client, cast: Cast) -> None:
    version = published()
    answer = mona.get(_at("staff_version_zip", version_id=version.pk))
    assert 'filename="hipaa-for-scribes-1.zip"' in answer.headers["Content-Disposition"]
    with ZipFile(BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == set(contents())


def test_a_zip_is_taken_in_on_the_page(mona: Client, cast: Cast) -> None:
    wrong = SimpleUploadedFile("course.zip", b"PK no")
    answer = mona.post(HERE, {"file": wrong})
    assert answer.status_code == 422
    assert "no ZIP" in answer.content.decode()
    assert not Course.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "UPPER case"}, "slug"),
        ({"slug": "Upper"}, "slug"),
        ({"slug": "under_score"}, "slug"),
        # Bands of minutes: a claim would bring nothing of it.
        ({"credit_kind": "webinar", "credit": "1"}, "credit"),
        ({"credit": "1"}, "credit"),
        ({"credit_kind": "webinar"}, "credit"),
        ({"nonmember_price": "1", "member_price": "2"}, "member_price"),
        ({"expires_on": "2001-01-01"}, "expires_on"),
        ({"released_on": "31.02.2025"}, "released_on"),
        ({"product": "nothing"}, "product"),
    ],
)
def test_facts_that_can_t_be_are_refused_beside_their_field(
    changes: dict[str, str], field: str, mona: Client, cast: Cast
) -> None:
    answer = mona.post(f"{HERE}new/", FACTS | changes)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Course.objects.exists()


def test_two_courses_never_share_an_address_or_a_product(
    mona: Client, cast: Cast
) -> None:
    published()
    for sent, field in (
        (FACTS | {"slug": "hipaa-for-scribes"}, "slug"),
        (FACTS | {"product": "hipaa"}, "product"),
    ):
        answer = mona.post(f"{HERE}new/", sent)
        assert answer.context["form"].errors[field]
    assert Course.objects.count() == 1


def test_a_course_is_withdrawn_once(mona: Client, cast: Cast) -> None:
    version = published()
    url = _at("staff_course", course_id=version.course_id)
    for words in ("is withdrawn", "withdrawn already"):
        assert words in mona.post(url, {"do": "withdraw"}, follow=True).content.decode()
    version.course.refresh_from_db()
    assert version.course.withdrawn_on == TODAY
