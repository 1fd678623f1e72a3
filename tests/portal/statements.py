"""Which statements a request sends to the database."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Transactions and roles: on a server they are the connection's, in tests the harness's.
AROUND = (
    *("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET "),
    # A scope is said at the head of each transaction.
    "SELECT set_config",
)


def statements(client: Client, address: str) -> list[str]:
    """Open an address and give the statements that read rows."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    sent = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in sent if not sql.startswith(AROUND)]
