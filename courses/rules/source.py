"""A course as files: `course.toml`, pages, files, a bank (docs/courses.md)."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from courses.rules.banks import Bank, BankError, read_bank
from courses.rules.facts import CourseFacts
from courses.rules.pages import files_of, problem_of
from courses.rules.question_pictures import LONGEST_WORDS, picture_problem
from courses.rules.readers import (
    as_code,
    as_page_code,
    in_hundredths,
    positive_to,
    text_of,
)
from credentials.policy.errors import PlaceError
from credentials.policy.reading import (
    Table,
    as_amount,
    as_count,
    as_day,
    as_flag,
    as_share,
    as_text,
    list_of,
    one_of,
)

FACTS, BANK = "course.toml", "bank.toml"
KINDS = ("course", "manual", "training")
LONGEST = {"title": 200, "summary": 1000, "provider": 200}
LONGEST_OF_BANK = {"exam": 40, "specialty": 60, "title": 200}
# It stands in addresses, and with each answer.
QUESTION_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
FULL = 100
# As they are stored, and as the forms take them.
MOST_CREDIT, MOST_PRICE, MOST_SECONDS = 10**4, 10**6, 10**6
MOST_QUESTIONS, MOST_TRIES = 200, 20


class SourceError(PlaceError):
    """A course's files can't be used; says in which file, where in it, and why."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page; `video` and `captions` name files, empty on a page of words."""

    code: str
    title: str
    markdown: str
    video: str = ""
    captions: str = ""
    seconds: Decimal | None = None
    chapters: tuple[tuple[Decimal, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """A module with its pages, in their order."""

    title: str
    pages: tuple[PageSource, ...]


@dataclass(frozen=True, slots=True)
class TestSource:
    """The post-test: its bank as text, how many are drawn, what passes, how often."""

    bank: str
    questions: int
    pass_percent: int
    tries: int


@dataclass(frozen=True, slots=True)
class CourseSource:
    """All that a version is made of, but the contents of its files."""

    facts: CourseFacts
    objectives: tuple[str, ...]
    must_watch: bool
    modules: tuple[ModuleSource, ...]
    test: TestSource | None

    @property
    def pages(self) -> tuple[PageSource, ...]:
        """Its pages, one after the other."""
        return tuple(page for module in self.modules for page in module.pages)


def read_source(
    texts: Mapping[str, str], files: Iterable[str], pictures: Iterable[str] = ()
) -> CourseSource:
    """Read a course from its texts, by path, and the names of its files.

    `pictures` are those of the test's questions.

    Raises:
        SourceError: something is wrong, missing or not asked for.
    """
    known = frozenset(files)
    if FACTS not in texts:
        raise SourceError(FACTS, "", "is missing")
    table = toml_of(texts[FACTS], FACTS)
    facts = _facts(table)
    objectives = table.maybe("objectives", list_of(text_of(300))) or ()
    must_watch = table.maybe("must_watch", as_flag) or False
    test = _test(table, texts)
    modules = tuple(_module(each, texts, known) for each in table.tables("modules"))
    if not any(module.pages for module in modules):
        table.fail("modules", "a course has at least one page")
    table.close()
    source = CourseSource(facts, objectives, must_watch, modules, test)
    _check_whole(table, source, texts, known)
    bank = bank_of_text(test.bank) if test else None
    if any(found := picture_problem(bank, frozenset(pictures), known)):
        raise SourceError(*found)
    return source


def files_shown(page: PageSource) -> frozenset[str]:
    """Name the files that a page plays, shows or links to."""
    return files_of(page.markdown) | ({page.video, page.captions} - {""})


def toml_of(text: str, name: str) -> Table:
    """Open a TOML text as a strict table.

    Raises:
        SourceError: it is none.
    """
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as fault:
        raise SourceError(name, "", f"is not TOML ({fault})") from fault
    return Table(values, file=name, place="", error=SourceError)


def bank_of_text(text: str, digest: str = "", *, begun: bool = False) -> Bank:
    """Read a post-test's bank as it is written, more strictly than what is stored.

    `begun`: somebody writes it still, so that it may have no question yet.

    Raises:
        SourceError: it is not TOML.
        BankError: something in it is wrong, or can't be stored.
    """
    values = toml_of(text, BANK)
    values.error = BankError
    bank = read_bank(values, digest, begun=begun)
    for key, most in LONGEST_OF_BANK.items():
        said = getattr(bank, key)
        if len(said) > most or "\0" in said:
            values.fail(key, f"must be at most {most} characters")
    for number, each in enumerate(bank.questions, start=1):
        if not QUESTION_CODE.fullmatch(each.code):
            reason = "must be letters, digits and . _ -, at most 80"
            values.fail(f"questions[{number}].code", reason)
        if len(each.picture_words) > LONGEST_WORDS:
            reason = f"must be at most {LONGEST_WORDS} characters"
            values.fail(f"questions[{number}].picture_words", reason)
    return bank


def _facts(table: Table) -> CourseFacts:
    long = {key: text_of(most) for key, most in LONGEST.items()}
    price = in_hundredths(as_amount, MOST_PRICE)
    return CourseFacts(
        slug=table.need("slug", as_code),
        kind=table.maybe("kind", one_of(KINDS)) or "course",
        product=table.maybe("product", as_code) or "",
        title=table.need("title", long["title"]),
        summary=table.maybe("summary", long["summary"]) or "",
        provider=table.need("provider", long["provider"]),
        joint_provider=table.maybe("joint_provider", long["provider"]) or "",
        credit_kind=table.maybe("credit_kind", text_of(40)) or "",
        credit=table.maybe("credit", in_hundredths(as_share, MOST_CREDIT)),
        topics=table.maybe("topics", list_of(text_of(40))) or (),
        member_price=table.maybe("member_price", price) or Decimal(0),
        nonmember_price=table.maybe("nonmember_price", price) or Decimal(0),
        released_on=table.need("released_on", as_day),
        expires_on=table.maybe("expires_on", as_day),
    )


def _test(table: Table, texts: Mapping[str, str]) -> TestSource | None:
    if not table.has("test"):
        if BANK in texts:
            raise SourceError(BANK, "", "course.toml says nothing of a [test]")
        return None
    if BANK not in texts:
        raise SourceError(BANK, "", "is missing: course.toml has a [test]")
    asked = table.table("test")
    test = TestSource(
        bank=texts[BANK],
        questions=asked.need("questions", positive_to(MOST_QUESTIONS)),
        pass_percent=asked.need("pass_percent", positive_to(FULL)),
        tries=asked.need("tries", positive_to(MOST_TRIES)),
    )
    asked.close()
    held = len(bank_of_text(test.bank).questions)
    if held < test.questions:
        reason = f"{test.questions} are drawn, but {BANK} has {held}"
        asked.fail("questions", reason)
    return test


def _module(
    table: Table, texts: Mapping[str, str], files: frozenset[str]
) -> ModuleSource:
    module = ModuleSource(
        title=table.need("title", text_of(LONGEST["title"])),
        pages=tuple(_page(each, texts, files) for each in table.tables("pages")),
    )
    table.close()
    return module


def _page(table: Table, texts: Mapping[str, str], files: frozenset[str]) -> PageSource:
    code = table.need("code", as_page_code)
    page = PageSource(
        code=code,
        title=table.need("title", text_of(LONGEST["title"])),
        markdown=texts.get(f"pages/{code}.md", ""),
        video=table.maybe("video", as_text) or "",
        captions=table.maybe("captions", as_text) or "",
        seconds=table.maybe("seconds", in_hundredths(as_share, MOST_SECONDS)),
        chapters=table.maybe("chapters", list_of(_chapter)) or (),
    )
    table.close()
    for key, name in (("video", page.video), ("captions", page.captions)):
        if name and name not in files:
            table.fail(key, f"files/{name} is missing")
    if bool(page.video) != bool(page.captions):
        table.fail("captions", "a video has captions, and only a video has")
    if not page.video and (page.seconds or page.chapters):
        table.fail("video", "is missing")
    _check_words(page, files)
    return page


def _check_words(page: PageSource, files: frozenset[str]) -> None:
    name = f"pages/{page.code}.md"
    if not page.video and not page.markdown.strip():
        raise SourceError(name, "", "is missing or empty")
    if "\0" in page.markdown:
        raise SourceError(name, "", "holds a character that is none")
    if problem := problem_of(page.markdown):
        raise SourceError(name, "", problem)
    for missing in sorted(files_of(page.markdown) - files):
        raise SourceError(name, "", f"files/{missing} is missing")


def _chapter(value: object) -> tuple[Decimal, str]:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError('must be [second, "title"]')
    second, title = value
    whole = isinstance(second, int) and not isinstance(second, bool)
    at = Decimal(as_count(second)) if whole else as_amount(second)
    return at, text_of(LONGEST["title"])(title)


def _check_whole(
    table: Table, source: CourseSource, texts: Mapping[str, str], files: frozenset[str]
) -> None:
    codes = Counter(page.code for page in source.pages)
    for code, times in codes.items():
        if times > 1:
            table.fail("modules.pages.code", f"{code!r} is there {times} times")
    used = {f"pages/{code}.md" for code in codes} | {FACTS, BANK}
    for name in sorted(set(texts) - used):
        raise SourceError(name, "", "no page of course.toml has this code")
    named = {name for page in source.pages for name in files_shown(page)}
    for name in sorted(files - named):
        raise SourceError(f"files/{name}", "", "no page shows it or links to it")
