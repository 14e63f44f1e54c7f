"""How long until the map can be used, and what it takes: ours, the floor and the peers, over the same line."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Error, Page

from bench.figures import middle
from bench.hosts import BUILD, files, streamlit
from bench.link import Link, Speed
from bench.settings import Settings
from tests.support import ROOT
from tests.support.browser import chromium
from tests.support.hosting import hosting, nginx_version

_NOTE: Final = (Path(__file__).resolve().parent / "ready.js").read_text("utf-8").rstrip(";\n")
PAGES: Final = Path(__file__).resolve().parent / "pages"
SPEEDS: Final = (Speed("unthrottled"), Speed("1.6 Mb/s, 150 ms", 1600, 150), Speed("0.4 Mb/s, 400 ms", 400, 400))
# Visits of each page, and how long a visit may take, seconds, as the line gets slower.
_ROUNDS: Final = (3, 2, 1)
_PATIENCE: Final = (30, 90, 240)
_WIDE: Final = {"width": 1280, "height": 800}
FLOOR: Final = "hello (the floor)"
OURS: Final = "Dateline: Journey"
BLOCKED: Final = "Dateline: Journey, WebSockets blocked"
BEFORE: Final = "Dateline: Journey, before"
SLOWED: Final = "unthrottled, processor at a quarter"
BEHIND: Final = "Dateline: Journey, behind nginx"


@dataclass(frozen=True)
class Subject:
    """What is loaded: its name, its port, and the selectors of what says that its map, and all of it, can be used.

    `whole` is "" where the page has nothing more than its map. `blocked`: no WebSocket gets through.
    """

    name: str
    port: int
    ready: str
    whole: str = ""
    blocked: bool = False


@dataclass
class Visit:
    """One visit: seconds until the map, and until all of the page, can be used (None: not), requests, and bytes.

    `first` are the bytes that had come when the map could be used, `longest` is the longest task until then,
    milliseconds, on a processor slowed to a quarter (None: not looked at).
    """

    subject: str
    speed: str
    cold: bool
    seconds: float | None
    requests: int
    bytes: int
    whole: float | None = None
    first: int = 0
    longest: float | None = None


# The word is there; the map's document says that it is ready; the first marker is drawn.
_HELLO: Final = "[data-testid=stMarkdownContainer] p"
READY: Final = "html[data-dateline=ready]"
WHOLE: Final = "html[data-dateline-page=joined]"
MARKER: Final = ".leaflet-marker-icon, path.leaflet-interactive"


def measure(settings: Settings) -> dict[str, Any]:
    """Visit every subject in turn, round after round, first cold, then warm."""
    visits: list[Visit] = []
    with ExitStack() as stack:
        link = Link()
        stack.callback(link.close)
        subjects = stack.enter_context(subjects_behind(link, settings))
        browser = stack.enter_context(chromium())
        for subject in subjects:  # a server's first reader pays for what all others share
            _visit_twice(browser, link, subject, SPEEDS[0])
        slowed = [_visit_slowed(browser, link, subject) for subject in subjects if subject.name == OURS]
        for speed, rounds in list(zip(SPEEDS, _ROUNDS, strict=True))[: 2 if settings.quick else None]:
            for _ in range(1 if settings.quick else rounds):
                for subject in _worth(subjects, speed):
                    visits += _visit_twice(browser, link, subject, speed)
    return {"visits": [asdict(visit) for visit in [*visits, *slowed]], "nginx": nginx_version()}


@contextmanager
def subjects_behind(link: Link, settings: Settings) -> Iterator[list[Subject]]:
    """Servers of all that is compared, each reached over `link`."""
    with ExitStack() as stack:
        libraries = f"http://127.0.0.1:{link.open(stack.enter_context(files()))}/libraries/node_modules"

        def at(name: str, ready: str, script: Path, folder: Path = ROOT) -> Subject:
            server = stack.enter_context(streamlit(script, folder, libraries))
            return Subject(name, link.open(server.port), ready)

        ours = replace(at(OURS, READY, ROOT / "app.py"), whole=WHOLE)
        found = [at(FLOOR, _HELLO, PAGES / "hello.py"), ours, replace(ours, name=BLOCKED, whole="", blocked=True)]
        if settings.before:
            found.append(at(BEFORE, READY, settings.before / "app.py", settings.before))
        if nginx_version():
            port = stack.enter_context(hosting(BUILD, replicas=1)).port
            found.append(Subject(BEHIND, link.open(port), READY, WHOLE))
        found.append(at("st_folium, markers alone", MARKER, PAGES / "plain.py"))
        found.append(at("TimestampedGeoJson in st_folium", MARKER, PAGES / "timestamped.py"))
        found.append(at("Timeline in st_folium", MARKER, PAGES / "timeline.py"))
        yield found


def _worth(subjects: list[Subject], speed: Speed) -> list[Subject]:
    """Who is visited at a speed: on the slowest line, where a visit takes minutes, the floor and ours."""
    return [each for each in subjects if speed != SPEEDS[-1] or each.name in (FLOOR, OURS, BLOCKED, BEHIND)]


def _visit_twice(browser: Browser, link: Link, subject: Subject, speed: Speed) -> list[Visit]:
    """A visit with an empty cache, and one with what it left there."""
    link.speed = speed
    context = browser.new_context(viewport=_WIDE, locale="en-GB")  # type: ignore[arg-type]
    context.set_default_timeout(_patience(speed.name) * 1000)
    try:
        return [_visit(context.new_page(), link, subject, speed, cold) for cold in (True, False)]
    finally:
        context.close()


def _visit_slowed(browser: Browser, link: Link, subject: Subject) -> Visit:
    """A cold visit on an unthrottled line with a processor slowed to a quarter."""
    link.speed = SPEEDS[0]
    context = browser.new_context(viewport=_WIDE, locale="en-GB")  # type: ignore[arg-type]
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    try:
        return replace(_visit(page, link, subject, SPEEDS[0], cold=True), speed=SLOWED)
    finally:
        context.close()


def _wait_until_quiet(page: Page, link: Link) -> None:
    """Wait until nothing has come over the line for a second."""
    before = -1
    while link.received != before:
        before = link.received
        page.wait_for_timeout(1000)


def _patience(speed: str) -> int:
    return dict(zip((line.name for line in SPEEDS), _PATIENCE, strict=True))[speed]


def _visit(page: Page, link: Link, subject: Subject, speed: Speed, cold: bool) -> Visit:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    if subject.blocked:
        page.route_web_socket("**/_stcore/stream", lambda stream: stream.close())
    waited = {"ready": subject.ready} | ({"whole": subject.whole} if subject.whole else {})
    page.add_init_script(f"({_NOTE})({json.dumps(waited)});")
    before, started = link.received, time.time()
    seconds = whole = None
    noted: dict[str, float] = {}
    try:
        page.goto(f"http://127.0.0.1:{subject.port}/", wait_until="commit")
        noted = _noted(page, waited, time.monotonic() + _patience(speed.name))
        seconds = noted["ready"] / 1000 - started
        whole = noted["whole"] / 1000 - started if subject.whole else None
        # What still comes belongs to the page, too.
        _wait_until_quiet(page, link)
    except Error as error:
        print(f"{subject.name}, {speed.name}: {error.message.splitlines()[0]}")
    received, first = link.received - before, round(noted.get("bytes", 0))
    found = Visit(subject.name, speed.name, cold, seconds, len(asked), received, whole, first, noted.get("longest"))
    page.close()
    took = "not" if seconds is None else f"{seconds:.2f} s"
    print(f"  {subject.name}, {speed.name}, {'cold' if cold else 'warm'}: {took}", flush=True)
    return found


def _noted(page: Page, waited: dict[str, str], deadline: float) -> dict[str, float]:
    """What the page noted by its own clock; Playwright's looks half a second apart."""
    while time.monotonic() < deadline:
        noted: dict[str, float] = page.evaluate("window.benchNoted ?? {}")
        if set(waited) <= set(noted):
            return noted
        page.wait_for_timeout(100)
    raise Error("it was not ready in time")


