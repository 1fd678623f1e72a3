"""What the public's walls open: whoever is named whole, and the hash that is held."""

import json
import random
import unicodedata
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import Member
from certificates.models import Certificate
from core.plain_names import plain_name
from core.scope import Scope
from credentials.models import Certification, GivenReport, StandingPeriod
from credentials.queries import Named
from tests.cast import NOW, TODAY, Cast
from tests.db.walling import attempt, count, on_postgresql, seen, within

pytestmark = [pytest.mark.django_db, pytest.mark.db]
SEEN = {"accounts_member", "credentials_certification", "credentials_standingperiod"}
NOBODY = Named("", "", "", "")
NAMES = [
    "Ångström",
    "O'Neil-Smith",
    "O\u2019Brien\u2010Lee",
    "İzmir",
    "ﬁne",
    "  two   words ",
    "ÀÉÎ",
    "Straße",
]


def report(*asked: Named) -> Scope:
    """The scope of a list."""
    return Scope.report(
        json.dumps(
            [
                {"number": e.number, "last": e.last, "first": e.first, "code": e.code}
                for e in asked
            ]
        )
    )


@pytest.fixture
def bob(filled: Cast) -> Certification:
    """Bob's credential, among everybody's rows."""
    return Certification.objects.get(member=filled.bob)


@on_postgresql
def test_whoever_is_named_whole_is_seen_and_nobody_else(bob: Certification) -> None:
    by_number = replace(NOBODY, number=bob.number, last="BAKER")
    by_name = replace(NOBODY, last="baker", first="bób", code="CMSS")
    for asked in (by_number, by_name):
        with within(report(asked)):
            assert set(seen()) == SEEN
            assert [each.pk for each in Certification.objects.all()] == [bob.pk]
            assert [each.pk for each in Member.objects.all()] == [bob.member_id]
            held = StandingPeriod.objects.values_list("member", "program")
            assert set(held) == {(bob.member_id, bob.program)}


@on_postgresql
def test_half_of_it_opens_nothing(bob: Certification) -> None:
    for asked in (
        NOBODY,
        replace(NOBODY, number=bob.number),
        replace(NOBODY, number=bob.number, last="Bake"),
        replace(NOBODY, number=bob.number, last="Baker "[:3]),
        replace(NOBODY, last="Baker"),
        replace(NOBODY, last="Baker", first="Bob"),
        replace(NOBODY, last="Baker", code="CMSS"),
        replace(NOBODY, last="%", first="%", code="CMSS"),
        replace(NOBODY, last="Baker", first="Bob", code="CPCS"),
    ):
        with within(report(asked)):
            assert seen() == {}, asked
    for key in ("", "[]"):
        with within(Scope.report(key)):
            assert seen() == {}


@pytest.fixture
def paper(bob: Certification) -> Certificate:
    """A certificate of Bob's credential."""
    return Certificate.objects.create(
        program=bob.program,
        member_id=bob.member_id,
        certification=bob,
        source_id=uuid4(),
        number="CME-7Q4K-29XD-M3V5",
        facts={},
        valid_from=TODAY,
        valid_until=TODAY,
        issued_on=TODAY,
        issued_at=NOW,
    )


@on_postgresql
def test_a_paper_s_number_opens_its_credential_beside_the_name(
    bob: Certification, paper: Certificate
) -> None:
    asked = replace(NOBODY, number=paper.number.lower(), last="BAKER")
    with within(report(asked)):
        assert set(seen()) == SEEN
        assert [each.pk for each in Certification.objects.all()] == [bob.pk]


@on_postgresql
def test_a_paper_s_number_without_the_name_opens_nothing(paper: Certificate) -> None:
    for asked in (
        replace(NOBODY, number=paper.number),
        replace(NOBODY, number=paper.number, last="Bake"),
        replace(NOBODY, number=paper.number, last="Cole"),
        replace(NOBODY, number=paper.number[:-1], last="Baker"),
    ):
        with within(report(asked)):
            assert seen() == {}, asked
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM wall_papers()")
                assert cursor.fetchall() == []
    # What no list asks opens nothing, whoever calls it.
    for scope in (Scope.public(paper.number), Scope.staff(paper.program)):
        with within(scope), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM wall_papers()")
            assert cursor.fetchall() == []


@on_postgresql
def test_a_named_person_can_t_be_changed(bob: Certification) -> None:
    asked = replace(NOBODY, number=bob.number, last="Baker")
    with within(report(asked)):
        assert Member.objects.update(last_name="Other") == 0
        assert "denied" in str(
            attempt(lambda: Certification.objects.all().delete())
        ) or (count("credentials_certification") == 1)
    assert Member.objects.get(pk=bob.member_id).last_name == "Baker"


@on_postgresql
def test_a_file_is_known_by_its_own_hash_alone(filled: Cast) -> None:
    with within(Scope.given("a" * 64)):
        assert seen() == {"credentials_givenreport": 1}
    with within(Scope.given("d" * 64)):
        assert seen() == {}
        another = GivenReport(
            sha256="e" * 64, rows_sha256="b", kind="csv", lines=1, found=1, as_of=NOW
        )
        words = attempt(lambda: GivenReport.objects.bulk_create([another]))
        assert "row-level security" in str(words)


@on_postgresql
@pytest.mark.parametrize("seed", range(5))
def test_names_are_folded_alike_in_the_database_and_outside(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (names to try)
    signs = "aAäÄéÉñŁøßçÇşğœæ'- .\u00a0\u0301\u0308日본Ωжя"
    tried = NAMES + [
        unicodedata.normalize(
            chance.choice(["NFC", "NFD"]), "".join(chance.choices(signs, k=9))
        )
        for _ in range(200)
    ]
    with connection.cursor() as cursor:
        for first, last in zip(tried, reversed(tried), strict=True):
            cursor.execute("SELECT plain_name(%s, %s)", [last, first])
            assert cursor.fetchone()[0] == plain_name(last, first), (last, first)
