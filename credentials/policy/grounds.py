"""The grounds a pack gives for which staff do not accept something."""

from dataclasses import dataclass

from credentials.policy.basis import Basis, read_basis
from credentials.policy.reading import Table, as_flag, as_text


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason for which staff do not accept something, as everybody reads it."""

    basis: Basis
    code: str
    text: str
    needs_words: bool = False


def read_grounds(table: Table, sources: tuple[str, ...]) -> tuple[Ground, ...]:
    """Read `[[grounds]]`; each code stands there once."""
    grounds = tuple(_read_ground(item, sources) for item in table.tables("grounds"))
    codes = [ground.code for ground in grounds]
    for code in codes:
        if codes.count(code) > 1:
            table.fail("grounds", f'"{code}" occurs twice')
    return grounds


def _read_ground(table: Table, sources: tuple[str, ...]) -> Ground:
    ground = Ground(
        code=table.need("code", as_text),
        text=table.need("text", as_text),
        needs_words=table.maybe("needs_words", as_flag) or False,
        basis=read_basis(table, sources),
    )
    table.close()
    return ground
