"""What `make bench` runs, and on which database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy import bench, static
from deploy.processes import OperatorError

PLAIN = "def main(options): ..."
ON_POSTGRESQL = f'DATABASE = "postgresql"\n{PLAIN}'
Ran = list[tuple[Sequence[str], Mapping[str, str]]]


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Two benchmarks and a helper; what is run is only noted."""
    (tmp_path / "certs.py").write_text(PLAIN)
    (tmp_path / "sweep.py").write_text(ON_POSTGRESQL)
    (tmp_path / "turns.py").write_text("def in_turn(): ...")
    noted: Ran = []

    def note(command: Sequence[str], *, env: Mapping[str, str]) -> int:
        noted.append((command[2:], env))
        return 0

    @contextmanager
    def server(*, durable: bool) -> Iterator[str]:
        yield f"postgres://private?durable={durable}"

    monkeypatch.setattr(bench, "BENCHES", tmp_path)
    monkeypatch.setattr(bench, "run", note)
    monkeypatch.setattr(bench, "postgresql", server)
    # Also where no test before had them collected.
    monkeypatch.setattr(static, "collect", lambda environment: None)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return noted


def test_a_benchmark_runs_on_an_empty_database_of_its_own(ran: Ran) -> None:
    assert bench.program(["certs", "--scripts"]) == 0
    (migrate, _), (command, env) = ran
    assert migrate[0] == "migrate"
    assert list(command) == ["bench", "certs", "--scripts"]
    assert "DATABASE_URL" not in env
    assert not Path(env["DATA_DIR"]).exists()


def test_one_whose_reference_is_postgresqls_gets_a_server(ran: Ran) -> None:
    bench.program(["sweep"])
    urls = {env["DATABASE_URL"] for _, env in ran}
    assert urls == {"postgres://private?durable=True"}


def test_a_named_database_is_used_and_not_migrated(
    ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://mine")
    bench.program(["sweep"])
    [(command, env)] = ran
    assert command[0] == "bench"
    assert env["DATABASE_URL"] == "postgres://mine"


@pytest.mark.parametrize("name", ["", "turns", "nothing"])
def test_an_unknown_name_gets_the_names_there_are(ran: Ran, name: str) -> None:
    with pytest.raises(OperatorError, match=rf"^NAME={name}: .*certs, sweep\.$"):
        bench.program([name])
    assert ran == []
