"""Static files: what pages name is there, and no more of the packages than that."""

import re

from django.contrib.staticfiles import finders

from core.static_files import NEEDED
from tests.ops.project import ROOT

IN_TEMPLATES = re.compile(r"{% static '([^']+)' %}")
IN_STYLES = re.compile(r'url\("([^":]+)"\)')


def named() -> set[str]:
    """Return every static file that a template or a style sheet of ours names."""
    pages = [path.read_text() for path in (ROOT / "templates").rglob("*.html")]
    styles = [path.read_text() for path in (ROOT / "static").glob("*.css")]
    found = {name for page in pages for name in IN_TEMPLATES.findall(page)}
    return found | {name for style in styles for name in IN_STYLES.findall(style)}


def test_whatever_a_page_names_is_found() -> None:
    assert named()
    assert {name for name in named() if not finders.find(name)} == set()


def test_every_file_taken_from_a_package_is_there_and_named_by_a_page() -> None:
    assert {name for name in NEEDED if not finders.find(name)} == set()
    assert {name.removesuffix(".map") for name in NEEDED} <= named()


def test_nothing_else_of_the_packages_is_collected() -> None:
    ours = {path.name for path in (ROOT / "static").iterdir()}
    collected = {
        path for finder in finders.get_finders() for path, _ in finder.list([])
    }
    assert collected == NEEDED | ours


def test_the_rest_of_a_package_is_not_served_by_accident() -> None:
    assert finders.find("fontawesome/js/all.js") is None
    assert finders.find("bootstrap/js/bootstrap.js", find_all=True) == []
