"""Why a value of a pack is what it is: rule, source and, where it is ours, ruling."""

from dataclasses import dataclass

from credentials.policy.reading import Table, as_flag, as_text

OURS = "ours"
"""The source of a value that no published text gives; it must be a ruling."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Rule id, short name of the source, and the sentence of a ruling ('' = none)."""

    rule: str
    source: str
    ruling: str = ""

    @property
    def is_ruling(self) -> bool:
        """Say whether we decided this where the published texts leave it open."""
        return bool(self.ruling)


def read_basis(table: Table, sources: tuple[str, ...]) -> Basis:
    """Read `rule`, `source` and, with `ruling = true`, its `sentence`.

    Raises the table's error for a source the pack does not list, a ruling without a
    sentence, a sentence without a ruling, and a value of ours that is no ruling.
    """
    rule = table.need("rule", as_text)
    source = table.need("source", as_text)
    if source != OURS and source not in sources:
        table.fail("source", f'"{source}" is not listed under sources')
    ruling = table.maybe("ruling", as_flag)
    sentence = table.maybe("sentence", as_text)
    if ruling and sentence is None:
        table.fail("ruling", "needs the sentence that is shown with it")
    if sentence is not None and not ruling:
        table.fail("sentence", "belongs to a ruling; add ruling = true")
    if source == OURS and not ruling:
        table.fail("source", f'"{OURS}" is for rulings; add ruling = true')
    return Basis(rule, source, sentence or "")
