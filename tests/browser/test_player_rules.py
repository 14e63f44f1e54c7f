"""What the player draws by which rule, read from the page itself: marks, legend, ticks, the map's view."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.map.payload import Scene
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import Language
from tests.support import player
from tests.support.stories import StoryWith

Start = Callable[..., Page]
Point = tuple[float, float]

ALPHA, BETA, GAMMA, COUNTRY = (42.0, 130.0), (43.0, 131.0), (44.0, 131.0), (60.0, 100.0)
# Radii of rings, pixels: a summit's, that of what is still planned, and that around a summit's.
SUMMIT_RING, PLANNED_RING, OUTER_RING = 14, 10, 18


@pytest.fixture
def start(browser: Browser) -> Iterator[Start]:
    """Starts the player on a page of its own; `map` is its Leaflet map. Complaints of the browser fail the test.

    No event is a key moment unless `keys` numbers it: its number would cover its sign. `places` puts events elsewhere.
    """
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()

    def started(story: Story, keys: Mapping[str, int] = {}, places: Mapping[str, Point] = {}) -> Page:
        player.start(page, changed(story, keys, places))
        return page

    yield started
    context.close()


def changed(story: Story, keys: Mapping[str, int], places: Mapping[str, Point]) -> Scene:
    """A story's scene with these key moments and no others, and with events at other places."""
    told = scene(story, Language("en"))
    for event in told["events"]:
        event["key"] = keys.get(event["id"])
        event["lat"], event["lon"] = places.get(event["id"], (event["lat"], event["lon"]))
    return told


