"""A Nominatim server on loopback: it answers as Nominatim does, or with any fault that a test asks for."""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PIECE = b" " * 65536
MEGABYTES_100 = 100_000_000


def place(name: str, **fields: Any) -> dict[str, Any]:
    """A place as Nominatim 4 describes it in its format `json`, of that name; `fields` replaces what it is given."""
    return {
        "place_id": 100149,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "osm_type": "node",
        "osm_id": 277_678_113,
        "lat": "42.4289",
        "lon": "130.6453",
        "class": "place",
        "type": "town",
        "place_rank": 18,
        "importance": 0.4064,
        "addresstype": "town",
        "name": name,
        "display_name": f"{name}, Хасанский район, Приморский край, Россия",
        "address": {
            "town": name,
            "state": "Приморский край",
            "ISO3166-2-lvl4": "RU-PRI",
            "country": "Россия",
            "country_code": "ru",
        },
        "boundingbox": ["42.4089", "42.4489", "130.6253", "130.6653"],
        "namedetails": {"name": "Хасан", "name:en": "Khasan", "alt_name": "Hasan;Khassan"},
    } | fields


@dataclass(frozen=True)
class Asked:
    """A request that the server got, and when by the server's clock."""

    path: str
    query: Mapping[str, str]
    user_agent: str
    at: float


class Handler(BaseHTTPRequestHandler):
    """Plays what the server has for the name that is asked for."""

    server: "NominatimServer"

    def do_GET(self) -> None:
        """Answer a search."""
        address = urlsplit(self.path)
        query = {key: values[-1] for key, values in parse_qs(address.query).items()}
        asked = Asked(address.path, query, self.headers.get("User-Agent", ""), self.server.clock())
        act = self.server.next_act(asked)
        try:
            act(self, query.get("q", ""))
        except ConnectionError:
            self.server.hung_up.set()

    def send(
        self, body: bytes, status: int = 200, content_type: str = "application/json; charset=utf-8", **headers: str
    ) -> None:
        """Send an answer whole."""
        self.start(status, content_type, {"Content-Length": str(len(body))} | headers)
        self.write(body)

    def start(self, status: int, content_type: str, headers: Mapping[str, str]) -> None:
        """Send the head of an answer."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def write(self, piece: bytes) -> None:
        """Send a piece of an answer, and count it."""
        self.wfile.write(piece)
        self.server.sent += len(piece)

    def log_message(self, *_: object) -> None:
        """Say nothing on the console: what was asked is in the server's list."""


Act = Callable[[Handler, str], None]


class NominatimServer(ThreadingHTTPServer):
    """The server; for each name it plays its acts one after another, the last again and again."""

    daemon_threads = True

    def __init__(self) -> None:
        """Take a free port on loopback."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.sent = 0
        self.clock: Callable[[], float] = lambda: 0.0
        # Set when a client hangs up before it has the whole answer, and when the server is to stop.
        self.hung_up, self.stopped = threading.Event(), threading.Event()
        self._acts: dict[str, list[Act]] = defaultdict(lambda: [good])
        self._lock = threading.Lock()

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://{self.host}"

    @property
    def host(self) -> str:
        """The server's host and port."""
        return f"127.0.0.1:{self.server_address[1]}"

    def play(self, name: str, *acts: Act) -> None:
        """Play these acts when that name is asked for."""
        self._acts[name] = list(acts)

    def next_act(self, asked: Asked) -> Act:
        """What comes next for the name that is asked for."""
        with self._lock:
            self.asked.append(asked)
            acts = self._acts[asked.query.get("q", "")]
            return acts.pop(0) if len(acts) > 1 else acts[0]

    def times_asked(self, name: str) -> int:
        """How many requests for that name came."""
        return sum(asked.query.get("q") == name for asked in self.asked)


@contextmanager
def serving() -> Iterator[NominatimServer]:
    """A server that runs meanwhile."""
    with NominatimServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


def good(handler: Handler, name: str) -> None:
    """Answer with one place of the name."""
    handler.send(json.dumps([place(name)]).encode())


def answer(answered: object) -> Act:
    """Answer with that, as JSON."""
    return body(json.dumps(answered).encode())


def body(sent: bytes) -> Act:
    """Answer with these bytes."""
    return lambda handler, _: handler.send(sent)


def status(code: int, **headers: str) -> Act:
    """Answer with that status; a header's hyphens are underscores."""
    return lambda handler, _: handler.send(b'{"error": {"message": "no"}}', code, **headers)


def html(handler: Handler, _: str) -> None:
    """Answer with a page, as a portal that wants a log-in does."""
    handler.send(b"<!DOCTYPE html><title>Welcome</title><p>Please log in.", content_type="text/html")


def cut_off(handler: Handler, name: str) -> None:
    """Announce a whole answer, send half of it and hang up."""
    whole = json.dumps([place(name)]).encode()
    handler.start(200, "application/json", {"Content-Length": str(len(whole))})
    handler.write(whole[: len(whole) // 2])


def hang_up(handler: Handler, _: str) -> None:
    """Hang up without a word."""


def silence(handler: Handler, _: str) -> None:
    """Take the request and never answer."""
    handler.server.stopped.wait()


def drip(handler: Handler, name: str) -> None:
    """Send a good answer, a byte at a time: a timeout that begins anew with each byte would wait for all of it."""
    whole = json.dumps([place(name)]).encode()
    handler.start(200, "application/json", {"Content-Length": str(len(whole))})
    for letter in whole:
        handler.write(bytes([letter]))
        if handler.server.stopped.wait(0.02):
            return


def dripping_head(handler: Handler, _: str) -> None:
    """The same, in the head of the answer."""
    handler.write(b"HTTP/1.0 200 OK\r\n")
    for _number in range(500):
        handler.write(b"X: y\r\n"[_number % 6 : _number % 6 + 1])
        if handler.server.stopped.wait(0.02):
            return


def huge(handler: Handler, _: str) -> None:
    """Send 100 MB, and say so beforehand."""
    handler.start(200, "application/json", {"Content-Length": str(MEGABYTES_100)})
    _send_much(handler)


def huge_unannounced(handler: Handler, _: str) -> None:
    """Send 100 MB without a word of how much it will be."""
    handler.start(200, "application/json", {})
    _send_much(handler)


def _send_much(handler: Handler) -> None:
    for _ in range(MEGABYTES_100 // len(PIECE)):
        handler.write(PIECE)
