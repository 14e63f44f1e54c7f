"""The addresses that the app answers itself, and what stands around all of its answers."""

import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, urlsplit

import anyio
import streamlit as st
import streamlit_folium
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit import runtime

from geo.story import Fault, Story
from geo.wording.language import LANGUAGES, Language, preferred
from server import early, files, links, pictures
from server.security import Security
from ui import address, frame, pages, stories

# Longer queries hold nothing of ours.
_LONGEST_QUERY: Final = 10_000
# Pages kept as they are sent, by their address; a page has some 50 kB.
_MOST_PAGES: Final = 200
_EMBED_SIZE: Final = (960, 640)
_ICON: Final = Path(frame.__file__).with_name("icon.svg")


def prefix() -> str:
    """The path that the app is served under: nothing for the root, or `/dateline`."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def middleware() -> list[Middleware]:
    """What stands around the app, outermost first."""
    return [Middleware(Security, prefix=prefix()), Middleware(files.Files, prefix=prefix())]


def routes() -> list[BaseRoute]:
    """Our own addresses; all others are Streamlit's."""
    offered = [pages.FIRST, *pages.OTHERS]
    named = {pages.path(name): _page_of(name) for name in offered}
    own: dict[str, Callable[[Request], Awaitable[Response]]] = {
        **named,
        "embed": _embed,
        "oembed": _oembed,
        "picture.png": _picture,
        "picture.svg": _picture,
        "robots.txt": _robots,
        "sitemap.xml": _sitemap,
        "favicon.svg": _favicon,
        "manifest.webmanifest": _manifest,
        f"{stories.MAP}/{{name}}": _file,
    }
    return [Route(f"{prefix()}/{path}", answer, methods=["GET"]) for path, answer in own.items()]


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """While the app runs. The story is read when it starts, not when the first reader comes."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(anyio.to_thread.run_sync, _warm)
        yield


def _warm() -> None:
    # Streamlit serves the frame of a component from when a reader's script first imports it; another replica's reader
    # may ask for it before.
    runtime.get_instance().component_registry.register_component(streamlit_folium._component_func)
    story, _ = stories.load()
    if story is None:
        return
    for code in LANGUAGES:
        stories.player(story, code)
        early.page(pages.FIRST, address.read(story, {}), Language(code))


class _Asked(NamedTuple):
    """What an address asks for: the story (None: it has `faults`), what the address `held` of ours, the language."""

    story: Story | None
    faults: list[Fault]
    held: dict[str, Any]
    language: Language


def _asked(request: Request) -> _Asked:
    """Read an address; the language is the one that it names, else the one that the browser asks for first."""
    story, found = stories.load()
    query = request.url.query
    held = address.read(story, _fields(query) if len(query) <= _LONGEST_QUERY else {})
    first = request.headers.get("accept-language", "").partition(",")[0].partition(";")[0].strip()
    return _Asked(story, found, held, Language(held["lang"] or preferred(first)))


def _fields(query: str) -> dict[str, list[str]]:
    return parse_qs(query, max_num_fields=100)


_kept: OrderedDict[tuple[str, ...], bytes] = OrderedDict()


async def _html(request: Request, key: tuple[str, ...], made: Callable[[], str]) -> Response:
    """A page, compressed as the browser takes it; what was sent before is kept."""
    encoding = files.accepted(request.headers.get("accept-encoding", ""))
    whole = (*key, encoding)
    if whole not in _kept:
        _kept[whole] = await anyio.to_thread.run_sync(
            lambda: files.compressed(made().encode("utf-8"), encoding, files.PAGE_QUALITY)
        )
        while len(_kept) > _MOST_PAGES:
            _kept.popitem(last=False)
    _kept.move_to_end(whole)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Accept-Language"}
    return files.answer(request, _kept[whole], "text/html; charset=utf-8", headers, encoding)


def _key(request: Request, asked: _Asked) -> tuple[str, ...]:
    """All that a page depends on."""
    version = asked.story.version if asked.story else str(hash(tuple(map(str, asked.faults))))
    said = json.dumps(asked.held, sort_keys=True, default=str)
    return request.url.path, version, asked.language.code, links.base(), said


def _page_of(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        asked = _asked(request)
        story, language = asked.story, asked.language
        # A page that this story has not is Streamlit's to speak of.
        is_offered = story is None or any(one.name == name for one in pages.offered(story, language))
        shown = name if is_offered else pages.FIRST
        return await _html(request, _key(request, asked), lambda: early.page(shown, asked.held, language))

    return answer


async def _embed(request: Request) -> Response:
    asked = _asked(request)
    story, held, language = asked.story, asked.held, asked.language
    if story is None:
        return PlainTextResponse(language.text("This story cannot be shown yet"), 503)
    return await _html(request, _key(request, asked), lambda: early.embedded(story, held, language))


async def _file(request: Request) -> Response:
    """A file of the player's, by its name."""
    name = request.path_params["name"]
    story, _ = stories.load()
    kinds = {"js": "text/javascript", "css": "text/css", "json": "application/json"}
    if story is None:
        return PlainTextResponse("Not found", 404)
    for code in LANGUAGES:
        content = (await anyio.to_thread.run_sync(stories.player, story, code))[1].get(name)
        if content is not None:
            return Response(content, media_type=kinds[name.rpartition(".")[2]])
    return PlainTextResponse("Not found", 404)


