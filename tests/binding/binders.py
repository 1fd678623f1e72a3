"""A binder as it is asked for, made by a worker, and looked into."""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from uuid import UUID, uuid4
from zipfile import ZipFile

from pypdf import PdfReader

from accounts.models import Member, Practice
from ce_credits.models import Activity, Proof
from core.actor import Actor
from core.files import keep, stored
from core.models import ExportJob
from core.tasks import make_export
from portal.queries.binder_people import Chosen, Period
from portal.services import ask_for_binder
from tests.cast import BODY, NOW, TODAY, Cast, credit
from tests.database import WORKER, working_as

ALL = Period(date(2019, 11, 17), TODAY)


@dataclass(frozen=True)
class Opened:
    """A binder that was made: its files, its pages, and what it says of them."""

    job: ExportJob
    files: dict[str, bytes]
    pages: Sequence[str]

    @property
    def text(self) -> str:
        """All that is said in the PDF."""
        return "\n".join(self.pages)

    @property
    def index(self) -> list[dict[str, str]]:
        """The lines of index.csv."""
        text = self.files["index.csv"].decode("utf-8-sig")
        return list(csv.DictReader(StringIO(text, newline="")))

    @property
    def sums(self) -> dict[str, str]:
        """The manifest: each file's hash."""
        lines = self.files["MANIFEST.sha256"].decode().splitlines()
        return {
            name: digest for digest, name in (line.split("  ", 1) for line in lines)
        }


def alice(cast: Cast) -> Actor:
    """Whoever administers Northside."""
    return Actor(cast.alice.name, user_id=cast.alice.pk)


def asked(
    cast: Cast,
    *,
    practice: Practice | None = None,
    period: Period = ALL,
    only: str = "",
    ticked: Collection[UUID] | None = None,
    key: str = "",
) -> ExportJob:
    """Ask for a binder."""
    return ask_for_binder(
        actor=alice(cast),
        practice=practice or cast.northside,
        program=BODY,
        chosen=Chosen(period, only),
        ticked=ticked,
        key=key or uuid4().hex,
        today=TODAY,
        now=NOW,
    )


def worked(job: ExportJob) -> ExportJob:
    """Let a worker make it."""
    with working_as(WORKER):
        make_export(str(job.pk))
    job.refresh_from_db()
    return job


def opened(job: ExportJob) -> Opened:
    """Look into what a worker made."""
    assert job.state == ExportJob.State.READY, job.problem
    content = stored(job.file_key)
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    reader = PdfReader(BytesIO(files["binder.pdf"]), strict=True)
    return Opened(job, files, [page.extract_text() for page in reader.pages])


def bound(cast: Cast, **choice: object) -> Opened:
    """Ask for a binder, have it made, and look into it."""
    return opened(worked(asked(cast, **choice)))  # type: ignore[arg-type]


def learnt(
    member: Member,
    title: str,
    *,
    on: date,
    practice: Practice | None,
    amount: str = "1.0",
) -> Activity:
    """An activity that was reported while a practice stood for the member."""
    activity = credit(member, amount, on=on).activity
    Activity.objects.filter(pk=activity.pk).update(title=title, practice=practice)
    activity.refresh_from_db()
    return activity


def proven(
    activity: Activity, content: bytes, *, kind: str = "pdf", name: str = "proof.pdf"
) -> Proof:
    """A file that proves it, kept where files are kept."""
    digest = sha256(content).hexdigest()
    return Proof.objects.create(
        activity=activity,
        file_key=keep(content),
        kind=kind,
        name=name,
        sha256=digest,
        stored_sha256=digest,
        size=len(content),
        pages=1,
        added_by="tests",
        added_at=NOW - timedelta(minutes=1),
    )
