"""Clients that are slow, broken or mean harm do not stop others, and get no file that is not served."""

import base64
import os
import selectors
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPResponse
from pathlib import Path
from typing import Final

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.support import ROOT
from tests.support.audience import audience
from tests.support.hosting import Hosting

PATIENCE_SECONDS: Final = 30
# The tests themselves are the proxy that the front server trusts; Linux has more addresses on loopback.
PROXY, ELSEWHERE = "127.0.0.1", "127.0.0.68"


def dial(hosted: Hosting, source: str = PROXY) -> socket.socket:
    return socket.create_connection(("127.0.0.1", hosted.port), timeout=PATIENCE_SECONDS, source_address=(source, 0))


def assert_others_are_served(hosted: Hosting) -> None:
    """Two readers come, read and are where they went."""
    with audience(hosted.address, 2) as others:
        assert [] == others.astray()


def status_of(line: socket.socket) -> int:
    """The status of the answer on a connection."""
    with HTTPResponse(line) as answer:
        answer.begin()
        return answer.status


def upgrade(hosted: Hosting, forwarded_for: str = "") -> bytes:
    """The request that opens a stream."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        f"Host: 127.0.0.1:{hosted.port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Protocol: streamlit",
        *([f"X-Forwarded-For: {forwarded_for}"] if forwarded_for else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


@contextmanager
def streams(hosted: Hosting, sources: list[tuple[str, str]]) -> Iterator[Counter[int]]:
    """Open streams at once, each from an address and forwarded for another; yields how they were answered."""
    with ExitStack() as open_ones:
        lines = [open_ones.enter_context(dial(hosted, source)) for source, _ in sources]
        for line, (_, forwarded_for) in zip(lines, sources, strict=True):
            line.sendall(upgrade(hosted, forwarded_for))
        yield Counter(status_of(line) for line in lines)


def test_silent_clients_stop_nobody_and_are_hung_up_on(hosted: Hosting) -> None:
    """Those who say nothing, half a request, or a request without its body: others are served meanwhile."""
    beginnings = [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n",
    ]
    with ExitStack() as open_ones, selectors.DefaultSelector() as quiet:
        for beginning in beginnings * 100:
            line = open_ones.enter_context(dial(hosted))
            line.sendall(beginning)
            quiet.register(line, selectors.EVENT_READ)
        assert_others_are_served(hosted)
        while quiet.get_map():
            ready = quiet.select(PATIENCE_SECONDS)
            assert ready, f"{len(quiet.get_map())} silent clients are still connected"
            for key, _ in ready:
                quiet.unregister(key.fileobj)


def exchange(stream: ClientConnection, message: bytes) -> None:
    """Send a message and take in what comes, until the stream is closed."""
    stream.send(message)
    while True:
        stream.recv(PATIENCE_SECONDS)


def test_a_message_that_is_too_long_ends_its_stream_alone(hosted: Hosting) -> None:
    """A reader's message of 10 MB closes the stream it came by; the replica serves on."""
    message = BackMsg()
    message.rerun_script.query_string = "x" * 10_000_000
    address = f"ws://127.0.0.1:{hosted.port}/_stcore/stream"
    before = [replica.sessions() for replica in hosted.replicas]
    with connect(address, subprotocols=[Subprotocol("streamlit")], proxy=None, close_timeout=5) as stream:
        with pytest.raises(ConnectionClosed) as closed:
            exchange(stream, message.SerializeToString())
        assert closed.value.rcvd is not None
        assert 1009 == closed.value.rcvd.code
    assert before == [replica.sessions() for replica in hosted.replicas]
    assert_others_are_served(hosted)


def test_five_hundred_connections_at_once_stop_nobody(hosted: Hosting) -> None:
    """One address gets streams for several classes and no more; readers of other addresses do not notice."""
    with streams(hosted, [(PROXY, "10.1.1.1")] * 500) as answers:
        assert {101, 429} == set(answers)
        assert answers[101] >= 200
        assert_others_are_served(hosted)
    assert_others_are_served(hosted)


def test_a_proxy_in_front_is_believed_and_nobody_else(hosted: Hosting) -> None:
    """Behind the trusted proxy each reader has an own address; whoever else claims another is counted as one."""
    readers = [f"10.0.{number}.1" for number in range(250)]
    with streams(hosted, [(PROXY, reader) for reader in readers]) as answers:
        assert {101: 250} == answers
    with socket.socket() as probe:
        try:
            probe.bind((ELSEWHERE, 0))
        except OSError:
            pytest.skip(f"this machine has no address {ELSEWHERE} to come from as somebody else")
    with streams(hosted, [(ELSEWHERE, reader) for reader in readers]) as answers:
        assert 429 in answers


SECRETS: Final = [
    ROOT / "app.py",
    ROOT / "data" / "kim-putin" / "events.csv",
    Path("/etc/passwd"),
    Path("/proc/self/environ"),
]
CLIMBS: Final = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "..\\", "..%5c", "....//", ".%00./", "..;/"]
STARTS: Final = ["/", "/static/", "/static../", "/map/", "/media/"]


def traversals() -> Iterator[str]:
    for secret in SECRETS:
        absolute, relative = str(secret), os.path.relpath(secret, ROOT)
        for start in STARTS:
            yield start + relative
            yield start.rstrip("/") + absolute
            yield start + "/" + absolute
            yield from (start + climb * 12 + absolute.lstrip("/") for climb in CLIMBS)
            yield from (start + climb + relative for climb in CLIMBS)
    yield from (
        "/.env",
        "/.git/config",
        "/.streamlit/config.toml",
        "/nginx.conf",
        "/../nginx.conf",
        "/cache/",
        "/body/",
    )


def is_page(body: bytes) -> bool:
    """Whether an answer is Streamlit's page, with the story in it or without."""
    return b'<div id="root"></div>' in body


def test_no_other_file_is_served(hosted: Hosting) -> None:
    """However its path is written, a file of the app, the story or the machine is refused or is Streamlit's page."""
    asked = Counter[int]()
    for path in dict.fromkeys(traversals()):
        with dial(hosted) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{hosted.port}\r\n\r\n".encode())
            with HTTPResponse(line) as answer:
                answer.begin()
                body = answer.read()
        assert answer.status >= 400 or body == b"" or is_page(body), f"{path} was served: {body[:80]!r}"
        asked[answer.status] += 1
    assert asked.total() > 300
    assert asked[404] + asked[400] > asked.total() / 2
