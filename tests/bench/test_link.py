"""The slow line forwards what it is given, and counts it."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import urlopen

import pytest

from bench.link import Link, Speed

BODY = bytes(range(256)) * 100


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_: object) -> None:
        return None


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def link() -> Iterator[Link]:
    made = Link()
    yield made
    made.close()


@pytest.mark.parametrize("speed", [Speed("fast"), Speed("slow", 4000, 5)])
def test_what_goes_through_arrives_whole_and_is_counted(link: Link, port: int, speed: Speed) -> None:
    """Bytes arrive as they were sent, at any speed; headers are counted with them."""
    link.speed = speed
    with urlopen(f"http://127.0.0.1:{link.open(port)}/") as answer:
        assert BODY == answer.read()
    assert len(BODY) < link.received < len(BODY) + 1000


def test_a_piece_arrives_after_those_before_it(link: Link) -> None:
    """Two pieces share the bandwidth: at 8 kilobits a second a kilobyte takes a second, the next one two."""
    slow = Speed("slow", 8)
    first, second = link._down.arrival(1000, slow), link._down.arrival(1000, slow)
    assert 1.0 == pytest.approx(second - first)
