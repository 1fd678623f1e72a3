"""A client over https that follows nothing and tells everything."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass

from tests.front.serving import trusting


@dataclass(frozen=True)
class Got:
    """What came back; the names of its headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Caller:
    """Somebody with a session, or without one."""

    port: int
    session: str = ""

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
    ) -> Got:
        """Send one request with the path as it stands."""
        given = dict(headers or {})
        if self.session:
            given["Cookie"] = f"__Host-session={self.session}"
        connection = http.client.HTTPSConnection(
            "localhost", self.port, timeout=30, context=trusting()
        )
        try:
            connection.request(method, path, headers=given)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Got(answer.status, found, answer.read())
        finally:
            connection.close()

    def fetch(self, path: str) -> Got:
        """Ask, and go where one redirect on the same host leads."""
        first = self.ask(path)
        assert first.status == 302, (first.status, first.body[:500])
        return self.ask(first.headers["location"])
