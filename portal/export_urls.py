"""A practice's pages of exports."""

from django.urls import path

from portal.views import exports

EXPORTS = [
    path("p/<slug:practice>/exports/", exports.exports, name="exports"),
    path("p/<slug:practice>/exports/now/", exports.now, name="export_now"),
    path(
        "p/<slug:practice>/exports/<uuid:job_id>/file/",
        exports.file,
        name="export_file",
    ),
]
