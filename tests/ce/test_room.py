"""How much proof is kept, for one person and for one practice: never a file more."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from django.core.files import File
from django.db.models import F
from pytest_django import Settings

from accounts.models import Member
from ce_credits.models import Activity, PracticeAllowance, Proof, ProofAllowance
from ce_credits.services import remove_proof
from ce_credits.services.allowing import NoRoom
from core.files import LookedInto
from core.models import AuditEntry
from tests.cast import NOW, Cast, a_member
from tests.ce.reporting import a_draft, holder
from tests.ce.test_proofs import a_file, added
from tests.files.conftest import stored
from tests.files.samples import pdf
from tests.race.hands import at_once

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("shelf")]
AT_ONCE = 16
MIB = 2**20


def a_paper(number: int) -> bytes:
    """A file unlike the others, and of the same size."""
    return pdf(b"%04d" % number)


SIZE = len(a_paper(0))


@pytest.fixture(autouse=True)
def looked_into_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files pass without a child for each: what is counted are kept ones."""

    def look_into(upload: "File[bytes]") -> LookedInto:
        content = upload.read()
        mark = sha256(content).hexdigest()
        return LookedInto("pdf", content, mark, mark, pages=1, text="")

    monkeypatch.setattr("ce_credits.services.proofs.look_into", look_into)


@pytest.fixture
def limits(settings: Settings) -> Settings:
    """Small ones: three files a person, 1 MiB each for person and practice."""
    settings.MEMBER_FILES, settings.MEMBER_MEGABYTES = 3, 1
    settings.PRACTICE_MEGABYTES = 1
    return settings


def filled(member: Member) -> list[str]:
    """Add files until one is refused; give what was said then."""
    for number in count():
        try:
            added(a_draft(member, proof=False), a_file(a_paper(number)))
        except NoRoom as refusal:
            return [str(number), refusal.text, *(p.field for p in refusal.problems)]
    raise AssertionError


def test_a_person_keeps_so_many_files(
    cast: Cast, limits: Settings, shelf: Path
) -> None:
    entries = AuditEntry.objects.filter(action="ce.proof_added").count()
    number, text, field = filled(cast.bob)
    assert (number, field) == ("3", "file")
    assert text == (
        "One person may keep 3 files and 1 MB here, and with this file it would be "
        "more. Write to staff to make room."
    )
    assert len(stored(shelf)) == Proof.objects.count() == 3
    assert AuditEntry.objects.filter(action="ce.proof_added").count() == entries + 3
    assert ProofAllowance.objects.get(member=cast.bob).files == 3


def test_a_person_keeps_so_much(cast: Cast, limits: Settings, shelf: Path) -> None:
    added(a_draft(cast.bob, proof=False), a_file(a_paper(9)))
    mine = ProofAllowance.objects.filter(member=cast.bob)
    mine.update(bytes=MIB - 2 * SIZE)
    assert filled(cast.bob)[0] == "2"
    assert mine.get().bytes == MIB
    assert len(stored(shelf)) == 3


def test_a_practice_keeps_so_much_whoever_sends_it(
    cast: Cast, limits: Settings, shelf: Path
) -> None:
    added(a_draft(cast.bob, proof=False), a_file(a_paper(9)))
    ours = PracticeAllowance.objects.filter(practice=cast.northside)
    assert ours.get().bytes == SIZE
    ours.update(bytes=MIB - SIZE)
    number, text, field = filled(cast.bob)
    assert (number, field) == ("1", "file")
    assert text == (
        "One practice may keep 1 MB of files here, and with this file it would be "
        "more. Write to staff to make room."
    )
    assert ours.get().bytes == MIB
    # What was refused for the practice is not counted against the person.
    assert ProofAllowance.objects.get(member=cast.bob).files == 2
    # Another practice's people go on.
    added(a_draft(cast.charlie, proof=False), a_file(a_paper(9)))


def test_a_person_whom_no_practice_stands_for_is_counted_alone(
    cast: Cast, limits: Settings
) -> None:
    cast.bob.sponsorships.update(until_on=F("from_on"))
    added(a_draft(cast.bob, proof=False))
    assert ProofAllowance.objects.get(member=cast.bob).files == 1
    assert not PracticeAllowance.objects.exists()


def test_a_limit_that_is_set_anew_holds_from_the_next_file_on(
    cast: Cast, limits: Settings
) -> None:
    filled(cast.bob)
    limits.MEMBER_FILES = 4
    added(a_draft(cast.bob, proof=False), a_file(a_paper(9)))
    limits.MEMBER_FILES = 2
    with pytest.raises(NoRoom, match="may keep 2 files"):
        added(a_draft(cast.bob, proof=False), a_file(a_paper(10)))
    assert ProofAllowance.objects.get(member=cast.bob).files == 4


def test_what_is_removed_stays_kept_and_counted(cast: Cast, limits: Settings) -> None:
    draft = a_draft(cast.bob, proof=False)
    proof = added(draft)
    remove_proof(actor=holder(cast.bob), activity=draft, proof=proof, now=NOW)
    assert ProofAllowance.objects.get(member=cast.bob).files == 1


def test_figures_are_said_in_gigabytes_where_they_are(
    cast: Cast, limits: Settings
) -> None:
    limits.PRACTICE_MEGABYTES = 5 * 1024
    added(a_draft(cast.bob, proof=False))
    PracticeAllowance.objects.update(bytes=5 * 1024 * MIB)
    with pytest.raises(NoRoom, match="One practice may keep 5 GB of files here"):
        added(a_draft(cast.bob, proof=False), a_file(a_paper(1)))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whose", ["files", "bytes", "practice"])
def test_of_sixteen_at_once_as_many_are_kept_as_there_is_room_for(
    cast: Cast, limits: Settings, shelf: Path, whose: str
) -> None:
    limits.MEMBER_FILES = 12 if whose == "files" else 200
    people = [cast.bob]
    if whose == "practice":
        people.append(a_member("Ben Baker", cast.northside))
    _leave_room(cast, whose, people)
    drafts = [a_draft(people[each % len(people)], proof=False) for each in range(16)]

    done = at_once([_adding(draft, at) for at, draft in enumerate(drafts)])

    assert done.count("kept") == 5
    assert done.count("no room") == AT_ONCE - 5
    assert len(stored(shelf)) == Proof.objects.count() == 5
    kept = ProofAllowance.objects.values_list("files", flat=True)
    assert sum(kept) == 5 + (7 if whose == "files" else 0)
    if whose == "practice":
        assert PracticeAllowance.objects.get(practice=cast.northside).bytes == MIB
    if whose == "bytes":
        assert ProofAllowance.objects.get(member=cast.bob).bytes == MIB


def _leave_room(cast: Cast, whose: str, people: list[Member]) -> None:
    """Leave room for five files of the tests."""
    taken = MIB - 5 * SIZE
    for member in people:
        ProofAllowance.objects.create(
            member=member,
            files=7 if whose == "files" else 0,
            bytes=taken if whose == "bytes" else 0,
            most_files=200,
            most_bytes=MIB,
        )
    PracticeAllowance.objects.create(
        practice=cast.northside,
        bytes=taken if whose == "practice" else 0,
        most_bytes=MIB,
    )


def _adding(draft: Activity, number: int) -> Callable[[], str]:
    return partial(_added, draft, a_paper(number))


def _added(draft: Activity, paper: bytes) -> str:
    try:
        added(draft, a_file(paper))
    except NoRoom:
        return "no room"
    return "kept"
