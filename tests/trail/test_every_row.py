"""A tour of the portal: each row that differs afterwards is named by an entry.

Every table of ours is read whole before and after, whatever wrote it. A row counts as
named where an entry is about the row itself or about the row it is a part of.
"""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Sponsorship
from core.models import AuditEntry
from tests.cast import Cast, a_member
from tests.portal.pressing import press
from tests.portal.reading import Page
from tests.portal.recording import certify, give, record
from tests.unwritten import UNTRACKED
from tests.witness import APPS

pytestmark = [pytest.mark.db, pytest.mark.usefixtures("today")]
# Part → the column that leads to the row, or the member, whose entry names it.
PARTS = {
    "accounts_sponsorship": "member_id",
    "ce_credits_activitystep": "activity_id",
    "ce_credits_creditaward": "activity_id",
    "credentials_seatentry": "pool_id",
    "credentials_standingperiod": "member_id",
    "renewals_termcertificate": "window_id",
}
# What only counts, or holds together, rows that are named; and what holds it to them.
COUNTERS = {
    "certificates_attestationcount": "Each certificate has its number.",
    "credentials_assignmentbatch": "Each of its assignments is named.",
    "credentials_seatpool": "Reconcile holds it to its ledger and its assignments.",
}
Row = tuple[str, str]


def all_rows() -> dict[Row, dict[str, object]]:
    """Read every row of every tracked table."""
    return {
        (model._meta.db_table, str(row["pk"])): row
        for model in apps.get_models()
        if model._meta.app_label in APPS and model._meta.db_table not in UNTRACKED
        for row in model._default_manager.values("pk", *_columns(model))
    }


def _columns(model: type) -> list[str]:
    fields = apps.get_model(model._meta.label)._meta.concrete_fields  # type: ignore[attr-defined]
    return [field.attname for field in fields]


def unnamed(before: dict[Row, dict[str, object]], since: int) -> Iterator[str]:
    """Say which rows differ now and are named by no entry since."""
    entries = AuditEntry.objects.filter(id__gt=since)
    named = {
        str(value)
        for pair in entries.values_list("subject_id", "member_id")
        for value in pair
    }
    after = all_rows()
    for table, key in before.keys() | after.keys():
        old, new = before.get((table, key)), after.get((table, key))
        row = new or old
        if old == new or row is None or table in COUNTERS:
            continue
        if not {key, str(row.get(PARTS.get(table, "pk")))} & named:
            yield f"{table} {key}"


def test_every_row_that_changed_is_named(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    alice, mona, erin = (signed_in(name) for name in ("alice", "mona", "erin"))
    nina = a_member("Nina New", cast.northside)
    last = AuditEntry.objects.latest("id").pk
    before = all_rows()
    answers = [
        give(mona, count="5"),
        give(mona, count="3", product="membership"),
        give(mona, way="back", count="2"),
        certify(mona, nina),
        press(alice, "Nina New", tile="membership"),
        press(alice, "Bob Baker"),
        record(erin, cast.bob),
        alice.post(
            f"/p/northside/members/{cast.bob.pk}/renewal-mode/", {"mode": "auto"}
        ),
        alice.post("/p/northside/settings/api/", _token(alice)),
    ]
    assert [answer.status_code for answer in answers] == [302] * 8 + [200]
    assert Sponsorship.objects.get(member=cast.bob).renewal_mode == "auto"
    assert not sorted(unnamed(before, last))
    changed = {table for table, key in all_rows().items() if before.get(table) != key}
    tables = {table for table, _ in changed}
    assert {"credentials_window", "credentials_seatentry", "accounts_apitoken"} < tables


def _token(client: Client) -> dict[str, object]:
    page = Page.of(client.get("/p/northside/settings/api/"))
    return {
        "form_key": page.value("form_key"),
        "name": "Payroll",
        "scopes": ["members:read"],
        "expires": "365",
    }


def test_a_row_that_changed_in_silence_is_found(cast: Cast) -> None:
    last, before = AuditEntry.objects.latest("id").pk, all_rows()
    Sponsorship.objects.filter(member=cast.bob).update(renewal_mode="auto")
    key = Sponsorship.objects.get(member=cast.bob).pk
    assert list(unnamed(before, last)) == [f"accounts_sponsorship {key}"]
