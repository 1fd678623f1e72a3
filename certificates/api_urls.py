"""The certificates' part of the API, under `/api/v1/`."""

from django.urls import path

from certificates.api import CertificatePdf, Certificates, OneCertificate

HERE = "practices/<slug:practice>/certificates"

urlpatterns = [
    path(HERE, Certificates.as_view(), name="api_certificates"),
    path(
        f"{HERE}/<str:certificate_id>.pdf",
        CertificatePdf.as_view(),
        name="api_certificate_pdf",
    ),
    path(
        f"{HERE}/<str:certificate_id>",
        OneCertificate.as_view(),
        name="api_certificate",
    ),
]
