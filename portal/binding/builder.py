"""Makes an audit binder of what a job asks for, person by person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings

from accounts.models import Practice
from core.binding import Binder, BinderFull, Line, close
from core.exporting import Made, Work
from core.failures import Refusal
from core.scope import Scope, scoped
from core.zips import zip_pieces
from credentials.policy import day_words, policy_for, zone_of
from portal.binding.documents import (
    BODYS,
    OWN,
    Reader,
    lay_own,
    lay_secure,
    own_of,
    secure_of,
)
from portal.binding.filling import Filling, Zipped, folder_of
from portal.binding.front import front
from portal.binding.papers import certificate_papers, proof_papers
from portal.binding.words import crosswalk_of, record_of
from portal.layouts import (
    CoverFacts,
    CrosswalkFacts,
    CrosswalkRow,
    IndexLine,
    IndexPart,
    StripFacts,
    render_binder,
)
from portal.queries.binder_content import Chapter, chapters
from portal.queries.binder_people import Period
from portal.queries.trail import when_words

PDF = "binder.pdf"
# So many people are read at a time.
CHUNK = 25
MOST_TROUBLES = 12
CHECKED = (
    "Every file is also in the ZIP by itself. The SHA-256 of each stands in "
    "MANIFEST.sha256: sha256sum -c MANIFEST.sha256 checks them all."
)
FULL = (
    "The binder would have more pages than one PDF holds. "
    "Choose fewer people or fewer days, and make several."
)


@dataclass
class _Making:
    """One binder in the making: what was asked for, and what came of it so far."""

    work: Work
    practice: Practice
    period: Period
    today: date
    filling: Filling
    rows: list[CrosswalkRow] = field(default_factory=list)
    people: list[IndexLine] = field(default_factory=list)
    bodys: list[IndexLine] = field(default_factory=list)
    own: list[IndexLine] = field(default_factory=list)
    certificates: int = 0
    activities: int = 0
    proofs: int = 0
    done: int = 0

    def __post_init__(self) -> None:
        """Let every paper that is laid keep the job this worker's."""
        self.filling.beat = self.beat

    def beat(self) -> None:
        """Tell how many people are done; raises `Lost`."""
        self.work.progress(self.done, len(self.ids))

    @property
    def program(self) -> str:
        """The body."""
        return self.work.job.program

    @property
    def ids(self) -> list[UUID]:
        """The people, in the order they were asked for."""
        return [UUID(each) for each in self.work.job.params["members"]]


def build(*, work: Work) -> Made:
    """Make the ZIP of an audit binder.

    The job's `params`: `from_on` and `until_on` (YYYY-MM-DD), `members` (ids),
    `documents` (versions of the body's that whoever asked opened with it), `reader`
    (by what name they did).

    Raises:
        Refusal: it would have more pages than a PDF holds.
    """
    params, program = work.job.params, work.job.program
    assert work.job.practice_id is not None
    with scoped(Scope.sweep()):
        practice = Practice.objects.get(pk=work.job.practice_id)
    today = work.today(zone_of(program))
    period = Period(
        date.fromisoformat(params["from_on"]), date.fromisoformat(params["until_on"])
    )
    to = work.folder / "binder.zip"
    try:
        with Binder(work.folder / PDF) as binder, to.open("wb") as file:
            making = _Making(work, practice, period, today, Filling(binder, today))
            for piece in zip_pieces(_files(making)):
                file.write(piece)
    except BinderFull as full:
        raise Refusal(FULL) from full
    finally:
        close()
    return Made(to, f"audit-binder-{practice.slug}-{today}.zip", "zip")


def _files(making: _Making) -> Iterator[Zipped]:
    filling, ids = making.filling, making.ids
    yield from _documents(making)
    if ids:
        filling.head(0, "People")
    for start in range(0, len(ids), CHUNK):
        with scoped(Scope.sweep()):
            found = chapters(
                making.practice,
                making.program,
                ids[start : start + CHUNK],
                making.period,
            )
        for number, chapter in enumerate(found, start + 1):
            yield from _person(making, chapter, number)
            making.done = number
            making.beat()
    before = _bind(making)
    yield filling.sum_up(PDF, making.work.folder / PDF)
    yield filling.sum_up("index.csv", filling.index_file(before))
    yield "MANIFEST.sha256", filling.manifest()


