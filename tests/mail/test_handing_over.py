"""The mail server gets everything but the last dot before the row says that it left."""

import shutil
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from django.core.mail import EmailMessage, get_connection
from pytest_django import Settings

from core.mail import SERVER, Watcher
from tests.mail.office import REPLY_LOST, Act, Office, open_office

# The server of the tests does not see that the line is encrypted from the first byte.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
with_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl")
DOTS = "Line\n.\n..two\n.end\n"


def send(handing_over: Callable[[], None], body: str = "Words") -> None:
    """Send a message to Bob."""
    connection = get_connection(watcher=Watcher(handing_over=handing_over))
    EmailMessage("Hello", body, to=["bob@mail.example"], connection=connection).send()


class Stop(Exception):  # noqa: N818  (an answer, not a fault)
    """Whoever is told does not want it to leave."""


def stop() -> None:
    """Refuse."""
    raise Stop


def test_the_server_has_nothing_yet_when_the_row_is_written(server: Office) -> None:
    seen: list[int] = []

    def handing_over() -> None:
        # Long enough for a server that had it to take it.
        time.sleep(0.2)
        seen.append(len(server.arrived))

    send(handing_over)

    assert (seen, len(server.arrived)) == ([0], 1)


def test_who_may_not_hand_over_sends_nothing(server: Office) -> None:
    with pytest.raises(Stop):
        send(stop)

    time.sleep(0.2)
    assert (server.connections, server.arrived) == (1, [])


def test_lines_that_begin_with_a_dot_arrive_as_they_were(server: Office) -> None:
    send(lambda: None, DOTS)

    assert server.arrived[0].get_content().splitlines() == DOTS.splitlines()


@pytest.mark.parametrize("says", ["250 Taken", "251 Taken on"])
def test_whatever_says_yes_is_a_yes(server: Office, says: str) -> None:
    server.acts = [Act(says=says)]

    send(lambda: None)

    assert len(server.arrived) == 1


@pytest.mark.parametrize("at", ["mail", "data"])
def test_what_is_refused_before_was_not_handed_over(server: Office, at: str) -> None:
    server.acts = [Act(at, "451 Not now")]

    with pytest.raises(OSError, match="Not now"):
        send(stop)


def test_a_farewell_nobody_answers_is_no_error(
    server: Office, settings: Settings
) -> None:
    def silence() -> None:
        server.delay = 60

    server.acts = [Act(after=silence)]
    began = time.monotonic()

    send(lambda: None)

    assert time.monotonic() - began < settings.EMAIL_TIMEOUT
    assert len(server.arrived) == 1


def test_an_answer_that_is_lost_is_an_error(server: Office) -> None:
    server.acts = [REPLY_LOST]

    with pytest.raises(OSError, match="closed"):
        send(lambda: None)


def test_a_folder_has_nothing_yet_when_the_row_is_written(
    settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "core.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    seen: list[int] = []

    with pytest.raises(Stop):
        send(stop)
    send(lambda: seen.append(len(list(tmp_path.glob("[!.]*.eml")))))

    assert seen == [0]
    assert len(list(tmp_path.glob("[!.]*.eml"))) == 1


class Keeper:
    """Knows one password."""

    def __call__(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        mechanism: str,
        auth_data: object,
    ) -> AuthResult:
        """Let in whoever knows it."""
        known = auth_data == LoginPassword(b"user", b"secret")
        return AuthResult(success=known, handled=False)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that it gave itself, with its key."""
    files = (tmp_path / "key.pem", tmp_path / "certificate.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    command += ["-keyout", str(files[0]), "-out", str(files[1])]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    both = tmp_path / "both.pem"
    both.write_text("".join(path.read_text() for path in files))
    return both


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    """What a server of that name speaks with."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


@pytest.fixture(params=["tls", "ssl"])
def encrypted(
    request: pytest.FixtureRequest, settings: Settings, context: ssl.SSLContext
) -> Iterator[Office]:
    """A server that speaks with nobody in the clear and takes mail from one user."""
    rules: dict[str, object] = {"authenticator": Keeper(), "auth_required": True}
    if request.param == "tls":
        rules |= {"tls_context": context, "require_starttls": True}
    else:
        rules |= {"auth_require_tls": False}
    settings.EMAIL_BACKEND = "core.mail.SmtpBackend"
    settings.EMAIL_USE_TLS = request.param == "tls"
    settings.EMAIL_USE_SSL = request.param == "ssl"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "user", "secret"
    tls = context if request.param == "ssl" else None
    with open_office(tls=tls, rules=rules) as office:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_TIMEOUT = 5
        yield office


@with_openssl
def test_an_encrypted_line_and_a_password_change_nothing(
    encrypted: Office, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    seen: list[int] = []

    send(lambda: seen.append(len(encrypted.arrived)), DOTS)

    assert (seen, len(encrypted.arrived)) == ([0], 1)
    assert encrypted.arrived[0].get_content().splitlines() == DOTS.splitlines()


@with_openssl
def test_a_server_nobody_vouches_for_hears_no_word_of_it(encrypted: Office) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        send(stop)

    assert SERVER.lasts
    assert encrypted.arrived == []


@with_openssl
def test_a_wrong_password_is_the_server_s_trouble_and_no_message_s(
    encrypted: Office,
    certificate: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.EMAIL_HOST_PASSWORD = "another"
    with pytest.raises(OSError, match="535"):
        send(stop)

    assert SERVER.lasts
    assert encrypted.arrived == []
