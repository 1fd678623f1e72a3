"""Two accounts that somebody else could reach."""

from tests.matrix.mutating import Mutant

MERGING = (
    Mutant(
        "accounts/models/merging.py",
        "return self.filter(program=program).exclude(other=None)",
        "return self.exclude(other=None)",
        "staff_duplicate",
    ),
)
