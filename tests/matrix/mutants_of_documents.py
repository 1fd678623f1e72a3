"""Documents, binders and exports that would show another's, or let anybody in."""

from tests.matrix.mutating import WITH_PUBLIC, Mutant

MODELS = "credentials/models/documents.py"
OWN_MODELS = "credentials/models/own_documents.py"
JOBS = "core/models/exports.py"
ACCESS = "accounts/access.py"
CARDS = "portal/queries/document_cards.py"
OVER_REST = "portal/queries/documents_over_rest.py"
DESK = "portal/queries/staff_documents.py"
DESK_PAGES = "portal/views/staff_documents.py"
OWN = "portal/queries/own_documents.py"
BINDER = "portal/queries/binder_page.py"
EXPORTS = "portal/queries/exports.py"
FILTER = "return self.filter(practice=practice)"
ALL = "return self.all()"
PAGE = "nothing_of_another and administrator"
TOKEN = "nothing_of_another and token"
TABLE = "table_taken"
FIGURES = "shows_nowhere_else"
THERE = "    there = OwnDocumentVersion.objects.of(practice).there()\n"
ANY = "    there = OwnDocumentVersion.objects.there()\n"


def own(after: str, asks: str) -> Mutant:
    """A search among the practice's own documents that looks among everybody's."""
    return Mutant(OWN, THERE + after, ANY + after, asks)


def table(name: str, old: str, new: str) -> Mutant:
    """A table that is taken away with another's rows in it."""
    return Mutant(f"portal/queries/export_{name}.py", old, new, TABLE)


