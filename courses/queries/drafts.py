"""What is missing before a draft can be published."""

from courses.models import CourseVersion, Page
from courses.rules import files_of, problem_of


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
    names = frozenset(draft.files.values_list("name", flat=True))
    for page in draft.pages.all():
        found += _of_page(page, names)
    return found


def _of_page(page: Page, names: frozenset[str]) -> list[str]:
    found = []
    if page.kind == Page.Kind.TEXT and not page.markdown.strip():
        found.append(f"The page “{page.title}” is empty.")
    if problem := problem_of(page.markdown):
        return [*found, f"“{page.title}”: {problem}"]
    found += [
        f"“{page.title}” shows files/{name}, which is not among the files."
        for name in sorted(files_of(page.markdown) - names)
    ]
    return found
