"""PostgreSQL is restarted at once, twenty times, while workers send: `make drill`."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from uuid import uuid4

import psycopg2
import pytest
from psycopg2 import OperationalError  # type: ignore[attr-defined]  # not in __all__

from deploy import services
from deploy.processes import free_port, output, start, wait_until
from deploy.setup import PYTHON
from deploy.system import absent, postgresql_folder
from tests.mail.office import Office
from tests.mail.workers import SWEEP, Workers

pytestmark = [
    pytest.mark.drill,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(absent("services")), reason="needs PostgreSQL"),
]
TIMES, MANY = 20, 200
MESSAGE = """
    INSERT INTO core_outboxmessage
      (id, kind, subject_id, recipient, payload, state, created_at, due_at, attempts,
       last_error)
    SELECT gen_random_uuid(), 'renewed', gen_random_uuid(),
           'bob' || n || '@mail.example', '{"items": []}', 'waiting', now(), now(),
           0, ''
      FROM generate_series(1, %s) n
"""


class Server:
    """A PostgreSQL server that can be restarted as if the machine had stopped."""

    def __init__(self, folder: Path, programs: Path) -> None:
        """Make its data; nothing runs yet."""
        self.folder, self.programs, self.port = folder, programs, free_port()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.password = uuid4().hex
        self.url = f"postgres://goodstanding:{self.password}@127.0.0.1:{self.port}"
        services.create_cluster(
            programs, folder, user=self.user, password=self.password
        )

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [f"{self.programs}/postgres", "-D", "data", "-p", str(self.port)]
        command += ["-clisten_addresses=127.0.0.1", "-cunix_socket_directories="]
        with (self.folder / "log").open("ab") as log:
            self.process = start(
                command, log=log, user=self.user, cwd=self.folder, how=signal.SIGINT
            )
        ready = [f"{self.programs}/pg_isready", "-h", "127.0.0.1", "-p", str(self.port)]
        assert wait_until(lambda: output(ready)[0] == 0, seconds=60)

    def stop_at_once(self) -> None:
        """Break every session off; what was not committed is gone."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(60)

    def ask(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Run a statement as the owner."""
        with closing(psycopg2.connect(f"{self.url}/goodstanding")) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def server() -> Iterator[Server]:
    """A server with the project's tables."""
    programs = postgresql_folder()
    assert programs is not None
    user = "postgres" if os.geteuid() == 0 else None
    with ExitStack() as stack:
        folder = stack.enter_context(services.scratch_folder(user))
        server = Server(folder, programs)
        server.start()
        stack.callback(server.stop_at_once)
        services.create_owner(programs, port=server.port, password=server.password)
        env = os.environ | {
            "DATABASE_URL": f"{server.url}/goodstanding",
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        status, text = output([PYTHON, "manage.py", "migrate"], env=env)
        assert status == 0, text
        yield server


def test_restarted_twenty_times_in_the_middle_of_a_batch(
    workers: Workers, office: Office, server: Server
) -> None:
    workers.exchange = 0
    workers.more |= {
        "DATABASE_URL": f"{server.url}/goodstanding",
        "DATABASE_ROLE": "goodstanding_worker",
    }
    office.delay = 0.05
    server.ask(MESSAGE, MANY)
    workers.start(at_once=4)
    workers.start_beat()
    for _ in range(TIMES):
        workers.ring(SWEEP)
        time.sleep(1.5)
        server.stop_at_once()
        time.sleep(1)
        server.start()

    def all_known() -> bool:
        # Right after a restart it may not answer yet.
        with suppress(OperationalError):
            waits = "SELECT 1 FROM core_outboxmessage WHERE state IN (%s, %s) LIMIT 1"
            return not server.ask(waits, "waiting", "sending")
        return False

    assert wait_until(all_known, seconds=600), workers.said()[-5000:]
    rows = server.ask("SELECT id, state FROM core_outboxmessage")
    told = Counter(office.ids)
    assert set(told) == {f"<{row[0]}@localhost>" for row in rows}
    assert set(told.values()) == {1}
    assert Counter(row[1] for row in rows) == {"sent": MANY}