def drawn(page: Page) -> None:
    """Wait until what was asked for is on the page: drawing takes a frame, the legend one turn more."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")


def show(page: Page, moment: str, **command: object) -> None:
    """Bring the playhead to a moment, with no event chosen but those of that moment."""
    page.evaluate(
        "(order) => Dateline.command(order)",
        {"number": moment, "seek": True, "session": "test", "show": None, "time": moment} | command,
    )
    drawn(page)


def choose(page: Page, event: str) -> None:
    page.evaluate("(event) => Dateline.choose(event)", event)
    drawn(page)


# -- marks ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """A mark as it is drawn: alpha and colour of its middle, its strongest alpha, and how much of a ring is there."""

    middle: tuple[int, int, int, int]
    strongest: int
    rings: dict[int, float]

    @property
    def is_drawn(self) -> bool:
        return self.strongest > 0

    @property
    def is_faint(self) -> bool:
        return 0 < self.strongest < 150

    @property
    def is_filled(self) -> bool:
        """Whether the middle is ink (dark, or the red of what is chosen) rather than paper."""
        return self.middle[1] < 128

    @property
    def is_red(self) -> bool:
        return self.middle[0] > 128 > self.middle[1]


def mark_at(page: Page, lat_lon: tuple[float, float]) -> Mark:
    """The mark drawn at a point of the map, brought into the middle of the view."""
    page.evaluate("(point) => map.setView(point, 6, { animate: false })", list(lat_lon))
    drawn(page)
    read: dict[str, Any] = page.evaluate(
        """([point, radii]) => {
            const canvas = document.querySelector(".dateline-marks");
            const { x, y } = map.latLngToContainerPoint(point);
            const at = (dx, dy) =>
                [...canvas.getContext("2d").getImageData(Math.round(x + dx), Math.round(y + dy), 1, 1).data];
            const box = canvas.getContext("2d").getImageData(Math.round(x) - 24, Math.round(y) - 24, 48, 48).data;
            let strongest = 0;
            for (let i = 3; i < box.length; i += 4) strongest = Math.max(strongest, box[i]);
            const turns = Array.from({ length: 72 }, (_, i) => (i * Math.PI) / 36);
            const isInk = ([, green, , alpha]) => alpha > 40 && green < 128;
            const share = (radius) =>
                turns.filter((turn) => isInk(at(radius * Math.cos(turn), radius * Math.sin(turn)))).length / 72;
            return { middle: at(0, 0), strongest, rings: radii.map(share) };
        }""",
        [list(lat_lon), [SUMMIT_RING, PLANNED_RING, OUTER_RING]],
    )
    rings = dict(zip((SUMMIT_RING, PLANNED_RING, OUTER_RING), read["rings"], strict=True))
    return Mark(tuple(read["middle"]), read["strongest"], rings)


# The visit at Gamma is the last event: with the playhead behind it, it is the chosen one, and others are not.
AFTER_ALL = "2023-09-16T00:00:00Z"
AT_ALPHA = {"place_id": "alpha", "place_basis": "stated", "replaced_by": "", "when": "2023-09-12"}


def test_a_summits_place_has_a_ring(start: Start, story_with: StoryWith) -> None:
    """Where the leaders met there is a ring, whatever else has happened there since, and nowhere else."""
    page = start(
        story_with(
            events=[
                {"event_id": "departure", "kind": "summit"},
                {"event_id": "forecast", "status": "happened"} | AT_ALPHA,
                {"event_id": "plan", "status": "happened", "place_id": "beta", "place_basis": "stated"},
            ]
        )
    )
    show(page, AFTER_ALL)
    alpha, beta = mark_at(page, ALPHA), mark_at(page, BETA)
    assert alpha.is_filled
    assert beta.is_filled
    assert alpha.rings[SUMMIT_RING] > 0.9
    assert beta.rings[SUMMIT_RING] < 0.1


def test_a_summit_of_the_past_leaves_no_ring(start: Start, story_with: StoryWith) -> None:
    """A place of this trip is not ringed by a summit of the background."""
    page = start(story_with(events=[{"event_id": "war", "kind": "summit", "place_id": "alpha", "when": "2000"}]))
    show(page, AFTER_ALL)
    assert mark_at(page, ALPHA).rings[SUMMIT_RING] < 0.1


def test_what_happened_is_shown_before_what_was_planned(start: Start, story_with: StoryWith) -> None:
    """A later plan does not hide what happened at a place: it is a dashed ring around it while it is open."""
    plan = {"event_id": "forecast", "status": "planned"} | AT_ALPHA
    page = start(story_with(events=[plan | {"when": "2023-09-12/.."}]))
    show(page, AFTER_ALL)
    alpha = mark_at(page, ALPHA)
    assert alpha.is_filled
    assert 0.2 < alpha.rings[PLANNED_RING] < 0.8


def test_a_plan_that_is_over_leaves_no_ring(start: Start, story_with: StoryWith) -> None:
    """Once its day has passed, nothing more is planned there."""
    page = start(story_with(events=[{"event_id": "forecast", "status": "planned"} | AT_ALPHA]))
    show(page, AFTER_ALL)
    assert mark_at(page, ALPHA).rings[PLANNED_RING] < 0.1


def test_this_trip_is_shown_before_the_background(start: Start, story_with: StoryWith) -> None:
    """Not even what happened there later, apart from the trip, hides a plan of the trip."""
    page = start(
        story_with(
            events=[
                {"event_id": "departure", "status": "planned"},
                {"event_id": "war", "trip": "background"} | AT_ALPHA,
            ]
        )
    )
    show(page, AFTER_ALL)
    alpha = mark_at(page, ALPHA)
    assert alpha.is_drawn
    assert not alpha.is_filled
    assert not alpha.is_faint


def test_of_equals_the_latest_is_shown(start: Start, story_with: StoryWith) -> None:
    """A click on a mark chooses the event whose sign it bears."""
    page = start(story_with(events=[{"event_id": "forecast", "status": "happened"} | AT_ALPHA]))
    show(page, AFTER_ALL)
    mark_at(page, ALPHA)
    point = page.evaluate("(point) => map.latLngToContainerPoint(point)", list(ALPHA))
    page.locator("#map").click(position={"x": point["x"], "y": point["y"]})
    assert "forecast" == page.evaluate("Dateline.state().chosen")


def test_the_chosen_event_is_shown_before_all(start: Start, story_with: StoryWith) -> None:
    """A chosen plan bears its own sign, in red, though something has happened at its place."""
    page = start(story_with(events=[{"event_id": "forecast", "status": "planned"} | AT_ALPHA]))
    choose(page, "forecast")
    alpha = mark_at(page, ALPHA)
    assert not alpha.is_filled
    choose(page, "departure")
    assert mark_at(page, ALPHA).is_red


def test_the_background_is_faint(start: Start, story_with: StoryWith) -> None:
    """During a trip its own marks are strong and those of the background faint, unless one is chosen."""
    page = start(story_with(events=[{"event_id": "war", "place_id": "beta", "when": "2023-09-12"}]))
    show(page, AFTER_ALL)
    assert mark_at(page, BETA).is_faint
    assert not mark_at(page, ALPHA).is_faint
    choose(page, "war")
    war = mark_at(page, BETA)
    assert war.is_red
    assert not war.is_faint


def test_in_the_background_the_background_is_strong(start: Start, story_with: StoryWith) -> None:
    """Before the trip nothing of it is there, and what came before is not faint."""
    page = start(
        story_with(
            events=[
                {"event_id": "war", "place_id": "beta", "when": "2000"},
                {
                    "event_id": "forecast",
                    "trip": "background",
                    "status": "happened",
                    "place_id": "gamma",
                    "when": "2010",
                }
                | {"replaced_by": ""},
            ]
        )
    )
    show(page, "2015-01-01T00:00:00Z")
    beta = mark_at(page, BETA)
    assert beta.is_drawn
    assert not beta.is_faint
    assert not mark_at(page, ALPHA).is_drawn


def test_a_country_has_no_mark_and_is_tinted(start: Start, story: Story) -> None:
    """What stands for a country is no point: chosen, the whole of it is tinted, and the map's edge says so."""
    page = start(story)
    show(page, AFTER_ALL)
    assert not mark_at(page, COUNTRY).is_drawn
    tint, note = page.locator(".leaflet-dateline-areas-pane path"), page.get_by_test_id("no-point")
    expect(tint).to_have_count(0)
    choose(page, "war")
    assert not mark_at(page, COUNTRY).is_drawn
    expect(tint).to_have_count(1)
    expect(note).to_have_text("Country: no exact point")
    choose(page, "departure")
    expect(tint).to_have_count(0)
    expect(note).to_be_hidden()


