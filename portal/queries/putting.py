"""Where in a draft something goes that was typed for another one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from courses.models import CourseVersion
from courses.queries.written import (
    seen_figures,
    seen_page,
    seen_question,
    seen_test,
    seen_version,
)
from portal.queries.staff_tests import read_test


@dataclass(frozen=True)
class Place:
    """A place in a draft: what the button says, where it sends.

    `same`: what stands there is replaced; `seen` names that, as it is now.
    """

    label: str
    url: str
    same: bool = False
    seen: str = ""


def places_for(draft: CourseVersion, what: str, code: str) -> Sequence[Place]:
    """List where a page, a question or another part goes.

    There is none for a new page where the draft has no module.

    Args:
        draft: of the same course.
        what: "page", "question", "file", "module", "text", "figures" or "objectives".
        code: of the page or question, "" where it is new; of a file its name.
    """
    if what == "page":
        return _of_page(draft, code)
    if what == "question":
        return _of_question(draft, code)
    if what == "file":
        return [_of_file(draft, code)]
    if what == "module":
        return [Place(f"Add it to {draft}", _at("staff_version_act", draft))]
    seen, name = {
        "text": (seen_test, "staff_test_text"),
        "figures": (seen_figures, "staff_test"),
        "objectives": (seen_version, "staff_version"),
    }[what]
    label = f"Save it in {draft}"
    return [Place(label, _at(name, draft), same=True, seen=seen(draft))]


def _of_page(draft: CourseVersion, code: str) -> Sequence[Place]:
    page = draft.pages.filter(code=code).first()
    if page is not None:
        url = _at("staff_page", draft, page_id=page.pk)
        label = f"Write it over “{page.title}”"
        # A code is there once in a version: it can't be added beside.
        return [Place(label, url, same=True, seen=seen_page(page))]
    return [
        Place(
            f"Add it to “{each.title}”", _at("staff_page_new", draft, module_id=each.pk)
        )
        for each in draft.modules.order_by("place")
    ]


def _of_question(draft: CourseVersion, code: str) -> Sequence[Place]:
    places = [Place("Add it as a new question", _at("staff_test_question_new", draft))]
    bank, _ = read_test(draft)
    if bank and code in {each.code for each in bank.questions}:
        url = _at("staff_test_question", draft, code=code)
        label, seen = "Write it over the same question", seen_question(bank, code)
        places.append(Place(label, url, same=True, seen=seen))
    return places


def _of_file(draft: CourseVersion, name: str) -> Place:
    url = _at("staff_version_files", draft)
    there = draft.files.filter(name=name).exists()
    return Place(f"Put it in place of “{name}”" if there else f"Add it to {draft}", url)


def _at(name: str, draft: CourseVersion, **more: object) -> str:
    place = {"program": draft.course.program, "version_id": draft.pk}
    return reverse(name, kwargs=place | more)
