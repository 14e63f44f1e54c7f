"""What moving in time costs: in the browser alone, and in the app with its server."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import psutil
from playwright.sync_api import Browser, CDPSession, Error, Frame, Page, WebSocket

from bench import peers, synthetic
from bench.figures import middle, percentiles
from bench.hosts import BUILD, files, streamlit
from bench.loading import MARKER, PAGES, READY
from bench.settings import Settings
from geo.map.story_map import standalone_html
from geo.wording.language import Language
from tests.support import ROOT
from tests.support.browser import chromium

COUNTS: Final = (10, 1_000, 10_000, 100_000)
PATIENCE_SECONDS: Final = 90
_SEEKS: Final = 60
_MOVES: Final = 10
# The slider starts a tenth of the way and has nine pages to go.
_PAGES: Final = 9
# How long one move may take in the app.
_MOVE_SECONDS: Final = 60
_PLAY_SECONDS: Final = 5
_WIDE: Final = {"width": 1280, "height": 800}
_SCRIPT: Final = (Path(__file__).resolve().parent / "seeking.js").read_text("utf-8")
OURS: Final = "Dateline"
_MAPS: Final[dict[str, Callable[[int], str]]] = {
    OURS: lambda n: standalone_html(synthetic.story(n), Language("en")),
    "TimestampedGeoJson": lambda n: str(peers.timestamped(synthetic.moments(n)).get_root().render()),
    "Timeline": lambda n: str(peers.timeline(synthetic.moments(n)).get_root().render()),
}


@dataclass
class Moving:
    """A map of so many events: what a seek costs the browser's main thread, and how it plays.

    `seeks` are milliseconds of the main thread, script, style, layout and paint together, `scripts` those of script
    alone, less what the same frames cost in script where nothing moves: the benchmark's own; `idle` is the same as
    `seeks` where nothing moves; `frames` is frames a second while playing; `longest` and `long_tasks` are of the tasks
    over 50 ms meanwhile. `failure` is None if all went well.
    """

    subject: str
    events: int
    megabytes: float = 0.0
    opened: float | None = None
    seeks: list[float] | None = None
    scripts: list[float] | None = None
    idle: list[float] | None = None
    frames: float | None = None
    long_tasks: int | None = None
    longest: float | None = None
    failure: str | None = None


@dataclass
class Served:
    """A map in the app: messages to the server and new frames while time moves, and the seconds a reader waits."""

    subject: str
    events: int
    seek_messages: float | None = None
    play_messages: int | None = None
    recreated: bool | None = None
    waits: list[float] | None = None
    server_ms_a_second_of_play: float | None = None
    failure: str | None = None


def measure(settings: Settings) -> dict[str, Any]:
    """All maps at all numbers of events, then the pages of the app and of the peers with their servers."""
    counts = COUNTS[:2] if settings.quick else COUNTS
    with ExitStack() as stack:
        port = stack.enter_context(files())
        libraries = f"http://127.0.0.1:{port}/libraries/node_modules"
        peers.localise(libraries)
        browser = stack.enter_context(chromium())
        moving = [_moving(browser, port, name, n) for n in counts for name in _MAPS]
        served = list(_served(browser, libraries, counts))
    return {"moving": [asdict(one) for one in moving], "served": [asdict(one) for one in served]}


# -- in the browser alone -------------------------------------------------------------------------------------------


def _moving(browser: Browser, port: int, name: str, n: int) -> Moving:
    found = Moving(name, n)
    page = BUILD / f"moving-{re.sub('[^a-z]', '', name.lower())}-{n}.html"
    context = browser.new_context(viewport=_WIDE)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    try:
        page.write_text(_MAPS[name](n), "utf-8")
        found.megabytes = page.stat().st_size / 1e6
        _move(context.new_page(), f"http://127.0.0.1:{port}/{page.name}", found)
    except Error as error:
        found.failure = error.message.splitlines()[0]
    finally:
        context.close()
        page.unlink(missing_ok=True)
    print(f"  {name}, {n} events: {found.failure or 'done'}", flush=True)
    return found


def _move(page: Page, address: str, found: Moving) -> None:
    page.add_init_script(_SCRIPT)
    started = time.perf_counter()
    page.goto(address)
    page.locator(READY if found.subject == OURS else MARKER).first.wait_for(state="attached")
    found.opened = time.perf_counter() - started
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    first, last = synthetic.FIRST.timestamp() * 1000, synthetic.LAST.timestamp() * 1000
    found.seeks, found.scripts, found.idle = [], [], []
    deadline = time.monotonic() + PATIENCE_SECONDS
    for number in range(_SEEKS):
        # Back and forth through the whole time, never twice the same moment.
        share = (number * 37 % _SEEKS + 0.5) / _SEEKS
        busy, script = _spent(session)
        page.evaluate("moment => bench.seek(moment)", first + share * (last - first))
        after, script_after = _spent(session)
        page.evaluate("bench.seek(null)")
        still, script_still = _spent(session)
        found.seeks.append(after - busy)
        found.scripts.append(script_after - script - (script_still - script_after))
        found.idle.append(still - after)
        if time.monotonic() > deadline:
            break
    played = page.evaluate("seconds => bench.play(seconds)", _PLAY_SECONDS)
    found.frames, found.long_tasks, found.longest = played["frames"], played["longTasks"], played["longest"]


def _spent(session: CDPSession) -> tuple[float, float]:
    """Milliseconds that the page's main thread has worked so far, and those of script among them."""
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return metrics["TaskDuration"] * 1000, metrics["ScriptDuration"] * 1000


