"""What is missing before a draft can be published."""

from decimal import Decimal

from courses.models import Course, CourseFile, CourseVersion, Page
from courses.queries.written_tests import problems_of_test
from courses.rules import files_of, problem_of


def draft_of(course: Course) -> CourseVersion | None:
    """Find what staff still write of a course."""
    rows = CourseVersion.objects.drafts().filter(course=course)
    return rows.select_related("course").first()


def problems_of_draft(draft: CourseVersion) -> list[str]:
    """Say what has to be done first, a sentence each; none where all is there."""
    modules = draft.modules.prefetch_related("pages")
    found = [
        f"The module “{each.title}” has no page."
        for each in modules
        if not each.pages.all()
    ]
    if not modules:
        found.append("The version has no page yet.")
    if not draft.objectives:
        found.append("The version has no objective yet.")
    # No page shows what belongs to a question.
    files = draft.files.exclude(kind=CourseFile.Kind.QUESTION)
    names = frozenset(files.values_list("name", flat=True))
    for page in draft.pages.all():
        found += _of_page(page, names)
    return [*found, *problems_of_test(draft)]


def _of_page(page: Page, names: frozenset[str]) -> list[str]:
    # Its film may have been replaced by a shorter one.
    late = [said for at, said in page.chapters if Decimal(at) >= (page.seconds or 0)]
    found = [
        f"“{page.title}”: the chapter “{each}” begins after the video's end."
        for each in late
    ]
    if page.kind == Page.Kind.TEXT and not page.markdown.strip():
        found.append(f"The page “{page.title}” is empty.")
    if problem := problem_of(page.markdown):
        return [*found, f"“{page.title}”: {problem}"]
    found += [
        f"“{page.title}” shows files/{name}, which is not among the files."
        for name in sorted(files_of(page.markdown) - names)
    ]
    return found
