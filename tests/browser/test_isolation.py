"""J9.5: another practice's administrator meets nothing but 404."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect

from accounts.checks import Routed, routed
from core.public_ids import read, spell
from tests.browser.reporting import payload
from tests.browser.stage import Stage
from tests.browser.visitor import HARBOR, Visitor, Visitors
from tests.files.samples import pdf

CEDAR = "cedar-surgical-group"
PART = re.compile(r"<(?:\w+:)?(\w+)>")
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TENANTS = [each for each in routed() if "<slug:practice>" in each.path]


@dataclass
class Harbor:
    """The ids of a practice, as its own administrator meets them on her pages."""

    member: UUID
    certificate: UUID
    token: UUID
    invitation: UUID
    assignment: str
    activity: str
    proof: str
    order: UUID
    invoice: UUID
    payment: UUID
    estimate: str
    batch: UUID
    own_document: UUID
    own_version: UUID
    export: str

    def parts(self, route: Routed) -> dict[str, str]:
        """Fill in the varying parts of an address with what is this practice's."""
        rest = route.path.startswith("api/")
        known = {
            "practice": HARBOR,
            "member": str(self.member),
            "member_id": spell("mem", self.member) if rest else str(self.member),
            "certificate_id": spell("crt", self.certificate)
            if rest
            else str(self.certificate),
            "token_id": str(self.token),
            "invitation": str(self.invitation),
            "assignment_id": self.assignment,
            "activity_id": self.activity,
            # What no practice has: any id stands for it.
            "case_id": str(self.member),
            "draw_id": str(self.member),
            "proof_id": self.proof,
            "order_id": spell("ord", self.order) if rest else str(self.order),
            "invoice_id": str(self.invoice),
            "payment_id": str(self.payment),
            "batch_id": str(self.batch),
            "document_id": spell("odc", self.own_document)
            if rest
            else str(self.own_document),
            "own_version_id": spell("odv", self.own_version),
            # A body's documents are both practices': these are what was filed.
            "version_id": spell("dvr", self.own_version)
            if rest
            else str(self.own_version),
            "reading_id": spell("rdg", self.own_version),
            "signed": self.estimate,
            "estimate": self.estimate,
            # Nobody of the demonstration signs in by a provider, or imports a roster.
            "link": str(uuid4()),
            "roster_id": str(uuid4()),
            "import_id": spell("imp", uuid4()),
            "export_id": self.export,
            "binder_id": spell("bnd", uuid4()),
            "job_id": str(read("exp", self.export)),
        }
        return {name: known[name] for name in PART.findall(route.path)}


def first_id(text: str) -> UUID:
    """Read the first id in an address or a value."""
    return UUID(UUIDS.findall(text)[0])


def last_id(text: str) -> UUID:
    """Read the last id in an address."""
    return UUID(UUIDS.findall(text)[-1])


def asked(dana: Visitor, what: str) -> list[dict[str, Any]]:
    """Ask the API for what her practice has."""
    address = f"{dana.stage.base}/api/v1/practices/{HARBOR}/{what}"
    found: list[dict[str, Any]] = dana.context.request.get(address).json()["results"]
    return found


def look_around(dana: Visitor) -> Harbor:
    """Do a little of everything as Harbor's administrator, and note the ids."""
    dana.enter("dana")
    dana.open_assignments()
    member = dana.box("Tom Bell").get_attribute("value") or ""
    dana.assign("Tom Bell")
    link = dana.notice.get_by_role("link").first.get_attribute("href") or ""
    listed = asked(dana, "assignments")
    reported = next(each for each in asked(dana, "ce-activities") if each["proofs"])
    dana.invite("Ina", "Vited", "ina@mail.example")
    again = dana.page.locator("form[action*=invitations]").get_attribute("action") or ""
    dana.go(f"/p/{HARBOR}/settings/api/")
    dana.page.get_by_label("Name").fill("Payroll")
    dana.page.get_by_role("checkbox").first.check()
    dana.button("Create token").click()
    form = dana.page.locator("form[action*=revoke]").filter(has_text="Payroll")
    revoke = form.get_attribute("action") or ""
    bill, receipt = papers_of_a_paid_order(dana)
    document, version = what_was_filed(dana)
    return Harbor(
        member=first_id(member),
        certificate=first_id(link),
        token=first_id(revoke),
        invitation=first_id(again),
        assignment=listed[0]["id"],
        activity=reported["id"],
        proof=reported["proofs"][0]["id"],
        order=first_id(bill),
        invoice=last_id(bill),
        payment=last_id(receipt),
        estimate=an_estimate(dana),
        batch=first_id(what_can_be_undone(dana)),
        own_document=first_id(document),
        own_version=first_id(version),
        export=an_export(dana),
    )


