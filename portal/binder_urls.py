"""Pages of a practice's audit binders."""

from django.urls import path

from portal.views import binder

BINDER = [
    path("p/<slug:practice>/binder/", binder.binder, name="binder"),
    path(
        "p/<slug:practice>/binder/<uuid:job_id>.pdf",
        binder.pdf,
        name="binder_pdf",
    ),
]
