"""Pages of documents: a body's, and a practice's own."""

from django.urls import path

from portal.views import documents, own_documents, staff_documents

DOCUMENTS = [
    path("p/<slug:practice>/documents/", documents.documents, name="documents"),
    path(
        "p/<slug:practice>/documents/versions/<uuid:version_id>/open/",
        documents.open_version,
        name="document_open",
    ),
    path(
        "p/<slug:practice>/documents/versions/<uuid:version_id>/acknowledge/",
        documents.acknowledge,
        name="document_acknowledge",
    ),
    path(
        "p/<slug:practice>/documents/own/new/",
        own_documents.new,
        name="own_document_new",
    ),
    path(
        "p/<slug:practice>/documents/own/<uuid:document_id>/replace/",
        own_documents.replace,
        name="own_document_replace",
    ),
    path(
        "p/<slug:practice>/documents/own/<uuid:document_id>/remove/",
        own_documents.remove,
        name="own_document_remove",
    ),
    path(
        "p/<slug:practice>/documents/own/files/<uuid:version_id>/",
        own_documents.file,
        name="own_document_file",
    ),
    path(
        "staff/<slug:program>/documents/",
        staff_documents.documents,
        name="staff_documents",
    ),
    path(
        "staff/<slug:program>/documents/new/",
        staff_documents.new,
        name="staff_document_new",
    ),
    path(
        "staff/<slug:program>/documents/<uuid:document_id>/publish/",
        staff_documents.publish,
        name="staff_document_publish",
    ),
    path(
        "staff/<slug:program>/documents/<uuid:document_id>/readers/",
        staff_documents.readers,
        name="staff_document_readers",
    ),
    path(
        "staff/<slug:program>/documents/versions/<uuid:version_id>/",
        staff_documents.file,
        name="staff_document_file",
    ),
    path(
        "staff/<slug:program>/documents/versions/<uuid:version_id>/withdraw/",
        staff_documents.withdraw,
        name="staff_document_withdraw",
    ),
]
