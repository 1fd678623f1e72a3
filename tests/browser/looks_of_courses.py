"""Courses: what staff write, the catalogue, and one course's page."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload

from tests.browser.look import MAYA, PRIYA, STAFF, Look
from tests.browser.showing import Show, at, pressing
from tests.browser.visitor import Visitor
from tests.browser.world import World

DESK, LEARN = f"{STAFF}courses/", "/me/learn/"
FILM, SAID = "a-week", "evaluation/"
HIPAA, BURNOUT = "HIPAA for Scribes", "Clinician burnout: seeing it, and what helps"
NO_ZIP = FilePayload(name="course.zip", mimeType="application/zip", buffer=b"None.")
NO_FILE = FilePayload(name="page.vtt", mimeType="text/vtt", buffer=b"None.")


def shown_at(visitor: Visitor) -> str:
    """Read the page's address, without the server."""
    return urlsplit(visitor.page.url).path


def followed(address: str, *names: str) -> Show:
    """Open a page and follow links of these names, one after the other."""

    def shown(visitor: Visitor, world: World) -> None:
        visitor.go(address)
        for name in names:
            visitor.main.get_by_role("link", name=name).first.click()

    return shown


def drafted(*names: str) -> Callable[[Visitor, World], None]:
    """Open the draft of a course, begin it where there is none, and go on."""

    def shown(visitor: Visitor, world: World) -> None:
        followed(DESK, HIPAA)(visitor, world)
        visitor.main.locator("button[value=draft]").click()
        for name in names:
            visitor.main.get_by_role("link", name=name).first.click()

    return shown


def thrown_away(*, anew: bool) -> Show:
    """Save a page of a draft thrown away in another tab, and perhaps begun anew."""

    def shown(visitor: Visitor, world: World) -> None:
        drafted()(visitor, world)
        draft = shown_at(visitor)
        visitor.main.get_by_role("link", name="Three questions").first.click()
        other = visitor.context.new_page()
        other.goto(f"{world.stage.base}{draft}")
        for do in ("discard", "draft") if anew else ("discard",):
            with other.expect_navigation():
                other.locator(f"button[value={do}]").click()
        other.close()
        with visitor.page.expect_navigation():
            visitor.button("Save and preview").click()

    return shown


