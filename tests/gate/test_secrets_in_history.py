"""No secret lies in the project's files, nor in what they once were."""

import secrets
import shutil

import pytest

from tests.gate.leaks import leaks
from tests.ops.project import ROOT, run

TRACKED = run("git", "ls-files", "-z") if shutil.which("git") else None
no_history = pytest.mark.skipif(
    TRACKED is None or TRACKED.returncode != 0,
    reason="no git, or no checkout: a copy of the files has no history",
)


def found_in_tree() -> list[str]:
    """Look into every tracked file that is text."""
    names = TRACKED.stdout.split("\0") if TRACKED else []
    found = []
    for name in filter(None, names):
        path = ROOT / name
        if path.is_file():
            text = path.read_bytes().decode("utf-8", "ignore")
            found += [f"{name}: {leak}" for leak in leaks(text)]
    return found


def found_in_history() -> list[str]:
    """Look into every line that any commit of any branch ever added."""
    log = run("git", "log", "--all", "-p", "--unified=0", "--no-color", "--format=@%h")
    commit, name, found = "", "", []
    for line in log.stdout.splitlines():
        if line.startswith("@") and not line.startswith("@@"):
            commit = line[1:]
        elif line.startswith("+++ "):
            name = line[6:]
        elif line.startswith("+"):
            found += [f"{commit} {name}: {leak}" for leak in leaks(line[1:])]
    return found


@no_history
def test_no_file_holds_a_secret() -> None:
    assert found_in_tree() == []


@no_history
def test_no_commit_ever_held_one() -> None:
    assert found_in_history() == []


@no_history
def test_no_file_that_holds_secrets_is_tracked() -> None:
    names = set(TRACKED.stdout.split("\0")) if TRACKED else set()
    kept = {
        name
        for name in names
        if name.endswith((".pem", ".key", ".p12", ".sqlite3", ".env"))
    }
    assert kept == set()


@pytest.mark.parametrize(
    "text",
    [
        f'SECRET_KEY = "{secrets.token_urlsafe(48)}9"',
        f"password: '{secrets.token_hex(8)}Xy-{secrets.token_urlsafe(20)}7'",
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a1B2" * 9,
        "cep_live_" + secrets.token_urlsafe(32),
        "postgres://web:" + secrets.token_urlsafe(18) + "@db.example/x",
    ],
    ids=["setting", "password", "private key", "cloud", "forge", "ours", "address"],
)
def test_a_secret_would_be_found(text: str) -> None:
    assert list(leaks(text))


@pytest.mark.parametrize(
    "text",
    [
        'SECRET_KEY = "key-of-the-tests-" * 4',
        "postgres://user:password@host:5432/name",
        'token = secrets.token_urlsafe(32)  # password="correct horse"',
    ],
)
def test_words_are_no_secret(text: str) -> None:
    assert not list(leaks(text))
