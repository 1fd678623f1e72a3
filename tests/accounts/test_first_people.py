"""Whoever runs the portal opens practices and names staff from the command line."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Administration, Practice, StaffRole, User
from core.models import AuditEntry, OutboxMessage

pytestmark = pytest.mark.db


def add_practice(email: str = "alice@northside.example") -> None:
    call_command("add_practice", "Northside Clinic", email, "Alice Adams")


def test_a_practice_opens_with_its_administrator_who_is_mailed_a_link(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    add_practice()
    assert "open at /p/northside-clinic/" in capsys.readouterr().out
    held = Administration.objects.get(practice__slug="northside-clinic")
    assert (held.user.name, held.named) == ("Alice Adams", True)
    mail = OutboxMessage.objects.get(kind="reset")
    assert mail.recipient == "alice@northside.example"
    assert AuditEntry.objects.filter(user=None, practice=held.practice).exists()


def test_a_name_that_is_taken_makes_nobody(db: None) -> None:
    add_practice()
    with pytest.raises(CommandError, match="Another practice has the address"):
        add_practice("other@northside.example")
    assert Practice.objects.count() == 1
    assert not User.objects.filter(email="other@northside.example").exists()


def test_staff_are_named_for_a_body_there_is(db: None) -> None:
    call_command("add_staff", "acmss", "manager", "mona@body.example", "Mona Moss")
    role = StaffRole.objects.get(user__email="mona@body.example")
    assert (role.program, role.role) == ("acmss", "manager")
    with pytest.raises(CommandError, match="already"):
        call_command("add_staff", "acmss", "manager", "mona@body.example", "Mona Moss")
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("add_staff", "nobody", "manager", "a@b.example", "A B")


def test_somebody_known_keeps_their_password_and_gets_no_mail(db: None) -> None:
    User.objects.create_user("mona@body.example", "a password of hers", name="Mona")
    call_command("add_staff", "acmss", "reviewer", "mona@body.example", "Mona Moss")
    assert not OutboxMessage.objects.exists()
    assert User.objects.get().check_password("a password of hers")
