"""A wall taken away: what stands where, and what stands there instead."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Goes before a page that is opened to everybody, whose module may not know the name.
WITH_PUBLIC = "from accounts.access import PUBLIC\n\n\n"


@dataclass(frozen=True)
class Mutant:
    """One wall taken away.

    `old` stands in the file exactly once. `asks` names the tests to ask first; if they
    see nothing, the whole matrix is asked.
    """

    file: str
    old: str
    new: str
    asks: str

    def __str__(self) -> str:
        old, new = (" ".join(each.split()) for each in (self.old, self.new))
        return f"{self.file}: {old} → {new}"

    def text(self, root: Path = ROOT) -> str:
        """Give the changed file.

        Raises:
            ValueError: what is to be changed stands there not once.
        """
        whole = (root / self.file).read_text(encoding="utf-8")
        count = whole.count(self.old)
        if count != 1 or self.old == self.new:
            raise ValueError(f"{self}: stands there {count} times")
        return whole.replace(self.old, self.new)