# -- with the server ------------------------------------------------------------------------------------------------


def _served(browser: Browser, libraries: str, counts: tuple[int, ...]) -> Iterator[Served]:
    with streamlit(ROOT / "app.py") as server:
        yield _attempt(browser, server.address, OURS, 0, _use_player, psutil.Process(server.pid))
    for name in ("TimestampedGeoJson", "Timeline"):
        with streamlit(PAGES / f"{name.removesuffix('GeoJson').lower()}.py", libraries=libraries) as server:
            yield _attempt(browser, server.address, f"{name} in st_folium", 0, _use_player, psutil.Process(server.pid))
    with streamlit(PAGES / "slider.py", libraries=libraries) as server:
        for n in counts:
            address = f"{server.address}/?events={n}"
            yield _attempt(
                browser, address, "slider and feature_group_to_add", n, _use_slider, psutil.Process(server.pid)
            )


_Use = Callable[[Page, Frame, list[bytes | str], Served, psutil.Process], None]


def _attempt(browser: Browser, address: str, name: str, n: int, use: _Use, server: psutil.Process) -> Served:
    found = Served(name, n)
    context = browser.new_context(viewport=_WIDE)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    context.add_init_script(_SCRIPT)
    page = context.new_page()
    sent: list[bytes | str] = []

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda message: sent.append(message))

    page.on("websocket", listen)
    try:
        page.goto(address)
        mark = READY if name == OURS else MARKER
        page.frame_locator("iframe").first.locator(mark).first.wait_for(state="attached")
        handle = page.locator("iframe").first.element_handle()
        frame = handle.content_frame() if handle else None
        if frame is None:
            raise Error("there is no frame")
        frame.evaluate("bench.mark = 1")
        use(page, frame, sent, found, server)
        found.recreated = frame.is_detached() or frame.evaluate("bench.mark") != 1
    except Error as error:
        found.failure = error.message.splitlines()[0]
    finally:
        context.close()
    print(f"  {name}: {found.failure or 'done'}", flush=True)
    return found


def _use_player(page: Page, frame: Frame, sent: list[bytes | str], found: Served, server: psutil.Process) -> None:
    """Ten seeks with time to come to rest after each, then playing."""
    # What the page says by itself after it was opened is not counted.
    page.wait_for_timeout(2000)
    first, last = synthetic.FIRST.timestamp() * 1000, synthetic.LAST.timestamp() * 1000
    before = len(sent)
    for number in range(_MOVES):
        frame.evaluate("moment => bench.seek(moment)", first + (number + 0.5) / _MOVES * (last - first))
        page.wait_for_timeout(500)
    found.seek_messages = (len(sent) - before) / _MOVES
    before, spent = len(sent), server.cpu_times()
    frame.evaluate("seconds => bench.play(seconds)", _PLAY_SECONDS)
    found.play_messages = len(sent) - before
    used = server.cpu_times()
    found.server_ms_a_second_of_play = (used.user + used.system - spent.user - spent.system) * 1000 / _PLAY_SECONDS


