"""A course is a ZIP: taken in whole or not at all, and given out as it was."""

import stat
from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZipFile, ZipInfo

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from core.failures import NotUsable
from courses.models import Course, CourseFile, CourseVersion, Page
from courses.samples import samples
from courses.services import add_file, export_course
from tests.cast import NOW, TESTER, Cast
from tests.courses.packs import (
    HIPAA,
    contents,
    packed,
    published,
    taken_in,
    without_pictures,
)

pytestmark = pytest.mark.db
Files = dict[str | ZipInfo, bytes]
FACTS = "course.toml"
BANK = without_pictures(contents("clinician-burnout"))
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"


def _with(path: str | ZipInfo, content: bytes) -> Callable[[Files], Files]:
    return lambda files: files | {path: content}


def _without(path: str) -> Callable[[Files], Files]:
    return lambda files: {key: files[key] for key in files if key != path}


def _said(old: bytes, new: bytes, path: str = FACTS) -> Callable[[Files], Files]:
    return lambda files: files | {path: files[path].replace(old, new)}


def _link() -> ZipInfo:
    found = ZipInfo("files/link.png")
    found.external_attr = (stat.S_IFLNK | 0o777) << 16
    return found


WRONG: dict[str, tuple[Callable[[Files], Files], str]] = {
    "a path that leads out": (_with("../out.md", b"x"), "'../out.md' can't be"),
    "a path from the root": (_with("/etc/passwd", b"x"), "'/etc/passwd' can't be"),
    "a path of Windows": (_with("files\\..\\x.png", b"x"), "can't be in this ZIP"),
    "a folder in a folder": (_with("files/a/b.png", b"x"), "'files/a/b.png'"),
    "a symbolic link": (_with(_link(), b"/etc/passwd"), "'files/link.png' is a link"),
    "a bomb": (_with("files/a.png", b"\0" * 90_000_000), "files/a.png unpacks to far"),
    "a script": (_with("files/x.js", b"alert(1)"), "files/x.js"),
    "a web page": (_with("files/x.html", b"<html>"), "files/x.html"),
    "something else": (_with("readme.txt", b"x"), "readme.txt is none of a course's"),
    "a page nobody names": (_with("pages/x.md", b"x"), "pages/x.md: no page"),
    "a file nobody shows": (
        _with("files/x.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"),
        "files/x.vtt: no page shows it",
    ),
    "a page that is missing": (_without("pages/start.md"), "pages/start.md"),
    "a video that is missing": (
        _without("files/three-questions.webm"),
        "files/three-questions.webm is missing",
    ),
    "no facts": (_without(FACTS), "course.toml: is missing"),
    "facts that are no TOML": (_with(FACTS, b"slug = "), "course.toml: is not TOML"),
    "an unknown key": (_said(b"kind =", b"sort ="), "course.toml: sort: unknown key"),
    "a page with NUL": (
        _with("pages/start.md", b"Hello\0"),
        "pages/start.md: holds a character that is none",
    ),
    "a page without end": (
        _with("pages/start.md", " ".join(map(str, range(30_000))).encode()),
        "pages/start.md is longer than 100,000 characters",
    ),
    "a page of brackets": (
        # Numbers, so that it doesn't unpack to far more than it is.
        _with("pages/start.md", "".join(f"[{n}" for n in range(18_000)).encode()),
        "pages/start.md: At most 10,000 signs of a page may be Markdown's own",
    ),
    "brackets without end": (
        _with(FACTS, b"slug = " + b"[" * 60_000),
        "course.toml: is not TOML",
    ),
    "a number without end": (
        _with(FACTS, b"slug = " + b"1" * 5000),
        "course.toml: is not TOML",
    ),
    "more seconds than can be kept": (
        _said(b'code = "start"', b'code = "start"\nseconds = 1e9'),
        "seconds: must be below 1,000,000",
    ),
    "no number": (
        _said(b"must_watch", b"nonmember_price = nan\nmust_watch"),
        "nonmember_price: must be a finite number",
    ),
    "a part of a cent": (
        _said(b"must_watch", b"nonmember_price = 0.001\nmust_watch"),
        "nonmember_price: must be below 1,000,000, with at most two decimals",
    ),
    "more tries than can be kept": (
        lambda files: (
            files
            | {
                "bank.toml": BANK["bank.toml"],
                FACTS: files[FACTS].replace(
                    b"\n[[modules]]",
                    b"\n[test]\nquestions = 1\npass_percent = 50\ntries = 99999999"
                    b"\n\n[[modules]]",
                    1,
                ),
            }
        ),
        "test.tries: must be at most 20",
    ),
    "a picture from elsewhere": (
        _with("pages/start.md", b"![out](files/../../logout)"),
        "is none of this course's files",
    ),
    "no UTF-8": (_with("pages/start.md", b"\xff\xfe"), "pages/start.md is not text"),
    "captions that are none": (
        _with("files/three-questions.vtt", b"1\n00:00 --> 00:01\nHi\n"),
        "files/three-questions.vtt",
    ),
    "captions with a wrong time": (
        _with("files/three-questions.vtt", b"WEBVTT\n\n00:01 --> 00:02\nHi\n"),
        "files/three-questions.vtt: These captions can't be used: line 3",
    ),
    "a video that is none": (
        _with("files/three-questions.webm", b"\x1a\x45\xdf\xa3webm"),
        "files/three-questions.webm: This video is damaged",
    ),
    "a bank without a test": (_with("bank.toml", b""), "bank.toml"),
    "a price below nothing": (
        _said(b"must_watch", b"member_price = -1\nmust_watch"),
        "course.toml: member_price: must not be negative",
    ),
    "a topic that is none": (
        _said(b"must_watch", b'topics = ["magic"]\nmust_watch'),
        "'magic' is none of",
    ),
    "a chapter after the end": (
        _said(b"[0, ", b"[999, "),
        "begins after the video's end",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_zip_with_something_wrong_is_refused_whole(name: str, cast: Cast) -> None:
    spoil, words = WRONG[name]
    before = _kept()
    files: Files = dict(contents().items())
    with pytest.raises(NotUsable) as refusal:
        taken_in(packed(spoil(files)))
    assert words in refusal.value.text, refusal.value.text
    assert refusal.value.problems
    assert not Course.objects.exists()
    assert _kept() == before


def test_what_is_no_zip_is_refused(cast: Cast) -> None:
    upload = ContentFile(b"GIF89a", name="course.zip")
    with pytest.raises(NotUsable, match="no ZIP"):
        taken_in(upload)


def _damaged(path: str = "pages/start.md") -> bytes:
    """A ZIP in which the packed bytes of a file are none."""
    whole: bytes = packed(contents()).read()
    with ZipFile(BytesIO(whole)) as archive:
        part = archive.getinfo(path)
    begin = part.header_offset + 30 + len(path)
    return (
        whole[:begin]
        + b"\xff" * part.compress_size
        + whole[begin + part.compress_size :]
    )


def test_a_damaged_zip_is_refused(cast: Cast) -> None:
    with pytest.raises(NotUsable, match="or it is damaged"):
        taken_in(ContentFile(_damaged(), name="course.zip"))


@pytest.mark.parametrize("way", [ZIP_LZMA, ZIP_BZIP2])
def test_what_is_packed_in_a_rare_way_is_refused(way: int, cast: Cast) -> None:
    room = BytesIO()
    with ZipFile(room, "w", way) as archive:
        for path, content in contents().items():
            archive.writestr(path, content)
    with pytest.raises(NotUsable, match="packed in a way"):
        taken_in(ContentFile(room.getvalue(), name="course.zip"))


def test_a_file_whose_name_is_spelled_in_its_link_is_found(cast: Cast) -> None:
    files = contents()
    page = files["pages/start.md"] + b"\n\n[Save it](<files/to save (1).vtt>)\n"
    spaced = {"pages/start.md": page, "files/to save (1).vtt": CAPTIONS}
    version = published(packed(files | spaced))
    assert "files/to%20save%20(1).vtt" in version.pages.get(code="start").html


def test_credit_that_the_policy_would_not_give_is_refused(cast: Cast) -> None:
    files = contents("clinician-burnout")
    facts = files[FACTS].replace(b"category_1", b"category_2")
    facts = facts.replace(b"credit = 0.50", b"credit = 0.60")
    with pytest.raises(NotUsable, match=r"it would bring 0\.5"):
        taken_in(packed(files | {FACTS: facts}), "mms")


def test_a_file_that_no_page_shows_stays_behind(cast: Cast) -> None:
    draft = taken_in()
    add_file(
        actor=TESTER,
        version=draft,
        upload=ContentFile(CAPTIONS, name="left.vtt"),
        now=NOW,
    )
    out = dict(export_course(version=draft))
    assert "files/left.vtt" not in out
    assert taken_in(packed(dict(out))).pk == draft.pk


@pytest.mark.parametrize("sample", samples())
def test_a_sample_given_out_and_taken_in_again_is_the_same(
    sample: str, cast: Cast
) -> None:
    program = "mms" if sample == "clinician-burnout" else "acmss"
    first = published(sample, program)
    out = dict(export_course(version=first))
    again = published(packed(dict(out)), program)
    assert again.course == first.course
    assert (again.number, first.number) == (2, 1)
    assert dict(export_course(version=again)) == out
    assert [page.html for page in again.pages.all()] == [
        page.html for page in first.pages.all()
    ]


def test_a_zip_taken_in_twice_is_one_draft(cast: Cast) -> None:
    draft = taken_in()
    again = taken_in()
    assert again.pk == draft.pk
    assert CourseVersion.objects.count() == 1
    assert Page.objects.filter(version=again).count() == 4


def test_a_sample_s_film_knows_its_length(cast: Cast) -> None:
    version = published()
    page = version.pages.get(kind="video")
    assert page.seconds == 92
    assert page.transcript.startswith("<p>It is a quiet morning.")
    assert page.version.course.slug == HIPAA
    assert {each.kind for each in CourseFile.objects.all()} == {"video", "captions"}


def _kept() -> set[str]:
    try:
        folders, _ = default_storage.listdir("courses")
    except FileNotFoundError:
        return set()
    return {
        f"{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"courses/{folder}")[1]
    }
