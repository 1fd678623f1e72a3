"""What a licence's registration asks, as a pack says it (M8, M11, M13)."""

from dataclasses import dataclass
from decimal import Decimal

from credentials.policy.basis import Basis, read_basis
from credentials.policy.reading import (
    Table,
    as_flag,
    as_share,
    as_text,
    list_of,
    one_of,
)
from credentials.policy.topics import Topic, codes_of


@dataclass(frozen=True, slots=True)
class TopicRequirement:
    """Credit that a registration period asks about some topics (M8).

    Credit about any of `topics` counts. `need` is how much, None where one activity is
    enough, once and for good.
    """

    basis: Basis
    code: str
    title: str
    topics: tuple[str, ...]
    need: Decimal | None

    @property
    def once(self) -> bool:
        """Whether one activity meets it for good."""
        return self.need is None


@dataclass(frozen=True, slots=True)
class Apart:
    """Requirements that may not share an hour: it counts for one of them alone."""

    basis: Basis
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relicensure:
    """What a registration asks; `retired` is what whoever gave up practice owes (M11).

    An hour counts wherever it qualifies, but for the sets that stand `apart`.
    """

    basis: Basis
    requirements: tuple[TopicRequirement, ...]
    retired: Basis
    retired_words: str
    apart: tuple[Apart, ...] = ()

    def requirement(self, code: str) -> TopicRequirement | None:
        """Find a requirement by its code."""
        return next((each for each in self.requirements if each.code == code), None)


def read_relicensure(
    table: Table, sources: tuple[str, ...], topics: tuple[Topic, ...]
) -> Relicensure | None:
    """Read `[relicensure]`; None where the body asks nothing for a licence."""
    if not table.has("relicensure"):
        return None
    inner = table.table("relicensure")
    requirements = tuple(
        _read_requirement(item, sources, codes_of(topics))
        for item in inner.tables("requirements")
    )
    codes = [each.code for each in requirements]
    if not codes:
        inner.fail("requirements", "must ask at least one thing")
    for code in codes:
        if codes.count(code) > 1:
            inner.fail("requirements", f'"{code}" occurs twice')
    retired = inner.table("retired")
    found = Relicensure(
        requirements=requirements,
        apart=tuple(
            _read_apart(item, sources, requirements) for item in inner.tables("apart")
        ),
        retired_words=retired.need("words", as_text),
        retired=read_basis(retired, sources),
        basis=read_basis(inner, sources),
    )
    retired.close()
    inner.close()
    return found


def _read_requirement(
    table: Table, sources: tuple[str, ...], topics: tuple[str, ...]
) -> TopicRequirement:
    once = table.maybe("once", as_flag) or False
    if once and table.has("credits"):
        table.fail("credits", "stand beside once; keep one")
    found = TopicRequirement(
        code=table.need("code", as_text),
        title=table.need("title", as_text),
        topics=table.need("topics", list_of(one_of(topics))),
        need=None if once else table.need("credits", as_share),
        basis=read_basis(table, sources),
    )
    if not found.topics:
        table.fail("topics", "must name at least one")
    table.close()
    return found


def _read_apart(
    table: Table,
    sources: tuple[str, ...],
    requirements: tuple[TopicRequirement, ...],
) -> Apart:
    known = tuple(each.code for each in requirements if not each.once)
    found = Apart(
        requirements=table.need("requirements", list_of(one_of(known))),
        basis=read_basis(table, sources),
    )
    if len(set(found.requirements)) < 2 or len(found.requirements) != len(
        set(found.requirements)
    ):
        table.fail("requirements", "must name two or more, each once")
    table.close()
    return found
