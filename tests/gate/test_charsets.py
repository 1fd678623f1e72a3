"""A body in another charset is read by nobody, and breaks nothing."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory

from config.charsets import only_utf8

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"


def status(path: str, kind: str) -> int:
    """Send a form with this Content-Type through the server's own interface."""
    asked = RequestFactory().post(path, b"login=a", "text/plain").environ
    asked["CONTENT_TYPE"] = kind
    answer = only_utf8(WSGIHandler())(asked, lambda *_: print)
    assert isinstance(answer, HttpResponse)
    return answer.status_code


@pytest.mark.parametrize("charset", ["zlib", "hex", "rot13", "utf-16", "idna", "x y"])
@pytest.mark.parametrize(
    ("path", "refused"),
    [("/accounts/login/?q=x", 400), ("/api/v1/practices/a/assignments", 401)],
)
def test_another_charset_is_refused(path: str, refused: int, charset: str) -> None:
    assert status(path, f"{FORM}; charset={charset}") == refused
    assert status(path, f'{FORM}; Charset="{charset}"') == refused


@pytest.mark.parametrize("said", ["", "; charset=utf-8", '; charset="UTF-8"'])
def test_utf_8_is_read(said: str) -> None:
    # The form is read, and has no one-time key.
    assert status("/accounts/login/", f"{FORM}{said}") == 403