def _use_slider(page: Page, frame: Frame, sent: list[bytes | str], found: Served, _: psutil.Process) -> None:
    """Page the slider through to its end; each page brings events, and is over when the map shows more."""
    slider = page.get_by_role("slider")
    found.waits = []
    before = len(sent)
    for _number in range(_PAGES):
        shown = frame.locator("path.leaflet-interactive").count()
        started = time.perf_counter()
        slider.press("PageUp")
        frame.wait_for_function(
            "shown => document.querySelectorAll('path.leaflet-interactive').length > shown",
            arg=shown,
            timeout=_MOVE_SECONDS * 1000,
        )
        found.waits.append(time.perf_counter() - started)
    found.seek_messages = (len(sent) - before) / _PAGES


# -- the page -------------------------------------------------------------------------------------------------------


def page(found: dict[str, Any]) -> list[str]:
    """The results as Markdown."""
    moving = [Moving(**one) for one in found["moving"]]
    return [
        f"A seek is {_SEEKS} jumps through the whole journey: milliseconds of the browser's main thread each, with "
        "script, style, layout and paint; three frames go by, and what these cost where nothing moves is beside it. "
        "Script alone is less what the same frames cost in script where nothing moves: the benchmark's own. "
        "Playing lasts "
        f"{_PLAY_SECONDS} s. Each event is one mark at one of at most {synthetic.MOST_PLACES} places. "
        "The map alone, as one HTML file.",
        "",
        "| map | events | file, MB | opened, s | seek median / p95, ms | script alone | nothing moves "
        "| frames a second | tasks > 50 ms (longest) |",
        "|---|---|---|---|---|---|---|---|---|",
        *(_moving_row(one) for one in moving),
        "",
        "**How a seek grows** (median against the one with a tenth, or a hundredth, of the events)",
        "",
        *_growth(moving),
        "",
        "**In the app, with its server**: ten moves in time, then playing",
        "",
        "| page | events | messages a move | messages while playing | map created anew "
        "| a move takes, ms, median / p95 | server ms a second of playing |",
        "|---|---|---|---|---|---|---|",
        *(_served_row(Served(**one)) for one in found["served"]),
    ]


def _moving_row(one: Moving) -> str:
    if one.failure or not one.seeks:
        return f"| {one.subject} | {one.events:,} | {one.megabytes:.1f} | {_unfinished(one.failure)} | | | | | |"
    at, scripts = percentiles(one.seeks), percentiles(one.scripts or [])
    return (
        f"| {one.subject} | {one.events:,} | {one.megabytes:.1f} | {one.opened:.1f} | {at[50]:.1f} / {at[95]:.1f} "
        f"| {scripts[50]:z.1f} / {scripts[95]:z.1f} | {middle(one.idle or []):.1f} "
        f"| {one.frames:.0f} | {one.long_tasks} ({one.longest:.0f} ms) |"
    )


def _unfinished(failure: str | None) -> str:
    timed_out = failure is not None and "Timeout" in failure
    return f"did not finish in {PATIENCE_SECONDS} s" if timed_out else f"failed: {failure}"


def _growth(moving: list[Moving]) -> list[str]:
    lines = []
    for name in dict.fromkeys(one.subject for one in moving):
        medians = {one.events: middle(one.seeks) for one in moving if one.subject == name and one.seeks}
        counts = sorted(medians)
        steps = [
            f"{few:,} → {many:,}: {(medians[many] or 0) / (medians[few] or 1):.1f} ×" for few, many in pairwise(counts)
        ]
        lines.append(f"- {name}: {'; '.join(steps) or 'nothing to compare'}")
    return lines


def _served_row(one: Served) -> str:
    events = f"{one.events:,}" if one.events else "the story's"
    if one.failure:
        return f"| {one.subject} | {events} | {_unfinished(one.failure)} | | | | |"
    at = percentiles([wait * 1000 for wait in one.waits or []])
    waits = f"{at[50]:.0f} / {at[95]:.0f}" if at else "in the browser"
    playing = "cannot play" if one.play_messages is None else str(one.play_messages)
    spent = one.server_ms_a_second_of_play
    return (
        f"| {one.subject} | {events} | {one.seek_messages:.1f} | {playing} | {'yes' if one.recreated else 'no'} "
        f"| {waits} | {'' if spent is None else f'{spent:.1f}'} |"
    )
