"""Every route of the project."""

from django.urls import URLPattern, URLResolver, include, path

from core import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.urls")),
    path("", include("accounts.urls")),
    path("", include("billing.urls")),
    path("", include("portal.developer_urls")),
    path("api/v1/", include("portal.api_urls")),
    path("api/v1/", include("certificates.api_urls")),
]

handler400 = errors.bad_request
handler403 = errors.denied
handler404 = errors.missing
handler429 = errors.too_many
handler500 = errors.broken
