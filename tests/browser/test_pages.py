"""The pages in a real Chromium: addresses, languages, filters, the list, bad files."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Route, expect

from tests.support import ROOT
from tests.support.app_server import AppServer
from tests.support.browser import Reader

SIZES = [(1280, 800), (1024, 768), (390, 844)]


def test_an_address_restores_what_it_holds(reader: Reader, server: str) -> None:
    """Language, event and filters of a link are on screen when it is opened."""
    frame = reader.open(f"{server}/?lang=fr&event=summit-vostochny&trip=russia-2023&status=happened")
    assert "summit-vostochny" == frame.evaluate("Dateline.state().chosen")
    assert "fr" == frame.evaluate("document.documentElement.lang")
    assert "mercredi 13 septembre 2023" in frame.get_by_test_id("moment").inner_text().lower()
    expect(reader.page.get_by_role("button", name="Filtres : ")).to_be_visible()
    visible = frame.evaluate("Dateline.state().visible")
    assert "vladivostok-meeting-2019" not in visible


def test_a_moment_has_an_address(reader: Reader, server: str) -> None:
    """Where the playhead stands between events the address holds the time, and the link leads back to it."""
    frame = reader.open(server)
    frame.evaluate("Dateline.seek('2023-09-11T13:20:00Z')")
    reader.page.wait_for_url("**/*time=2023-09-11T13*")
    reader.settled()
    again = reader.open(reader.page.url)
    assert again.evaluate("Dateline.state().time").startswith("2023-09-11T13:20")


def test_back_leads_back(reader: Reader, server: str) -> None:
    """The browser's Back shows on the map what the address had before."""
    frame = reader.open(f"{server}/?event=departure-pyongyang")
    for event in ("summit-vostochny", "arrival-khasan"):
        frame.evaluate(f"Dateline.choose('{event}')")
        reader.page.wait_for_url(f"**/*event={event}*")
        reader.settled()
    reader.page.go_back()
    frame.wait_for_function("Dateline.state().chosen === 'summit-vostochny'")
    reader.settled()
    assert "event=summit-vostochny" in reader.page.url


def test_another_language_keeps_the_moment(reader: Reader, server: str) -> None:
    """Switching language starts a new frame where the old one stood."""
    frame = reader.open(server)
    frame.evaluate("Dateline.choose('arrival-khasan')")
    reader.page.wait_for_url("**/*event=arrival-khasan*")
    reader.page.get_by_role("radio", name="Français").click()
    reader.page.wait_for_url("**/?lang=fr*")
    frame = reader.map("fr")
    frame.wait_for_function("document.documentElement.lang === 'fr'")
    assert "arrival-khasan" == frame.evaluate("Dateline.state().chosen")


@pytest.mark.parametrize("query", ["event=no-such", "time=yesterday", "lang=xx&kind=<script>", "trip=" + "x" * 5000])
def test_unknown_values_fall_back_quietly(reader: Reader, server: str, query: str) -> None:
    """A broken link opens the story at its beginning, without a word of complaint."""
    frame = reader.open(f"{server}/?{query}")
    assert frame.evaluate("Dateline.state().introduced")
    reader.page.wait_for_url("**/?lang=en*")
    assert 0 == reader.page.get_by_test_id("stException").count()


def test_a_filter_reaches_the_map_without_a_new_map(reader: Reader, server: str) -> None:
    """Choosing a status takes events off the map that is there; the playhead stays."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    frame.evaluate("document.querySelector('.leaflet-container').branded = true")
    time = frame.evaluate("Dateline.state().time")
    reader.page.get_by_role("button", name="Filters").click()
    reader.page.get_by_role("toolbar", name="Status").get_by_role("button", name="Planned").click()
    frame.wait_for_function("Dateline.state().visible.length < 10")
    assert frame.evaluate("document.querySelector('.leaflet-container').branded")
    assert time == frame.evaluate("Dateline.state().time")
    reader.page.wait_for_url("**/*status=planned*")


def test_an_event_chosen_in_the_list_is_chosen_on_the_map(reader: Reader, server: str) -> None:
    """The list's button opens the map at the event; back in the list the event is marked."""
    reader.page.goto(f"{server}/events")
    search = reader.page.get_by_label("Search the events")
    search.fill("Su-35")
    expect(reader.page.locator("article.event")).to_have_count(1)
    reader.page.get_by_role("button", name="Show on the map").click()
    frame = reader.map()
    frame.wait_for_function("Dateline.state().chosen.includes('su-35') || Dateline.state().chosen.includes('flight')")
    reader.page.get_by_role("link", name="Events").click()
    expect(reader.page.locator("mark")).to_have_text("Chosen on the map")


