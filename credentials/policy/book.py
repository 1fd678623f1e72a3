"""The packs there are: which version answers for a day (X1, X6)."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from credentials.policy.errors import PolicyError, UnknownProgram
from credentials.policy.model import Policy
from credentials.policy.plans import CyclePlan, LicencePlan, TermPlan
from credentials.policy.reading import read_toml
from credentials.policy.sections import file_name, read_policy

PACKS = Path(__file__).resolve().parents[1] / "policies"


class PolicyBook:
    """Every version of every program's policy, by effective date."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        """Sort the packs; two of one program must not take effect on one day."""
        ordered = sorted(policies, key=lambda policy: policy.effective)
        self._versions: dict[str, list[Policy]] = {}
        for policy in ordered:
            self._versions.setdefault(policy.program, []).append(policy)
        self._starts = {
            program: [policy.effective for policy in versions]
            for program, versions in self._versions.items()
        }

    def programs(self) -> tuple[str, ...]:
        """Name the programs there are, in alphabetical order."""
        return tuple(sorted(self._versions))

    def versions(self, program: str) -> tuple[Policy, ...]:
        """List a program's versions, oldest first; UnknownProgram without any."""
        if program not in self._versions:
            raise UnknownProgram(program, self.programs())
        return tuple(self._versions[program])

    def policy_for(self, program: str, *, on: date) -> Policy:
        """Pick the version in force on a day; days before the first fall under it (X6).

        Raises UnknownProgram.
        """
        if program not in self._versions:
            raise UnknownProgram(program, self.programs())
        place = bisect_right(self._starts[program], on) - 1
        return self._versions[program][max(place, 0)]


def load_book(*folders: Path) -> PolicyBook:
    """Read every pack of the folders; PolicyError names file, place and reason."""
    found: dict[str, Policy] = {}
    for folder in folders:
        files = sorted(folder.glob("*.toml"))
        if not files:
            raise PolicyError(str(folder), "", "holds no policy pack")
        for path in files:
            policy = load_pack(path)
            if policy.version in found:
                reason = f"{policy.version} is there already; a version is never edited"
                raise PolicyError(str(path), "effective", reason)
            found[policy.version] = policy
    return PolicyBook(found.values())


def load_pack(path: Path) -> Policy:
    """Read one pack; PolicyError names file, place and reason."""
    policy = read_policy(read_toml(path, error=PolicyError))
    expected = file_name(policy.program, policy.effective)
    if path.name != expected:
        raise PolicyError(path.name, "", f"must be called {expected}")
    return policy


@cache
def default_book() -> PolicyBook:
    """Read the packs that come with the program, once."""
    return load_book(PACKS)


def policy_for(program: str, *, on: date) -> Policy:
    """Pick a program's policy for a day from the packs that come with the program.

    Days before the first pack fall under it (X6). Raises UnknownProgram.
    """
    return default_book().policy_for(program, on=on)


def versions_of(program: str) -> tuple[Policy, ...]:
    """List a program's versions, oldest first; UnknownProgram without any."""
    return default_book().versions(program)


def programs() -> tuple[str, ...]:
    """Name the programs that come with the program."""
    return default_book().programs()


def term_programs() -> tuple[str, ...]:
    """Name the programs whose people renew terms, by their newest pack."""
    return _running_by(TermPlan)


def cycle_programs() -> tuple[str, ...]:
    """Name the programs whose people recertify by cycles, by their newest pack."""
    return _running_by(CyclePlan)


def licence_programs() -> tuple[str, ...]:
    """Name the programs whose people hold licences, by their newest pack."""
    return _running_by(LicencePlan)


def approval_programs() -> tuple[str, ...]:
    """Name the programs that approve sponsors' activities, by their newest pack."""
    return tuple(each for each in programs() if _newest(each).approval is not None)


def live_programs() -> tuple[str, ...]:
    """Name the programs that hold live activities, by their newest pack."""
    return tuple(each for each in programs() if _has_live(_newest(each)))


def _has_live(policy: Policy) -> bool:
    return policy.courses is not None and policy.courses.live is not None


def _running_by(
    plan: type[TermPlan] | type[CyclePlan] | type[LicencePlan],
) -> tuple[str, ...]:
    return tuple(each for each in programs() if isinstance(_newest(each).plan, plan))


def _newest(program: str) -> Policy:
    return versions_of(program)[-1]


def zone_of(program: str) -> ZoneInfo:
    """Zone in which a program's calendar days begin now (X3): its newest pack's."""
    return _newest(program).zone
