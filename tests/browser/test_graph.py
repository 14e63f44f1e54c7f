"""The journey as a graph, in a real Chromium: drawn, pointed at, walked by keyboard, read as a table."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import Language
from tests.support import player
from tests.support.stories import HOSTILE

Start = Callable[..., Page]


@pytest.fixture
def start(browser: Browser) -> Iterator[Start]:
    """Starts the player on a page of its own. Complaints of the browser fail the test."""
    context = browser.new_context(offline=True)
    page = context.new_page()

    def started(story: Story, width: int = 1280) -> Page:
        page.set_viewport_size({"width": width, "height": 800})
        player.start(page, scene(story, Language("en")))
        page.get_by_test_id("graph-shown").evaluate("(box) => box.click()")
        page.locator("[data-testid=graph] > svg").wait_for()
        return page

    yield started
    context.close()


def seek(page: Page, moment: str) -> None:
    """Bring the playhead to a moment and wait until it is drawn and told."""
    page.evaluate("(moment) => Dateline.seek(moment)", moment)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("Dateline.state()")
    return found


def heading(page: Page) -> str:
    return page.locator(".dateline-graph h2").inner_text()


def dots(page: Page) -> list[str]:
    names: list[str] = page.locator(".dateline-dot").evaluate_all("(all) => all.map((dot) => dot.ariaLabel)")
    return names


def test_the_prism_the_stops_and_what_was_reported_there(story: Story, start: Start) -> None:
    """A leg that is reported, one that is inferred, three stops, and the two events at them with their sources."""
    page = start(story)
    assert "The journey as a graph" == heading(page)
    assert 1 == page.locator(".dateline-graph-area.is-stated").count()
    assert 1 == page.locator(".dateline-graph-area.is-inferred").count()
    names = page.locator(".dateline-graph-name span").all_inner_texts()
    assert ["Alpha", "Beta", "Gamma-on-Sea"] == names
    assert 2 == len(dots(page))
    assert dots(page)[0].startswith("Departure. Happened. 11 Sept 2023. Alpha. A paper, paragraph 2 · Another paper, ")


def test_the_playhead_moves_and_nothing_is_drawn_anew(story: Story, start: Start) -> None:
    """Within a chapter only the line of the playhead moves, with the stretch where the train can be."""
    page = start(story)
    seek(page, "2023-09-11T00:00:00Z")
    page.evaluate("document.querySelector('[data-testid=graph] > svg').branded = true")
    before = float(page.locator(".dateline-graph-now").get_attribute("x1") or "")
    seek(page, "2023-09-11T12:00:00Z")
    after = float(page.locator(".dateline-graph-now").get_attribute("x1") or "")
    assert before < after
    assert page.evaluate("document.querySelector('[data-testid=graph] > svg').branded")
    possible = page.locator(".dateline-graph-possible")
    assert float(possible.get_attribute("y1") or "") > float(possible.get_attribute("y2") or "")
    seek(page, "2023-09-10T00:00:00Z")
    expect(possible).to_be_hidden()


def test_a_dot_tells_and_chooses(story: Story, start: Start) -> None:
    """Pointed at, it says what it stands for and who says so; clicked, its event is chosen."""
    page = start(story)
    visit = page.get_by_role("button", name="Visit. Happened")
    visit.hover()
    assert "Another paper, paragraph 2" in page.get_by_test_id("graph-told").inner_text()
    visit.click()
    assert "visit" == state(page)["chosen"]
    expect(visit).to_have_attribute("aria-current", "true")


def test_dots_are_walked_by_keyboard(story: Story, start: Start) -> None:
    """One of them is in the tab order; an arrow leads to the next, Enter chooses it and it keeps the focus."""
    page = start(story)
    assert 1 == page.locator(".dateline-dot[tabindex='0']").count()
    page.locator(".dateline-dot[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    visit = page.get_by_role("button", name="Visit. Happened")
    expect(visit).to_be_focused()
    assert "Visit" in page.get_by_test_id("graph-told").inner_text()
    page.keyboard.press("Enter")
    assert "visit" == state(page)["chosen"]
    expect(visit).to_be_focused()


def test_a_click_on_the_graph_goes_to_its_time(story: Story, start: Start) -> None:
    """The middle of the time axis is the middle of the trip; beside the axis a click goes nowhere."""
    page = start(story)
    box = page.get_by_test_id("graph").bounding_box()
    assert box is not None
    row = page.locator(".dateline-graph-row").first
    left, right = (float(row.get_attribute(name) or "") for name in ("x1", "x2"))
    drawn = float((page.locator("[data-testid=graph] > svg").get_attribute("viewBox") or "").split()[2])
    middle = (left + right) / 2 * box["width"] / drawn
    page.get_by_test_id("graph").click(position={"x": middle, "y": box["height"] / 2})
    # A pixel is some twenty minutes.
    off = datetime.fromisoformat(state(page)["time"]) - datetime(2023, 9, 13, 2, tzinfo=UTC)
    assert abs(off) < timedelta(minutes=45)
    before = state(page)["time"]
    page.get_by_test_id("graph").click(position={"x": 1, "y": box["height"] / 2})
    assert before == state(page)["time"]


def test_the_same_as_a_table(story: Story, start: Start) -> None:
    """Stops with their times and events, and the arithmetic of the paces."""
    page = start(story)
    page.locator("[data-testid=graph-table] summary").click()
    table = page.locator("[data-testid=graph-table]")
    expect(table.get_by_role("rowheader")).to_have_count(3)
    assert "Tuesday, 12 September 2023, between 06:00 and 12:00" in table.inner_text()
    assert "144 km ÷ 30 h ≈ 4.8 km/h" in table.inner_text().replace("\u00a0", " ")
    table.get_by_role("button", name="Visit").click()
    assert "visit" == state(page)["chosen"]


def test_a_version_is_an_outline_until_its_event_is_chosen(shipped_story: Story, start: Start) -> None:
    """Of the train that left on Monday only the first leg is drawn: the others it shares with what happened."""
    page = start(shipped_story)
    aside = page.locator(".dateline-graph-aside")
    assert 1 == aside.locator("polygon").count()
    assert "is-chosen" not in (aside.get_attribute("class") or "")
    page.evaluate("Dateline.choose('departure-monday')")
    assert "is-chosen" in (aside.get_attribute("class") or "")


def test_without_a_train_places_are_rows(story: Story, start: Start) -> None:
    """What came before is told by place; so is the news, which follows no train, and only as far as it was known."""
    page = start(story)
    seek(page, "1951-01-01T00:00:00Z")
    assert "What happened where, and when" == heading(page)
    assert ["Country"] == page.locator(".dateline-graph-name span").all_inner_texts()
    assert 1 == len(dots(page))
    page.locator("input[value=news]").check()
    seek(page, "2023-09-12T15:00:00Z")
    assert "What was told of which place, and when" == heading(page)
    known = dots(page)
    assert not any("Visit" in name for name in known)
    seek(page, "2023-09-14T15:00:00Z")
    assert any("Visit" in name for name in dots(page))
    page.locator("[data-testid=graph-table] summary").click()
    assert "Visit" in page.locator("[data-testid=graph-table] table").inner_text()


def test_what_the_filters_leave_out_is_not_in_the_graph(story: Story, start: Start) -> None:
    page = start(story)
    page.evaluate("Dateline.command({ number: 7, seek: false, session: '', show: ['visit'] })")
    assert 1 == len(dots(page))


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_its_width(shipped_story: Story, start: Start, width: int) -> None:
    """Nothing reaches beyond the page, and every dot has a finger's width to itself."""
    page = start(shipped_story, width)
    for moment in ("2023-09-11T12:00:00Z", "1990-01-01T00:00:00Z", "2024-06-19T00:00:00Z"):
        seek(page, moment)
        reach: list[float] = page.locator(".dateline-graph-box *").evaluate_all(
            "(all) => all.map((part) => part.getBoundingClientRect().right)"
        )
        assert max(reach) <= width
        middles: list[list[float]] = page.locator(".dateline-dot").evaluate_all(
            "(all) => all.map((dot) => dot.getBoundingClientRect()).map(({ x, y }) => [x, y])"
        )
        near = [
            (one, other)
            for index, one in enumerate(middles)
            for other in middles[:index]
            if abs(one[0] - other[0]) < 23.5 and abs(one[1] - other[1]) < 23.5
        ]
        assert [] == near


def test_hostile_text_stays_text(hostile_story: Story, start: Start) -> None:
    """Names, titles and outlets are shown as they are written."""
    page = start(hostile_story)
    page.locator("[data-testid=graph-table] summary").click()
    assert HOSTILE.split()[0] in page.locator(".dateline-graph").inner_text()
    assert page.evaluate("window.pwned") is None
