"""What anybody may send the served app is small, whatever it is sent as; a file is not."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from harness import WAIT_SECONDS, AppServer
from meeting_client import connect
from websockets.asyncio.client import connect as open_page
from websockets.exceptions import ConnectionClosed

from gsn_dash.operate.serve import LARGEST_MESSAGE
from gsn_dash.web.guarding import FILES, LARGEST_FILE
from gsn_dash.web.heads import LARGEST_HEAD, LARGEST_LINE, MOST_LINES

PAGE = "/_stcore/stream"
UPGRADE = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
)


def _port(app: AppServer) -> int:
    return urlsplit(app.url).port


def _status(app: AppServer, address: str, headers: str) -> int:
    """What a question is answered with, by the first line of the answer."""
    with socket.create_connection(("localhost", _port(app)), WAIT_SECONDS) as asking:
        asking.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n".encode())
        return int(asking.recv(15).split()[1])


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/healthz", f"Cookie: {'x' * (LARGEST_LINE - 6)}\r\n", 200),
        ("/healthz", f"Cookie: {'x' * (LARGEST_LINE - 5)}\r\n", 400),
        ("/healthz", "A: b\r\n" * (MOST_LINES - 1), 200),
        ("/healthz", "A: b\r\n" * MOST_LINES, 400),
        (f"/healthz?{'x' * LARGEST_LINE}", "", 400),
        # One that is not refused here is waited for, without end, where a page is opened.
        (PAGE, f"{UPGRADE}Cookie: {'x' * (LARGEST_LINE - 6)}\r\n", 101),
        (PAGE, f"{UPGRADE}Cookie: {'x' * (LARGEST_LINE - 5)}\r\n", 400),
    ],
)
def test_a_long_head_is_refused(meeting_app: AppServer, address: str, headers: str, status: int):
    assert _status(meeting_app, address, headers) == status


def test_a_head_that_never_ends_is_refused_while_it_comes(meeting_app: AppServer):
    with socket.create_connection(("localhost", _port(meeting_app)), WAIT_SECONDS) as asking:
        asking.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ")
        with pytest.raises(ConnectionError):
            for _ in range(64 * 1024**2 // LARGEST_HEAD):
                asking.sendall(b"x" * LARGEST_HEAD)


@pytest.mark.parametrize(
    ("size", "code"), [(LARGEST_MESSAGE, 1002), (LARGEST_MESSAGE + 1, 1009), (300_000, 1009)]
)
def test_a_page_that_sends_much_is_cut_off(meeting_app: AppServer, size: int, code: int):
    """1002: it is let in, and is then no message of a page's."""

    async def send() -> int:
        address = f"ws://localhost:{_port(meeting_app)}{PAGE}"
        async with open_page(address, subprotocols=["streamlit"], compression=None) as page:
            await page.send(b"\xff" * size)
            with pytest.raises(ConnectionClosed) as closed:
                while True:
                    await asyncio.wait_for(page.recv(), WAIT_SECONDS)
        return closed.value.rcvd.code

    # In a thread of its own: the tests' browser has a loop going in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: asyncio.run(send())).result() == code


def test_a_file_of_the_largest_size_still_comes_in(meeting_app: AppServer):
    asking = connect(_port(meeting_app))
    asking.request("POST", FILES, bytes(LARGEST_FILE), {"origin": meeting_app.url})
    answer = asking.getresponse()
    assert answer.status == 200 and b'"file"' in answer.read()
    asking.close()
