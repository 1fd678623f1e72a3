"""Practice B with a marker of its own in every text column of its rows and people."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models

from accounts.models import Administration, Member, Practice, Sponsorship, User
from credentials.models import Window
from renewals.models import TermCertificate
from tests.database import triggers
from tests.db.rows import OURS
from tests.matrix.hauling import IDS

MARKER = re.compile(r"canary[_-]b[_-][\w-]+", re.IGNORECASE)
# Columns whose words are a pack's or the code's own: they choose what happens, and are
# the same for everybody.
CODES = {
    "action",
    "code",
    "currency",
    "file_kind",
    "grants",
    "ground",
    "index_number",
    "kind",
    "path",
    "policy",
    "program",
    "rule",
    "standing",
    "subject_type",
    "unit",
}
# Columns that name a file, prove it or open something: another value would break what
# they are for. What stands in them is searched for as it is.
AS_THEY_ARE = {
    "actor_key",
    "chain",
    "file_key",
    "fingerprint",
    "hash",
    "key_id",
    "password",
    "previous",
    "secret_hash",
    "session_data",
    "session_key",
    "sha256",
    "stored_sha256",
    "token_hash",
}
# No marker fits in. The brand beside it has one.
TOO_SHORT = {"last_four"}
# What a row has in some of its states alone: an empty one stays empty.
IN_ITS_STATE = {"answer", "closed_by", "exam", "held_by", "held_reason"}
IN_ITS_STATE |= {"ended_why", "outcome", "why"}
# In JSON: names of what is chosen from, not written.
CHOSEN = {"code", "kind", "language", "layout", "outcome", "rule", "scopes", "unit"}
FIGURES = re.compile(r"[\d.,:TZ+\- ]*")
TEXT = (models.CharField, models.TextField, models.JSONField)
if TYPE_CHECKING:
    Column = models.Field[Any, Any]
else:
    Column = models.Field
Rows = Mapping[type[models.Model], set[Any]]


@dataclass(frozen=True)
class Marked:
    """What must not reach anybody but B's own."""

    columns: frozenset[str]
    ids: frozenset[str]
    values: frozenset[str]

    def found_in(self, text: str) -> set[str]:
        """Name B's markers, ids and secrets in a text."""
        found = {each.lower() for each in MARKER.findall(text)}
        found |= {each for each in IDS.findall(text) if each in self.ids}
        return found | {each for each in self.values if each in text}


def mark(practice: Practice) -> Marked:
    """Put a marker into each text column of what belongs to a practice alone."""
    rows = belonging_to(practice)
    columns, values = set(), set()
    with open_ledgers():
        for model, pks in rows.items():
            fields = [each for each in model._meta.concrete_fields if is_text(each)]
            objects = model._default_manager.filter(pk__in=pks).order_by("pk")
            for number, row in enumerate(objects):
                values |= {
                    getattr(row, name)
                    for name in AS_THEY_ARE
                    if len(getattr(row, name, "") or "") > 20
                }
                for field in fields:
                    if field.name in IN_ITS_STATE and not getattr(row, field.name):
                        continue
                    value = marked(field, getattr(row, field.attname), number)
                    setattr(row, field.attname, value)
                    if MARKER.search(str(value)):
                        columns.add(column(field))
                if fields:
                    row.save(update_fields=[each.name for each in fields])
    pks = {each for found in rows.values() for each in found if isinstance(each, UUID)}
    ids = {str(each) for each in pks} | {each.hex for each in pks}
    return Marked(frozenset(columns), frozenset(ids), frozenset(values))


def belonging_to(practice: Practice) -> Rows:
    """Follow foreign keys from a practice and its own people to all that is theirs."""
    elsewhere = Sponsorship.objects.exclude(practice=practice).values("member")
    members = Member.objects.filter(sponsorships__practice=practice).exclude(
        pk__in=elsewhere
    )
    runs = Administration.objects.filter(practice=practice).values("user")
    users = User.objects.filter(pk__in=runs) | User.objects.filter(member__in=members)
    found: dict[type[models.Model], set[Any]] = defaultdict(set)
    found[Practice] = {practice.pk}
    found[Member] = set(members.values_list("pk", flat=True))
    # Who belongs, or belonged, to another practice too is known there by right.
    found[User] = set(users.exclude(member__in=elsewhere).values_list("pk", flat=True))
    grown = -1
    while grown != (now := sum(map(len, found.values()))):
        grown = now
        for model in OURS:
            if model not in {Practice, Member, User}:
                found[model] |= set(_theirs(model, found))
    return found


def _theirs(model: type[models.Model], found: Rows) -> Iterable[Any]:
    condition = models.Q(pk__in=())
    for field in model._meta.concrete_fields:
        target = field.related_model if field.is_relation else None
        if isinstance(target, type) and found.get(target):
            condition |= models.Q(**{f"{field.name}__in": found[target]})
        if field.name in {"subject_id", "source_id"}:
            pks = {each for pks in found.values() for each in pks}
            uuids = [each for each in pks if isinstance(each, UUID)]
            condition |= models.Q(**{f"{field.name}__in": uuids})
    found_rows = model._default_manager.filter(condition)
    if model is Window:
        # A term is its member's: whoever stands for them today sees how it is going.
        found_rows = found_rows.filter(member__in=found[Member])
    if model is TermCertificate:
        found_rows = found_rows.filter(window__member__in=found[Member])
    return found_rows.values_list("pk", flat=True)


def is_text(field: Column) -> bool:
    """Tell whether a column holds words of somebody's own."""
    if not isinstance(field, TEXT) or field.choices:
        return False
    return field.name not in CODES | AS_THEY_ARE | TOO_SHORT


def column(field: Column) -> str:
    """Name a column as its marker does."""
    return f"{field.model._meta.db_table}_{field.column}"


def marked(field: Column, value: object, number: int) -> object:
    """Give what stands in a column instead, within the column's bounds."""
    if isinstance(field, models.JSONField):
        return _inside(value, f"CANARY_B_{column(field)}")
    most = field.max_length or 1_000
    text = f"CANARY_B_{column(field)}_{number}"
    if isinstance(field, models.EmailField):
        return f"{text}@b.example".lower()
    if len(text) > most:
        order = sorted(column(each) for model in OURS for each in _fields(model))
        text = f"CANARY_B_{order.index(column(field))}_{number}"
    assert len(text) <= most, column(field)
    if isinstance(field, models.SlugField):
        return text.lower().replace("_", "-")
    return text


def _fields(model: type[models.Model]) -> list[Column]:
    return [each for each in model._meta.concrete_fields if is_text(each)]


def _inside(value: object, text: str) -> object:
    if isinstance(value, dict):
        return {
            name: each if name in CHOSEN else _inside(each, f"{text}_{name}")
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_inside(each, text) for each in value]
    words = isinstance(value, str) and not FIGURES.fullmatch(value)
    return text if words else value


@contextmanager
def open_ledgers() -> Iterator[None]:
    """Let a test write where the database lets nobody; shut it again behind."""
    if connection.vendor == "sqlite":
        saved = triggers()
        _run(f'DROP TRIGGER "{name}"' for name in saved)
        yield
        _run(saved.values())
        return
    tables = [model._meta.db_table for model in OURS]
    _run(["SET CONSTRAINTS ALL IMMEDIATE"])
    _run(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables)
    yield
    _run(["SET CONSTRAINTS ALL IMMEDIATE"])
    _run(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables)


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