def pressed(show: Show, button: str) -> Show:
    """Press a button of a page that was left empty."""

    def shown(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        for field in visitor.main.locator("[name=title]").all():
            field.fill("")
        with visitor.page.expect_navigation():
            visitor.button(button).last.click()

    return shown


def uploaded(show: Show, file: FilePayload, button: str) -> Show:
    """Send a file that can't be taken."""

    def shown(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        visitor.main.locator("[name=file]").set_input_files(files=[file])
        with visitor.page.expect_navigation():
            visitor.button(button).click()

    return shown


def begun(*names: str) -> Show:
    """Enrol in the course of the society, if she isn't, and follow links from it."""

    def shown(visitor: Visitor, world: World) -> None:
        followed(LEARN, BURNOUT)(visitor, world)
        enrol = visitor.button("Enrol")
        if enrol.count():
            with visitor.page.expect_navigation():
                enrol.click()
        # Wherever she left it, everything is reached from its contents.
        visitor.go(re.sub(r"(/c/[^/]+/).*", r"\1contents/", shown_at(visitor)))
        for name in names:
            visitor.main.get_by_role("link", name=name).first.click()

    return shown


def read_through(visitor: Visitor, world: World) -> None:
    """Pass every page: words as they are, the film by its transcript."""
    begun()(visitor, world)
    contents = shown_at(visitor)
    for place in ("what-it-is", FILM, "what-drives-it", "three-changes"):
        address = contents.replace("contents/", f"{place}/")
        read = place == FILM
        visitor.go(f"{address}transcript/" if read else address)
        with visitor.page.expect_navigation():
            visitor.main.locator("button[name=go]").last.click()
    visitor.go(contents)


def skipping(visitor: Visitor, world: World) -> None:
    """Go on from the film unseen."""
    begun("A week in a clinic")(visitor, world)
    with visitor.page.expect_navigation():
        visitor.button("Continue").click()


def of_the_course(place: str, show: Show = read_through) -> Show:
    """Open a step of the course's end by its address."""

    def shown(visitor: Visitor, world: World) -> None:
        show(visitor, world)
        visitor.go(shown_at(visitor).replace("contents/", place))

    return shown


def tested(visitor: Visitor, world: World) -> None:
    """Begin the test, or go on with the one that runs."""
    of_the_course("test/")(visitor, world)
    going = visitor.main.get_by_role("link", name="Go on with the test")
    start = going if going.count() else visitor.button("Start the test")
    with visitor.page.expect_navigation():
        start.click()


def hands_in(visitor: Visitor, world: World) -> None:
    """Go to the review of a test that runs."""
    tested(visitor, world)
    visitor.main.get_by_role("link", name="Review and submit").click()


COURSES = (
    Look("my learning", "my_learning", at(LEARN), MAYA),
    Look("my learning nothing found", "my_learning", at(f"{LEARN}?topic=ehr"), MAYA),
    Look("course", "course", followed(LEARN, BURNOUT), MAYA),
    Look("staff courses", "staff_courses", at(DESK), PRIYA),
    Look(
        "staff courses no zip",
        "staff_courses",
        uploaded(at(DESK), NO_ZIP, "Take it in"),
        PRIYA,
        422,
    ),
    Look("staff course new", "staff_course_new", at(f"{DESK}new/"), PRIYA),
    Look(
        "staff course new empty",
        "staff_course_new",
        pressed(at(f"{DESK}new/"), "Save"),
        PRIYA,
        422,
    ),
    Look("staff course", "staff_course", followed(DESK, HIPAA), PRIYA),
    Look(
        "staff allowances",
        "staff_allowances",
        followed(f"{STAFF}?q=tom", "Tom Bell", "Exams"),
        PRIYA,
    ),
    Look(
        "staff allowances empty",
        "staff_allowances",
        pressed(followed(f"{STAFF}?q=tom", "Tom Bell", "Exams"), "Save"),
        PRIYA,
        422,
    ),
    Look(
        "staff course facts",
        "staff_course_facts",
        followed(DESK, HIPAA, "Change facts"),
        PRIYA,
    ),
    Look(
        "staff version published",
        "staff_version",
        followed(DESK, HIPAA, "Version 1"),
        PRIYA,
    ),
    Look("staff version draft", "staff_version", drafted(), PRIYA),
    Look("staff version files", "staff_version_files", drafted("Files"), PRIYA),
    Look(
        "staff version no file",
        "staff_version_files",
        uploaded(drafted("Files"), NO_FILE, "Add the file"),
        PRIYA,
        422,
    ),
    Look("staff page new", "staff_page_new", drafted("Add a page"), PRIYA),
    Look("staff page", "staff_page", drafted("Three questions"), PRIYA),
    Look(
        "staff page empty",
        "staff_page",
        pressed(drafted("Three questions"), "Save and preview"),
        PRIYA,
        422,
    ),
    Look(
        "staff page preview",
        "staff_page_preview",
        drafted("Three questions", "Preview"),
        PRIYA,
    ),
    Look(
        "staff page thrown away",
        "staff_page",
        thrown_away(anew=False),
        PRIYA,
        404,
    ),
    Look(
        "staff page thrown away and begun anew",
        "staff_page",
        thrown_away(anew=True),
        PRIYA,
        404,
    ),
    Look("course contents", "course_contents", begun(), MAYA),
    Look("course page", "course_page", begun("What burnout is"), MAYA),
    Look("course film", "course_page", begun("A week in a clinic"), MAYA),
    Look("course film skipped", "course_page", skipping, MAYA, 409),
    Look(
        "course transcript",
        "course_transcript",
        of_the_course(f"{FILM}/transcript/", begun()),
        MAYA,
    ),
    Look("course test", "course_test", of_the_course("test/"), MAYA),
    Look("course question", "course_question", tested, MAYA),
    Look("course submit", "course_submit", hands_in, MAYA),
    Look("course evaluation", "course_evaluation", of_the_course(SAID, begun()), MAYA),
    Look(
        "course evaluation empty",
        "course_evaluation",
        pressing("Send evaluation", of_the_course(SAID, begun())),
        MAYA,
        422,
    ),
    Look("course credit", "course_credit", of_the_course("credit/", begun()), MAYA),
    Look(
        "staff evaluations",
        "staff_evaluations",
        followed(DESK, HIPAA, "Evaluations"),
        PRIYA,
    ),
)
# What is no page of its own.
NO_PAGES_OF_COURSES = {
    "course_file": "a file of a course",
    "course_question_picture": "a picture of a question",
    "exam_question_picture": "a picture of a question",
    "course_place": "keeps a player's place",
    "staff_evaluations_csv": "a file to be saved",
    "staff_evaluations_xlsx": "a file to be saved",
}
