"""Several publish, acknowledge and file at one moment: each thing happens once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from core.actor import Actor
from core.failures import Refusal
from core.scope import Scope, scoped
from credentials.models import (
    DocumentAcknowledgement,
    DocumentReading,
    DocumentVersion,
    OwnDocumentVersion,
)
from credentials.services import (
    Filing,
    NewVersion,
    acknowledge_version,
    file_own_document,
    publish_version,
)
from tests.cast import BODY, NOW, TESTER, TODAY, Cast, given
from tests.db.document_rows import a_version
from tests.documents.papers import a_pdf

pytestmark = [
    pytest.mark.race,
    pytest.mark.db,
    pytest.mark.usefixtures("transactional_db"),
]
HANDS = 4


def together(act: Callable[[int], object]) -> list[str]:
    """Let several do something at once; what came of it, by kind."""

    def one(hand: int) -> str:
        try:
            act(hand)
        except Refusal as refusal:
            return refusal.slug
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        return sorted(pool.map(one, range(HANDS)))


def test_of_several_who_publish_the_next_version_one_does(cast: Cast) -> None:
    first = a_version()

    def publish(hand: int) -> None:
        with scoped(Scope.staff(BODY)):
            publish_version(
                actor=TESTER,
                program=BODY,
                document=first.document,
                seen=1,
                wanted=NewVersion("Crosswalk", TODAY, "New"),
                upload=ContentFile(a_pdf(str(hand)), name="crosswalk.pdf"),
                now=NOW,
            )

    assert together(publish) == ["done", *["stale-version"] * (HANDS - 1)]
    numbers = DocumentVersion.objects.values_list("number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_a_version_is_acknowledged_once_however_often_it_is_pressed(
    cast: Cast,
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    version = a_version()
    alice = cast.alice
    DocumentReading.objects.create(
        version=version, practice=cast.northside, user=alice, reader="Alice", at=NOW
    )

    def acknowledge(hand: int) -> None:
        with scoped(Scope.practice(cast.northside.pk)):
            acknowledge_version(
                actor=Actor(alice.name, user_id=alice.pk),
                practice=cast.northside,
                version=version,
                today=TODAY,
                now=NOW,
            )

    assert together(acknowledge) == ["done"] * HANDS
    assert DocumentAcknowledgement.objects.count() == 1


def test_the_same_file_is_filed_once_and_of_others_each_has_its_number(
    cast: Cast,
) -> None:
    def file(content: bytes) -> OwnDocumentVersion:
        with scoped(Scope.practice(cast.northside.pk)):
            return file_own_document(
                actor=TESTER,
                practice=cast.northside,
                document=None,
                filing=Filing("Protocol", "staffing", None, None),
                upload=ContentFile(content, name="protocol.pdf"),
                now=NOW,
            ).version

    assert together(lambda hand: file(a_pdf("one"))) == ["done"] * HANDS
    assert OwnDocumentVersion.objects.count() == 1