def test_a_place_far_away_is_an_arrow_at_the_edge(start: Start, story: Story) -> None:
    """The map stays where the journey is; a click on the arrow goes there."""
    page = start(story, places={"visit": (38.9, -77.0)})
    choose(page, "departure")
    before = page.evaluate(VIEW)
    choose(page, "visit")
    far = page.get_by_test_id("far")
    expect(far).to_be_visible()
    assert before == pytest.approx(page.evaluate(VIEW))
    far.click()
    expect(far).to_be_hidden()
    assert page.evaluate("map.getBounds().contains([38.9, -77])")


def test_what_is_still_to_come_is_numbered_in_outline(start: Start, story: Story) -> None:
    """On the clock of what happened, from the beginning; on the clock of the news not before it is known."""
    page = start(story, {"departure": 1, "visit": 2})
    choose(page, "departure")
    beside = """(point) => {
        const { x, y } = map.latLngToContainerPoint(point);
        const context = document.querySelector(".dateline-marks").getContext("2d");
        return context.getImageData(Math.round(x) + 6, Math.round(y), 1, 1).data[1];
    }"""
    for place, is_paper in ((GAMMA, True), (ALPHA, False)):
        assert mark_at(page, place).is_drawn
        assert is_paper is (page.evaluate(beside, list(place)) > 200)
    show(page, "2023-09-11T12:00:00Z", clock="news")
    assert not mark_at(page, GAMMA).is_drawn


