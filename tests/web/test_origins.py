"""Where a board may be served, and which requests are its own page's."""

from __future__ import annotations

import pytest

from followup_tui.web.page_server import is_loopback, is_own_host, is_own_origin


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LocalHost", "[::1]"])
def test_these_are_reached_from_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "::",
        "",
        "192.168.1.7",
        "10.0.0.1",
        "localhost.example",
        "127.0.0.1.example",
        "board",
        "127.1",
        "*",
    ],
)
def test_these_may_be_reached_from_elsewhere(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "header",
    ["127.0.0.1:8765", "127.0.0.1", "localhost:9000", "LOCALHOST", "[::1]:8765", "BOARD.lan:80"],
)
def test_a_host_that_names_this_server_is_taken(header: str) -> None:
    assert is_own_host(header, ["board.lan"], allows_others=False)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "127.0.0.1.evil.example:8765",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        "localhost:80:80",
        "localhost:port",
        "localhost ",
        "localhost\t",
        "[::1",
        "[::1%25evil]:80",
        "192.168.1.7:8765",
        "0.0.0.0:8765",
        "board.lan.evil.example",
    ],
)
def test_a_host_that_names_another_is_refused(header: str) -> None:
    assert not is_own_host(header, ["board.lan"], allows_others=False)


def test_with_others_let_in_any_address_is_taken_and_still_no_other_name() -> None:
    assert is_own_host("192.168.1.7:8765", ["board"], allows_others=True)
    assert is_own_host("[fe80::1]:8765", ["board"], allows_others=True)
    assert is_own_host("board:8765", ["board"], allows_others=True)
    assert not is_own_host("evil.example:8765", ["board"], allows_others=True)


def test_an_origin_is_that_of_the_same_host_and_port() -> None:
    assert is_own_origin("http://127.0.0.1:8765", "127.0.0.1:8765")
    assert is_own_origin("https://Board.lan", "board.lan")


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:9999",
        "http://localhost:8765",
        "http://127.0.0.1:8765.evil.example",
        "http://127.0.0.1:87650",
        "file://127.0.0.1:8765",
        "chrome-extension://127.0.0.1:8765",
        "http://127.0.0.1:8765/",
    ],
)
def test_any_other_origin_is_foreign(origin: str) -> None:
    assert not is_own_origin(origin, "127.0.0.1:8765")
