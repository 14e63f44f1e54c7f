"""What the pages say beside their content, in a real Chromium: titles, words of Streamlit, names of buttons, paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.story import Story
from tests.support.app_server import AppServer
from tests.support.browser import Reader

PAGES = {"": "Voyage", "events": "Événements", "sources": "Sources", "places": "Lieux", "status": "Contrôle et état"}
# What Streamlit's own page says, in English alone.
ENGLISH = re.compile(
    r"\b(skip to|app pages|select|no results|clear|remove|open|close|press|enter to apply|connection error|running|"
    r"stop|rerun|copy|show|hide|deploy|settings|more|filters|search|all)\b",
    re.IGNORECASE,
)
# Visible text and accessible names, without what is in another language or code.
SAID = """() => {
  const said = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.closest("script, style, noscript, pre, [lang]:not([lang=fr]), [data-testid=stIconMaterial]")) continue;
    for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) said.push(child.data.trim());
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
      if (node.tagName !== "IFRAME") said.push(node.getAttribute(name) ?? "");
    }
  }
  return [...new Set(said)].filter(Boolean);
}"""


def english_of(page: Page) -> list[str]:
    """What a French page says in English."""
    return [text for text in page.evaluate(SAID) if ENGLISH.search(text)]


def opened(reader: Reader, address: str) -> Page:
    """The page at an address, with all that it shows."""
    reader.page.goto(address)
    reader.page.locator(".stMain h1").wait_for()
    reader.settled()
    expect(reader.page.locator("html")).to_have_attribute("lang", re.compile("en|fr"))
    return reader.page


def test_french_pages_hold_no_english(reader_of: Callable[..., Reader], server: str) -> None:
    """On each page, with the filters open, one chosen and a search in vain, nothing is in Streamlit's English."""
    reader = reader_of(locale="fr-FR")
    for path in PAGES:
        page = opened(reader, f"{server}/{path}?lang=fr&kind=summit")
        expect(page.get_by_role("link", name="Aller au contenu")).to_be_attached()
        page.get_by_role("button", name="Filtres :").click()
        page.get_by_role("toolbar").first.wait_for()
        assert [] == english_of(page), path
        page.keyboard.press("Escape")
    page = opened(reader, f"{server}/events?lang=fr")
    page.get_by_label("Chercher dans les événements").fill("nulle part ainsi")
    page.get_by_text("Aucun événement").first.wait_for()
    expect(page.get_by_test_id("InputInstructions")).to_be_hidden()
    assert [] == english_of(page)


def test_titles_name_page_and_story(reader_of: Callable[..., Reader], server: str, shipped_story: Story) -> None:
    """The tab says which page of which story it is, in the reader's language; every page has a heading of its own."""
    reader, titles, headings = reader_of(locale="fr-FR"), set(), set()
    for path in PAGES:
        page = opened(reader, f"{server}/{path}?lang=fr")
        story = page.locator(".headline-story" if path else "h1").inner_text()
        assert shipped_story.title_fr.split() == story.split()
        expect(page).to_have_title(re.compile(rf"^[^—]+ — {re.escape(story)} — Dateline$"))
        titles.add(page.title())
        headings.add(page.locator("h1").inner_text())
    assert len(PAGES) == len(titles) == len(headings)


@pytest.mark.parametrize("path", ["events", "sources"])
def test_no_two_buttons_share_a_name(reader: Reader, server: str, path: str) -> None:
    """Each button that leads to the map names its entry too, beginning with what it shows."""
    page = opened(reader, f"{server}/{path}?source=s000&kind=travel&kind=summit")
    buttons = page.locator("[class*='st-key-show-'] button")
    expect(buttons.last).to_have_attribute("aria-label", re.compile("^Show on the map: ."))
    names = buttons.evaluate_all("all => all.map((button) => button.getAttribute('aria-label'))")
    titles = page.locator(".event h3, .claim h4").all_inner_texts()
    assert [f"Show on the map: {title}" for title in titles] == names


def test_a_search_renames_the_buttons(reader: Reader, server: str) -> None:
    """After the list has changed, each button has the name of the entry above it."""
    page = opened(reader, f"{server}/events")
    page.get_by_label("Search the events").fill("Su-35")
    expect(page.locator("article.event")).to_have_count(1)
    title = page.locator(".event h3").inner_text()
    expect(page.locator("[class*='st-key-show-'] button")).to_have_attribute("aria-label", f"Show on the map: {title}")


def test_a_lost_connection_is_a_line_in_the_readers_language(reader_of: Callable[..., Reader], tmp_path: Path) -> None:
    """No box lies over the map, which plays on by its own button; the line goes when the server is back."""
    reader = reader_of(locale="fr-FR")
    with AppServer(tmp_path / "log") as app:
        frame = reader.open(app.address)
        reader.settled()
        line = reader.page.get_by_role("status").filter(has_text="au serveur est perdue")
        expect(line).to_have_count(0)
        app.stop()
        expect(line).to_be_visible()
        # Streamlit's box would come after the first vain attempts to connect.
        reader.page.wait_for_event("requestfailed", lambda request: "_stcore/health" in request.url)
        expect(reader.page.get_by_role("dialog")).to_have_count(0)
        expect(reader.page.locator("#root[inert]")).to_have_count(0)
        before = frame.evaluate("Dateline.state().time")
        frame.get_by_test_id("play").click()
        frame.wait_for_function("before => Dateline.state().time > before", arg=before)
        app.start()
        app.wait_until_healthy()
        expect(line).to_have_count(0)


def test_paper_says_when_from_where_and_under_which_filters(reader: Reader, server: str) -> None:
    """Printed, the list has date, address, filters and the key to the articles, and none of the page's controls."""
    page = opened(reader, f"{server}/events?kind=summit")
    page.locator("article.event").last.wait_for()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".printed")
    expect(printed).to_contain_text(page.url)
    expect(printed).to_contain_text(re.compile(r"Printed on \d{1,2} \w+ \d{4}"))
    expect(printed).to_contain_text("Kind of event: Summit")
    expect(page.locator(".contents-key").last).to_contain_text("Article 001")
    expect(page.locator(".event-cited").first).to_be_visible()
    for control in (".stTextInput", "[data-testid=stPopover]", ".st-key-lang", "[class*='st-key-show-']", "header"):
        for part in page.locator(control).all():
            expect(part).to_be_hidden()


def test_the_contents_stay_in_view_beside_a_long_list(reader_of: Callable[..., Reader], server: str) -> None:
    """On a laptop they stand beside the list wherever one reads; on a phone above it."""
    reader = reader_of(1280, 800)
    page = opened(reader, f"{server}/places")
    places = page.locator("article.place")
    places.last.scroll_into_view_if_needed()
    expect(page.locator(".contents-places")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(".contents-places")).not_to_be_in_viewport()
