"""The page They disagree in a real Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.support.browser import Reader, faults_by_axe


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_passes_the_accessibility_rules(reader: Reader, server: str, language: str) -> None:
    """axe finds nothing against WCAG 2.2 A and AA; nothing is asked of another host."""
    reader.page.goto(f"{server}/disagreements?lang={language}")
    reader.page.locator(".question").last.wait_for()
    reader.settled()
    assert [] == faults_by_axe(reader)
    assert [] == reader.outside


def test_from_the_list_to_the_question_to_the_paragraph_to_the_map(reader: Reader, server: str) -> None:
    """Each link opens its page at the part that it names, with the focus there."""
    reader.page.goto(f"{server}/events?q=disagree")
    line = reader.page.locator(".event", has_text="Kim’s train leaves for Russia").first
    line.get_by_role("link", name="When does Kim’s train leave Pyongyang?").click()
    heading = reader.page.locator("#question-departure-time")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    question = reader.page.get_by_role("article", name="When does Kim’s train leave Pyongyang?")
    question.get_by_role("link", name="BFMTV").click()
    paragraph = reader.page.locator("#source-s000-paragraph-7")
    expect(paragraph).to_be_focused()
    expect(paragraph).to_be_in_viewport()
    reader.page.go_back()
    question.get_by_role("link", name="Show on the map: Kim’s train leaves for Russia").click()
    reader.map().wait_for_function("Dateline.state().chosen === 'departure-pyongyang'")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_page_scrolls_only_downwards(
    reader_of: Callable[..., Reader], server: str, width: int, height: int
) -> None:
    """On a laptop and on a phone nothing is wider than the window."""
    reader = reader_of(width, height)
    reader.page.goto(f"{server}/disagreements?lang=fr")
    reader.page.locator(".question").last.wait_for()
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_versions_stand_side_by_side_where_there_is_room(reader_of: Callable[..., Reader], server: str) -> None:
    """On a laptop in one row, on a phone one below the other."""
    for width, is_wide in ((1280, True), (390, False)):
        reader = reader_of(width, 844)
        reader.page.goto(f"{server}/disagreements?lang=en")
        boxes = reader.page.locator("article", has_text="When does Kim’s train leave").locator(".judgement")
        first, second = (box.bounding_box() for box in (boxes.first, boxes.nth(1)))
        assert first is not None
        assert second is not None
        assert is_wide == (first["y"] == second["y"])


def test_the_print_has_no_links_to_press(reader: Reader, server: str) -> None:
    """Contents and links to the map stay on the screen; every question is on paper."""
    reader.page.goto(f"{server}/disagreements?lang=en")
    reader.page.locator(".question").last.wait_for()
    reader.page.emulate_media(media="print")
    expect(reader.page.locator(".questions-contents")).to_be_hidden()
    expect(reader.page.locator(".question dd a").first).to_be_hidden()
    assert 19 == reader.page.locator(".question h2:visible").count()
