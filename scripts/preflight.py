"""Check from a command line that a deployment of Dateline is well: `python -m scripts.preflight ADDRESS`.

It asks for the server's health and the page's frame, opens the pages Status and Journey as a browser would (over
Streamlit's WebSocket, until their scripts have finished without an error), and fetches every file the map needs. One
line a check; the exit status is 0 if all is well, else 1. It draws nothing: whether the map comes to run in a browser
is what the button “Check before class” tells, and whether the right story is shown is for the reader of the output.
"""

import json
import mimetypes
import re
import sys
from collections.abc import Iterator
from html import unescape
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

USAGE: Final = "usage: python -m scripts.preflight ADDRESS    (such as http://localhost:8501 or https://host/dateline)"
# A cold start loads the story; all else is much faster.
_SECONDS: Final = 60
# The largest page is well below it; Streamlit itself sends up to 200 MB.
_MOST_BYTES: Final = 50_000_000
# The page Status tells everything once more as JSON.
_JSON: Final = re.compile(r"<pre>(\{.*?\})</pre>", re.DOTALL)
# Text types that servers call by either name.
_SAME: Final = {"application/javascript": "text/javascript", "application/geo+json": "application/json"}


class Check(NamedTuple):
    """One thing that was looked at: whether it is well, what it is, and what was found."""

    well: bool
    what: str
    found: str


def main(arguments: list[str]) -> int:
    """Print the checks of the address given; returns 0 if all are well, 1 if not, 2 if the address is none."""
    if (
        len(arguments) != 1
        or urlsplit(arguments[0]).scheme not in ("http", "https")
        or not urlsplit(arguments[0]).netloc
    ):
        print(USAGE, file=sys.stderr)
        return 2
    well = True
    for check in checks(Visitor(arguments[0].rstrip("/"))):
        print("ok  " if check.well else "FAIL", f"{check.what}: {check.found}", flush=True)
        well = well and check.well
    print("ready" if well else "not ready")
    return 0 if well else 1


class Visitor:
    """A visitor of one deployment, who keeps its cookies as a browser does, and so stays with one replica."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies))

    def fetch(self, path: str, wanted_type: str, wanted_bytes: int | None = None) -> Check:
        """Ask for a file; it is well if it comes with status 200, the type and the size that are wanted."""
        what = f"/{path}"
        try:
            with self._opener.open(f"{self.address}/{path}", timeout=_SECONDS) as answer:
                size, code = len(answer.read(_MOST_BYTES)), answer.status
                found_type = answer.headers.get_content_type()
        except HTTPError as error:
            error.close()
            return Check(False, what, f"HTTP {error.code}")
        except (OSError, HTTPException) as error:
            return Check(False, what, _words(error))
        found = f"HTTP {code}, {found_type}, {size} bytes"
        if _SAME.get(found_type, found_type) != _SAME.get(wanted_type, wanted_type):
            return Check(False, what, f"{found}; the type should be {wanted_type}")
        if wanted_bytes is not None and size != wanted_bytes:
            return Check(False, what, f"{found}; there should be {wanted_bytes} bytes")
        return Check(code == 200, what, found)

    def open(self, page: str) -> list[ForwardMsg]:
        """Open a page as a new reader, and return what the server sends until the page's script has ended.

        Raises OSError if the server does not answer in time.
        Raises WebSocketException if it does not speak the protocol, or ends the connection.
        Raises DecodeError if it speaks another one.
        """
        hello = BackMsg()
        hello.rerun_script.query_string = "lang=en"
        hello.rerun_script.page_name = page
        asked = Request(f"{self.address}/_stcore/stream")
        self._cookies.add_cookie_header(asked)
        messages: list[ForwardMsg] = []
        with connect(
            f"ws{asked.full_url.removeprefix('http')}",
            additional_headers=asked.unredirected_hdrs,
            open_timeout=_SECONDS,
            close_timeout=5,
            max_size=_MOST_BYTES,
        ) as socket:
            socket.send(hello.SerializeToString())
            while not messages or messages[-1].WhichOneof("type") != "script_finished":
                received = socket.recv(timeout=_SECONDS, decode=False)
                messages.append(ForwardMsg.FromString(received))
        return messages


def checks(visitor: Visitor) -> Iterator[Check]:
    """Look at a deployment, from its health to the files of its map; ends early where nothing further can be asked."""
    health = visitor.fetch("_stcore/health", "text/plain")
    yield health
    if not health.well:
        return
    yield visitor.fetch("", "text/html")
    files: dict[str, int] = {}
    for page in ("status", ""):
        try:
            messages = visitor.open(page)
        except (WebSocketException, OSError, DecodeError) as error:
            yield Check(
                False, f"session on /{page}", f"{_words(error)}. Does every proxy on the way pass WebSockets on?"
            )
            return
        yield _finished(page, messages)
        if page == "status":
            told = status(messages)
            files = told.get("files", {})
            named = ", ".join(f"{name} {told.get(name)}" for name in ("version", "story", "story_version", "sessions"))
            yield Check(bool(files), "status", named if files else "the page Status does not tell the files of the map")
    for path, size in files.items():
        yield visitor.fetch(path, mimetypes.guess_type(path)[0] or "", size)


def status(messages: list[ForwardMsg]) -> dict[str, Any]:
    """What the page Status tells as JSON; nothing if it does not."""
    for message in messages:
        element = message.delta.new_element
        found = _JSON.search(element.html.body) if element.WhichOneof("type") == "html" else None
        if found:
            told: dict[str, Any] = json.loads(unescape(found[1]))
            return told
    return {}


def _finished(page: str, messages: list[ForwardMsg]) -> Check:
    """Whether a page's script ended well: no error on the page, and no story that cannot be shown."""
    what = f"session on /{page}"
    kinds = [message.delta.new_element.WhichOneof("type") for message in messages if message.HasField("delta")]
    if "exception" in kinds:
        return Check(False, what, "the page shows an error; the server's log says which")
    if any(message.delta.new_element.alert.body for message in messages):
        return Check(False, what, "the story has faults; the page and the server's log list them")
    ended = ForwardMsg.ScriptFinishedStatus.Name(messages[-1].script_finished)
    return Check(ended == "FINISHED_SUCCESSFULLY", what, f"{ended}, {len(messages)} messages")


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {getattr(error, 'reason', error)}".rstrip(": ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
