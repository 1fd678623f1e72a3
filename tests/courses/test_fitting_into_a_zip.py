"""What staff put into a draft fits into its ZIP, which is taken in again."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from core.failures import NotUsable
from core.files import FileRefused
from courses.models import CourseFile, CourseVersion, Page
from courses.queries import problems_of_draft
from courses.services import add_file, save_page, version_files, versions
from courses.services.parts import PageFacts
from tests.cast import NOW, TESTER, Cast
from tests.courses.packs import taken_in
from tests.files.samples import picture

pytestmark = pytest.mark.db
PNG = picture()


def _add(draft: CourseVersion, name: str, *, asked: bool = False) -> CourseFile:
    upload = ContentFile(PNG, name=name)
    return add_file(actor=TESTER, version=draft, upload=upload, asked=asked, now=NOW)


def _page(draft: CourseVersion, code: str) -> Page:
    return save_page(
        actor=TESTER,
        version=draft,
        module_id=draft.modules.all()[0].pk,
        page_id=None,
        facts=PageFacts(code, "One more", "Words"),
        now=NOW,
    )


@pytest.mark.parametrize(
    "name", ["Übersicht.png", "_x.png", "a+b.png", "(1).png", "a..png", "図.png"]
)
def test_a_name_that_no_zip_is_taken_in_with_is_refused(name: str, cast: Cast) -> None:
    draft = taken_in()
    before = draft.files.count()
    with pytest.raises(FileRefused, match=r"letters \(A to Z\), digits, .* Rename it"):
        _add(draft, name)
    assert draft.files.count() == before


def test_names_differ_in_more_than_capitals(cast: Cast) -> None:
    draft = taken_in()
    _add(draft, "Curve (1).png")
    for asked in (False, True):
        with pytest.raises(FileRefused, match="differs in capitals only"):
            _add(draft, "curve (1).PNG", asked=asked)
    assert _add(draft, "Curve (1).png").name == "Curve (1).png"


def test_pages_and_files_together_fit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = taken_in()
    _add(draft, "one.png")
    full = draft.pages.count() + draft.files.count() + 1
    monkeypatch.setattr(versions, "MOST_PARTS_OF_VERSION", full)
    _page(draft, "more")
    with pytest.raises(FileRefused, match="pages and files together"):
        _add(draft, "two.png")
    with pytest.raises(NotUsable, match="pages and files together"):
        _page(draft, "still-more")
    # One that replaces another needs no room, and neither does it where files are many.
    monkeypatch.setattr(version_files, "MOST_FILES", 1)
    assert _add(draft, "one.png").name == "one.png"


def test_a_shorter_film_leaves_no_chapter_behind_its_end(cast: Cast) -> None:
    draft = taken_in()
    page = draft.pages.filter(kind=Page.Kind.VIDEO)[0]
    assert problems_of_draft(draft) == []
    title = page.chapters[-1][1]
    # As putting in a film of the same name does, which says how long it is.
    page.seconds = Decimal(page.chapters[-1][0])
    page.save(update_fields=["seconds"])
    text = f"“{page.title}”: the chapter “{title}” begins after the video's end."
    assert problems_of_draft(draft) == [text]
