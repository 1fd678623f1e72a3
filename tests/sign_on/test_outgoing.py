"""Which servers are asked: public ones alone, over https, under a name they prove."""

import socket
from pathlib import Path

import pytest

from core.outgoing import NotFetched, fetch, fetch_data, usable
from tests.sign_on.conftest import PUBLIC, Dial
from tests.sign_on.servers import Asked, Said, a_certificate_for, serving


@pytest.mark.parametrize(
    "url",
    [
        "http://login.practice.example",
        "http://localhost:8000",
        "ftp://login.practice.example",
        "file:///etc/passwd",
        "https:///nowhere",
        "login.practice.example",
        "https://user:word@login.practice.example",
        "https://login.practice.example:0",
        "https://login.practice.example:99999",
        "https://login.practice.example\r\nHost: x",
        "https://login.practice.example/\tx",
        "https://löwe.example",
        "https://[::1",
        f"https://login.practice.example/{'x' * 2000}",
        "",
    ],
)
def test_what_is_no_address_of_a_secure_server_is_not_asked(url: str) -> None:
    with pytest.raises(NotFetched):
        usable(url)
    with pytest.raises(NotFetched):
        fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  (asked, not listened on)
        "224.0.0.1",
        "255.255.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.8",
        "::ffff:169.254.169.254",
        "64:ff9b::a00:8",
        "2002:a00:8::1",
        "fec0::1",
        "::a00:8",
        "::ffff:0:a00:8",
        "64:ff9b:1::a00:8",
        "5f00::1",
    ],
)
def test_no_address_of_our_own_network_is_asked(
    address: str, looked_up: list[list[str]], dialled: Dial
) -> None:
    looked_up.append([address])
    wanted = dialled(1)
    with pytest.raises(NotFetched, match=r"No public server is found under the name"):
        fetch("https://inside.practice.example/x")
    assert wanted == []


def test_one_private_address_among_public_ones_is_enough(
    looked_up: list[list[str]], dialled: Dial
) -> None:
    looked_up.append([PUBLIC, "10.0.0.8"])
    wanted = dialled(1)
    with pytest.raises(NotFetched):
        fetch("https://both.practice.example/")
    assert wanted == []


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]"],
)
def test_no_spelling_of_this_machine_is_asked(host: str, dialled: Dial) -> None:
    wanted = dialled(1)
    with pytest.raises(NotFetched):
        fetch(f"https://{host}/")
    assert wanted == []


def test_a_name_that_nobody_knows_is_answered_like_a_private_one(
    looked_up: list[list[str]],
) -> None:
    looked_up.extend([["10.0.0.8"], []])
    said = []
    for _ in range(2):
        with pytest.raises(NotFetched) as refused:
            fetch("https://some.practice.example/")
        said.append(str(refused.value))
    assert said[0] == said[1]


def test_the_address_that_was_looked_at_is_the_one_connected_to(
    looked_up: list[list[str]], dialled: Dial, trusted: Path
) -> None:
    """A second look-up would find a door of our own network."""
    looked_up.extend([[PUBLIC], ["127.0.0.1"]])
    heard: list[Asked] = []

    def answer(asked: Asked) -> Said:
        heard.append(asked)
        return Said(b'{"a": 1}')

    with serving(answer, tls=trusted) as port:
        wanted = dialled(port)
        found = fetch_data("https://login.practice.example/x?y=1", form={"code": "1 2"})
    assert found == {"a": 1}
    assert wanted == [(PUBLIC, 443)]
    assert looked_up == [["127.0.0.1"]]
    (asked,) = heard
    assert (asked.method, asked.path, asked.form) == ("POST", "/x?y=1", {"code": "1 2"})
    assert asked.headers["Host"] == "login.practice.example"


def test_a_certificate_of_another_name_or_nobody_is_not_trusted(
    looked_up: list[list[str]], dialled: Dial, tmp_path: Path, trusted: Path
) -> None:
    looked_up.extend([[PUBLIC], [PUBLIC]])
    with serving(lambda asked: Said(), tls=trusted) as port:
        dialled(port)
        with pytest.raises(NotFetched, match=r"certificate of other.example can't be"):
            fetch("https://other.example/")
    stranger = a_certificate_for("stranger.example", tmp_path)
    with serving(lambda asked: Said(), tls=stranger) as port:
        dialled(port)
        with pytest.raises(NotFetched, match="can't be trusted"):
            fetch("https://stranger.example/")


def test_the_next_address_is_tried_where_the_first_leads_nowhere(
    looked_up: list[list[str]], dialled: Dial, trusted: Path
) -> None:
    looked_up.append(["2001:4860:4860::8888", PUBLIC])
    with serving(lambda asked: Said(), tls=trusted) as port:
        wanted = dialled(port)
        dial = socket.create_connection

        def no_ipv6(address: tuple[str, int], timeout: float) -> socket.socket:
            if ":" in address[0]:
                raise OSError("Network is unreachable")
            return dial(address, timeout=timeout)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(socket, "create_connection", no_ipv6)
            assert fetch("https://login.practice.example/").status == 200
    assert wanted == [(PUBLIC, 443)]


@pytest.mark.usefixtures("local")
def test_this_machine_is_asked_in_a_demonstration_and_nothing_else_of_the_network(
    looked_up: list[list[str]],
) -> None:
    looked_up.append(["10.0.0.8"])
    with pytest.raises(NotFetched):
        usable("http://inside.practice.example")
    with pytest.raises(NotFetched):
        fetch("http://localhost/")
