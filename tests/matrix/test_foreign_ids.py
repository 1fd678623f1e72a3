"""A foreign id in anything that can be sent is answered like one of no row."""

from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

import pytest
from django.db import models
from django.urls import reverse

from accounts.checks import Routed, routed
from accounts.models import BodyToken, Duplicate
from ce_credits.models import (
    ApprovalApplication,
    AttendanceList,
    AuditCase,
    AuditDraw,
    CatalogueFile,
    CatalogueItem,
    FeedDelivery,
    FeedRow,
    MissingCredit,
)
from courses.models import Course, CourseVersion, LiveActivity, Module, Page
from portal.models import SavedView
from renewals.models import Decree
from tests.matrix.asking import ask, undone
from tests.matrix.canaries import belonging_to
from tests.matrix.expectations import IN, Word, parts_of
from tests.matrix.forms_found import Sending, rows_by_id, sendings_in
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]
PEOPLE = ("administrator", "member", "manager")
# Pages that work something out of what is typed and keep nothing: told apart by
# nothing all the same.
WORKS_OUT = {"ce_check"}
# A form's one-time key becomes the id of what it begins: one of no row begins it, one
# that is somebody else's opens nothing.
BEGINS = ("ce_new", "draft")


def paths_of(world: World, actor: str) -> Iterator[tuple[Routed, str]]:
    """Give the addresses an actor is let in at, with their own things."""
    for each in routed():
        row = ROWS[each.name]
        if row.word is not Word.PUBLIC and not each.path.startswith("api/"):
            things = {
                part: world.things[row.names.get(part, part)].own
                for part in parts_of(each.path)
            }
            method = next(iter(row.calls))
            if row.answer(actor, method, rest=False) is IN:
                yield each, reverse(each.name, kwargs=things)


def found_by(world: World, actor: str) -> list[Sending]:
    """Find what an actor's pages let them send with an id in it; each case once."""
    known = rows_by_id()
    found: dict[tuple[str, str, str], Sending] = {}
    client = world.client(actor)
    for each, path in paths_of(world, actor):
        calls = ROWS[each.name].calls
        for method, call in calls.items():
            sent = call.send(world) if call.send else None
            with undone():
                heard = ask(client, method, path, sent)
            for one in sendings_in(heard.body.decode(errors="replace"), path, known):
                found.setdefault(one.key, one)
    return list(found.values())


def foreign_ids(world: World) -> Mapping[type[models.Model], UUID]:
    """Give a row of each table that is another practice's, or another body's."""
    theirs = belonging_to(world.cast.lakeview)
    ids = {model: next(iter(pks)) for model, pks in theirs.items() if pks}
    for model, name in (
        (CatalogueItem, "catalogue item"),
        (CatalogueFile, "catalogue file"),
        (FeedDelivery, "file of a feed"),
        (FeedRow, "row of a feed"),
        (BodyToken, "token of a body"),
        (ApprovalApplication, "approved activity"),
        (AttendanceList, "list of attendance"),
        (MissingCredit, "missed credit"),
        (AuditDraw, "draw of the body"),
        (Decree, "decree of the body"),
        (AuditCase, "audit of the body"),
        (SavedView, "view of the body"),
        (Duplicate, "report of two accounts"),
        (Course, "course of the body"),
        (CourseVersion, "course version"),
        (Module, "course module"),
        (Page, "course page"),
        (LiveActivity, "live activity of the body"),
    ):
        ids[model] = UUID(world.things[name].foreign)
    return ids


def rows_of_others(world: World) -> str:
    """Sum up all that is another practice's, and the other body's catalogue."""
    rows = {model: set(pks) for model, pks in belonging_to(world.cast.lakeview).items()}
    for model, pk in foreign_ids(world).items():
        rows.setdefault(model, set()).add(pk)
    return repr(
        [
            list(model._default_manager.filter(pk__in=pks).order_by("pk").values())
            for model, pks in rows.items()
        ]
    )


def told_apart(one: Sending, foreign: str, world: World, actor: str) -> str:
    """Say how the answers to a foreign and a missing id differ; empty: not at all."""
    missing, client = str(uuid4()), world.client(actor)
    heard, changed = [], False
    for other in (foreign, missing):
        path, sent = one.naming(other)
        before = rows_of_others(world)
        with undone():
            heard.append(ask(client, one.method, path, dict(sent) if sent else None))
            changed |= rows_of_others(world) != before
    there, nowhere = heard
    route, name, _ = one.key
    if changed or there.status >= 500:
        return f"{there.status}, changed: {changed}"
    if (route, name) == BEGINS:
        return "" if there.status == 404 else str(there.status)
    if there.alike(foreign, missing) != nowhere.alike(foreign, missing):
        return f"{there.status} and {nowhere.status}"
    if one.method == "POST" and there.status == 200 and route not in WORKS_OUT:
        return "200"
    return ""


def test_whatever_a_page_lets_send(world: World) -> None:
    """Every hidden field, choice, button, list and link of every page with an id."""
    foreign, faults, tried = foreign_ids(world), [], set()
    known = rows_by_id()
    for actor in PEOPLE:
        for one in found_by(world, actor):
            model = known.get(one.row)
            other = foreign[model] if model else UUID(world.things["draft"].foreign)
            said = told_apart(one, str(other), world, actor)
            tried.add(one.key[:2])
            if said:
                faults.append(f"{actor} {one.method} {one.key}: {said}")
    assert not faults, "\n".join(["", *faults])
    assert tried >= {
        ("assignments", "member"),
        ("ce_new", "draft"),
        ("ce_edit", "remove"),
        ("staff_review", "proof"),
    }, sorted(tried)
