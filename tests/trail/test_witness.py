"""The witness sees what it is there to see, and is not fooled."""

from collections.abc import Callable

import pytest
from django.db import transaction

from accounts.models import Practice
from tests.cast import Cast
from tests.witness import HERE, WITNESS

pytestmark = [pytest.mark.db, pytest.mark.django_db]
SERVICE = """
from django.db import connection, transaction
from accounts.models import Practice
from tests.trail.entries import entry

@transaction.atomic
def silent(practice):
    Practice.objects.filter(pk=practice.pk).update(name="Other")

@transaction.atomic
def raw(practice):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_practice SET name = 'Other'")

def bare(practice):
    Practice.objects.filter(pk=practice.pk).update(name="Other")

@transaction.atomic
def told(practice):
    with transaction.atomic():
        Practice.objects.filter(pk=practice.pk).update(name="Other")
    entry(practice_id=practice.pk)

@transaction.atomic
def undone(practice):
    Practice.objects.filter(pk=practice.pk).update(name="Other")
    transaction.set_rollback(True)
"""


def service(name: str) -> Callable[[Practice], None]:
    """A function that stands in one of the project's service modules."""
    space: dict[str, Callable[[Practice], None]] = {}
    code = compile(SERVICE, f"{HERE}accounts/services/invented.py", "exec")
    exec(code, space)  # noqa: S102  (our own text, above)
    return space[name]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("silent", "invented.py silent wrote ['accounts_practice']"),
        ("raw", "invented.py raw wrote ['accounts_practice']"),
        ("bare", "invented.py bare wrote accounts_practice outside a transaction"),
        ("told", ""),
        ("undone", ""),
    ],
)
def test_a_change_without_an_entry_is_seen(name: str, fault: str, cast: Cast) -> None:
    witness = WITNESS[0]
    with transaction.atomic():
        service(name)(cast.northside)
    found, witness.faults[:] = list(witness.faults), []
    assert [each.removeprefix("accounts/services/") for each in found] == (
        [fault] if fault else []
    )


def test_what_a_test_writes_itself_is_no_fault(cast: Cast) -> None:
    with transaction.atomic():
        Practice.objects.filter(pk=cast.northside.pk).update(name="Other")
    assert WITNESS[0].faults == []