# -- the page -------------------------------------------------------------------------------------------------------


def page(found: dict[str, Any]) -> list[str]:
    """The results as Markdown."""
    visits = [Visit(**visit) for visit in found["visits"]]
    lines = [
        "Median over the visits; the map can be used when the player says so, the peers' when the first marker is "
        "drawn. The line throttles every byte on loopback, websockets and frames included. The peers are given "
        "their libraries compressed from loopback and no background tiles; ours draws its basemap. In brackets: "
        "against the floor. “All” is when Streamlit's page has joined the map.",
        *(_slowed(visit) for visit in visits if visit.speed == SLOWED),
    ]
    visits = [visit for visit in visits if visit.speed != SLOWED]
    for speed in dict.fromkeys(visit.speed for visit in visits):
        lines += [
            "",
            f"**{speed}**",
            "",
            "| page | map, cold, s | map, warm, s | all, cold / warm, s | kB to the map | requests cold / warm "
            "| kB on the wire cold / warm | visits |",
            "|---|---|---|---|---|---|---|---|",
        ]
        here = [visit for visit in visits if visit.speed == speed]
        floor = _medians([visit for visit in here if visit.subject == FLOOR])
        for name in dict.fromkeys(visit.subject for visit in here):
            lines.append(_row(name, [visit for visit in here if visit.subject == name], floor))
    return lines


def _medians(visits: Sequence[Visit]) -> list[float | None]:
    """Median seconds, cold and warm."""
    return [middle([v.seconds for v in visits if v.cold is cold and v.seconds is not None]) for cold in (True, False)]


def _row(name: str, visits: Sequence[Visit], floor: Sequence[float | None]) -> str:
    seconds = [
        f"did not finish in {_patience(visits[0].speed)} s"
        if own is None
        else f"{own:.2f}" + (f" ({own / low:.2f} ×)" if low else "")
        for own, low in zip(_medians(visits), floor, strict=True)
    ]
    requests = _pair([(visit.cold, visit.requests) for visit in visits])
    sizes = _pair([(visit.cold, visit.bytes / 1000) for visit in visits])
    whole = _seconds([(visit.cold, visit.whole) for visit in visits])
    first = middle([visit.first / 1000 for visit in visits if visit.cold]) or 0
    return (
        f"| {name} | {seconds[0]} | {seconds[1]} | {whole} | {first:.0f} | {requests} | {sizes} | {len(visits) // 2} |"
    )


def _seconds(values: Sequence[tuple[bool, float | None]]) -> str:
    """The medians of the cold and of the warm visits, "" where there is nothing to wait for."""
    found = [middle([value for cold, value in values if cold is one and value is not None]) for one in (True, False)]
    return " / ".join(f"{value:.2f}" for value in found if value is not None)


def _slowed(visit: Visit) -> str:
    """What was found on a slow processor, as a sentence."""
    seconds = "not usable" if visit.seconds is None else f"usable after {visit.seconds:.2f} s"
    return f"{visit.subject}, {visit.speed}: {seconds}, longest task until then {visit.longest or 0:.0f} ms."


def _pair(values: Sequence[tuple[bool, float]]) -> str:
    """The medians of the cold and of the warm visits."""
    return " / ".join(
        f"{middle([value for cold, value in values if cold is wanted]) or 0:.0f}" for wanted in (True, False)
    )