def test_a_cold_link_to_the_list_runs_the_frame(reader: Reader, server: str) -> None:
    """Opened directly, the list has the navigation and the filters that app.py gives."""
    reader.page.goto(f"{server}/events?lang=fr&q=Khassan")
    expect(reader.page.get_by_role("link", name="Événements")).to_be_visible()
    expect(reader.page.get_by_label("Chercher dans les événements")).to_have_value("Khassan")


def test_the_browsers_language_is_spoken(reader_of: Callable[..., Reader], server: str) -> None:
    """A French browser opens the story in French, and switching changes everything that is read."""
    reader = reader_of(locale="fr-FR")
    frame = reader.open(server)
    assert "Lecture" == frame.get_by_test_id("play").get_attribute("aria-label")
    expect(reader.page.locator("html")).to_have_attribute("lang", "fr")
    reader.page.get_by_role("radio", name="English").click()
    reader.page.wait_for_url("**/?lang=en*")
    expect(reader.page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_map_fits_laptop_projector_and_phone(
    reader_of: Callable[..., Reader], server: str, width: int, height: int, language: str
) -> None:
    """Map, slider, buttons and card are in view at each size, and nothing scrolls sideways."""
    reader = reader_of(width, height)
    frame = reader.open(f"{server}/?lang={language}")
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for part in ("time-slider", "play", "previous-event", "next-event", "moment", "follow", "opening-news"):
        expect(frame.get_by_test_id(part)).to_be_in_viewport()
    frame.get_by_test_id("next-event").click()
    expect(frame.get_by_test_id("card-title")).to_be_in_viewport()
    assert frame.evaluate("document.querySelector('.leaflet-container').clientHeight") >= 150


@pytest.mark.parametrize("path", ["/", "/events", "/places", "/people"])
def test_pages_pass_the_accessibility_rules(reader: Reader, server: str, path: str) -> None:
    """axe finds nothing against WCAG 2.2 A and AA in what is ours."""
    reader.page.goto(server + path)
    reader.settled()
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    if path == "/":
        frame = reader.map()
        frame.evaluate(Axe().axe_script)
        found = frame.evaluate("(options) => axe.run(document, options)", options)["violations"]
    else:
        reader.page.locator("article.event, article.place, article.person").last.wait_for()
        reader.settled()
        found = Axe().run(reader.page, context=".stMain", options=options).response["violations"]
    assert [] == [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in found]


def test_a_file_that_does_not_arrive_is_told_in_words(reader: Reader, server: str) -> None:
    """Without its script the map says so in both languages, and where the story can be read instead."""

    def refuse(route: Route) -> None:
        route.abort()

    reader.page.route("**/dateline.*.js", refuse)
    reader.page.goto(server)
    handle = reader.page.wait_for_selector("#dateline-map", state="attached")
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    alert = frame.get_by_role("alert")
    expect(alert).to_contain_text("The map could not start")
    expect(alert).to_contain_text("La carte n’a pas pu démarrer")


def test_a_story_with_faults_shows_them(reader: Reader, tmp_path: Path) -> None:
    """A story that does not validate is a list of faults, not a traceback."""
    folder = tmp_path / "story"
    copytree(ROOT / "data" / "kim-putin", folder)
    claims = folder / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace(",s003,", ",s099,", 1), "utf-8")
    with AppServer(tmp_path / "log", DATELINE_STORY=str(folder)) as app:
        reader.page.goto(app.address)
        expect(reader.page.get_by_text("This story cannot be shown yet")).to_be_visible()
        expect(reader.page.get_by_text("s099")).to_be_visible()


HOSTILE = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1> ` ${1} \" ' \u202eabc " + "x" * 10_000


def test_text_is_shown_as_text(reader: Reader, tmp_path: Path) -> None:
    """Markup, quotes, templates, right-to-left marks and very long words in a story run nowhere."""
    folder = tmp_path / "story"
    copytree(ROOT / "data" / "kim-putin", folder)
    events = folder / "events.csv"
    title = "Kim’s train leaves for Russia"
    text = events.read_text("utf-8")
    assert title in text
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    events.write_text(text.replace(title, quoted, 1), "utf-8")
    with AppServer(tmp_path / "log", DATELINE_STORY=str(folder)) as app:
        frame = reader.open(app.address)
        frame.get_by_test_id("next-event").click()
        assert HOSTILE == frame.get_by_test_id("card-title").text_content()
        assert frame.evaluate("window.pwned === undefined")
        reader.page.goto(f"{app.address}/events?q=pwned")
        shown = reader.page.locator("article.event h3").first
        assert HOSTILE == shown.text_content()
        assert reader.page.evaluate("window.pwned === undefined")
        assert [] == reader.outside
