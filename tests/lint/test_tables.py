"""What every table of ours keeps to (X4, X5)."""

import re

import pytest
from django.apps import apps
from django.db import models

from tests.lint.source import APPS, ROOT

OURS = [model for model in apps.get_models() if model._meta.app_label in APPS]
# Their lines are numbered because their order matters; no address names one. A session
# has its key.
NUMBERED = {
    "accounts.WebSession",
    "billing.InvoiceCount",
    "billing.JournalRow",
    "billing.OrderStep",
    "core.AuditEntry",
    "core.AuditHead",
    "core.DomainDate",
    "credentials.SeatEntry",
    "renewals.DigestLine",
}
ONCE = re.compile(r'\bonce\(\s*"(\w+)"')
EXACT_WORDS = {"credits", "have", "need", "amount", "price", "fee", "money", "total"}


def test_nothing_an_audit_may_ask_for_falls_with_another_row() -> None:
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
    ]
    assert not loose


def test_credits_and_money_are_decimals() -> None:
    checked, loose = 0, []
    for model in OURS:
        # Whether something is a fee, and which list a price is of, are no amounts.
        amounts = (each for each in model._meta.get_fields() if not each.is_relation)
        for field in amounts:
            if isinstance(field, models.BooleanField):
                continue
            if EXACT_WORDS & set(field.name.split("_")):
                checked += 1
                if not isinstance(field, models.DecimalField):
                    loose.append(f"{model._meta.label}.{field.name}")
    assert not loose
    assert checked >= 3


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_public_id_tells_nothing(model: type[models.Model]) -> None:
    known = model._meta.label in NUMBERED
    assert isinstance(model._meta.pk, models.UUIDField) is not known


def test_a_migration_guards_what_is_written_once_of_a_table_in_one_go() -> None:
    """A second guard of that name would drop the first."""
    doubled = {}
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        tables = ONCE.findall(path.read_text(encoding="utf-8"))
        if len(tables) != len(set(tables)):
            doubled[str(path.relative_to(ROOT))] = tables
    assert not doubled
