"""The time player in a real Chromium: one steady map, drawn for any moment."""

from typing import Any

import pytest
from playwright.sync_api import Frame, expect

from tests.support.browser import Reader

KHASAN = (42.43, 130.65)


def state(frame: Frame) -> dict[str, Any]:
    found: dict[str, Any] = frame.evaluate("Dateline.state()")
    return found


def brand(reader: Reader, frame: Frame) -> None:
    """Leave a mark on the map and its frame that a new map would not have."""
    frame.evaluate("document.querySelector('.leaflet-container').branded = true; window.branded = true")
    reader.page.evaluate("document.querySelector('#dateline-map').branded = true")


def is_branded(reader: Reader, frame: Frame) -> bool:
    return bool(
        frame.evaluate("document.querySelector('.leaflet-container').branded && window.branded")
        and reader.page.evaluate("document.querySelector('#dateline-map').branded")
    )


def test_nothing_is_fetched_from_outside(reader: Reader, server: str) -> None:
    """Opening both pages, playing and zooming asks no other host for anything, and the console stays clean."""
    frame = reader.open(server)
    frame.get_by_test_id("play").click()
    frame.locator(".leaflet-control-zoom-in").click()
    frame.wait_for_function("Dateline.state().time > '2023-09-10T12'")
    reader.page.get_by_role("link", name="Events").click()
    reader.page.get_by_role("heading", name="What came before").wait_for()
    assert [] == reader.outside
    assert [] == reader.complaints


def test_the_story_opens_with_what_it_is(reader: Reader, server: str) -> None:
    """A first-time reader learns what happened and who tells it; one press later, which paragraph says so."""
    frame = reader.open(server)
    opening = frame.get_by_test_id("opening")
    for text in (
        "Kim Jong-un crosses the Russian Far East by train",
        "5 articles tell it",
        "they do not agree",
        "Follow the story (2 min)",
    ):
        expect(opening).to_contain_text(text)
    frame.get_by_test_id("next-event").click()
    assert "departure-pyongyang" == state(frame)["chosen"]
    frame.get_by_test_id("folded-who").locator("> summary").click()
    assert "Sunday, 10 September 2023" in frame.get_by_test_id("moment").inner_text()
    assert "BFMTV" in frame.get_by_test_id("claims").inner_text()
    assert "paragraph 7" in frame.get_by_test_id("claims").inner_text()


