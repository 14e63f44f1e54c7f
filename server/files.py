"""Files on their way to a browser: compressed once a process, kept in memory, asked for again where they change."""

import gzip
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

import anyio
import brotli
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Below these every file is one of ours or of a library's; all else is made for one reader.
_FOLDERS: Final = ("/static/", "/component/", "/map/")
# Their names hold a hash of their content. streamlit-folium's own page is not among them.
_FINGERPRINTED: Final = re.compile(
    r"/static/(js|css|media)/[^/]+\.[A-Za-z0-9_-]{8}\.[a-z0-9]+"
    r"|/map/[a-z-]+\.[0-9a-f]{12}\.(js|css|json)"
    r"|/component/streamlit_folium\.st_folium/static/js/[a-z]+\.[0-9a-f]{8}\.js"
)
_TEXT: Final = re.compile(r"text/|application/(javascript|json|manifest\+json|xml)|image/svg\+xml|font/ttf")
_SMALLEST: Final = 1000  # bytes; less would hardly shrink
_MOST: Final = 64_000_000  # bytes kept, as they came and compressed
_LARGEST: Final = 8_000_000  # bytes of one file
# As hard as it can: each is compressed once. Pages, of which there are many, a little less.
_BROTLI: Final = 11
PAGE_QUALITY: Final = 10
_GZIP: Final = 6


@dataclass
class _Kept:
    """A file: as it came, and in the encodings that were asked for."""

    kind: str
    body: bytes
    tag: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.body) + sum(map(len, self.encoded.values()))


class Files:
    """Middleware around the app that answers for its files."""

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        self._app = app
        self._prefix = prefix
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._locks: dict[str, anyio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file that is known or can be read whole; pass on all else."""
        path = scope.get("path", "").removeprefix(self._prefix)
        asked_for_part = scope["type"] == "http" and "range" in Headers(scope=scope)
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or not path.startswith(_FOLDERS)
            or asked_for_part
        ):
            await self._app(scope, receive, send)
            return
        kept = await self._file(path, scope, receive)
        answer = await self._answer(kept, path, Request(scope)) if kept else Response("Not found", 404)
        await answer(scope, receive, send)

    async def _answer(self, kept: _Kept, path: str, request: Request) -> Response:
        encoding = accepted(request.headers.get("accept-encoding", "")) if _is_text(kept) else ""
        tag = f'"{kept.tag}{encoding and f"-{encoding}"}"'
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if _FINGERPRINTED.fullmatch(path) else "no-cache",
            "ETag": tag,
        }
        if _is_text(kept):
            headers["Vary"] = "Accept-Encoding"
        if is_known(request, tag):
            return Response(status_code=304, headers=headers)
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(await self._encoded(kept, encoding), headers=headers, media_type=kept.kind)

    async def _encoded(self, kept: _Kept, encoding: str) -> bytes:
        if not encoding:
            return kept.body
        # Two readers of one file wait for one compression.
        async with self._locks.setdefault(f"{kept.tag} {encoding}", anyio.Lock()):
            if encoding not in kept.encoded:
                kept.encoded[encoding] = await anyio.to_thread.run_sync(compressed, kept.body, encoding)
                self._forget()
        return kept.encoded[encoding]

    async def _file(self, path: str, scope: Scope, receive: Receive) -> _Kept | None:
        """The file at a path, asked for once; None where there is none that can be kept."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        caught = _Caught()
        # As if asked for by nobody in particular: whole, now, and as it is.
        await self._app({**scope, "method": "GET", "headers": _bare(scope)}, receive, caught)
        # Streamlit answers for a file that it does not have with its page.
        if caught.status != 200 or (path.startswith("/static/") and caught.kind.startswith("text/html")):
            return None
        kept = _Kept(caught.kind, caught.body, _digest(caught.body))
        if len(caught.body) <= _LARGEST:
            self._kept[path] = kept
            self._forget()
        return kept

    def _forget(self) -> None:
        """Forget what was not asked for the longest, until the rest is within its bound."""
        while len(self._kept) > 1 and sum(kept.size for kept in self._kept.values()) > _MOST:
            self._kept.popitem(last=False)


class _Caught:
    """Catches an answer of the app."""

    def __init__(self) -> None:
        self.status = 0
        self.kind = ""
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.kind = Headers(raw=message["headers"]).get("content-type", "application/octet-stream")
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


def compressed(body: bytes, encoding: str, quality: int = _BROTLI) -> bytes:
    """`body` in the encoding `br`, in a quality of brotli's, `gzip` or "", the same for the same body."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=quality))
    return gzip.compress(body, _GZIP, mtime=0) if encoding else body


def answer(request: Request, body: bytes, kind: str, headers: dict[str, str], encoding: str = "") -> Response:
    """An answer with a tag of its body, which a browser that has it already is not sent again."""
    tagged = headers | {"ETag": f'"{_digest(body)}"'}
    if is_known(request, tagged["ETag"]):
        return Response(status_code=304, headers=tagged)
    encoded = {"Content-Encoding": encoding} if encoding else {}
    return Response(body, headers=tagged | encoded, media_type=kind)


def is_known(request: Request, tag: str) -> bool:
    """Whether a browser has what it asks for already, by its tag."""
    named = request.headers.get("if-none-match", "").split(",")
    return tag in (one.strip().removeprefix("W/") for one in named)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]


def accepted(header: str) -> str:
    """The best of our encodings that a browser takes; "" for none."""
    taken = {}
    for part in header.split(","):
        name, _, quality = part.partition(";")
        taken[name.strip().lower()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((encoding for encoding in ("br", "gzip") if taken.get(encoding)), "")


def _is_text(kept: _Kept) -> bool:
    return bool(_TEXT.match(kept.kind)) and len(kept.body) >= _SMALLEST


def _bare(scope: Scope) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in scope["headers"] if name == b"host"]
