"""A question shows a picture: to whoever is asked it, and to nobody before."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core.failures import NotUsable
from core.files import stored
from courses.models import CourseFile, CourseVersion, Enrolment
from courses.queries.course_tests import bank_in
from courses.services import begin_draft, begin_test, export_course, hand_in, pass_page
from tests.cast import BODY, NOW, TESTER, TODAY, Cast
from tests.courses.packs import (
    contents,
    packed,
    published,
    taken_in,
    without_pictures,
)
from tests.files.samples import picture
from tests.learning.sitting import own
from tests.learning.taking import SOCIETY, enrolled

pytestmark = pytest.mark.db
PNG = picture()
BURNOUT, NAME, WORDS = "clinician-burnout", "curve.png", "A curve that falls"
SHOWN = f'picture = "{NAME}"\npicture_words = "{WORDS}"\n'


def _files(shown: str = SHOWN, **more: bytes) -> dict[str, bytes]:
    """A sample whose every question shows the picture."""
    files = without_pictures(contents(BURNOUT))
    asked = files["bank.toml"].decode().replace("why = ", f"{shown}why = ")
    return files | {"bank.toml": asked.encode(), f"pictures/{NAME}": PNG} | more


def _without(path: str) -> dict[str, bytes]:
    files = _files()
    del files[path]
    return files


def _at(route: str, version: CourseVersion, **more: object) -> str:
    place = {"program": BODY, "version_id": version.pk} | more
    return reverse(route, kwargs=place)


def _reads(mine: Enrolment) -> None:
    for page in mine.version.pages.all():
        pass_page(
            actor=own(mine.member),
            enrolment=mine,
            page=page,
            read_instead=True,
            today=TODAY,
            now=NOW,
        )


def _begun(cast: Cast) -> tuple[Enrolment, Any]:
    mine = enrolled(cast.bob, published(packed(_files()), SOCIETY))
    _reads(mine)
    attempt = begin_test(actor=own(cast.bob), enrolment=mine, today=TODAY, now=NOW)
    return mine, attempt


def test_it_is_given_to_whoever_is_asked_while_the_test_runs(
    bob: Client, cast: Cast
) -> None:
    mine, attempt = _begun(cast)
    place = {"course_id": mine.course_id, "number": 1}
    asked = bob.get(reverse("course_question", kwargs=place)).content.decode()
    url = reverse("course_question_picture", kwargs=place)
    assert f'src="{url}" alt="{WORDS}"' in asked
    # Its name, which may tell more than the question, never reaches the browser.
    assert "curve" not in asked.replace(WORDS, "")
    given = bob.get(url)
    assert b"".join(given).startswith(b"\x89PNG")
    assert given.headers["Content-Type"] == "image/png"
    assert given.headers["Cache-Control"] == "private, no-store"
    assert "curve" not in given.headers["Content-Disposition"]
    # Not as other files of the course are, not past the sheet, not once it is over.
    file = {"course_id": mine.course_id, "name": NAME}
    assert bob.get(reverse("course_file", kwargs=file)).status_code == 404
    for number in (0, attempt.number + 1):
        other = reverse("course_question_picture", kwargs=place | {"number": number})
        assert bob.get(other).status_code == 404
    hand_in(actor=own(cast.bob), attempt=attempt, now=NOW)
    assert bob.get(url).status_code == 404


def test_it_is_given_to_nobody_before_their_test_begins(
    bob: Client, cast: Cast
) -> None:
    mine = enrolled(cast.bob, published(packed(_files()), SOCIETY))
    enrolled(cast.charlie, mine.version)
    place = {"course_id": mine.course_id, "number": 1}
    assert bob.get(reverse("course_question_picture", kwargs=place)).status_code == 404
    _reads(mine)
    begin_test(actor=own(cast.bob), enrolment=mine, today=TODAY, now=NOW)
    given = bob.get(reverse("course_question_picture", kwargs=place))
    assert (given.status_code, b"".join(given)[1:4]) == (200, b"PNG")


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (lambda: _without(f"pictures/{NAME}"), r"questions\[1\].picture: pictures/"),
        (
            lambda: _files(SHOWN.split("\n")[0] + "\n"),
            r"questions\[1\].picture_words: is missing: say what the picture shows",
        ),
        (
            lambda: _files(SHOWN.split("\n")[1] + "\n"),
            r"questions\[1\].picture: is missing, but its words",
        ),
        (
            lambda: _files() | {"pictures/other.png": PNG},
            "pictures/other.png: no question shows it",
        ),
        (
            lambda: _files() | {f"pictures/{NAME}": b"no picture"},
            f"pictures/{NAME}: .*not a PDF, PNG or JPEG",
        ),
        (
            lambda: (
                _files() | {f"pictures/{NAME}": contents()["files/three-questions.vtt"]}
            ),
            f"pictures/{NAME}: ",
        ),
        (
            lambda: _files(SHOWN.replace(WORDS, "x" * 301)),
            "picture_words: must be at most 300",
        ),
    ],
)
def test_a_zip_whose_pictures_are_wrong_is_refused_by_name(
    files: Any,  # noqa: ANN401
    words: str,
    cast: Cast,
) -> None:
    with pytest.raises(NotUsable, match=words):
        taken_in(packed(files()), SOCIETY)
    assert not CourseFile.objects.exists()


def test_a_page_never_shows_it_and_versions_carry_it(cast: Cast) -> None:
    shown = _files()
    shown["pages/what-it-is.md"] += f"\n\n![x](files/{NAME})".encode()
    with pytest.raises(NotUsable, match=f"files/{NAME} is missing"):
        taken_in(packed(shown), SOCIETY)
    version = published(packed(_files()), SOCIETY)
    assert version.files.get(name=NAME).kind == CourseFile.Kind.QUESTION
    out = dict(export_course(version=version))
    assert out[f"pictures/{NAME}"].startswith(b"\x89PNG")
    draft = begin_draft(actor=TESTER, course=version.course, now=NOW)
    assert draft.files.get(name=NAME).kind == CourseFile.Kind.QUESTION
    again = dict(export_course(version=draft))
    assert again[f"pictures/{NAME}"] == out[f"pictures/{NAME}"]


def test_staff_put_it_in_preview_it_and_publish_no_question_without_it(
    mona: Client, cast: Cast
) -> None:
    draft = taken_in("mscat-training")
    figures = {"do": "figures", "questions": "1", "pass_percent": "50", "tries": "3"}
    mona.post(_at("staff_test", draft), figures)
    for data, words in (
        (contents()["files/three-questions.vtt"], "is a PNG or a JPEG"),
        (PNG, "is among the files"),
    ):
        name = "a.png" if data == PNG else "a.vtt"
        sent = {"file": SimpleUploadedFile(name, data), "asked": "on"}
        answer = mona.post(_at("staff_version_files", draft), sent, follow=True)
        assert words in answer.content.decode()
    taken = {"file": SimpleUploadedFile("a.png", PNG)}
    refused = mona.post(_at("staff_version_files", draft), taken)
    assert "Another file of this version has this name" in refused.content.decode()
    typed = {"text": "What falls?", "topic": "Curves", "why": "Look.", "right_1": "on"}
    typed |= {"option_1": "Trust", "option_2": "Rain"}
    new = _at("staff_test_question_new", draft)
    for more, field in (
        ({"picture": "a.png"}, "picture_words"),
        ({"picture_words": WORDS}, "picture"),
        ({"picture": "none.png", "picture_words": WORDS}, "picture"),
    ):
        answer = mona.post(new, typed | more)
        assert answer.status_code == 422
        assert answer.context["form"].errors[field]
    saved = mona.post(new, typed | {"picture": "a.png", "picture_words": WORDS})
    assert saved.status_code == 302
    preview = mona.get(_at("staff_test_preview", draft)).content.decode()
    at = _at("staff_version_file", draft, name="a.png")
    assert f'src="{at}" alt="{WORDS}"' in preview
    draft.refresh_from_db()
    (asked,) = bank_in(draft).questions
    assert (asked.picture, asked.picture_words) == ("a.png", WORDS)
    gone = {"do": "remove", "part": "file", "id": draft.files.get().pk}
    kept = mona.post(_at("staff_version_act", draft), gone, follow=True)
    assert "Question 1 shows this picture." in kept.content.decode()
    draft.files.all().delete()
    page = mona.get(_at("staff_version", draft)).content.decode()
    assert "Question 1 shows pictures/a.png, which is not among the files." in page


def test_who_writes_a_question_sees_its_picture_and_its_words_are_one_line(
    mona: Client, cast: Cast
) -> None:
    files = _files()
    # Credit and topics are another body's.
    lines = files["course.toml"].decode().splitlines()
    kept = [each for each in lines if not each.startswith(("credit", "topics"))]
    draft = taken_in(packed(files | {"course.toml": "\n".join(kept).encode()}))
    code = bank_in(draft).questions[0].code
    url = _at("staff_test_question", draft, code=code)
    at = _at("staff_version_file", draft, name=NAME)
    form = mona.get(url).context["form"]
    assert f'<img class="gs-asked" src="{at}" alt="">' in mona.get(url).content.decode()
    sent = {name: form[name].value() or "" for name in form.fields}
    lined = WORDS.replace(" ", "\r\n", 1)
    assert mona.post(url, sent | {"picture_words": lined}).status_code == 302
    draft.refresh_from_db()
    assert bank_in(draft).question(code).picture_words == WORDS


def test_it_is_drawn_anew_and_carries_nothing_however_it_comes_in(
    mona: Client, cast: Cast
) -> None:
    said, room = PngInfo(), BytesIO()
    said.add_text("Comment", "The answer is rest")
    Image.open(BytesIO(PNG)).save(room, "PNG", pnginfo=said)
    told = room.getvalue()
    assert b"The answer is rest" in told
    version = taken_in(packed(_files() | {f"pictures/{NAME}": told}), SOCIETY)
    draft = taken_in("mscat-training")
    sent = {"file": SimpleUploadedFile(NAME, told), "asked": "on"}
    mona.post(_at("staff_version_files", draft), sent)
    for each in (version, draft):
        file = each.files.get(kind=CourseFile.Kind.QUESTION)
        kept = stored(file.file_key)
        assert (kept[1:4], b"The answer" in kept) == (b"PNG", False)
        assert file.size == len(kept)