async def _picture(request: Request) -> Response:
    """The map at the moment of the address, as a picture."""
    story, _, held, language = _asked(request)
    if story is None:
        return PlainTextResponse("Not found", 404)
    kind = request.url.path.rpartition(".")[2]
    try:
        body = await pictures.drawn(story, language, held, kind)
    except pictures.BusyError as error:
        return PlainTextResponse(str(error), 503, {"Retry-After": "5"})
    types = {"png": "image/png", "svg": "image/svg+xml"}
    return files.answer(request, body, types[kind], {"Cache-Control": "public, max-age=3600"})


async def _oembed(request: Request) -> Response:
    """An oEmbed answer (oembed.com) for an address of ours: a frame with the player."""
    asked = request.query_params.get("url", "")[:_LONGEST_QUERY]
    parts = urlsplit(asked)
    base = urlsplit(links.base())
    if links.base() == "./" or (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
        return PlainTextResponse("Not found", 404)
    if request.query_params.get("format", "json") != "json":
        return PlainTextResponse("Only format=json is answered.", 501)
    story, _ = stories.load()
    if story is None:
        return PlainTextResponse("Not found", 404)
    held = address.read(story, _fields(parts.query))
    return JSONResponse(links.oembed(story, held, Language(held["lang"] or LANGUAGES[0]), _size(request)))


def _size(request: Request) -> tuple[int, int]:
    """Width and height in pixels, no larger than was asked for."""

    def at_most(name: str, size: int) -> int:
        given = request.query_params.get(name, "")
        return min(size, int(given)) if given.isascii() and given.isdigit() and len(given) < 6 else size

    width, height = _EMBED_SIZE
    return at_most("maxwidth", width), at_most("maxheight", height)


async def _robots(_: Request) -> Response:
    lines = ["User-agent: *", "Disallow:"]
    if links.base() != "./":
        lines.append(f"Sitemap: {links.base()}sitemap.xml")
    return PlainTextResponse("\n".join(lines) + "\n")


async def _sitemap(_: Request) -> Response:
    story, _found = stories.load()
    told = links.sitemap(pages.offered(story, Language(LANGUAGES[0])))
    return Response(told, media_type="application/xml") if told else PlainTextResponse("Not found", 404)


async def _favicon(_: Request) -> Response:
    return FileResponse(_ICON, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


async def _manifest(request: Request) -> Response:
    """The web manifest: the app can be kept on a phone's or a laptop's home screen."""
    story, _, _, language = _asked(request)
    name = language.of(story, "title") if story else "Dateline"
    told = {
        "name": f"{name} — Dateline",
        "short_name": "Dateline",
        "start_url": f"./?lang={language.code}",
        "scope": "./",
        "display": "standalone",
        "lang": language.code,
        "background_color": "#fffdf8",
        "theme_color": "#fffdf8",
        "icons": [{"src": "./favicon.svg", "type": "image/svg+xml", "sizes": "any"}],
    }
    return JSONResponse(told, media_type="application/manifest+json")
