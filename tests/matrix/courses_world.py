"""A course of each of two bodies, with a draft, and one that anybody may begin."""

from courses.models import CourseVersion, Module, Page
from tests.cast import BODY, OTHER_BODY
from tests.courses.packs import published, taken_in
from tests.db.course_rows import a_course
from tests.learning.taking import BANK
from tests.matrix.things import Thing


def course_things() -> dict[str, Thing]:
    """Take a sample in for both bodies; its draft is what staff write."""
    ours, theirs = taken_in(program=BODY), _taken_in_elsewhere()
    for each in (ours, theirs):
        _with_a_test(each)
    open_ = published("mscat-manual")
    parts = (Page, Module)
    page, module = (_pair(each, ours, theirs) for each in parts)
    return {
        "course to begin": Thing.rows(open_.course, theirs.course),
        "course over REST": Thing.rows(open_.course, theirs.course, "crs"),
        "course of the body": Thing.rows(open_.course, theirs.course),
        "course version": Thing.rows(ours, theirs),
        "course page": page,
        "course module": module,
        "question of a test": Thing("burnout-001", "theirs", "nothing"),
        "course file": Thing("three-questions.vtt", "none.vtt", "nothing.vtt"),
    }


def _with_a_test(draft: CourseVersion) -> None:
    draft.bank, draft.questions, draft.pass_percent, draft.tries = BANK, 2, 80, 2
    draft.save()


def _taken_in_elsewhere() -> CourseVersion:
    course = a_course(OTHER_BODY)
    version = CourseVersion.objects.create(course=course, number=1)
    module = Module.objects.create(version=version, place=1, title="Theirs")
    Page.objects.create(
        version=version, module=module, place=1, code="x", title="X", kind="text"
    )
    return version


def _pair(
    model: type[Page | Module], ours: CourseVersion, theirs: CourseVersion
) -> Thing:
    found = [model.objects.filter(version=each)[0] for each in (ours, theirs)]
    return Thing.rows(found[0], found[1])
