"""Routes as they should not be, and one of each kind as it should."""

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import API_MEMBERS, PRACTICE_SEE, PUBLIC, Door, Permission
from accounts.rest import RestView
from accounts.routes import route


@route(permission=PUBLIC)
def declared(request: HttpRequest, door: Door) -> HttpResponse:
    """A page as it should be."""
    return HttpResponse("declared")


@route(permission=PRACTICE_SEE, methods=("GET", "POST"))
def of_practice(request: HttpRequest, door: Door) -> HttpResponse:
    """A page of a practice."""
    return HttpResponse("of a practice")


def forgotten(request: HttpRequest) -> HttpResponse:
    """A page without a permission."""
    return HttpResponse("forgotten")


def door_of_demo(request: HttpRequest) -> HttpResponse:
    """A door of the demonstration."""
    return HttpResponse("demo")


door_of_demo.__module__ = "portal.views.demo"


class Declared(RestView):
    """A REST address as it should be."""

    permissions: ClassVar[dict[str, Permission]] = {"GET": API_MEMBERS}

    def get(self, request: Request, door: Door) -> Response:
        """Answer."""
        return Response({})


class Half(Declared):
    """One of its methods has no permission."""

    def post(self, request: Request, door: Door) -> Response:
        """Answer."""
        return Response({})


class Library(APIView):
    """A REST view that knows no doors."""

    def get(self, request: Request, **kwargs: object) -> Response:
        """Answer."""
        return Response({})


good = [
    path("declared/", declared, name="declared"),
    path("p/<slug:practice>/page/", of_practice, name="of_practice"),
    path("api/declared/", Declared.as_view(), name="rest"),
]
urlpatterns = [
    path("inner/", include((good, "scratch"), namespace="deep")),
    path("forgotten/", forgotten, name="forgotten"),
    path("nameless/", declared),
    path("demo/", door_of_demo, name="enter"),
    path("api/half/", Half.as_view(), name="half"),
    path("api/library/", Library.as_view(), name="library"),
]
