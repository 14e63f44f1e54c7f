"""The ledger of the sources in a real Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browser import Reader, faults_by_axe


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_ledger_passes_the_accessibility_rules(reader: Reader, server: str, language: str) -> None:
    """axe finds nothing against WCAG 2.2 A and AA, with an event chosen; nothing is asked of another host."""
    reader.page.goto(f"{server}/sources?lang={language}&event=summit-vostochny")
    reader.page.locator(".claim").last.wait_for()
    reader.settled()
    assert [] == faults_by_axe(reader)
    assert [] == reader.outside
    assert reader.page.evaluate("window.pwned === undefined")


def test_a_claim_leads_to_the_map_and_back(reader: Reader, server: str) -> None:
    """The claim's button opens the map at its event; back in the ledger the event's claims are marked."""
    reader.page.goto(f"{server}/sources")
    button = reader.page.locator("[class*='st-key-show-c-000-07-1'] button")
    button.click()
    frame = reader.map()
    frame.wait_for_function("Dateline.state().chosen === 'departure-pyongyang'")
    reader.page.wait_for_url("**/?lang=en&event=departure-pyongyang*")
    frame.evaluate("Dateline.choose('arrival-khasan')")
    reader.page.wait_for_url("**/*event=arrival-khasan*")
    reader.settled()
    reader.page.get_by_role("link", name="Sources").first.click()
    expect(reader.page.locator(".claim-chosen").first).to_contain_text("Chosen on the map")
    reader.settled()
    reader.page.get_by_role("link", name="To what is said of the chosen event").click()
    expect(reader.page.locator("#chosen")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_ledger_scrolls_only_downwards(
    reader_of: Callable[..., Reader], server: str, width: int, height: int
) -> None:
    """On a laptop and on a phone nothing is wider than the window."""
    reader = reader_of(width, height)
    reader.page.goto(f"{server}/sources?lang=fr")
    reader.page.locator(".claim").last.wait_for()
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
