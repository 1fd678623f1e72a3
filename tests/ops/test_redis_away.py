"""While Redis is away pages come, work waits as rows, and nobody waits long."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from celery import Celery
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from certificates.models import Certificate
from certificates.tasks import make_waiting
from config import environment, queue
from config.celery import app as usual
from core.caching import REDIS, count
from core.models import OutboxMessage
from core.work import BROKER, hasten
from deploy.system import absent
from notifications.tasks import deliver_waiting
from tests.accounts.reading import sign_in
from tests.api.asking import Api, secret_of
from tests.cast import NOW, TODAY, Cast, a_member, given, seats
from tests.ops.redis_server import Server
from tests.portal.pressing import ADDRESS, form

pytestmark = [
    pytest.mark.broker,
    pytest.mark.django_db,
    pytest.mark.usefixtures("today"),
    pytest.mark.skipif(
        bool(absent("services")), reason="make test-services brings the servers"
    ),
]
# Seconds anybody waits for a page.
AT_MOST = 3


@pytest.fixture
def using(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Let cache and job queue be the server at an address."""
    with ExitStack() as stack:

        def use(url: str) -> None:
            monkeypatch.setenv("REDIS_URL", url)
            settings.CACHES = {"default": environment.cache(tmp_path)}
            app = Celery("away", set_as_current=True)
            stack.callback(usual.set_current)
            stack.callback(app.close)
            app.conf.update(queue.celery(tmp_path))

        yield use
    REDIS.end()
    BROKER.end()


@pytest.fixture
def server(tmp_path: Path, using: Callable[[str], None]) -> Iterator[Server]:
    """Use a server of this test's own."""
    server = Server(tmp_path)
    using(server.url)
    server.come()
    yield server
    server.go()


@pytest.fixture
def silence(using: Callable[[str], None]) -> Iterator[None]:
    """Use a server that accepts whoever comes and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        using(f"redis://127.0.0.1:{listening.getsockname()[1]}/0")
        yield


def counted() -> int:
    """Count one request."""
    return count("asked", seconds=60, now=int(NOW.timestamp()))


def seconds(act: Callable[[], object]) -> float:
    """Measure how long something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def test_three_are_assigned_at_once_and_the_sweep_finds_their_work(
    server: Server,
    cast: Cast,
    signed_in: Callable[[str], Client],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    people = [cast.bob, *(a_member(f"{n} Able", cast.northside) for n in ("Amy", "Cy"))]
    given(cast.membership, cast.northside, *people[1:], today=TODAY.replace(year=2024))
    seats(cast.northside, cast.renewals, 3)
    alice = signed_in("alice")
    typed = form(alice, "Bob Baker", "Amy Able", "Cy Able")
    before = OutboxMessage.objects.count()
    server.go()

    def press() -> None:
        with django_capture_on_commit_callbacks(execute=True) as bells:
            assert alice.post(ADDRESS, typed).status_code == 302
        assert len(bells) > 3

    assert seconds(press) < AT_MOST
    told = OutboxMessage.objects.filter(state="waiting").count()
    assert told > before
    assert Certificate.objects.filter(valid_from=TODAY).exists()

    server.come()
    assert server.bells() == 0
    deliver_waiting()
    rung = server.bells()
    assert rung >= told
    make_waiting()
    assert server.bells() > rung


def test_people_sign_in(server: Server, cast: Cast) -> None:
    server.go()
    email = cast.alice.email
    client = Client()

    def enter() -> None:
        assert client.get("/accounts/login/").status_code == 200
        assert sign_in(client, email, "not her password").status_code == 200
        assert sign_in(client, email).status_code == 302
        assert client.post("/accounts/reset/", {"email": email}).status_code == 302

    assert seconds(enter) < AT_MOST


def test_certificates_are_verified_and_tokens_answered(
    server: Server, cast: Cast
) -> None:
    given(cast.renewals, cast.northside, cast.bob)
    number = Certificate.objects.get(valid_from=TODAY, member=cast.bob).number
    api = Api("northside", secret_of(cast.northside, cast.alice))
    server.go()

    def ask() -> None:
        for address in ("/healthz", f"/verify/{number}/", f"/api/v1/verify/{number}"):
            assert Client().get(address).status_code == 200
        assert api.get("seats").status_code == 200

    assert seconds(ask) < AT_MOST


def test_a_server_away_is_an_empty_cache(server: Server) -> None:
    cache.set("kept", 1)
    server.go()
    assert cache.get("kept", "nothing") == "nothing"
    assert cache.get_many(["kept"]) == {}
    assert cache.add("kept", 2)
    assert not cache.touch("kept")
    assert not cache.delete("kept")
    assert not cache.has_key("kept")
    cache.set_many({"kept": 3})
    cache.delete_many(["kept"])
    cache.clear()
    with pytest.raises(ValueError, match="away"):
        cache.incr("kept")
    assert counted() == 0
    server.come()
    assert cache.get("kept") is None
    assert [counted() for _ in range(3)] == [1, 2, 3]


def test_a_restart_between_two_questions_is_not_noticed(server: Server) -> None:
    assert counted() == 1
    server.go()
    server.come()
    assert counted() == 1
    assert not REDIS.lasts


@pytest.mark.usefixtures("silence")
def test_silence_is_waited_for_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def ring() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            for number in range(9):
                hasten("notifications.tasks.deliver", str(number))

    assert seconds(lambda: [counted() for _ in range(9)]) < AT_MOST / 2
    assert seconds(ring) < AT_MOST + 1
