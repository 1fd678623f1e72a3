"""What of a course is written now, as a hash: who saves says what they had opened."""

from dataclasses import asdict

from core.seen import digest
from courses.models import Course, CourseVersion, LiveActivity, Page
from courses.queries.live import facts_of_live
from courses.queries.sources import facts_of
from courses.rules import Bank, plain_facts

VERSION = ("objectives", "must_watch", "facts")
FIGURES = ("questions", "pass_percent", "tries")
FILM = ("video_id", "captions_id", "seconds", "chapters")
PAGE = ("title", "code", "markdown", *FILM)


def seen_facts(course: Course) -> str:
    """Name a course's facts as they are."""
    return digest(plain_facts(facts_of(course)))


def seen_version(version: CourseVersion) -> str:
    """Name what a version is about."""
    return digest([getattr(version, each) for each in VERSION])


def seen_figures(version: CourseVersion) -> str:
    """Name how a version's test is set."""
    return digest([getattr(version, each) for each in FIGURES])


def seen_test(version: CourseVersion) -> str:
    """Name a version's test: how it is set, and all its questions."""
    return digest([version.bank, seen_figures(version)])


def seen_question(bank: Bank, code: str) -> str:
    """Name what one question of a bank says; KeyError where there is none."""
    question = bank.question(code)
    return digest([asdict(question), bank.topic_words(question.topic)])


def seen_page(page: Page) -> str:
    """Name what a page says and plays."""
    return digest([getattr(page, each) for each in PAGE])


def seen_draft(version: CourseVersion) -> str:
    """Name all of a version: what it is about, its modules, pages and files."""
    modules = version.modules.order_by("place").values_list("pk", "title")
    pages = version.pages.order_by("module__place", "place")
    files = version.files.order_by("name").values_list("name", "sha256")
    parts = [(each.module_id, each.place, seen_page(each)) for each in pages]
    # What its publishing would change is shown beside what it is now.
    now = plain_facts(facts_of(version.course))
    changed = {name: now[name] for name in version.facts or {}}
    about = [seen_version(version), seen_test(version), changed]
    return digest([*about, list(modules), parts, list(files)])


def seen_live(live: LiveActivity) -> str:
    """Name what staff wrote of a live activity."""
    return digest(asdict(facts_of_live(live)))