def _documents(making: _Making) -> Iterator[Zipped]:
    filling = making.filling
    with scoped(Scope.sweep()):
        secure = secure_of(making.practice, making.program, making.today)
        own = own_of(making.practice, making.period)
    filling.head(0, BODYS)
    yield from lay_secure(filling, secure, _reader(making), making.bodys)
    if own:
        filling.head(0, OWN)
    yield from lay_own(filling, own, making.own)


def _reader(making: _Making) -> Reader:
    job = making.work.job
    asked = when_words(job.at, zone_of(making.program))
    versions = {UUID(each) for each in job.params["documents"]}
    reader = job.params.get("reader") or job.by
    return Reader(versions, [reader, making.practice.name, asked])


def _person(making: _Making, chapter: Chapter, number: int) -> Iterator[Zipped]:
    filling, name = making.filling, chapter.member.name
    facts = record_of(
        chapter,
        practice=making.practice.name,
        program=making.program,
        today=making.today,
    )
    making.people.append(IndexLine(name, chapter.job_role, filling.next_page))
    filling.head(1, name)
    filling.record(facts)
    making.rows.extend(crosswalk_of(chapter, today=making.today))
    yield from _papers(making, chapter, folder_of(number, name))


def _papers(making: _Making, chapter: Chapter, folder: str) -> Iterator[Zipped]:
    making.activities += len(chapter.rows)
    for paper in certificate_papers(making.work, chapter, f"{folder}/certificates"):
        making.certificates += 1
        yield from making.filling.paper(paper, 2)
    for paper in proof_papers(chapter, f"{folder}/proofs"):
        making.proofs += 1
        yield from making.filling.paper(paper, 2)


def _bind(making: _Making) -> int:
    """Put cover, index and crosswalk in front, end the PDF; give their pages."""
    filling, work, practice = making.filling, making.work, making.practice
    cover, as_of = _cover(making), making.today.isoformat()
    walk = CrosswalkFacts(
        practice.name, making.period.words, as_of, begins=True, rows=()
    )
    found = front(cover, _parts(making), making.rows, walk, making.beat)
    filling.binder.lay_in_front(found.papers)
    outline = filling.shifted(found.pages)
    lines = (("Cover", 1), ("Index", 2), ("Crosswalk", found.crosswalk_page))
    begin = [Line(0, words, page) for words, page in lines]
    made = day_words(making.today)
    strip = StripFacts(f"{practice.name}. Audit binder made {made}.", as_of)
    filling.binder.bind(
        strip=render_binder(strip, seconds=settings.CERTIFICATE_SECONDS),
        title=f"Audit binder of {practice.name}, {making.period.words}",
        language="en",
        at=work.now,
        mark=work.job.pk.hex,
        outline=[*begin, *outline],
    )
    return found.pages


def _parts(making: _Making) -> Sequence[IndexPart]:
    parts = (
        IndexPart(BODYS, making.bodys),
        IndexPart(OWN, making.own),
        IndexPart("People", making.people),
    )
    return [part for part in parts if part.lines]


def _cover(making: _Making) -> CoverFacts:
    work, troubles = making.work, making.filling.troubles
    policy = policy_for(making.program, on=making.today)
    notes = [
        CHECKED,
        *troubles[:MOST_TROUBLES],
    ]
    if len(troubles) > MOST_TROUBLES:
        notes.append(f"{len(troubles) - MOST_TROUBLES} more: see index.csv.")
    facts = [
        ("People", str(len(making.people))),
        ("Certificates", str(making.certificates)),
        ("CE activities", str(making.activities)),
        ("Files of CE proof", str(making.proofs)),
        ("Documents of the practice", str(len(making.own))),
        ("Made by", work.job.by),
        ("Made", when_words(work.now, zone_of(making.program))),
    ]
    return CoverFacts(
        practice=making.practice.name,
        body=policy.body.full_name,
        period=making.period.words,
        as_of=making.today.isoformat(),
        facts=facts,
        notes=notes,
        demo=settings.DEMO,
    )
