"""Asking a server that somebody named: over https, on the open net, and not for long.

Whoever may type an address could otherwise have us knock at doors of our own network.
So a name is looked up once, each address it has must be a public one, and that address
is the one connected to: a name that says something else a moment later changes nothing.
Redirects are not followed. Of an answer 256 KiB are read, within five seconds in all.
"""

import json
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from django.conf import settings

SECONDS = 5
MOST_BYTES = 256 * 1024
LONGEST_URL = 2000
# How many addresses of one name are tried: of IPv6 and IPv4, one may lead nowhere.
MOST_ADDRESSES = 3
# The one exception, for a provider on this machine in tests and demonstrations.
HERE = frozenset({"localhost", "127.0.0.1"})
# IPv6 addresses that stand for one of IPv4, by a translator of the network.
TRANSLATED = ip_network("64:ff9b::/96")
# What is given out for servers on the open net. The rest of IPv6 holds former kinds of
# private addresses, and of carrying IPv4, that Python's own list takes for public.
GIVEN_OUT = ip_network("2000::/3")
# For protocols, not servers; of it Python up to 3.11 takes some for public.
FOR_PROTOCOLS = ip_network("192.0.0.0/24")


class NotFetched(Exception):  # noqa: N818  (an answer for whoever typed the address)
    """The address can't be asked, or gave nothing usable; the text says which."""


@dataclass(frozen=True)
class Fetched:
    """What a server answered."""

    status: int
    content: bytes

    def data(self) -> dict[str, Any]:
        """Read the answer as a JSON object.

        Raises:
            NotFetched: it is something else.
        """
        with suppress(ValueError, RecursionError):
            found = json.loads(self.content)
            if isinstance(found, dict):
                return found
        raise NotFetched("It answers with something that isn't a JSON object.")


def usable(url: str) -> SplitResult:
    """Take an address apart that may be asked, as far as its text tells.

    Raises:
        NotFetched: it isn't https://, or holds what an address of a server has not.
    """
    plain = url.isascii() and url.isprintable() and not set(url) & set(' \\"<>^`{|}')
    if not plain or len(url) > LONGEST_URL:
        raise NotFetched("It holds characters that no address has, or is too long.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotFetched("It can't be read as an address.") from error
    secure = parts.scheme == "https" or (
        parts.scheme == "http" and _is_here(parts.hostname)
    )
    if not secure or not parts.hostname:
        raise NotFetched("It doesn't begin with https:// and the name of a server.")
    if port == 0 or "@" in parts.netloc:
        raise NotFetched("It holds a name, a password or a port that can't be used.")
    return parts


def fetch(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Fetched:
    """Ask a server, with a form to post where one is given.

    Raises:
        NotFetched: the address may not be asked, or nothing came back in time.
    """
    parts = usable(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"Accept": "application/json", "Connection": "close", **(headers or {})}
    body = None
    if form is not None:
        body = urlencode(form)
        sent["Content-Type"] = "application/x-www-form-urlencoded"
    with _connected(parts) as connection:
        connection.request("GET" if body is None else "POST", target, body, sent)
        answer = connection.getresponse()
        content = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotFetched("Its answer is longer than any answer of this kind.")
    return Fetched(answer.status, content)


def fetch_data(
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Ask a server for a JSON object.

    Raises:
        NotFetched: as `fetch`, or it answers with an error or anything else.
    """
    answer = fetch(url, form=form, headers=headers)
    if answer.status != HTTPStatus.OK:
        raise NotFetched(f"It answers with the status {answer.status}.")
    return answer.data()


def _is_here(host: str | None) -> bool:
    return bool(settings.OUTGOING_LOCALHOST) and host in HERE


def _public_addresses(host: str, port: int) -> list[str]:
    """Look a server up; give the addresses to connect to.

    A name that nobody knows and one of our own network are told apart by nothing.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(entry[4][0]) for entry in found]
    except (OSError, UnicodeError):
        addresses = []
    if not addresses or not all(_may_ask(each, host) for each in addresses):
        raise NotFetched(f"No public server is found under the name {host}.")
    return addresses


def _may_ask(address: str, host: str) -> bool:
    number = ip_address(address)
    if _is_here(host):
        return number.is_loopback
    return all(_is_public(each) for each in _meant(number))


def _is_public(number: IPv4Address | IPv6Address) -> bool:
    if isinstance(number, IPv6Address) and number not in GIVEN_OUT:
        return False
    if number in FOR_PROTOCOLS:
        return False
    return number.is_global and not number.is_multicast


def _meant(number: IPv4Address | IPv6Address) -> Iterator[IPv4Address | IPv6Address]:
    """Give the addresses one stands for: itself, or what a translator makes of it."""
    if isinstance(number, IPv4Address):
        yield number
        return
    inner = [number.ipv4_mapped, number.sixtofour, *(number.teredo or ())]
    if number in TRANSLATED:
        inner.append(IPv4Address(int(number) & 0xFFFFFFFF))
    carried = [each for each in inner if each is not None]
    yield from carried or [number]


@dataclass
class _Deadline:
    """Cuts a connection that takes too long in all, however busy it seems."""

    stream: socket.socket
    passed: bool = field(default=False)

    def cut(self) -> None:
        self.passed = True
        with suppress(OSError):
            # Past TLS: whoever reads wakes up, whatever is still on its way.
            socket.socket.shutdown(self.stream, socket.SHUT_RDWR)


def _dialled(host: str, port: int) -> socket.socket:
    """Connect to the first address of a server that takes the connection."""
    addresses = _public_addresses(host, port)[:MOST_ADDRESSES]
    for address in addresses:
        with suppress(OSError):
            patience = SECONDS / len(addresses)
            return socket.create_connection((address, port), timeout=patience)
    raise NotFetched(f"{host} does not answer.")


def _over(stream: socket.socket, host: str, port: int, *, tls: bool) -> HTTPConnection:
    """Speak HTTP over a connection that is there already, and TLS where it is asked."""
    if not tls:
        connection = HTTPConnection(host, port)
    else:
        connection = HTTPSConnection(host, port)
        stream = ssl.create_default_context().wrap_socket(
            stream, server_hostname=host, do_handshake_on_connect=False
        )
    connection.sock = stream
    return connection


@contextmanager
def _connected(parts: SplitResult) -> Iterator[HTTPConnection]:
    """Connect to a server under the name it was found by, and close again."""
    began = monotonic()
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    stream = _dialled(host, port)
    try:
        connection = _over(stream, host, port, tls=parts.scheme == "https")
    except (OSError, ValueError) as error:
        # It may be gone again already.
        stream.close()
        raise NotFetched(f"{host} broke the connection off.") from error
    deadline = _Deadline(connection.sock)
    timer = Timer(max(SECONDS - (monotonic() - began), 0), deadline.cut)
    timer.daemon = True
    timer.start()
    try:
        connection.sock.settimeout(SECONDS)
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        yield connection
    except TimeoutError:
        deadline.passed = True
    except ssl.SSLCertVerificationError as error:
        raise NotFetched(f"The certificate of {host} can't be trusted.") from error
    except (OSError, HTTPException, ValueError) as error:
        if not deadline.passed:
            raise NotFetched(f"{host} broke the connection off.") from error
    finally:
        timer.cancel()
        connection.close()
        deadline.stream.close()
    if deadline.passed:
        raise NotFetched(f"{host} takes longer than {SECONDS} seconds to answer.")