def test_the_slider_moves_the_train_and_keeps_the_map(reader: Reader, server: str) -> None:
    """Dragging time moves the train along the line; map and frame stay the same objects."""
    frame = reader.open(server)
    brand(reader, frame)
    frame.evaluate("Dateline.seek('2023-09-11T00:00:00Z')")
    before = state(frame)["train"]
    slider = frame.get_by_test_id("time-slider")
    slider.evaluate(
        """(range) => {
            range.value = String(Number(range.value) + 300);
            range.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    after = state(frame)["train"]
    assert (before["lat"], before["lon"]) != (after["lat"], after["lon"])
    assert after["lat"] > before["lat"]
    reader.settled()
    assert is_branded(reader, frame)


def test_playing_moves_the_train_and_asks_the_server_nothing(reader: Reader, server: str) -> None:
    """While the story plays no message leaves the browser; pausing reports where it stands."""
    frame = reader.open(server)
    reader.settled()
    brand(reader, frame)
    # In one breath: on a busy machine the report of the opening may still be to come, and the seek replaces it.
    frame.evaluate(
        """() => {
            window.told = [];
            parent.DatelinePage.report = (value) => window.told.push(value);
            Dateline.seek("2023-09-10T12:00:00Z");
        }"""
    )
    frame.wait_for_function("window.told.length === 1")
    frame.evaluate("Dateline.choose('departure-pyongyang')")
    frame.wait_for_function("window.told.length === 2")
    frame.get_by_test_id("play").click()
    frame.wait_for_function("Dateline.state().time > '2023-09-11'")
    assert 2 == frame.evaluate("window.told.length")
    frame.get_by_test_id("play").click()
    frame.wait_for_function("window.told.length === 3")
    assert not state(frame)["playing"]
    assert is_branded(reader, frame)


def test_every_event_is_reachable_on_the_slider(reader: Reader, server: str) -> None:
    """At some step of the slider each event is in the card, as its subject or in its list of the same time."""
    frame = reader.open(server)
    missed = frame.evaluate(
        """async () => {
            const address = performance.getEntriesByType("resource")
                .map((entry) => entry.name).find((name) => name.includes("/story-"));
            const scene = await (await fetch(address)).json();
            const slider = document.querySelector("[data-testid=time-slider]");
            const card = document.querySelector("[data-testid=card]");
            const drawn = () => new Promise((done) => { setTimeout(() => requestAnimationFrame(done), 0); });
            const steps = new Set();
            for (const event of scene.events) {
                Dateline.choose(event.id);
                steps.add(slider.value);
            }
            const seen = new Set();
            for (const step of steps) {
                slider.value = step;
                slider.dispatchEvent(new Event("input", { bubbles: true }));
                await drawn();
                for (const title of card.querySelectorAll("h2, .dateline-link")) seen.add(title.textContent);
            }
            return scene.events.filter((event) => !seen.has(event.title)).map((event) => event.id);
        }"""
    )
    assert [] == missed


def test_the_weightiest_event_of_a_moment_comes_first(reader: Reader, server: str) -> None:
    """Dragging to the day of the summit shows the summit, not the last statement of that day."""
    frame = reader.open(server)
    frame.evaluate("Dateline.seek('2023-09-13T03:05:00Z')")
    assert "summit-vostochny" == state(frame)["chosen"]


def test_seeking_an_events_moment_makes_it_current(reader: Reader, server: str) -> None:
    """Without choosing: whatever the playhead's moment, an event whose span holds it is among the current ones."""
    frame = reader.open(server)
    frame.evaluate("Dateline.seek('2023-09-13T03:00:00Z')")
    assert "summit-vostochny" in state(frame)["current"]


def test_the_keyboard_alone_suffices(reader: Reader, server: str) -> None:
    """Space plays, arrows and Home/End move time, Page Up and Page Down go from event to event."""
    frame = reader.open(server)
    slider = frame.get_by_test_id("time-slider")
    slider.focus()
    keyboard = reader.page.keyboard
    start = state(frame)["time"]
    keyboard.press("ArrowRight")
    assert state(frame)["time"] > start
    keyboard.press("Home")
    assert state(frame)["time"] < "1950"
    keyboard.press("End")
    assert state(frame)["time"] > "2024-06"
    keyboard.press("PageUp")
    earlier = state(frame)
    keyboard.press("PageUp")
    assert state(frame)["chosen"] != earlier["chosen"]
    keyboard.press("PageDown")
    assert state(frame)["chosen"] == earlier["chosen"]
    keyboard.press("Home")
    keyboard.press(" ")
    assert state(frame)["playing"]
    keyboard.press(" ")
    assert not state(frame)["playing"]


def test_the_slider_speaks_in_sentences(reader: Reader, server: str) -> None:
    """A screen reader hears date, place and event, not a number."""
    frame = reader.open(f"{server}/?event=reception-khasan")
    spoken = frame.get_by_test_id("time-slider").get_attribute("aria-valuetext")
    assert spoken is not None
    assert spoken.startswith("Tuesday, 12 September 2023, between 06:00 and 12:00, Khasan · UTC+10. ")


def test_the_date_gives_no_hour_that_no_source_gives(reader: Reader, server: str) -> None:
    """On an event the large date says how far the hour is known; between events it shows the playhead's clock."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    moment = frame.get_by_test_id("moment")
    expect(moment).to_contain_text("hour unknown")
    frame.evaluate("Dateline.seek('2023-09-13T04:20:00Z')")
    expect(moment).to_contain_text("13:20")


def test_the_clock_goes_forward_with_the_playhead(reader: Reader, server: str) -> None:
    """Dragging through the train's trip, the shown time never falls back by more than the train's own zones differ."""
    frame = reader.open(server)
    fallen = frame.evaluate(
        """() => {
            const [date, clock] = ["date", "clock"].map((name) => document.querySelector(`.dateline-${name}`));
            const shown = () => Date.parse(`${date.textContent} ${clock.textContent} UTC`);
            const start = Date.parse("2023-09-10T15:10:00Z");
            let before = 0;
            let most = 0;
            for (let minutes = 0; minutes < 4 * 24 * 60; minutes += 10) {
                Dateline.seek(start + minutes * 60e3 + 1);
                const now = shown();
                if (Number.isNaN(now)) return `unread: ${date.textContent} ${clock.textContent}`;
                most = Math.max(most, before - now);
                before = now;
            }
            return most / 60e3;
        }"""
    )
    assert fallen <= 60


def test_the_keys_work_before_the_map_has_the_focus(reader: Reader, server: str) -> None:
    """Right after opening, Page Down goes to the next event and space plays."""
    frame = reader.open(server)
    first = state(frame)["chosen"]
    reader.page.keyboard.press("PageDown")
    frame.wait_for_function(f"Dateline.state().chosen !== '{first}'")
    reader.page.keyboard.press(" ")
    frame.wait_for_function("Dateline.state().playing")


def test_a_link_to_an_event_leads_to_its_headline_and_the_clicker_works(reader: Reader, server: str) -> None:
    """Who comes by a link is at the caption, and Page Down goes on from there."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    expect(frame.get_by_test_id("card-title")).to_be_focused()
    reader.page.keyboard.press("PageDown")
    frame.wait_for_function("Dateline.state().chosen === 'kim-invites-putin'")


def test_a_paragraph_is_one_press_away(reader: Reader, server: str) -> None:
    """From a claim on the card to its paragraph on the page Sources, out of the map's frame."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    frame.get_by_test_id("folded-who").locator("> summary").click()
    frame.get_by_role("link", name="paragraph 11").first.press("Enter")
    reader.page.wait_for_url("**/sources?lang=en#source-s001-paragraph-11")
    expect(reader.page.locator("#source-s001-paragraph-11")).to_be_in_viewport()


@pytest.mark.parametrize("event", ["welcome-komsomolsk", "summit-vostochny", "departure-pyongyang", "arrival-sunan"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_chosen_mark_is_clear_of_the_card(reader_of: Any, server: str, event: str, width: int, height: int) -> None:
    """The flag of a chosen event lies within the map and not under the card."""
    frame = reader_of(width, height).open(f"{server}/?event={event}")
    flag = frame.locator(".dateline-flag")
    expect(flag).to_be_visible()
    clear = frame.evaluate(
        """() => {
            const box = (name) => document.querySelector(name).getBoundingClientRect();
            const [flag, card, map] = [".dateline-flag", ".dateline-card", ".leaflet-container"].map(box);
            const inside = flag.left >= map.left && flag.right <= map.right && flag.top >= map.top;
            return inside && (flag.bottom <= card.top || flag.top >= card.bottom || flag.right <= card.left);
        }"""
    )
    assert clear


def test_the_card_of_another_event_begins_at_its_top(reader: Reader, server: str) -> None:
    """A reader who has read one card to its end sees the next one from its beginning."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    read = "document.querySelector('.dateline-card').scrollTop"
    frame.get_by_test_id("folded-who").locator("> summary").click()
    frame.evaluate(f"{read} = 150")
    frame.wait_for_function(f"{read} === 150")
    # A browser tells of scrolling once a frame, before it draws.
    frame.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    frame.evaluate("Dateline.choose('departure-pyongyang')")
    assert 0 == frame.evaluate(read)


def test_a_click_on_a_mark_chooses_its_event(reader: Reader, server: str) -> None:
    """Clicking where an event is drawn shows it in the card and in the address bar."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    handle = reader.page.wait_for_selector("#dateline-map")
    assert handle is not None
    box = handle.bounding_box()
    assert box is not None
    x, y = frame.evaluate(
        f"""(() => {{
            const map = Object.values(window).find((value) => value instanceof L.Map);
            const point = map.latLngToContainerPoint([{KHASAN[0]}, {KHASAN[1]}]);
            const frame = document.querySelector(".leaflet-container").getBoundingClientRect();
            return [frame.x + point.x, frame.y + point.y];
        }})()"""
    )
    reader.page.mouse.click(box["x"] + x, box["y"] + y)
    frame.wait_for_function("Dateline.state().chosen !== 'summit-vostochny'")
    chosen = state(frame)["chosen"]
    reader.page.wait_for_url(f"**/*event={chosen}*")


@pytest.mark.parametrize(
    ("moment", "sure"),
    [("2023-09-11T03:00:00Z", False), ("2023-09-15T02:00:00Z", True)],
)
def test_a_train_nobody_reported_is_a_stretch(reader: Reader, server: str, moment: str, sure: bool) -> None:
    """Between two reports the train can have been on a stretch; where it must have arrived it is at a point."""
    frame = reader.open(server)
    frame.evaluate(f"Dateline.seek('{moment}')")
    train = state(frame)["train"]
    assert sure == (train["from"] == train["to"])


def test_the_train_in_a_sentence(reader: Reader, server: str) -> None:
    """It says between which stops the train can have been, and of the kilometres that they are a steady pace's."""
    frame = reader.open(server)
    frame.evaluate("Dateline.seek('2023-09-14T09:00:00Z')")
    told = frame.get_by_test_id("train").inner_text()
    assert "The train: anywhere between " in told
    assert "At a steady pace: some 3,217 km of travel from Pyongyang as drawn; the railway is longer." in told


def test_the_story_ends_where_the_sources_end(reader: Reader, server: str) -> None:
    """After the last report of it there is no train on the map, and the player says why."""
    frame = reader.open(server)
    frame.evaluate("Dateline.seek('2023-09-15T03:00:00Z')")
    assert state(frame)["train"] is None
    assert "No article follows the train" in frame.get_by_test_id("train").inner_text()


def test_the_card_tells_of_the_leg_that_the_train_is_on(reader: Reader, server: str) -> None:
    """At the cosmodrome it is the way there, and nowhere the forecast that was not borne out."""
    frame = reader.open(f"{server}/?event=summit-vostochny")
    card = frame.get_by_test_id("card")
    for event, note in (
        ("arrival-khasan", "that the train entered Russia at Khasan is inferred"),
        ("summit-vostochny", "the most direct railway between the two on Russian soil"),
        ("komsomolsk-visit", "back to Volochaevka"),
    ):
        frame.evaluate(f"Dateline.choose('{event}')")
        expect(card).to_contain_text(note)
        expect(card).not_to_contain_text("The journey as it was expected on 11 September 2023")


def test_the_version_that_was_set_aside_can_be_seen(reader: Reader, server: str) -> None:
    """On Monday noon the train that left on Monday has not moved at a steady pace; KCNA's has."""
    frame = reader.open(f"{server}/?event=departure-monday")
    noon = state(frame)
    assert "This version was set aside. " in frame.get_by_test_id("train").inner_text()
    expect(frame.get_by_test_id("card")).to_contain_text("The journey in the version that was set aside")
    frame.evaluate("Dateline.seek('2023-09-11T03:00:01Z')")  # playing on, the journey is the story's own again
    assert noon["train"]["lat"] < state(frame)["train"]["lat"]
    assert "This version was set aside" not in frame.get_by_test_id("train").inner_text()


def test_reduced_motion_steps_from_event_to_event(reader_of: Any, server: str) -> None:
    """Where the reader asked for less motion, playing goes by moments and nothing slides."""
    reader = reader_of(reduced_motion="reduce")
    frame = reader.open(f"{server}/?event=departure-pyongyang")
    first = state(frame)["chosen"]
    frame.get_by_test_id("play").click()
    frame.wait_for_function(f"Dateline.state().chosen !== '{first}'")
    frame.evaluate("Dateline.pause()")
