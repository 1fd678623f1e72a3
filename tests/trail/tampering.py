"""What somebody with all rights on the database could do to the trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import F

from core.chain import spelled
from core.models import AuditEntry, AuditHead
from tests.trail.entries import entry

TABLES = ("core_auditentry", "core_audithead")
HOUSE = AuditEntry.objects.filter(chain="house")


@contextmanager
def superuser() -> Iterator[None]:
    """Set the trail's triggers aside, as only the tables' owner can."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
            "AND tbl_name IN (%s, %s)",
            TABLES,
        )
        triggers = dict(cursor.fetchall())
        for name in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for sql in triggers.values():
            cursor.execute(sql)


def at(number: int) -> dict[str, Any]:
    """The row of a number in the house's chain."""
    return dict(HOUSE.all().values().get(number=number))


def edit() -> None:
    """Change what one says."""
    HOUSE.all().filter(number=4).update(sentence="Nothing happened")


def edit_a_value() -> None:
    """Change one value deep inside."""
    HOUSE.all().filter(number=4).update(changes={"seats": [1, 3]})


def leave_out() -> None:
    """Delete one in the middle."""
    HOUSE.all().filter(number=4).delete()


def leave_out_and_close() -> None:
    """Delete one in the middle, and number the rest anew."""
    HOUSE.all().filter(number=4).delete()
    for number in range(5, 9):
        HOUSE.all().filter(number=number).update(number=F("number") - 1)
    AuditHead.objects.filter(chain="house").update(count=7)


def put_in() -> None:
    """Put one in the middle, the rest moved on."""
    for number in range(8, 3, -1):
        HOUSE.all().filter(number=number).update(number=F("number") + 1)
    AuditEntry.objects.create(**at(3) | {"id": None, "number": 4})
    AuditHead.objects.filter(chain="house").update(count=9)


def put_at_the_end() -> None:
    """Add one that nobody wrote."""
    last = at(8)
    AuditEntry.objects.create(
        **last | {"id": None, "number": 9, "previous": last["hash"]}
    )
    AuditHead.objects.filter(chain="house").update(count=9)


def swap() -> None:
    """Let two change places."""
    HOUSE.all().filter(number=4).update(number=99)
    HOUSE.all().filter(number=5).update(number=4)
    HOUSE.all().filter(number=99).update(number=5)


def hash_again() -> None:
    """Change one and mark all after it anew, without the key."""
    HOUSE.all().filter(number=4).update(sentence="Nothing happened")
    before = at(3)["hash"]
    for number in range(4, 9):
        HOUSE.all().filter(number=number).update(previous=before)
        before = sha256(spelled(at(number))).hexdigest()
        HOUSE.all().filter(number=number).update(hash=before)
    AuditHead.objects.filter(chain="house").update(hash=before)


def use_another_key() -> None:
    """Name a key of one's own."""
    HOUSE.all().filter(number=4).update(key_id="0123456789ab")


def cut_off() -> None:
    """Delete the last three and leave the head."""
    HOUSE.all().filter(number__gt=5).delete()


def cut_off_with_the_head() -> None:
    """Delete the last three and set the head back: the chain alone fits."""
    HOUSE.all().filter(number__gt=5).delete()
    AuditHead.objects.filter(chain="house").update(count=5, hash=at(5)["hash"])


def cut_off_and_go_on() -> None:
    """Cut off, set the head back, and let the portal write on, with its key."""
    cut_off_with_the_head()
    for number in range(4):
        entry(f"After {number}")


def take_all() -> None:
    """Delete a whole chain and its head."""
    HOUSE.all().delete()
    AuditHead.objects.filter(chain="house").delete()


def forget_the_end() -> None:
    """Delete the row that says how long the chain is."""
    AuditHead.objects.filter(chain="house").delete()


def set_the_end_back() -> None:
    """Say that the chain is shorter than it is."""
    AuditHead.objects.filter(chain="house").update(count=7, hash=at(7)["hash"])
