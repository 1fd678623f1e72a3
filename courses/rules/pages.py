"""Pages: Markdown as staff write it, made into HTML that nobody need fear.

One library turns it into HTML and lets no tag through; another keeps of that what a
page may hold, whatever the first one made of it.
"""

import re
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

import nh3
from markdown_it import MarkdownIt

# How a page calls a file of its version.
CALLED = re.compile(r"(?P<before>(?:src|href)=\")files/(?P<name>[^\"/]+)(?=\")")
OWN_FILE = re.compile(r"files/[^\"/]+")
TEXT_TAGS = {"p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "img"}
LIST_TAGS = {"ul", "ol", "li", "h2", "h3", "h4", "h5"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title"}}
SCHEMES = {"http", "https", "mailto"}
HEADINGS = (("h4", "h5"), ("h3", "h4"), ("h2", "h3"), ("h1", "h2"))
# What Markdown is made of. How long a page takes to be read grows with these alone.
MARKS, MOST_MARKS = "[]!*_`<>&|~\\\n", 10_000
TOO_MANY_MARKS = (
    f"At most {MOST_MARKS:,} signs of a page may be Markdown's own, such as [ * | and "
    "ends of lines. Make two pages of it."
)
IMAGE = re.compile(r"<img src=\"(?P<src>[^\"]*)\"(?: alt=\"(?P<alt>[^\"]*)\")?")


def html_of(markdown: str, *, files_at: str) -> str:
    """Make a page's HTML.

    The page has its title as a heading: its own headings begin one level below.

    Args:
        markdown: CommonMark with tables. Tags in it show as text.
        files_at: the address that `files/…` stands for, with its last slash.
    """
    clean: str = nh3.clean(
        CALLED.sub(rf"\g<before>{files_at}\g<name>", _rendered(markdown)),
        tags=TEXT_TAGS | LIST_TAGS | TABLE_TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return clean


def files_of(markdown: str) -> frozenset[str]:
    """Name the files of the version that a page shows or links to."""
    made = html_of(markdown, files_at="files/")
    # An address spells them in its own way: a%20b.png.
    return frozenset(unquote(unescape(each["name"])) for each in CALLED.finditer(made))


def problem_of(markdown: str) -> str:
    """Say what nobody could read on a page: a picture without words, or from elsewhere.

    A page with too much Markdown is refused unread. Empty where nothing is wrong.
    """
    if sum(map(markdown.count, MARKS)) > MOST_MARKS:
        return TOO_MANY_MARKS
    made = html_of(markdown, files_at="files/")
    for each in IMAGE.finditer(made):
        name = each["src"]
        # No more than a name: "files/../…" leads elsewhere.
        if not OWN_FILE.fullmatch(name):
            return f"The picture {name!r} is none of this course's files."
        if not (each["alt"] or "").strip():
            return f"The picture {name!r} has no words: write ![what it shows]({name})."
    return ""


# One page is looked at several times in a row, by who writes it and by what checks it.
@lru_cache(maxsize=4)
def _rendered(markdown: str) -> str:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    made: str = reader.render(markdown)
    for found, put in HEADINGS:
        made = made.replace(f"<{found}>", f"<{put}>").replace(
            f"</{found}>", f"</{put}>"
        )
    return made