DOCUMENTS = (
    Mutant(
        MODELS,
        '"""A body\'s documents."""\n        return self.filter(program=program)',
        '"""A body\'s documents."""\n        return self.all()',
        "test_a_route_answers and staff_document",
    ),
    Mutant(
        MODELS,
        "return self.filter(document__program=program)",
        ALL,
        "test_a_route_answers and staff_document",
    ),
    Mutant(
        MODELS,
        '"""What people of the practice opened."""\n        ' + FILTER,
        '"""What people of the practice opened."""\n        ' + ALL,
        TABLE,
    ),
    Mutant(
        MODELS,
        '"""What people of the practice acknowledged."""\n        ' + FILTER,
        '"""What people of the practice acknowledged."""\n        ' + ALL,
        TABLE,
    ),
    Mutant(
        CARDS,
        "readings = DocumentReading.objects.of(practice)",
        "readings = DocumentReading.objects.all()",
        PAGE,
    ),
    Mutant(
        CARDS,
        "acknowledged = DocumentAcknowledgement.objects.of(practice)",
        "acknowledged = DocumentAcknowledgement.objects.all()",
        PAGE,
    ),
    Mutant(
        OVER_REST,
        "theirs = DocumentAcknowledgement.objects.of(practice)",
        "theirs = DocumentAcknowledgement.objects.all()",
        TOKEN,
    ),
    # Nobody administers two practices here, so a person's readings are a practice's.
    Mutant(
        OVER_REST,
        "        DocumentReading.objects.of(practice)\n"
        "        .filter(pk=reading_id, user=user_id)\n",
        "        DocumentReading.objects.filter(pk=reading_id)\n",
        "api_reading_copy",
    ),
    Mutant(
        DESK,
        "SecureDocument.objects.of_program(program).filter(pk=document_id)",
        "SecureDocument.objects.filter(pk=document_id)",
        "test_a_route_answers and staff_document",
    ),
    Mutant(
        DESK,
        "DocumentVersion.objects.of_program(program).filter(pk=version_id)",
        "DocumentVersion.objects.filter(pk=version_id)",
        "test_a_route_answers and staff_document",
    ),
    Mutant(
        DESK,
        "SecureDocument.objects.of_program(program).prefetch_related(versions)",
        "SecureDocument.objects.prefetch_related(versions)",
        FIGURES,
    ),
    Mutant(
        DESK_PAGES,
        "@route(permission=STAFF_SEE)\ndef readers(",
        f"{WITH_PUBLIC}@route(permission=PUBLIC)\ndef readers(",
        "staff_document_readers",
    ),
    Mutant(
        ACCESS,
        '"staff.documents", Kind.STAFF, manager=True)',
        '"staff.documents", Kind.STAFF)',
        "staff_document",
    ),
    Mutant(
        ACCESS,
        'needs="documents:write"',
        'needs="documents:read"',
        "api_acknowledge or api_own_documents",
    ),
)
OWN_DOCUMENTS = (
    Mutant(OWN_MODELS, FILTER, ALL, "own_document"),
    own("    found = there.filter(pk=version_id)", "own_document_file"),
    own("    found = there.filter(document=document)", "own_document_replace"),
    own('    for each in there.order_by("-number"):', PAGE),
    Mutant(
        "portal/api/own_documents.py",
        "OwnDocumentVersion.objects.of(door.practice).there()",
        "OwnDocumentVersion.objects.there()",
        TOKEN,
    ),
    Mutant(
        "credentials/services/filing.py",
        "        OwnDocumentVersion.objects.of(practice)\n        .there()\n"
        "        .filter(document=document)\n",
        "        OwnDocumentVersion.objects.there()\n"
        "        .filter(document=document)\n",
        "one_document_by_itself",
    ),
    Mutant(
        "credentials/queries/documents.py",
        "        OwnDocumentVersion.objects.of(practice)\n        .there()\n",
        "        OwnDocumentVersion.objects.there()\n",
        FIGURES,
    ),
)
BINDERS = (
    Mutant(
        BINDER,
        "ExportJob.objects.of(practice).filter(kind=BINDER)",
        "ExportJob.objects.filter(kind=BINDER)",
        "binder_pdf",
    ),
    Mutant(
        "portal/queries/binder_people.py",
        "sponsored = Sponsorship.objects.of(practice).filter(\n        Q(",
        "sponsored = Sponsorship.objects.filter(\n        Q(",
        PAGE,
    ),
    Mutant(
        "portal/views/binder.py",
        '@route(permission=PRACTICE_SEE, fresh=("GET",))\ndef pdf(',
        f'{WITH_PUBLIC}@route(permission=PUBLIC, fresh=("GET",))\ndef pdf(',
        "binder_pdf",
    ),
)
TABLES = (
    Mutant(
        JOBS, "return self.filter(practice=practice.pk)", ALL, "export_file or binder"
    ),
    Mutant(
        EXPORTS,
        "ExportJob.objects.of(practice).filter(kind__in=list(BY_CODE))",
        "ExportJob.objects.filter(kind__in=list(BY_CODE))",
        PAGE,
    ),
    Mutant(
        EXPORTS,
        "ExportJob.objects.of(practice).filter(pk=job_id)",
        "ExportJob.objects.filter(pk=job_id)",
        "export_file",
    ),
    Mutant(
        "portal/api/exports.py",
        "ExportJob.objects.of(door.practice).filter(kind__in",
        "ExportJob.objects.filter(kind__in",
        "test_a_route_answers and api_export",
    ),
    table(
        "documents",
        "DocumentReading.objects.of(practice)",
        "DocumentReading.objects.all()",
    ),
    table(
        "documents",
        "DocumentAcknowledgement.objects.of(practice)",
        "DocumentAcknowledgement.objects.all()",
    ),
    table(
        "documents",
        "OwnDocumentVersion.objects.of(practice)",
        "OwnDocumentVersion.objects.all()",
    ),
    table(
        "seats",
        "SeatPool.objects.of(practice).filter",
        "SeatPool.objects.filter",
    ),
    table(
        "people",
        "        Assignment.objects.of(practice)\n"
        "        .filter(product__program=program)\n",
        "        Assignment.objects.filter(product__program=program)\n",
    ),
    table(
        "papers",
        "        Activity.objects.of(practice)\n",
        "        Activity.objects.all()\n",
    ),
    table("papers", "Order.objects.of(practice)", "Order.objects.all()"),
    table(
        "papers",
        "Invoice.objects.filter(order__practice=practice)",
        "Invoice.objects",
    ),
    table(
        "lines",
        "AuditEntry.objects.of(practice)",
        "AuditEntry.objects.all()",
    ),
)
DOCUMENTS_AND_TABLES = (*DOCUMENTS, *OWN_DOCUMENTS, *BINDERS, *TABLES)
