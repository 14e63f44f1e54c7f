"""Files on their way to a browser."""

import gzip
import re
from typing import Any

import anyio
import brotli
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from server import files
from tests.support.asgi import ask, asked, run
from tests.support.loopback import ask as ask_server

SCRIPT = b"const answer = 42;\n" * 200
HASHED = "/static/js/index.AbC12_-x.js"


class App:
    """An app that has one script at every path but one, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        self.asked.append((scope["method"], path))
        answer = Response(SCRIPT, media_type="text/javascript")
        if path.endswith("missing.js"):
            answer = Response("<!doctype html>", media_type="text/html")
        if path.endswith(".png"):
            answer = Response(b"\x89PNG" * 1000, media_type="image/png")
        if "range" in Request(scope).headers:
            answer = Response(SCRIPT[:10], 206)
        await answer(scope, receive, send)


@pytest.fixture
def app() -> App:
    return App()


@pytest.mark.parametrize(
    ("accepted", "encoding", "whole"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("", None, bytes),
        ("identity, zstd", None, bytes),
    ],
)
def test_text_comes_in_the_best_encoding_that_is_taken(
    app: App, accepted: str, encoding: str | None, whole: Any
) -> None:
    """Brotli before gzip before neither, each with what a cache has to know."""
    answer = asked(files.Files(app), HASHED, Accept_Encoding=accepted)
    assert (200, encoding, "Accept-Encoding") == (
        answer.status,
        answer.headers.get("content-encoding"),
        answer.headers["vary"],
    )
    assert SCRIPT == whole(answer.body)
    assert str(len(answer.body)) == answer.headers["content-length"]


def test_pictures_are_sent_as_they_are(app: App) -> None:
    """What is compressed already is not compressed again."""
    answer = asked(files.Files(app), "/static/media/a.png", Accept_Encoding="br")
    assert (None, None) == (answer.headers.get("content-encoding"), answer.headers.get("vary"))


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        (HASHED, True),
        ("/static/media/MaterialSymbols-Rounded.DcxNR4H4.woff2", True),
        ("/map/story-fr.0123456789ab.json", True),
        ("/map/story-fr.json", False),
        ("/component/streamlit_folium.st_folium/static/js/main.521860b0.js", True),
        ("/component/streamlit_folium.st_folium/index.html", False),
        ("/static/favicon.png", False),
    ],
)
def test_what_never_changes_is_kept_for_a_year(app: App, path: str, is_kept: bool) -> None:
    """A name with a hash tells the content; all else is asked for again, by its tag."""
    around = files.Files(app)
    answer = asked(around, path, Accept_Encoding="br")
    expected = "public, max-age=31536000, immutable" if is_kept else "no-cache"
    assert expected == answer.headers["cache-control"]
    again = asked(around, path, Accept_Encoding="br", If_None_Match=f'"x", W/{answer.headers["etag"]}')
    assert (304, b"", answer.headers["etag"]) == (again.status, again.body, again.headers["etag"])
    # The same file in another encoding is another thing to keep.
    plain = asked(around, path, If_None_Match=answer.headers["etag"])
    assert 200 == plain.status or answer.headers["etag"] == plain.headers["etag"]


def test_a_file_is_asked_for_and_compressed_once(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many ask at once, by whatever method: the rest is answered from memory."""
    compressions: list[str] = []

    def compressed(body: bytes, encoding: str) -> bytes:
        compressions.append(encoding)
        return bytes(brotli.compress(body))

    monkeypatch.setattr(files, "compressed", compressed)
    around = files.Files(app)

    async def crowd() -> None:
        async with anyio.create_task_group() as tasks:
            for method in ("GET", "HEAD") * 10:
                tasks.start_soon(ask, around, HASHED, method, {"Accept_Encoding": "br"})

    asked(around, HASHED)
    run(crowd)
    assert ["br"] == compressions
    assert [("GET", HASHED)] == app.asked


def test_a_part_of_a_file_and_what_is_no_file_are_passed_on(app: App) -> None:
    """A range is the app's own to answer, and so is every page."""
    around = files.Files(app)
    assert 206 == asked(around, HASHED, Range="bytes=0-9").status
    asked(around, "/events")
    asked(around, HASHED, "POST")
    assert [("GET", HASHED), ("GET", "/events"), ("POST", HASHED)] == app.asked


def test_a_page_is_not_taken_for_a_file(app: App) -> None:
    """Streamlit answers for a file that it lacks with its page: nobody may keep that for a year."""
    answer = asked(files.Files(app), "/static/js/missing.js")
    assert (404, None) == (answer.status, answer.headers.get("cache-control"))


def test_under_a_path_files_are_known_as_well(app: App) -> None:
    """The path that the app is served under is no part of what a file is called."""
    assert "immutable" in asked(files.Files(app, "/dateline"), "/dateline" + HASHED).headers["cache-control"]


def test_what_is_kept_is_bounded(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file that was not asked for the longest is forgotten, and asked for anew."""
    monkeypatch.setattr(files, "_MOST", 3 * len(SCRIPT))
    around = files.Files(app)
    for path in ("/static/a.js", "/static/b.js", "/static/c.js", "/static/a.js", "/static/d.js"):
        asked(around, path)
    assert ["/static/a.js", "/static/b.js", "/static/c.js", "/static/d.js"] == [path for _, path in app.asked]
    asked(around, "/static/b.js")
    assert ("GET", "/static/b.js") == app.asked[-1]
    asked(around, "/static/d.js")
    assert 5 == len(app.asked)


def test_one_file_over_the_bound_is_sent_and_not_kept(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large file reaches its reader, and takes no memory."""
    monkeypatch.setattr(files, "_LARGEST", 10)
    around: ASGIApp = files.Files(app)
    assert [SCRIPT, SCRIPT] == [asked(around, HASHED).body for _ in range(2)]
    assert 2 == len(app.asked)


# -- with Streamlit ----------------------------------------------------------------------------------------------------


def test_streamlits_files_come_compressed(server: str) -> None:
    """Its page names them; each comes smaller than it is, and the same when it is unpacked."""
    page = ask_server(f"{server}/?lang=en").body.decode()
    names = set(re.findall(r'static/(?:js|css)/[^"]+', page))
    assert len(names) > 20
    for name in sorted(names)[:8]:
        packed, plain = (ask_server(f"{server}/{name}", Accept_Encoding=taken) for taken in ("br", "identity"))
        assert plain.body == (brotli.decompress(packed.body) if packed.headers["Content-Encoding"] else packed.body)
        assert len(packed.body) < len(plain.body) or len(plain.body) < 1000
        assert 206 == ask_server(f"{server}/{name}", Range="bytes=0-9").status


@pytest.mark.parametrize("start", ["/", "/static/", "/map/", "/component/streamlit_folium.st_folium/", "/picture.png/"])
@pytest.mark.parametrize("climb", ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "....//"])
def test_no_other_file_is_served(server: str, start: str, climb: str) -> None:
    """However its path is written, a file of the app or of the machine is not to be had."""
    for secret in ("app.py", "etc/passwd", "data/kim-putin/events.csv"):
        body = ask_server(server + start + climb * 8 + secret).body
        assert b"root:" not in body
        assert b"import streamlit" not in body
        assert b"event_id," not in body