def test_the_train_is_above_every_mark_on_a_phone(start: Start, story: Story) -> None:
    """Near the top edge of the map, too, where Leaflet would stack it below."""
    page = start(story)
    page.set_viewport_size({"width": 390, "height": 844})
    drawn(page)
    choose(page, "departure")
    page.evaluate("map.setView([40, 130], 6, { animate: false })")
    train, marks = page.evaluate(
        """[".dateline-engine-icon", ".dateline-marks"].map((name) =>
            Number(getComputedStyle(document.querySelector(name).closest(".leaflet-pane")).zIndex))"""
    )
    assert train > marks


def test_marks_are_reached_by_keyboard(start: Start, story: Story) -> None:
    """One stop for all of them; arrows walk from west to east, the focus names a mark, Enter chooses it."""
    page = start(story)
    choose(page, "visit")
    toolbar = page.get_by_role("toolbar")
    expect(toolbar.get_by_role("button")).to_have_count(2)
    expect(toolbar.locator("button[tabindex='0']")).to_have_count(1)
    first, last = toolbar.get_by_role("button").first, toolbar.get_by_role("button").last
    first.focus()
    expect(page.locator(".dateline-mark-name")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(last).to_be_focused()
    page.keyboard.press("Home")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    assert "visit" != page.evaluate("Dateline.state().chosen")


def test_home_shows_the_whole_journey_again(start: Start, story: Story) -> None:
    """Wherever the reader has gone."""
    page = start(story)
    choose(page, "departure")
    fitted = page.evaluate(VIEW)
    page.locator("#map").dispatch_event("pointerdown")
    page.evaluate("map.setView([0, 0], 3, { animate: false })")
    page.get_by_test_id("home").click()
    assert fitted == pytest.approx(page.evaluate(VIEW), abs=0.1)


# -- legend -----------------------------------------------------------------------------------------------------------

LINES = ["stated", "inferred", "planned"]


def legend(page: Page) -> list[str]:
    texts: list[str] = page.get_by_test_id("legend").locator("li").all_text_contents()
    return texts


def test_the_legend_names_what_is_on_the_map(start: Start, story: Story) -> None:
    """Signs, rings, areas, lines and the train as they come and go, each once; nothing that is not to be seen."""
    page = start(story)
    told = scene(story, Language("en"))
    words, statuses = told["words"], told["statuses"]
    choose(page, "war")
    assert [words["vague"], words["ahead"]] == legend(page)
    train = [words["train"], words["train_band"]]
    choose(page, "departure")
    assert [statuses["happened"], words["leg_stated"], words["ahead"], *train] == legend(page)
    choose(page, "visit")
    lines = [words["leg_inferred"], words["leg_stated"], words["ahead"]]
    assert [statuses["happened"], *lines, *train] == legend(page)
    page.evaluate(f"Dateline.seek('{AFTER_ALL}')")
    choose(page, "forecast")
    assert statuses["superseded"] in legend(page)


def test_the_legend_names_summits_and_plans(start: Start, story_with: StoryWith) -> None:
    """A ring is explained while there is one."""
    events = [
        {"event_id": "departure", "kind": "summit"},
        {"event_id": "forecast", "status": "planned"} | AT_ALPHA | {"when": "2023-09-11/.."},
    ]
    story = story_with(events=events)
    words = scene(story, Language("en"))["words"]
    page = start(story)
    choose(page, "war")
    assert not {words["summit_site"], words["pending"]} & set(legend(page))
    choose(page, "visit")
    assert {words["summit_site"], words["pending"]} <= set(legend(page))
    assert words["leg_planned"] not in legend(page)


# -- ticks ------------------------------------------------------------------------------------------------------------


def rows_of_ink(page: Page) -> tuple[int, int]:
    """How many pixels of the strip's ticks lie above its line and how many below."""
    above, below = page.evaluate(
        """() => {
            const canvas = document.querySelector(".dateline-ticks");
            const { width, height } = canvas;
            const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
            const ink = [0, 0];
            for (let i = 3; i < data.length; i += 4) if (data[i] > 128) ink[Number((i / 4) / width >= height / 2)] += 1;
            return ink;
        }"""
    )
    return above, below


def test_what_happened_is_ticked_above_the_line_and_the_rest_below(start: Start, story: Story) -> None:
    """The ticks are those of the events that take part."""
    page = start(story)
    for event, is_above in (("departure", True), ("plan", False)):
        show(page, AFTER_ALL, show=[event], number=event)
        above, below = rows_of_ink(page)
        assert (is_above, not is_above) == (above > 0, below > 0)
    show(page, AFTER_ALL, show=[], number="none")
    assert (0, 0) == rows_of_ink(page)


# -- the map's view and the chapters ----------------------------------------------------------------------------------

VIEW = "(() => { const b = map.getBounds(); return [b.getSouth(), b.getWest(), b.getNorth(), b.getEast()]; })()"


def test_the_map_fits_the_trip(start: Start, story: Story) -> None:
    """On a trip the map shows all of it, as large as it can be, wherever the map was before."""
    page = start(story)
    (bounds,) = [chapter["bounds"] for chapter in scene(story, Language("en"))["chapters"] if chapter["bounds"]]
    south, west, north, east = page.evaluate(VIEW)
    assert south < bounds[0][0] < bounds[1][0] < north
    assert west < bounds[0][1] < bounds[1][1] < east
    # One step of zoom nearer, with the room for flags and controls, it would not fit.
    assert north - south < 4 * (bounds[1][0] - bounds[0][0])


def test_a_map_that_the_reader_moved_stays_until_the_next_chapter(start: Start, story: Story) -> None:
    """The trip comes back into view when it is entered again, not while the reader looks elsewhere."""
    page = start(story)
    choose(page, "departure")
    fitted = page.evaluate(VIEW)
    page.emulate_media(reduced_motion="reduce")
    page.locator("#map").dispatch_event("pointerdown")
    page.evaluate("map.setView([50, 120], 8, { animate: false })")
    for event in ("visit", "departure"):
        choose(page, event)
        assert 8 == page.evaluate("map.getZoom()")
    page.evaluate("map.setView([45, 100], 5, { animate: false })")
    moved = page.evaluate(VIEW)
    # No event of the trip is chosen at its very beginning, so that none has to be brought into sight.
    page.evaluate("Dateline.seek('2023-09-10T06:00:00Z')")
    assert moved == pytest.approx(page.evaluate(VIEW))
    page.evaluate("Dateline.seek('1990-01-01T00:00:00Z')")
    page.evaluate("Dateline.seek('2023-09-10T06:00:00Z')")
    assert fitted == pytest.approx(page.evaluate(VIEW), abs=1)


def test_chapters_have_captions_and_lead_to_their_first_event(start: Start, story: Story) -> None:
    """Each is a button with its title, its days and a hint, and a mark on the one that is shown."""
    page = start(story)
    told = scene(story, Language("en"))["chapters"]
    buttons = page.get_by_role("group", name="Chapters").get_by_role("button")
    assert [f"{chapter['title']} {chapter['short_title']}" for chapter in told] == buttons.all_text_contents()
    assert [chapter["hint"] for chapter in told] == [button.get_attribute("title") for button in buttons.all()]
    for number, first in ((0, "war"), (1, "departure")):
        buttons.nth(number).click()
        expect(buttons.nth(number)).to_have_attribute("aria-current", "true")
        expect(buttons.nth(1 - number)).to_have_attribute("aria-current", "false")
        assert first == page.evaluate("Dateline.state().chosen")