def papers_of_a_paid_order(dana: Visitor) -> tuple[str, str]:
    """Give the addresses of an invoice and of a receipt of one order."""
    dana.go(f"/p/{HARBOR}/orders/")
    row = dana.main.get_by_role("listitem").filter(has_text="Paid")
    row.get_by_role("link").first.click()
    papers = dana.main.get_by_role("link", name=re.compile("PDF"))
    bill = papers.filter(has_text="Invoice").first.get_attribute("href") or ""
    receipt = papers.filter(has_text="Receipt").first.get_attribute("href") or ""
    return bill, receipt


def what_was_filed(dana: Visitor) -> tuple[str, str]:
    """Give the addresses of a document of the practice's own, and of its file."""
    dana.go(f"/p/{HARBOR}/documents/")
    row = dana.main.get_by_role("row").filter(has_text="Scribe staffing protocol")
    links = [each.get_attribute("href") or "" for each in row.get_by_role("link").all()]
    file = next(each for each in links if "/own/files/" in each)
    return next(each for each in links if each.endswith("/replace/")), file


def an_export(dana: Visitor) -> str:
    """Ask for a table as a file, and give its id."""
    dana.go(f"/p/{HARBOR}/exports/")
    dana.button("Ask for the file").click()
    return str(asked(dana, "exports")[0]["id"])


def what_can_be_undone(dana: Visitor) -> str:
    """Assign somebody a manual, and give the address where that is undone."""
    dana.go(f"/p/{HARBOR}/assignments/")
    dana.choose("Amelia Chow")
    with dana.page.expect_navigation():
        dana.on_tile("MSCAT Manual").click()
    undo = dana.main.get_by_role("link", name="Undo").first
    return undo.get_attribute("href") or ""


def an_estimate(dana: Visitor) -> str:
    """Have an estimate made and give what its address ends with."""
    dana.go("/estimate/?n-renewals=2")
    dana.button("See the price").click()
    return dana.page.url.rstrip("/").rpartition("/")[2]


def addresses(harbor: Harbor) -> Iterator[tuple[str, str]]:
    """Give each method and address: Harbor's own, and its ids under Ruth's practice."""
    for route in TENANTS:
        parts = harbor.parts(route)
        # An estimate is anybody's who has its address, and orders for their own.
        own = len(parts) == 1 or {"signed", "estimate"} & set(parts)
        places = [parts] if own else [parts, parts | {"practice": CEDAR}]
        for place in places:
            path = route.path
            for name, value in place.items():
                path = re.sub(rf"<(?:\w+:)?{name}>", value, path)
            for method in sorted(set(route.permissions) - {"HEAD"}):
                yield method, f"/{path}"


def test_another_practices_administrator_finds_nothing(
    visitor: Visitors, stage: Stage
) -> None:
    dana, ruth = visitor(), visitor()
    harbor = look_around(dana)
    ruth.enter("ruth")
    key = ruth.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    headers = {
        "X-CSRFToken": key,
        "Referer": stage.base,
        "Idempotency-Key": uuid4().hex,
    }
    known = list(addresses(harbor))
    assert {f"/p/{HARBOR}/certificates/{harbor.certificate}.pdf"} <= {
        path for _, path in known
    }
    for method, path in known:
        post = path.startswith("/api/") and method == "POST"
        file = post and path.endswith("/proofs")
        answer = ruth.context.request.fetch(
            stage.base + path,
            method=method,
            headers=headers,
            data={} if post and not file else None,
            multipart={"file": payload("proof.pdf", pdf())} if file else None,
        )
        assert answer.status == 404, f"{method} {path}: {answer.status}"
        assert not re.search("Tom|Bell|Harbor", answer.text()), f"{method} {path}"


@pytest.mark.parametrize("tail", ["", "assignments/", "settings/people/"])
def test_typing_another_practices_address_shows_no_page(
    visitor: Visitors, tail: str
) -> None:
    ruth = visitor()
    ruth.enter("ruth")
    ruth.watch.awaited.add(404)
    ruth.go(f"/p/{HARBOR}/{tail}")
    expect(ruth.main).not_to_contain_text("Harbor")
    expect(ruth.page.get_by_role("heading", level=1)).to_have_text(
        "There is nothing here"
    )


def test_a_forged_form_assigns_nothing(visitor: Visitors) -> None:
    dana, ruth = visitor(), visitor()
    dana.enter("dana")
    dana.open_assignments()
    stolen = dana.box("Tom Bell").get_attribute("value")
    ruth.enter("ruth")
    ruth.open_assignments()
    box = ruth.box("June Castellan")
    box.evaluate("(box, value) => { box.value = value; }", stolen)
    ruth.watch.awaited.add(404)
    ruth.assign("June Castellan")
    expect(ruth.page.get_by_role("heading", level=1)).to_have_text(
        "There is nothing here"
    )
    dana.page.reload()
    expect(dana.tile("Renewals").get_by_text("6", exact=True)).to_be_visible()
    expect(dana.line("Tom Bell")).to_contain_text("Nov 3, 2025")
