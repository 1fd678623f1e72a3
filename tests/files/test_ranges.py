"""Films go out in the parts that players ask for."""

import pytest
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory, override_settings

from core.failures import Missing
from core.files import StoredFile, answer_part, forget, keep
from tests.gate.asking import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf")]
CONTENT = bytes(range(100)) * 10


def asked(value: str = "", **accel: str) -> tuple[HttpResponseBase, bytes]:
    film = StoredFile(keep(CONTENT), "webm", "film.webm")
    headers = {"Range": value} if value else {}
    request = RequestFactory().get("/film/", headers=headers)
    response = answer_part(request, film)
    assert isinstance(response, HttpResponse | StreamingHttpResponse)
    content = body_of(response)
    response.close()
    return response, content


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=990-", 990, 999),
        ("bytes=-10", 990, 999),
        ("bytes=500-100000", 500, 999),
        ("bytes=-100000", 0, 999),
    ],
)
def test_a_part_is_what_was_asked_for(value: str, first: int, last: int) -> None:
    response, content = asked(value)
    assert response.status_code == 206
    assert content == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/1000"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Type"] == "video/webm"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("value", ["", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "x"])
def test_what_is_no_range_gets_the_whole(value: str) -> None:
    response, content = asked(value)
    assert (response.status_code, content) == (200, CONTENT)
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("value", ["bytes=1000-", "bytes=9-3", "bytes=-0"])
def test_a_range_beyond_the_end_is_said_to_be(value: str) -> None:
    response, content = asked(value)
    assert (response.status_code, content) == (416, b"")
    assert response["Content-Range"] == "bytes */1000"


@override_settings(FILES_ACCEL="/files/")
def test_the_server_in_front_cuts_it_where_there_is_one() -> None:
    response, content = asked("bytes=0-9")
    assert (response.status_code, content) == (200, b"")
    assert response["X-Accel-Redirect"].startswith("/files/proofs/")


def test_a_player_that_goes_away_leaves_no_file_open() -> None:
    film = StoredFile(keep(CONTENT), "webm", "film.webm")
    request = RequestFactory().get("/film/", headers={"Range": "bytes=0-"})
    response = answer_part(request, film)
    response.close()
    forget(film.key)
    with pytest.raises(Missing):
        answer_part(request, film)
