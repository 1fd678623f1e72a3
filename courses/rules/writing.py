"""Writing `course.toml` from a version: what is read again is the same."""

import json
from collections.abc import Iterator
from decimal import Decimal

from courses.rules.source import CourseSource, PageSource

LEFT_OUT = (None, "", (), Decimal(0))


def source_text(source: CourseSource) -> str:
    """Write a course's TOML; what says nothing is left out."""
    return "\n".join(_lines(source)) + "\n"


def _lines(source: CourseSource) -> Iterator[str]:
    facts = source.facts
    for key in facts.__dataclass_fields__:
        yield from _line(key, getattr(facts, key))
    yield from _line("objectives", source.objectives)
    if source.must_watch:
        yield "must_watch = true"
    if source.test:
        yield "\n[test]"
        for key in ("questions", "pass_percent", "tries"):
            yield from _line(key, getattr(source.test, key))
    for module in source.modules:
        yield "\n[[modules]]"
        yield from _line("title", module.title)
        for page in module.pages:
            yield from _page(page)


def _page(page: PageSource) -> Iterator[str]:
    yield "\n[[modules.pages]]"
    for key in ("code", "title", "video", "captions", "seconds"):
        yield from _line(key, getattr(page, key))
    if page.chapters:
        pairs = ", ".join(f"[{at}, {toml_value(title)}]" for at, title in page.chapters)
        yield f"chapters = [{pairs}]"


def _line(key: str, value: object) -> Iterator[str]:
    if value not in LEFT_OUT:
        yield f"{key} = {toml_value(value)}"


def toml_value(value: object) -> str:
    """A value as TOML: its strings are written as JSON's are."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return f"[{', '.join(toml_value(each) for each in value)}]"
    return str(value)
