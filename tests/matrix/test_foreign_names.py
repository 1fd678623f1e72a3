"""Ids in lists, REST bodies and filters, and codes: foreign ones are of no row."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.checks import Routed, routed
from ce_credits.models import CatalogueItem
from core.public_ids import spell
from core.rest import IdField, Query, Strict
from credentials.models import Product
from tests.cast import BODY, OTHER_BODY, a_member
from tests.files.samples import pdf
from tests.matrix.asking import Heard, ask, checksum, undone
from tests.matrix.expectations import Word, parts_of
from tests.matrix.table import ROWS
from tests.matrix.world import World

pytestmark = [pytest.mark.matrix, pytest.mark.django_db]


def swap(name: str, world: World) -> Iterator[str]:
    """Give the id of another's thing, and one of nothing."""
    thing = world.things[name]
    return iter((thing.foreign, thing.missing))


def alike(heard: list[Heard], *words: str) -> bool:
    """Tell whether two answers are one."""
    there, nowhere = (each.alike(*words) for each in heard)
    return there == nowhere and heard[0].status < 500


def test_a_list_with_one_foreign_id_among_good_ones(world: World) -> None:
    """All or nothing: the good one is not assigned either."""
    own, client = world.things["person"].own, world.client("administrator")
    page = reverse("assignments", args=[world.cast.northside.slug])
    foreign, missing = swap("person", world)
    heard = []
    for other in (foreign, missing):
        sent = {"assign": "renewals", "form_key": "1", "member": [own, other]}
        before = checksum()
        with undone():
            heard.append(ask(client, "POST", page, sent))
            assert checksum() == before
    assert alike(heard, foreign, missing)
    assert heard[0].status == 404


def test_a_list_over_rest_with_one_foreign_id_among_good_ones(world: World) -> None:
    own, client = world.things["person over REST"].own, world.client("administrator")
    page = reverse("api_assignments", args=[world.cast.northside.slug])
    foreign, missing = swap("person over REST", world)
    heard = []
    for other in (foreign, missing):
        sent = {"product": "renewals", "items": [{"member": own}, {"member": other}]}
        before = checksum()
        with undone():
            heard.append(ask(client, "POST", page, sent))
            assert checksum() == before
    assert alike(heard, foreign, missing)
    assert heard[0].status in {404, 422}


def of_kind(kind: type[Strict]) -> Iterator[type[Strict]]:
    """Give every kind of question below one."""
    for each in kind.__subclasses__():
        yield each
        yield from of_kind(each)


def test_every_id_a_body_takes_over_rest_is_swapped() -> None:
    """Item and NewAssignment, NewMemberActivity: the table's `swaps` send them."""
    taken = {
        f"{kind.__name__}.{name}"
        for kind in of_kind(Strict)
        if not issubclass(kind, Query) and kind.__module__.startswith("portal.")
        for name, field in kind().fields.items()
        if isinstance(getattr(field, "child", field), IdField)
    }
    assert taken == {
        "Item.member",
        "NewAudit.activities",
        "NewAudit.member",
        "NewAssignment.member",
        "NewBinder.members",
        "NewDraw.instead_of",
        "NewMemberActivity.member",
        "NewMemberQuote.member",
        "NewMerge.keep",
        "NewOwnDocument.document",
        "NewSeatChange.leave_out",
        "NewWords.item",
        "Settlement.member",
    }
    assert ROWS["api_assignments"].calls["POST"].swaps
    assert ROWS["api_activities"].calls["POST"].swaps
    assert ROWS["api_quotes"].calls["POST"].swaps
    assert ROWS["api_binders"].calls["POST"].swaps
    assert ROWS["api_seat_changes"].calls["POST"].swaps
    assert ROWS["api_fed_settle"].calls["POST"].swaps
    assert ROWS["api_audits"].calls["POST"].swaps
    assert ROWS["api_audit_draws"].calls["POST"].swaps
    assert ROWS["api_my_audit"].calls["PATCH"].swaps


def test_one_document_by_itself_over_rest(world: World) -> None:
    page = reverse("api_own_documents", args=[world.cast.northside.slug])
    foreign, missing = (
        spell("odc", UUID(each)) for each in swap("own document", world)
    )
    heard = []
    for other in (foreign, missing):
        with undone():
            sent = {
                "document": other,
                "title": "Method",
                "covers_from": "2025-01-01",
                "kind": "method",
                "file": SimpleUploadedFile("method.pdf", pdf(b"(method)")),
            }
            client = world.client("token", "documents:write")
            heard.append(ask(client, "POST", page, sent))
    assert alike(heard, foreign, missing)
    assert heard[0].status in {404, 422}


def test_one_member_by_itself_over_rest(world: World) -> None:
    page = reverse("api_assignments", args=[world.cast.northside.slug])
    foreign, missing = swap("person over REST", world)
    heard = []
    for other in (foreign, missing):
        with undone():
            sent = {"product": "renewals", "member": other}
            heard.append(ask(world.client("administrator"), "POST", page, sent))
    assert alike(heard, foreign, missing)
    assert heard[0].status in {404, 422}


