"""How long each chain was, day by day, in files outside the database.

A chain whose last entries are cut off still fits. A file that counted them tells; it is
marked with the trail's key, names the file before it, and is never written again.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core.chain import keys, mark, same, seal
from core.models import AuditHead
from core.scope import Scope, scoped

FORM = "goodstanding-heads-1"
FILES = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].json"


@dataclass(frozen=True)
class Head:
    """How many entries a chain had, and the last one's mark, as a file tells."""

    count: int
    hash: str
    told_by: str


@dataclass(frozen=True)
class Told:
    """What the files of a folder say, and what is wrong with them."""

    heads: Mapping[str, Head]
    faults: tuple[str, ...]


def write_heads(*, folder: Path, now: datetime) -> Path | None:
    """Write the file of a day, UTC; None where it was written before.

    Raises:
        OSError: the folder can't be made or written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / f"{now.astimezone(UTC):%Y-%m-%d}.json"
    if place.exists():
        return None
    with scoped(Scope.trail()):
        ends = AuditHead.objects.order_by("chain").values_list("chain", "count", "hash")
        chains = {chain: [count, end] for chain, count, end in ends}
    said: dict[str, Any] = {
        "form": FORM,
        "at": f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "day": place.stem,
        "previous": _mark_before(folder, place),
        "chains": chains,
    }
    said["key_id"], said["mark"] = seal(_spelled(said))
    return place if _put(place, json.dumps(said, indent=1) + "\n") else None


def read_heads(folder: Path, *, today: date) -> Told:
    """Read all files of a folder; of each chain the longest it ever was is kept.

    Args:
        folder: where the files lie, or a copy of it.
        today: the day, UTC. Whoever takes the newest files away leaves a gap before it.
    """
    heads: dict[str, Head] = {}
    faults: list[str] = []
    before = ""
    places = sorted(folder.glob(FILES))
    for place in places:
        said = _read(place)
        if said is None:
            faults.append(f"{place.name} was changed, or its key is not known.")
            before = ""
            continue
        if said["previous"] != before:
            faults.append(f"A file before {place.name} is missing or another.")
        before = str(said["mark"])
        for chain, (count, end) in said["chains"].items():
            known = heads.get(chain)
            if known is None or count >= known.count:
                heads[chain] = Head(count, end, place.name)
            elif known.told_by != place.name:
                faults.append(
                    f"{chain} has {known.count} entries in {known.told_by} and "
                    f"{count} in {place.name}."
                )
    if places and date.fromisoformat(places[-1].stem) < today - timedelta(days=1):
        faults.append(f"There is no file of any day after {places[-1].stem}.")
    return Told(heads, tuple(faults))


def _read(place: Path) -> dict[str, Any] | None:
    """Read a file; None where its mark does not fit what it says."""
    try:
        said = json.loads(place.read_text())
        key = keys()[said["key_id"]]
        fits = same(said["mark"], mark(key, _spelled(said)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return said if fits and said["day"] == place.stem else None


def _spelled(said: Mapping[str, Any]) -> bytes:
    marked = {name: said[name] for name in ("form", "at", "day", "previous", "chains")}
    return json.dumps(marked, sort_keys=True, separators=(",", ":")).encode()


def _mark_before(folder: Path, place: Path) -> str:
    earlier = [each for each in sorted(folder.glob(FILES)) if each.name < place.name]
    said = _read(earlier[-1]) if earlier else None
    return str(said["mark"]) if said else ""


def _put(place: Path, text: str) -> bool:
    """Put a whole file in its place; False where one stands there already."""
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".heads-") as beside:
        whole = Path(beside) / place.name
        whole.write_text(text)
        whole.chmod(0o440)
        try:
            os.link(whole, place)
        except FileExistsError:
            return False
    return True
