"""With a virus scanner set nothing is taken that it did not pass."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest
import structlog
from django.core.checks import Error, Info
from django.core.files import File
from pytest_django import Settings

from core.checks import check_files
from core.files import FileRefused, Scanner, look_into, scanner, scanning
from deploy.processes import free_port
from tests.files.clamd import Clamd, listening
from tests.files.odd_and_good import commented
from tests.files.samples import EICAR, MIB, pdf, stream

AWAY = "Files can't be checked for viruses right now, so none is taken. "


@pytest.fixture
def clamd(settings: Settings) -> Iterator[Callable[[str], Clamd]]:
    """Let a scanner listen that behaves so."""
    with ExitStack() as stack:

        def make(manner: str = "well", path: Path | None = None) -> Clamd:
            made = stack.enter_context(listening(Clamd(manner), path))
            settings.CLAMD = made.place
            return made

        yield make


def given(content: bytes, name: str = "a.pdf") -> "File[bytes]":
    """A file to look into."""
    return File(BytesIO(content), name)


def refused(content: bytes) -> tuple[str, str]:
    """Why a file is refused: the code, and the sentence."""
    with pytest.raises(FileRefused) as refusal:
        look_into(given(content))
    (problem,) = refusal.value.problems
    return problem.code, problem.text


def test_a_scanner_sees_every_byte_as_it_was_sent(
    clamd: Callable[..., Clamd],
) -> None:
    made = clamd()
    large = pdf(stream(bytes(3 * MIB)))
    assert look_into(given(large)).content == large
    photo = commented()
    look_into(given(photo, "a.jpg"))
    assert made.seen == [large, photo]


def test_it_may_listen_on_a_socket_of_the_machine(
    clamd: Callable[..., Clamd], tmp_path: Path
) -> None:
    made = clamd("well", tmp_path / "clamd.ctl")
    assert scanner() is Scanner.READY
    look_into(given(pdf()))
    assert made.seen == [pdf()]


def test_what_it_finds_is_refused_in_words_and_logged_without_the_content(
    clamd: Callable[..., Clamd],
) -> None:
    clamd()
    # Where our own look finds nothing: after the end of a picture.
    content = commented() + EICAR
    with (
        structlog.testing.capture_logs() as logged,
        pytest.raises(FileRefused) as refusal,
    ):
        look_into(given(content, "a.jpg"))
    assert refusal.value.problems[0].code == "infected"
    assert refusal.value.text.startswith("The virus scanner stopped this file.")
    (line,) = logged
    assert line["event"] == "virus found"
    assert "EICAR_HDB-1" in line["what"]
    assert EICAR.decode() not in str(line)


@pytest.mark.parametrize("manner", ["full", "cut", "garbled", "endless"])
def test_an_answer_that_is_no_answer_lets_nothing_through(
    clamd: Callable[..., Clamd], manner: str
) -> None:
    clamd(manner)
    with structlog.testing.capture_logs() as logged:
        code, text = refused(pdf(stream(bytes(2 * MIB))))
    assert code == "unscanned"
    assert text == f"{AWAY}Choose it again in a few minutes."
    assert [line["event"] for line in logged] == ["virus scanner away"]


@pytest.mark.parametrize("manner", ["silent", "slow"])
def test_nobody_waits_for_ever(
    clamd: Callable[..., Clamd], manner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "ANSWER", 0.5)
    clamd(manner)
    began = time.monotonic()
    assert refused(pdf())[0] == "unscanned"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("place", ["port", "path"])
def test_a_scanner_that_is_not_there_lets_nothing_through(
    settings: Settings, tmp_path: Path, place: str
) -> None:
    away = ("127.0.0.1", free_port()) if place == "port" else str(tmp_path / "none")
    settings.CLAMD = away
    assert scanner() is Scanner.AWAY
    assert refused(pdf())[0] == "unscanned"


def test_a_file_that_is_refused_anyway_is_not_sent_on(
    clamd: Callable[..., Clamd],
) -> None:
    made = clamd()
    assert refused(b"MZ" + bytes(99))[0] == "kind"
    assert refused(pdf()[:200])[0] == "damaged"
    assert made.seen == []


def test_without_one_files_are_taken_and_whoever_deploys_is_told(
    settings: Settings,
) -> None:
    assert settings.CLAMD == ""
    assert scanner() is Scanner.NONE
    assert look_into(given(pdf())).text == "Proof"
    (said,) = check_files()
    assert isinstance(said, Info)
    assert "No virus scanner is set" in said.msg
    settings.CLAMD = ("clamd.example", 3310)
    assert check_files() == []


def test_a_scanner_that_answers_wrongly_is_away(clamd: Callable[..., Clamd]) -> None:
    clamd("garbled")
    assert scanner() is Scanner.AWAY


def test_files_are_left_to_no_server_that_is_not_in_front(settings: Settings) -> None:
    settings.CLAMD = "/run/clamd.ctl"
    settings.FILES_ACCEL = "/stored-files/"
    settings.SECURE_PROXY_SSL_HEADER = None
    (said,) = check_files()
    assert isinstance(said, Error)
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert check_files() == []
