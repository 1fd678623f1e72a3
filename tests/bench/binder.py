"""An audit binder of many people: how long it takes, and how much memory, all told.

Each person has a certificate, two activities and two proofs: a page scanned in colour
(half a megabyte) and a PDF with text. Memory is that of the process that makes it and
of each of its children, read ten times a second; there is no reference but the limit.
"""

import time
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from PIL import Image

from accounts.models import Member, Practice
from certificates.models import Certificate
from certificates.tasks import make
from core.exporting import Work
from core.models import ExportJob
from portal.binding import build
from tests.binding.binders import learnt, proven
from tests.binding.papers import paper
from tests.cast import BODY, NOW, TODAY, a_member, certify, full_cast, given
from tests.exporting.builders import an_export

MOST_MIB = 300
MIB = 1024 * 1024


def main(argv: Sequence[str]) -> None:
    """Print what was made, the seconds and the peak of memory."""
    parser = ArgumentParser(prog="bench binder", description=__doc__)
    parser.add_argument("--people", type=int, default=500, help="people (500)")
    options = parser.parse_args(argv)
    cast = full_cast()
    people = _people(cast.northside, options.people)
    for start in range(0, len(people), 250):
        some = people[start : start + 250]
        given(cast.membership, cast.northside, *some, today=date(2024, 12, 2))
    for certificate in Certificate.objects.filter(paper="waiting"):
        make(str(certificate.pk))
    with TemporaryDirectory() as folder, _Watching() as watching:
        began = time.monotonic()
        job = _asked(cast.northside, people)
        made = build(
            work=Work(
                job=job,
                folder=Path(folder),
                progress=lambda done, total: None,
                now=NOW,
                today=lambda zone: TODAY,
            )
        )
        seconds = time.monotonic() - began
        size = made.path.stat().st_size
    print(f"{options.people} people, {size // MIB} MiB, {seconds:.0f} s")  # noqa: T201
    print(  # noqa: T201
        f"largest process {watching.largest} MiB (limit {MOST_MIB} MiB), all together "
        f"{watching.peak} MiB, of which {watching.first} MiB were there before"
    )


def _people(practice: Practice, many: int) -> list[Member]:
    scan, text = _scan(), paper("Completed: coding and documentation")
    people = []
    for at in range(many):
        member = a_member(f"Nora{at} Newman", practice)
        certify(member)
        for title, content, kind in (
            ("Scanned certificate", scan, "jpeg"),
            ("Course certificate", text, "pdf"),
        ):
            activity = learnt(member, title, on=date(2025, 3, 3), practice=practice)
            # No two files are alike.
            proven(
                activity, content + b"\n%%%d" % at, kind=kind, name=f"{title}.{kind}"
            )
        people.append(member)
    return people


def _scan() -> bytes:
    to = BytesIO()
    noise = Image.effect_noise((310, 438), 60).resize((1240, 1754)).convert("RGB")
    noise.save(to, "JPEG", quality=75)
    return to.getvalue()


def _asked(practice: Practice, people: Sequence[Member]) -> ExportJob:
    return an_export(
        practice,
        program=BODY,
        kind="audit_binder",
        params={
            "from_on": "2019-11-17",
            "until_on": "2025-11-17",
            "members": [str(each.pk) for each in people],
            "documents": [],
        },
    )


class _Watching:
    """Sums up now and then what this process and those below it have in memory."""

    def __init__(self) -> None:
        self.first = self.peak = self.largest = 0
        self._over = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Watching":
        self.first = sum(_resident())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            found = _resident()
            self.peak = max(self.peak, sum(found))
            self.largest = max(self.largest, *found)


def _resident() -> list[int]:
    """MiB of this process and of each below it."""
    parents: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            lines = (place / "status").read_text().splitlines()
        except OSError:
            continue
        said = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        parents[place.name] = said["PPid"].strip()
        sizes[place.name] = int(said.get("VmRSS", "0").split()[0])
    mine = {str(Path("/proc/self").resolve().name)}
    while more := {pid for pid, above in parents.items() if above in mine} - mine:
        mine |= more
    return [sizes.get(pid, 0) // 1024 for pid in mine]