# A filter that takes an id, and what it names.
NAMED = {
    "keep": "person over REST",
    "member": "person over REST",
    "order": "order over REST",
}


def filters() -> Iterator[tuple[Routed, str]]:
    """Give each list over REST with each of its filters that takes an id."""
    for each in routed():
        query = getattr(getattr(each.view, "view_class", None), "query", None)
        for name, field in query().fields.items() if query else ():
            if isinstance(field, IdField):
                yield each, name


def test_every_filter_by_an_id_over_rest(world: World) -> None:
    faults, tried = [], set()
    for each, name in filters():
        row = ROWS[each.name]
        assert name in NAMED, f"{each.name}: say what {name} names"
        foreign, missing = swap(NAMED[name], world)
        by_staff = row.word in {Word.STAFF, Word.MANAGER}
        if by_staff:
            # A person whom the body has nothing to do with.
            other = a_member("Olaf Other", None, program=OTHER_BODY)
            foreign = f"mem_{other.pk.hex}"
        things = {
            part: world.things[row.names.get(part, part)].own
            for part in parts_of(each.path)
        }
        path = reverse(each.name, kwargs=things)
        actor = "manager" if by_staff else "administrator"
        heard = [
            ask(world.client(actor), "GET", f"{path}?{urlencode({name: other})}")
            for other in (foreign, missing)
        ]
        tried.add(each.name)
        if not alike(heard, foreign, missing):
            faults.append(each.name)
    assert not faults
    assert tried >= {"api_activities", "api_assignments", "api_certificates"}


def test_every_choice_of_rows_in_a_form_is_known() -> None:
    """A new one needs a test of its own: its choices are asked of the database."""
    taken = {
        f"{kind.__name__}.{name}"
        for kind in _forms(forms.BaseForm)
        if kind.__module__.split(".")[0] in {"accounts", "portal", "certificates"}
        for name, field in getattr(kind, "base_fields", {}).items()
        if isinstance(field, forms.ModelChoiceField | forms.UUIDField)
    }
    # A form's key is nobody's row.
    keys = {"ContactForm.form_key", "DecreeForm.form_key", "DrawForm.form_key"}
    assert taken == {"GrantForm.practice", "GrantForm.product", *keys}


def _forms(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _forms(each)


def test_seats_of_another_body_s_product(world: World) -> None:
    """Practices are any body's to choose; products are the body's own."""
    mine = Product.objects.get(program=BODY, code="renewals")
    values = {
        each.attname: getattr(mine, each.attname) for each in Product._meta.fields
    }
    Product.objects.create(
        **{**values, "id": uuid4(), "program": OTHER_BODY, "code": "elsewhere"}
    )
    page, heard = reverse("staff_seats", args=[BODY]), []
    for code in ("elsewhere", "no-where-at-all"):
        sent = {"practice": "northside", "product": code, "count": "5", "reason": "x"}
        heard.append(ask(world.client("manager"), "POST", page, sent))
    assert alike(heard, "elsewhere", "no-where-at-all")
    assert heard[0].status == 422


def test_another_body_s_catalogue_by_its_code(world: World) -> None:
    """Picked on a page, typed, sent over REST, and uploaded as a column of codes."""
    item = CatalogueItem.objects.get(pk=world.things["catalogue item"].foreign)
    CatalogueItem.objects.filter(pk=item.pk).update(code="ELSE1", title="Elsewhere")
    for asked in by_code():
        method, name, actor, sent, where = asked
        heard = []
        for code in ("ELSE1", "NONE1"):
            path = reverse(name, kwargs=where) + (
                f"?item={code}" if method == "GET" else ""
            )
            with undone():
                heard.append(ask(world.client(actor), method, path, sent(code)))
        there, nowhere = (each.alike("ELSE1", "NONE1") for each in heard)
        assert there[0] == nowhere[0], (name, there[0], nowhere[0])
        assert b"Elsewhere" not in heard[0].body
    item.refresh_from_db()
    assert (item.title, item.minutes) == ("Elsewhere", 45)


def by_code() -> Iterator[tuple[Any, ...]]:
    """Give each way to name a catalogue item by its code."""
    body = {"program": BODY}
    yield "GET", "ce_new", "member", lambda code: None, {}
    yield "POST", "ce_new", "member", _draft_of, {}
    yield "POST", "api_my_activities", "member", lambda code: {**body, "item": code}, {}
    yield "POST", "staff_catalogue", "manager", _file_with, body


def _draft_of(code: str) -> dict[str, str]:
    return {"draft": str(uuid4()), "saves": "0", "item": code, "do": "save"}


def _file_with(code: str) -> dict[str, Any]:
    text = f"code,title,kind,minutes\n{code},Coding,webinar,30\n"
    return {"file": SimpleUploadedFile("items.csv", text.encode())}
