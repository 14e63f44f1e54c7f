"""The second clock: the news as it came in."""

import re
from typing import Any

from playwright.sync_api import Frame, expect

from tests.support.browser import Reader


def state(frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = frame.evaluate("Dateline.state()")
    return found


def on_the_news_clock(reader: Reader, server: str, moment: str) -> Frame:
    frame = reader.open(f"{server}/?clock=news&time={moment}")
    assert "news" == state(frame)["clock"]
    return frame


def test_expectation_changes_article_by_article(reader: Reader, server: str) -> None:
    """On 11 September Vladivostok is expected, on the 12th the Far East; by the 14th it was Vostochny."""
    frame = on_the_news_clock(reader, server, "2023-09-11T18:00:00Z")
    first = state(frame)
    assert "superseded" != first["statuses"]["destination-vladivostok"]
    assert "summit-vostochny" not in first["statuses"]
    assert ["train-pyongyang-vladivostok-expected"] == first["legs"]
    assert "departure-monday" == first["chosen"]
    expect(frame.get_by_test_id("moment")).to_contain_text("Monday, 11 September 2023")
    frame.evaluate("Dateline.seek('2023-09-12T18:00:00Z')")
    second = state(frame)
    assert "planned" == second["statuses"]["meeting-expected-far-east"]
    assert "summit-vostochny" not in second["statuses"]
    frame.evaluate("Dateline.seek('2023-09-14T18:00:00Z')")
    third = state(frame)
    assert "happened" == third["statuses"]["summit-vostochny"]
    assert "superseded" == third["statuses"]["destination-vladivostok"]
    assert "train-pyongyang-vladivostok-expected" not in third["legs"]


def test_nothing_is_known_before_the_first_article(reader: Reader, server: str) -> None:
    """On 10 September no article has been published: no marks, no line, and the card says so."""
    frame = on_the_news_clock(reader, server, "2023-09-10T06:00:00Z")
    assert {} == state(frame)["statuses"]
    assert [] == state(frame)["legs"]
    expect(frame.get_by_test_id("card")).to_contain_text("No article has been published yet")


def test_switching_clocks_keeps_the_map_and_is_in_the_address(reader: Reader, server: str) -> None:
    """The choice of clock re-creates nothing, keeps the chosen event, and can be linked to."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    frame.evaluate("document.querySelector('.leaflet-container').branded = true")
    frame.get_by_test_id("clock-news").check()
    reader.page.wait_for_url("**/*clock=news*")
    reader.settled()
    assert frame.evaluate("document.querySelector('.leaflet-container').branded")
    assert "summit-vostochny" == state(frame)["chosen"]
    assert state(frame)["time"].startswith("2023-09-14")
    again = reader.open(reader.page.url)
    assert "news" == state(again)["clock"]
    again.get_by_test_id("clock-happened").check()
    assert state(again)["time"].startswith("2023-09-13")


def test_every_day_of_the_news_is_as_known(reader: Reader, server: str) -> None:
    """No event, version or leg of the map rests on an article of a later day."""
    frame = on_the_news_clock(reader, server, "2023-09-12T18:00:00Z")
    frame.evaluate("Dateline.choose('arrival-khasan')")
    card = frame.get_by_test_id("card")
    expect(card.locator(".dateline-edition")).to_contain_text("from 2 articles of 5")
    assert 1 == card.get_by_test_id("claims").locator("li").count()


def test_what_is_said_aloud_is_what_the_day_knew(reader: Reader, server: str) -> None:
    """On 11 September no place and no second article; the headline, the slider and related events are of that day."""
    frame = on_the_news_clock(reader, server, "2023-09-11T18:00:00Z")
    frame.evaluate("Dateline.choose('meeting-expected-far-east')")
    said = frame.locator(".dateline-said")
    expect(said).to_contain_text("Kim and Putin due to meet in Russia. In 1 article, at least")
    expect(said).not_to_contain_text("Far East")
    card = frame.get_by_test_id("card")
    card.get_by_test_id("folded-more").locator("> summary").click()
    expect(card.get_by_role("heading", name="Told the same day")).to_be_visible()
    expect(card).not_to_contain_text("Far East")
    expect(frame.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile("due to meet in Russia"))
    frame.evaluate("Dateline.choose('putin-visit-planned')")
    expect(card).to_contain_text("Putin is to visit Pyongyang")
    expect(card).not_to_contain_text("2024")


def test_versions_stand_side_by_side(reader: Reader, server: str) -> None:
    """The departure's card shows Sunday and Monday, who says so, which one is on the map, and why."""
    frame = reader.open(f"{server}/?event=departure-pyongyang")
    found = frame.get_by_test_id("disagreement").first
    for text in ("Sunday", "Monday", "BFMTV", "Article 003", "On the map", "Set aside"):
        expect(found).to_contain_text(text)


def test_a_figure_is_checked_with_its_arithmetic(reader: Reader, server: str) -> None:
    """The 425 miles stand beside our great circle and our line."""
    frame = reader.open(f"{server}/?event=journey-20-hours")
    figure = frame.get_by_test_id("figure")
    expect(figure).to_contain_text("425 mi × 1.609344 = 684 km")
    expect(figure).to_contain_text("975 km")


def test_the_derivation_is_one_step_away(reader: Reader, server: str) -> None:
    """From “Ce mardi matin” to a morning at Khasan in one click."""
    frame = reader.open(f"{server}/?event=reception-khasan")
    frame.get_by_test_id("folded-who").locator("> summary").click()
    frame.get_by_text("How we know the date and the place").first.click()
    how = frame.locator(".dateline-how").first
    expect(how).to_contain_text("“Ce mardi matin” → article of Tuesday, 12 September 2023 → a weekday")
    expect(how).to_contain_text("between 06:00 and 12:00")
    expect(how).to_contain_text("“Khassan” → Khasan (town or city)")


def test_hours_are_given_in_the_readers_zone_too(reader_of: Any, server: str) -> None:
    """A morning at Khasan is the evening before in Paris; a day without hours is not converted."""
    frame = reader_of(timezone_id="Europe/Paris").open(f"{server}/?event=reception-khasan")
    card = frame.get_by_test_id("card")
    expect(card).to_contain_text("Your time (Europe/Paris)")
    expect(card).to_contain_text("11 Sept 2023, 22:00")
    frame.evaluate("Dateline.choose('summit-vostochny')")
    expect(card).not_to_contain_text("Your time")
