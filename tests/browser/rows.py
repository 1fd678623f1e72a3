"""A stage's database: kept as it was when the story was told, and put back."""

import contextlib
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2

from tests.migrated import lay_out

WAITING = (
    "SELECT 'paper ' || id FROM certificates_certificate"
    " WHERE paper IN ('waiting', 'making')"
    " UNION ALL SELECT 'mail ' || id FROM core_outboxmessage"
    " WHERE state IN ('waiting', 'sending')"
    " UNION ALL SELECT 'event ' || id FROM billing_providerevent"
    " WHERE state = 'waiting'"
)


class Rows(ABC):
    """Where the rows of a stage lie.

    `told` and `played` are what processes are told: while the story is made, and
    afterwards. Standing connections do not survive `restore` where it is `abrupt`.
    """

    told: dict[str, str]
    played: dict[str, str]
    abrupt = False
    _waiting_at_first: frozenset[str] = frozenset()

    def keep(self) -> None:
        """Keep the story as it was told, and play from there."""
        self.restore()
        # Papers of the story's past wait for nobody: what comes later counts.
        self._waiting_at_first = self.waiting()

    def idle(self) -> bool:
        """Whether no work waits that came since the story was told."""
        return self.waiting() <= self._waiting_at_first

    @abstractmethod
    def restore(self) -> None:
        """Put the story back as it was told."""

    @abstractmethod
    def waiting(self) -> frozenset[str]:
        """Name the papers and the mail that a worker has yet to see to."""

    @contextlib.contextmanager
    def without(self, table: str) -> Iterator[None]:
        """Take a table away for a moment."""
        self.change(f"ALTER TABLE {table} RENAME TO lost")
        yield
        self.change(f"ALTER TABLE lost RENAME TO {table}")

    @abstractmethod
    def change(self, statement: str) -> None:
        """Change the rows behind everybody's back."""

    def role(self, process: str) -> dict[str, str]:
        """Say as what a process works there."""
        return {}


class SqliteRows(Rows):
    """Rows in a file, which the processes open anew for each request and task."""

    def __init__(self, folder: Path) -> None:
        """Name the files; the first migration makes them, or finds its tables made."""
        telling = folder / "telling"
        self.told = {"DATABASE_URL": "", "DATA_DIR": str(telling)}
        self.played = {"DATABASE_URL": ""}
        self._story = telling / "goodstanding.sqlite3"
        self._live = folder / "goodstanding.sqlite3"
        telling.mkdir(parents=True, exist_ok=True)
        lay_out(self._story)

    def restore(self) -> None:
        """Copy page by page in one transaction, which others may wait for."""
        with self._open(self._story) as story, self._open(self._live) as live:
            story.backup(live)

    def waiting(self) -> frozenset[str]:
        """Look as the processes see it."""
        with self._open(self._live) as connection:
            return frozenset(row[0] for row in connection.execute(WAITING))

    def change(self, statement: str) -> None:
        """Change them as the file's owner."""
        with self._open(self._live) as connection:
            connection.execute(statement)
            connection.commit()

    def _open(self, path: Path) -> contextlib.closing[sqlite3.Connection]:
        return contextlib.closing(sqlite3.connect(path, timeout=20))


class PostgresqlRows(Rows):
    """Rows in two databases of a server: the story, and the one that is played in.

    Web and worker work there as the roles they have in production.
    """

    abrupt = True

    def __init__(self, url: str) -> None:
        """Make the story's database; `drop` leaves nothing on the server."""
        self._url = url
        self._story, self._live = (
            f"{name}_{uuid4().hex[:12]}" for name in ("story", "stage")
        )
        self.told = {"DATABASE_URL": self._address(self._story)}
        self.played = {"DATABASE_URL": self._address(self._live)}
        self._ask(f"CREATE DATABASE {self._story}")

    def drop(self) -> None:
        """Take both databases away, whoever is connected."""
        for name in (self._live, self._story):
            self._ask(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def restore(self) -> None:
        """Make the live database anew out of the story's."""
        self._ask(f"DROP DATABASE IF EXISTS {self._live} WITH (FORCE)")
        self._ask(f"CREATE DATABASE {self._live} TEMPLATE {self._story}")

    def waiting(self) -> frozenset[str]:
        """Look as the owner, who sees every row."""
        return frozenset(self._ask(WAITING, self._live))

    def change(self, statement: str) -> None:
        """Change them as the owner."""
        self._ask(statement, self._live)

    def role(self, process: str) -> dict[str, str]:
        """Say which role a process takes on."""
        return {"DATABASE_ROLE": f"goodstanding_{process}"}

    def _address(self, name: str) -> str:
        return urlsplit(self._url)._replace(path=f"/{name}").geturl()

    def _ask(self, statement: str, name: str = "") -> list[str]:
        address = self._address(name) if name else self._url
        with contextlib.closing(psycopg2.connect(address)) as connection:
            # Databases are made outside a transaction.
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(statement)
            return [row[0] for row in cursor] if cursor.description else []


@contextlib.contextmanager
def rows_in(folder: Path) -> Iterator[Rows]:
    """Give rows on the server that DATABASE_URL names, else in a file of the folder."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield SqliteRows(folder)
        return
    rows = PostgresqlRows(url)
    try:
        yield rows
    finally:
        rows.drop()
