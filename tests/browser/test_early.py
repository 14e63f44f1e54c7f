"""The page before Streamlit comes, when it comes, and where it never comes."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ElementHandle, Frame, Route, WebSocketRoute, expect

from tests.support.browser import Reader, readers_of

PATIENCE_MS: Final = 30_000
WAITS: Final = {"en": "There is no connection to the server yet", "fr": "Il n’y a pas encore de connexion"}


class Gate:
    """Holds Streamlit's scripts back until it is opened."""

    def __init__(self, reader: Reader) -> None:
        self._held: list[Route] | None = []
        reader.page.route("**/static/js/index.*.js", self._pass)

    def _pass(self, route: Route) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)

    def open(self) -> None:
        held, self._held = self._held or [], None
        for route in held:
            route.continue_()


def is_joined(reader: Reader) -> bool:
    return bool(reader.page.evaluate("document.documentElement.dataset.datelinePage === 'joined'"))


def without_stream(reader: Reader) -> None:
    """As behind a proxy that lets no WebSocket through."""

    def refuse(stream: WebSocketRoute) -> None:
        stream.close()

    reader.page.route_web_socket("**/_stcore/stream", refuse)


def state(frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = frame.evaluate("Dateline.state()")
    return found


def shot(reader: Reader, frame: Frame) -> bytes:
    """The map and its controls, as they are seen when nothing moves."""
    handle = reader.page.query_selector("#dateline-map")
    assert isinstance(handle, ElementHandle)
    return handle.screenshot(animations="disabled")


# -- joining -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height", "language"), [(1280, 800, "en"), (1024, 768, "fr"), (390, 844, "fr")])
def test_who_looks_around_sees_nothing_change(
    reader_of: Callable[..., Reader], server: str, width: int, height: int, language: str
) -> None:
    """Before and after Streamlit joins, the map is the same to the pixel, in the same place, with what is open."""
    reader = reader_of(width, height)
    gate = Gate(reader)
    reader.page.goto(f"{server}/?lang={language}&event=summit-vostochny&every=1", wait_until="domcontentloaded")
    frame = reader.map()
    frame.evaluate("window.marked = true")
    frame.get_by_test_id("folded-who").locator("summary").first.click()
    frame.locator(".leaflet-control-zoom-in").click()
    frame.wait_for_function("!document.querySelector('.leaflet-zoom-anim')")
    reader.page.mouse.move(0, 0)
    before, seen = state(frame), shot(reader, frame)
    box = reader.page.locator("#dateline-map").bounding_box()
    assert not is_joined(reader)
    gate.open()
    reader.settled()
    assert frame.evaluate("window.marked")
    assert before == state(frame)
    after = reader.page.locator("#dateline-map").bounding_box()
    assert box is not None
    assert after is not None
    assert [] == [side for side in ("x", "y", "width", "height") if abs(box[side] - after[side]) > 1]
    if box == after:
        assert seen == shot(reader, frame)
    assert frame.get_by_test_id("folded-who").get_attribute("open") is not None


def test_who_plays_plays_on(reader: Reader, server: str) -> None:
    """Streamlit joins while the story plays: it is the same map, and it is not held up."""
    gate = Gate(reader)
    reader.page.goto(f"{server}/?lang=en&event=arrival-khasan", wait_until="domcontentloaded")
    frame = reader.map()
    frame.get_by_test_id("every-event").check()
    frame.evaluate("window.marked = true; Dateline.play()")
    gate.open()
    reader.settled()
    now = state(frame)
    assert now["playing"]
    frame.wait_for_function("now => Dateline.state().time > now && Dateline.state().playing", arg=now["time"])
    assert frame.evaluate("window.marked")
    frame.evaluate("Dateline.pause()")
    reader.page.wait_for_url("**/?*every=1*")


def test_nothing_changes_under_a_hand(reader: Reader, server: str) -> None:
    """While a pointer is down, and while one reads the list, the early page stays; then Streamlit's comes."""
    gate = Gate(reader)
    reader.page.goto(f"{server}/?lang=en", wait_until="domcontentloaded")
    frame = reader.map()
    reader.page.mouse.move(400, 300)
    reader.page.mouse.down()
    gate.open()
    reader.page.wait_for_selector(".st-key-map iframe", state="attached")
    frame.wait_for_function("parent.DatelinePage.order !== null")
    reader.page.mouse.move(450, 320, steps=10)
    assert not is_joined(reader)
    reader.page.mouse.up()
    reader.joined()


def test_who_reads_the_list_reads_on(reader: Reader, server: str) -> None:
    """While one reads in the early list it stays; back at the top Streamlit's page comes. Coming back is no reading."""
    gate = Gate(reader)
    reader.page.goto(f"{server}/events?lang=en", wait_until="commit")
    reader.page.locator("#early-list li").last.wait_for()
    reader.page.mouse.move(400, 400)
    reader.page.mouse.wheel(0, 600)
    reader.page.wait_for_function("scrollY > 100")
    gate.open()
    reader.page.wait_for_selector(".st-key-headline", state="attached")
    reader.page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")
    assert not is_joined(reader)
    reader.page.mouse.wheel(0, -5000)
    reader.joined()
    reader.page.evaluate("scrollTo(0, 2000)")
    reader.page.goto(f"{server}/sources?lang=en")
    reader.joined()
    reader.page.go_back()
    reader.joined()


def test_the_focus_stays(reader: Reader, server: str) -> None:
    """Who is at a link of the early page is at the same link of Streamlit's; who is in the map stays there."""
    gate = Gate(reader)
    reader.page.goto(f"{server}/?lang=en", wait_until="domcontentloaded")
    reader.map()
    reader.page.get_by_role("link", name="Sources").focus()
    gate.open()
    reader.joined()
    expect(reader.page.get_by_test_id("stTopNavLink").filter(has_text="Sources")).to_be_focused()


def test_what_was_done_before_counts(reader: Reader, server: str) -> None:
    """The event that was chosen before Streamlit came is the one that its page and the address know."""
    gate = Gate(reader)
    reader.page.goto(f"{server}/?lang=en", wait_until="domcontentloaded")
    frame = reader.map()
    frame.evaluate("Dateline.choose('arrival-khasan')")
    reader.page.wait_for_url("**/*event=arrival-khasan*")
    gate.open()
    reader.settled()
    reader.page.get_by_role("link", name="Events").first.click()
    reader.page.wait_for_url("**/events?*event=arrival-khasan*")
    expect(reader.page.locator("#chosen")).to_contain_text("Khasan")


def test_filters_of_the_address_hold_at_once(reader: Reader, server: str) -> None:
    """Before Streamlit comes, what takes part is what the address says."""
    Gate(reader)
    reader.page.goto(
        f"{server}/?lang=en&status=planned&every=1&time=2024-06-19T12:00:00Z", wait_until="domcontentloaded"
    )
    now = state(reader.map())
    assert now["every"]
    assert {"planned"} == set(now["statuses"].values())
    reader.page.goto(f"{server}/?lang=en&clock=news", wait_until="domcontentloaded")
    assert "news" == state(reader.map())["clock"]


# -- where it never comes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_whole_lesson_without_a_stream(browser: Browser, server: str, language: str) -> None:
    """Behind a proxy that blocks WebSockets, under the app's own policy: map, clock, list and language work."""
    with readers_of(browser) as make:
        reader = make(bypass_csp=False)
        without_stream(reader)
        reader.page.goto(f"{server}/?lang={language}", wait_until="domcontentloaded")
        frame = reader.map()
        frame.get_by_test_id("follow").click()
        expect(frame.get_by_test_id("card-title")).to_be_visible()
        frame.get_by_test_id("next-event").click()
        frame.get_by_test_id("folded-who").locator("summary").first.click()
        expect(frame.get_by_test_id("claims").locator("li").first).to_be_visible()
        frame.get_by_test_id("clock-news").check()
        assert "news" == state(frame)["clock"]
        expect(reader.page.get_by_role("status").first).to_contain_text(WAITS[language], timeout=PATIENCE_MS)
        reader.page.locator("#early-list a[href$='event=arrival-khasan']").click()
        assert "arrival-khasan" == state(frame)["chosen"]
        assert 0 == reader.page.evaluate("scrollY")
        reader.page.wait_for_url("**/*event=arrival-khasan*")
        other = {"en": "Français", "fr": "English"}[language]
        reader.page.get_by_role("link", name=other).click()
        reader.page.wait_for_url("**/?*event=arrival-khasan*")
        assert "arrival-khasan" == state(reader.map())["chosen"]
        reader.page.locator(".early-pages a").nth(1).click()
        reader.page.wait_for_url("**/events?*")
        expect(reader.page.locator("#early-list li").first).to_be_visible()
        expect(reader.page.get_by_role("status").first).not_to_be_empty(timeout=PATIENCE_MS)
        expect(reader.page.get_by_test_id("stSkeleton")).to_have_count(0)
        assert [] == reader.outside


def test_the_app_still_comes_if_the_connection_does(reader: Reader, server: str) -> None:
    """Who was told what waits gets it when the line is there, and the notice goes."""
    gate = Gate(reader)
    reader.page.goto(f"{server}/?lang=en", wait_until="domcontentloaded")
    reader.map()
    note = reader.page.locator("#early-note")
    reader.page.get_by_role("button", name="Filters").click()
    expect(note).to_contain_text(WAITS["en"])
    gate.open()
    reader.settled()
    expect(note).to_have_count(0)
    expect(reader.page.get_by_test_id("stPopoverButton")).to_be_visible()


def test_without_scripts_the_story_is_a_list_with_a_picture(browser: Browser, server: str) -> None:
    """Headline, picture of the route and every event, each with its day and place."""
    with readers_of(browser) as make:
        reader = make(java_script_enabled=False)
        reader.page.goto(f"{server}/?lang=fr", wait_until="domcontentloaded")
        picture = reader.page.locator(".early-plain img")
        expect(picture).to_be_visible()
        expect(reader.page.get_by_text("Les scripts sont désactivés")).to_be_visible()
        assert reader.page.locator("#early-list li").count() > 150
        expect(reader.page.locator("#early-list li").first).to_be_visible()
        assert [] == reader.outside


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_early_page_passes_the_accessibility_rules(reader: Reader, server: str, language: str) -> None:
    """axe finds nothing against WCAG 2.2 A and AA in the page before Streamlit comes."""
    Gate(reader)
    reader.page.goto(f"{server}/?lang={language}", wait_until="domcontentloaded")
    reader.map()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(reader.page, options=options).response["violations"]
    assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found]
