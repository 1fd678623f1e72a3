"""What learning can be about by a body's own list, and which kinds ask it (M8)."""

from collections.abc import Iterable
from dataclasses import dataclass

from credentials.policy.reading import Table, as_flag, as_text, list_of, one_of


@dataclass(frozen=True, slots=True)
class Topic:
    """What an activity can be about, by the body's own list (M8, M13)."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Tagging:
    """Whether a kind's activities say what they are about.

    `always` is what each of them counts as, said or not (M9). `website` asks where it
    was studied.
    """

    asked: bool = False
    always: tuple[str, ...] = ()
    website: bool = False

    @property
    def inputs(self) -> frozenset[str]:
        """What a report gives for it."""
        asked = {"topics"} if self.asked else set()
        return frozenset(asked | ({"website"} if self.website else set()))


PLAIN = Tagging()


def read_topics(table: Table) -> tuple[Topic, ...]:
    """Read `[[topics]]`; empty where the body tells none apart."""
    found = []
    for item in table.tables("topics"):
        found.append(Topic(item.need("code", as_text), item.need("title", as_text)))
        item.close()
    codes = [each.code for each in found]
    for code in codes:
        if codes.count(code) > 1:
            table.fail("topics", f'"{code}" occurs twice')
    return tuple(found)


def codes_of(topics: Iterable[Topic]) -> tuple[str, ...]:
    """Name the topics by their codes."""
    return tuple(each.code for each in topics)


def read_tagging(table: Table, topics: Iterable[Topic]) -> Tagging:
    """Read what one of `[[kinds]]` asks of topics: `topics`, `always`, `website`."""
    known = codes_of(topics)
    asked = table.maybe("topics", as_flag) or False
    if asked and not known:
        table.fail("topics", "are asked for, and the pack lists none")
    always = table.maybe("always", list_of(one_of(known))) or ()
    return Tagging(asked, always, table.maybe("website", as_flag) or False)
