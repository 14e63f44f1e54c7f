"""The player alone, in an article on another site: the article scrolls, and the map moves when it is asked to."""

from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from tests.support.browser import Reader

_ARTICLE: Final = """<!doctype html><meta charset="utf-8"><title>An article</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<p style="height: 20vh">Above the map.</p>
<iframe title="The map" allow="fullscreen" src="{embed}" style="width: 100%; height: 620px; border: 0"></iframe>
<p style="height: 300vh">Below the map.</p>
"""
_ZOOM: Final = "Object.values(window).find(each => each instanceof L.Map).getZoom()"
_CENTRE: Final = "Object.values(window).find(each => each instanceof L.Map).getCenter().toString()"


class Site(BaseHTTPRequestHandler):
    """Another site: its one article has in a frame what follows the `?` of its address."""

    def do_GET(self) -> None:
        body = _ARTICLE.format(embed=escape(unquote(urlsplit(self.path).query))).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Nothing: the test's output is not a server's log."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the other site. A page that Playwright answers itself may not have a frame of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as started:
        thread = Thread(target=started.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{started.server_port}"
        started.shutdown()
        thread.join()


def framed(reader: Reader, site: str, embed: str) -> Frame:
    """Open an article with the player in it; returns the player's frame, once the player runs."""
    reader.page.goto(f"{site}/article?{quote(embed)}")
    handle = reader.page.wait_for_selector("iframe")
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    frame.wait_for_selector("html[data-dateline='ready']", state="attached")
    # Until the card has all that it holds, the map may still be fitted.
    frame.wait_for_selector("[data-testid='claims'] li", state="attached")
    return frame


def hint(frame: Frame) -> Locator:
    return frame.get_by_test_id("hint")


def over_map(page: Page, frame: Frame) -> tuple[float, float]:
    """Move the mouse to where nothing lies over the map; returns the point in the page."""
    box = frame.locator(".leaflet-container").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    return x, y


def scrolled(page: Page) -> float:
    return float(page.evaluate("scrollY"))


# -- what it is --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "name"), [("en", "Open in Dateline"), ("fr", "Ouvrir dans Dateline")])
def test_it_begins_where_its_address_says_and_leads_to_the_whole(
    reader_of: Callable[..., Reader], server: str, site: str, language: str, name: str
) -> None:
    """Under the app's own policy; nothing is asked of the article's site or any other."""
    reader = reader_of(bypass_csp=False)
    frame = framed(reader, site, f"{server}/embed?lang={language}&event=arrival-khasan&status=happened")
    assert "arrival-khasan" == frame.evaluate("Dateline.state()")["chosen"]
    frame.evaluate("Dateline.choose('summit-vostochny')")
    link = frame.get_by_role("link", name=name)
    with reader.page.expect_popup() as opened:
        link.click()
    whole = urlsplit(opened.value.url)
    assert f"{server}/" == f"{whole.scheme}://{whole.netloc}{whole.path}"
    assert {"lang": [language], "event": ["summit-vostochny"], "status": ["happened"]} == parse_qs(whole.query)
    assert opened.value.evaluate("opener === null")
    elsewhere = [asked for asked in reader.asked if not asked.startswith(f"{server}/")]
    assert [f"{site}/article"] == [asked.partition("?")[0] for asked in elsewhere]
    assert [] == reader.complaints


# -- the wheel ---------------------------------------------------------------------------------------------------------


def test_the_wheel_scrolls_the_article(reader: Reader, server: str, site: str) -> None:
    """Over the map, too; the map stays as it is, and says for a moment how it is zoomed."""
    frame = framed(reader, site, f"{server}/embed?lang=en&event=arrival-khasan")
    expect(hint(frame)).to_be_hidden()
    zoom, page = frame.evaluate(_ZOOM), reader.page
    over_map(page, frame)
    page.mouse.wheel(0, 150)
    expect(hint(frame)).to_be_visible()
    expect(hint(frame)).to_have_text("Ctrl + wheel zooms the map")
    page.wait_for_function("scrollY === 150")
    expect(hint(frame)).to_be_hidden()
    assert zoom == frame.evaluate(_ZOOM)


def test_the_wheel_zooms_with_a_key(reader: Reader, server: str, site: str) -> None:
    """With Ctrl the map zooms; neither is the article scrolled nor its page zoomed."""
    frame = framed(reader, site, f"{server}/embed?lang=fr&event=arrival-khasan")
    frame.evaluate(
        "addEventListener('wheel', event => setTimeout(() => { window.prevented = event.defaultPrevented }),"
        " { capture: true })"
    )
    zoom, page = frame.evaluate(_ZOOM), reader.page
    over_map(page, frame)
    page.mouse.wheel(0, 100)
    expect(hint(frame)).to_have_text("Ctrl + molette pour zoomer")
    page.wait_for_function("scrollY === 100")
    assert not frame.evaluate("window.prevented")
    page.keyboard.down("Control")
    page.mouse.wheel(0, 100)
    frame.wait_for_function(f"zoom => {_ZOOM} < zoom", arg=zoom)
    assert frame.evaluate("window.prevented")
    assert 100 == scrolled(page)


def test_the_mouse_and_the_buttons_move_the_map(reader: Reader, server: str, site: str) -> None:
    """Dragging, and the button to zoom, are as in the app."""
    frame = framed(reader, site, f"{server}/embed?lang=en&event=arrival-khasan")
    centre, zoom, page = frame.evaluate(_CENTRE), frame.evaluate(_ZOOM), reader.page
    x, y = over_map(page, frame)
    page.mouse.down()
    page.mouse.move(x + 90, y + 20, steps=5)
    page.mouse.up()
    frame.wait_for_function(f"centre => {_CENTRE} !== centre", arg=centre)
    frame.locator(".leaflet-control-zoom-in").click()
    frame.wait_for_function(f"zoom => {_ZOOM} > zoom", arg=zoom)
    assert 0 == scrolled(page)


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_elsewhere_the_wheel_zooms(reader: Reader, server: str, path: str) -> None:
    """In the app, and where the player alone has a window to itself, there is no article: no key, hint or link."""
    if path == "/":
        frame = reader.open(f"{server}/?lang=en&event=arrival-khasan")
        reader.settled()
    else:
        reader.page.goto(f"{server}{path}?lang=en&event=arrival-khasan")
        frame = reader.page.main_frame
        frame.wait_for_selector("html[data-dateline='ready']", state="attached")
    zoom = frame.evaluate(_ZOOM)
    over_map(reader.page, frame)
    reader.page.mouse.wheel(0, 100)
    frame.wait_for_function(f"zoom => {_ZOOM} < zoom", arg=zoom)
    expect(hint(frame)).to_have_count(0)
    expect(frame.locator(".dateline-whole")).to_have_count(0)


def test_on_a_full_screen_the_wheel_zooms(reader: Reader, server: str, site: str) -> None:
    """No article is there to be scrolled."""
    frame = framed(reader, site, f"{server}/embed?lang=en&event=arrival-khasan")
    frame.get_by_test_id("fullscreen").click()
    frame.wait_for_function("document.fullscreenElement !== null")
    zoom = frame.evaluate(_ZOOM)
    over_map(reader.page, frame)
    reader.page.mouse.wheel(0, 100)
    frame.wait_for_function(f"zoom => {_ZOOM} < zoom", arg=zoom)
    expect(hint(frame)).to_be_hidden()
    assert "none" == frame.evaluate("getComputedStyle(document.querySelector('.leaflet-container')).touchAction")


# -- fingers -----------------------------------------------------------------------------------------------------------


class Fingers:
    """Fingers on a reader's screen."""

    def __init__(self, reader: Reader) -> None:
        self._session = reader.page.context.new_cdp_session(reader.page)

    def draw(self, x: float, y: float, up: float, apart: float | None = None) -> None:
        """One finger, or two that part, go up so many pixels from a point of the page."""
        for step in range(11):
            spread = [0.0] if apart is None else [-30 - apart * step / 10, 30 + apart * step / 10]
            self._send("touchMove" if step else "touchStart", [(x + aside, y - up * step / 10) for aside in spread])
        self._send("touchEnd", [])

    def _send(self, what: str, points: list[tuple[float, float]]) -> None:
        held: list[dict[str, Any]] = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
        self._session.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": held})


def test_one_finger_scrolls_and_two_zoom(reader_of: Callable[..., Reader], server: str, site: str) -> None:
    """One finger scrolls the article and is told what two do; two zoom the map and leave the article where it is."""
    reader = reader_of(390, 844, has_touch=True)
    frame = framed(reader, site, f"{server}/embed?lang=en&event=arrival-khasan")
    page, fingers = reader.page, Fingers(reader)
    centre, zoom = frame.evaluate(_CENTRE), frame.evaluate(_ZOOM)
    x, y = over_map(page, frame)
    fingers.draw(x, y, up=100)
    expect(hint(frame)).to_have_text("Two fingers move the map")
    expect(hint(frame)).to_be_visible()
    page.wait_for_function("scrollY > 50")
    expect(hint(frame)).to_be_hidden()
    assert [centre, zoom] == [frame.evaluate(_CENTRE), frame.evaluate(_ZOOM)]

    before = scrolled(page)
    x, y = over_map(page, frame)
    fingers.draw(x, y, up=30, apart=90)
    frame.wait_for_function(f"zoom => {_ZOOM} > zoom", arg=zoom)
    assert before == scrolled(page)
    assert 1 == page.evaluate("visualViewport.scale")
    expect(hint(frame)).to_be_hidden()


def test_a_tap_asks_for_no_hint(reader_of: Callable[..., Reader], server: str, site: str) -> None:
    """A finger that does not move is no scroll."""
    reader = reader_of(1024, 844, has_touch=True)
    frame = framed(reader, site, f"{server}/embed?lang=en&event=arrival-khasan")
    reader.page.touchscreen.tap(*over_map(reader.page, frame))
    frame.get_by_test_id("next-event").tap()
    frame.wait_for_function("Dateline.state().chosen !== 'arrival-khasan'")
    expect(hint(frame).locator("span")).to_be_empty()


@pytest.mark.parametrize("by", ["wheel", "finger"])
def test_who_scrolls_past_has_not_moved_the_map(
    reader_of: Callable[..., Reader], server: str, site: str, by: str
) -> None:
    """The map still fits itself to the room that it has, as it does until a reader moves it."""
    reader = reader_of(has_touch=True)
    frame = framed(reader, site, f"{server}/embed?lang=en&event=arrival-khasan")
    zoom, page = frame.evaluate(_ZOOM), reader.page
    x, y = over_map(page, frame)
    if by == "wheel":
        page.mouse.wheel(0, 100)
    else:
        Fingers(reader).draw(x, y, up=100)
    page.wait_for_function("scrollY > 50")
    page.locator("iframe").evaluate("frame => { frame.style.width = '400px' }")
    frame.wait_for_function(f"zoom => {_ZOOM} < zoom", arg=zoom)
