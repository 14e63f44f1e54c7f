"""The player's scripts alone, in a real Chromium on a blank page: no server, no Streamlit."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from geopy.distance import great_circle
from playwright.sync_api import Browser, Page, Route, expect

from geo.journey.itinerary import itinerary
from geo.map.basemap import BASEMAP, basemap
from geo.map.files import ASSETS
from geo.map.scene import scene
from geo.map.story_map import save
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from geo.wording.vocabulary import STATUS
from tests.support.browser import Reader
from tests.support.player import EARTH, blank
from tests.support.stories import HOSTILE, edited

Json = dict[str, Any]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with Leaflet that can import the player's modules, shared by tests that leave nothing behind."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.route("**/*", serve)
    page.goto("http://127.0.0.1/")
    yield blank(page)
    context.close()


def serve(route: Route) -> None:
    """An empty page, and the player's modules beside it."""
    name = urlsplit(route.request.url).path.removeprefix("/")
    if name:
        route.fulfill(content_type="text/javascript", path=ASSETS / name)
    else:
        route.fulfill(content_type="text/html", body="<!doctype html>")


@pytest.fixture
def own_page(browser: Browser) -> Iterator[Page]:
    """An empty page of one test's own, without network."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


# -- basemap -----------------------------------------------------------------------------------------------------------


def test_the_basemap_arrives_as_it_was_made(page: Page) -> None:
    """What the browser unpacks is the GeoJSON of `data/basemap/`, position by position, layer by layer."""
    made = json.loads((BASEMAP / "basemap.geojson").read_text("utf-8"))["features"]
    features = page.evaluate("async (layers) => (await import('/basemap.js')).basemapFeatures(layers)", basemap())
    # The coasts are drawn from the land.
    unpacked = [feature for feature in features if feature["properties"]["layer"] != "coast"]
    assert [feature["geometry"] for feature in made] == [feature["geometry"] for feature in unpacked]
    assert [feature["properties"]["layer"] for feature in made] == [
        feature["properties"]["layer"] for feature in unpacked
    ]


# -- train ------------------------------------------------------------------------------------------------------------


def test_browser_and_python_agree_on_where_the_train_is(
    page: Page, shipped_story: Story, shipped_scenes: dict[str, Json]
) -> None:
    """At fifty moments of each train both compute the same kilometres, and the same points to a few steps.

    So do they where a function has a step, at each end of a departure's and an arrival's window.
    """
    trains = shipped_scenes["en"]["trains"]
    assert [None, "departure-monday"] == [told["version"] for told in trains]
    for told in trains:
        found = itinerary(shipped_story, told["trip"], told["version"] or "")
        assert found is not None
        first = found.known_from
        moments = [first + (found.known_until - first) * step / 51 for step in range(51)]
        moments += [at for leg in found.legs for at in (*leg.depart, *leg.arrive)]
        places = page.evaluate(
            """async ([itinerary, moments]) => {
                const { Train } = await import("/train.js");
                const train = new Train(itinerary);
                return moments.map((moment) => {
                    const place = train.at(moment);
                    return { ...place, points: [place.km, place.fromKm, place.toKm].map((km) => train.pointAt(km)) };
                });
            }""",
            [told, [moment.timestamp() * 1000 for moment in moments]],
        )
        for moment, place in zip(moments, places, strict=True):
            position = found.position(moment)
            assert position is not None
            km = (position.km, position.from_km, position.to_km)
            assert km == pytest.approx((place["km"], place["fromKm"], place["toKm"]), abs=0.001)
            expected = (position.lat_lon, position.from_lat_lon, position.to_lat_lon)
            for point, given in zip(expected, place["points"], strict=True):
                assert great_circle(point, given).m < 2  # the scene's degrees are rounded to a metre
        outside = [first - timedelta(seconds=1), found.known_until + timedelta(seconds=1)]
        assert [None, None] == [found.position(moment) for moment in outside]
        assert [None, None] == page.evaluate(
            """async ([itinerary, moments]) => {
                const { Train } = await import("/train.js");
                return moments.map((moment) => new Train(itinerary).at(moment));
            }""",
            [told, [moment.timestamp() * 1000 for moment in outside]],
        )


# -- signs ------------------------------------------------------------------------------------------------------------


def drawn(page: Page, status: str, look: Json, *before: str) -> str:
    """The pixels of a sign, without colour: what is left of it in print or for a colour-blind reader.

    The signs of `before` are drawn first and painted over.
    """
    pixels: str = page.evaluate(
        """async ([status, look, before]) => {
            const [{ Signs }, { colours }] = await Promise.all([import("/signs.js"), import("/colours.js")]);
            const signs = new Signs(colours());
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = 48;
            const context = canvas.getContext("2d");
            for (const earlier of before) signs.draw(context, earlier, 9, 9, {});
            context.fillStyle = "#fff";
            context.fillRect(0, 0, 48, 48);
            signs.draw(context, status, 24, 24, look);
            const { data } = context.getImageData(0, 0, 48, 48);
            const isDark = (pixel) => data[4 * pixel] + data[4 * pixel + 1] + data[4 * pixel + 2] < 600;
            return Array.from({ length: 48 * 48 }, (_, pixel) => (isDark(pixel) ? "#" : ".")).join("");
        }""",
        [status, look, before],
    )
    return pixels


@pytest.mark.parametrize("look", [{}, {"colour": "#b3261e"}, {"radius": 10, "summit": True}, {"radius": 7}])
def test_every_status_has_its_own_shape(page: Page, look: Json) -> None:
    """Any two statuses differ in black and white, at each size and colour that is drawn."""
    signs = {status: drawn(page, status, look) for status in STATUS}
    assert all("#" in sign for sign in signs.values())
    alike = [(one, other) for one, other in combinations(signs, 2) if differing(signs[one], signs[other]) < 4]
    assert [] == alike


def differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def test_a_summit_has_a_ring(page: Page) -> None:
    """The place of a summit is told by its sign's shape, not only by its size."""
    assert (
        differing(drawn(page, "happened", {"radius": 10}), drawn(page, "happened", {"radius": 10, "summit": True})) > 20
    )


def test_drawing_leaves_the_canvas_as_it_was(page: Page) -> None:
    """A sign changes no setting of the canvas: the next one is not dashed by the last."""
    alone = drawn(page, "happened", {})
    assert alone == drawn(page, "happened", {}, "planned", "denied", "superseded")


def test_a_symbol_is_hidden_from_screen_readers(page: Page) -> None:
    """A sign beside a word is not read out a second time."""
    assert "true" == page.evaluate(
        """async () => {
            const { Signs } = await import("/signs.js");
            return new Signs({}).symbol("planned").getAttribute("aria-hidden");
        }"""
    )


# -- labels -----------------------------------------------------------------------------------------------------------


def placed(page: Page, *labels: Json) -> list[str]:
    """The names that are written on a map of 800 × 600 pixels at zoom 4."""
    found: list[str] = page.evaluate(
        """async (labels) => {
            const [{ LabelLayer }, { colours }, { Overlays }] = await Promise.all(
                ["labels", "colours", "overlays"].map((name) => import(`/${name}.js`)),
            );
            const box = document.createElement("div");
            box.style.cssText = "width: 800px; height: 600px";
            document.body.append(box);
            const map = L.map(box, { center: [45, 130], zoom: 4, zoomAnimation: false });
            const marks = { drawn: [], obstacles: () => [] };
            const taken = { marks, flag: { box: null }, route: { points: () => [] }, overlays: new Overlays(map) };
            const { written } = new LabelLayer(labels, colours(), taken).addTo(map);
            map.remove();
            box.remove();
            return written;
        }""",
        list(labels),
    )
    return found


def label(name: str, lat: float = 45, lon: float = 130, kind: str = "country", min_zoom: int = 0) -> Json:
    return {"name": name, "lat": lat, "lon": lon, "kind": kind, "min_zoom": min_zoom, "clearance": 9}


def test_of_two_names_in_one_place_the_more_important_is_written(page: Page) -> None:
    """Where names would overlap the first of the list stays."""
    assert ["First"] == placed(page, label("First"), label("Second"))
    assert ["Second"] == placed(page, label("Second"), label("First"))


def test_names_apart_are_all_written(page: Page) -> None:
    """Names that do not touch leave each other alone."""
    assert ["North", "South"] == placed(page, label("North", 50), label("South", 40))


def test_many_towns_in_one_place_are_not_all_written(page: Page) -> None:
    """A name may stand beside, above or below its town, but never on another name."""
    towns = [label(f"Town {number}", kind="city") for number in range(12)]
    names = placed(page, *towns)
    assert "Town 0" == names[0]
    assert len(names) <= 4


def test_no_name_is_written_under_a_control(page: Page) -> None:
    """Where the zoom buttons lie over the map's corner no name is written; right of them one is."""
    assert ["Beside"] == placed(page, label("X", 59, 98.5), label("Beside", 59, 110))


def test_a_name_waits_for_its_zoom_and_stays_inside(page: Page) -> None:
    """Names of smaller places come with zooming in; none is cut by the map's edge."""
    assert ["Now"] == placed(page, label("Now"), label("Later", 40, min_zoom=5), label("Elsewhere", 45, 30))


def test_a_name_of_two_lines_takes_the_room_of_two(page: Page) -> None:
    """A name with a line break is written under itself."""
    assert ["Sea of\nJapan"] == placed(page, label("Sea of\nJapan", kind="sea"), label("Below", 44.6, kind="region"))


# -- player -----------------------------------------------------------------------------------------------------------

Start = Callable[[Story], Page]


@pytest.fixture
def start(own_page: Page) -> Start:
    """Starts the player on a page of its own; complaints of the browser fail the test."""

    def fail(error: object) -> None:
        raise AssertionError(str(error))

    def started(story: Story, before: str = "") -> Page:
        own_page.on("pageerror", fail)
        blank(own_page, "<div id='map' class='folium-map'></div>")
        told = scene(story, Language("en"))
        own_page.evaluate(
            f"""([story, basemap]) => {{
                {before}
                const map = L.map("map", {{ center: [45, 130], zoom: 4 }});
                return Dateline.start(map, {{ story, basemap }}).then(() => true);
            }}""",
            [told, EARTH],
        )
        return own_page

    return started


def order(number: int, **parts: Any) -> str:
    whole = {"number": number, "seek": True, "show": None, "superseded": False, "event": None, "time": None} | parts
    return f"Dateline.command({json.dumps(whole)}); Dateline.state()"


def test_the_player_opens_with_an_introduction(start: Start, story: Story) -> None:
    """Without a command nothing is chosen or played: what the story is, who tells it, and two ways into it."""
    page = start(replace(story, intro_en="What it is about."))
    state = page.evaluate("Dateline.state()")
    assert (True, None, False) == (state["introduced"], state["chosen"], state["playing"])
    assert state["train"] is not None
    opening = page.get_by_test_id("opening")
    for text in ("A tour", "What it is about.", "2 articles tell it.", "On 1 question they do not agree."):
        expect(opening).to_contain_text(text)
    expect(page.get_by_test_id("card")).to_be_hidden()
    page.get_by_test_id("follow").click()
    state = page.evaluate("Dateline.state()")
    assert (False, "departure", True) == (state["introduced"], state["chosen"], state["playing"])
    page.get_by_test_id("introduction").click()
    expect(opening).to_be_visible()
    assert not page.evaluate("Dateline.state().playing")
    page.get_by_test_id("opening-news").click()
    state = page.evaluate("Dateline.state()")
    assert ("news", False) == (state["clock"], state["introduced"])
    expect(page.get_by_test_id("card-title")).to_be_visible()


def test_a_story_without_an_introduction_or_a_question_claims_none(start: Start, story: Story) -> None:
    """Its opening has its title and its articles, and says nothing of differences."""
    page = start(replace(story, disagreements=(), versions=()))
    expect(page.get_by_test_id("opening")).to_contain_text("2 articles tell it.")
    expect(page.get_by_test_id("opening")).not_to_contain_text("agree")


def test_a_reader_who_is_reconnected_keeps_the_place(start: Start, story: Story) -> None:
    """A command of another session than before changes what is shown, but neither playhead nor clock nor playing."""
    page = start(story)
    page.evaluate(order(1, event="departure", session="lost"))
    page.evaluate(order(2, event="departure", clock="news", session="lost"))
    page.evaluate("Dateline.play()")
    again = page.evaluate(order(1, event="departure", show=["departure", "visit"], session="found"))
    assert ("departure", "news", True) == (again["chosen"], again["clock"], again["playing"])
    assert {"departure", "visit"} >= set(again["visible"])
    assert "visit" == page.evaluate(order(2, event="visit", session="found"))["chosen"]


def test_a_command_that_came_first_is_obeyed(own_page: Page, story: Story) -> None:
    """What the server asked for before the player was ready is done when it is."""
    blank(own_page, "<div id='map'></div>")
    told = scene(story, Language("en"))
    code = f"""([story, basemap]) => {{
        {order(1, event="visit").partition(";")[0]};
        return Dateline.start(L.map("map", {{ center: [45, 130], zoom: 4 }}), {{ story, basemap }})
            .then(() => Dateline.state().chosen);
    }}"""
    assert "visit" == own_page.evaluate(code, [told, EARTH])


def test_commands_move_filter_and_fall_back(start: Start, story: Story) -> None:
    """An order seeks and filters; one with a known number does nothing; unknown events and times rewind."""
    page = start(story)
    assert "visit" == page.evaluate(order(1, event="visit"))["chosen"]
    assert "visit" == page.evaluate(order(1, event="plan"))["chosen"]
    assert "visit" == page.evaluate(order(2, seek=False, event="plan"))["chosen"]
    assert "2023-09-12T00:00:00.000Z" == page.evaluate(order(3, time="2023-09-12T00:00:00Z"))["time"]
    for number, broken in enumerate([{"event": HOSTILE}, {"time": "never"}, {"event": "no such"}], start=4):
        assert page.evaluate(order(number, **broken))["introduced"]
    assert {"visit"} == set(page.evaluate(order(9, event="visit", show=["visit"]))["visible"])


def test_a_filter_that_nothing_passes_leaves_an_empty_map(start: Start, story: Story) -> None:
    """With every event filtered out the player stands, says so on the card, and its buttons do no harm."""
    page = start(story)
    state = page.evaluate(order(1, show=[]))
    assert ([], [], None) == (state["visible"], state["current"], state["chosen"])
    for button in ("next-event", "previous-event", "play", "play"):
        page.get_by_test_id(button).click(force=True)
    assert not page.evaluate("Dateline.state()")["playing"]
    expect(page.get_by_test_id("card")).to_contain_text(scene(story, Language("en"))["words"]["no_match"])


def test_superseded_events_are_drawn_on_request(start: Start, story: Story) -> None:
    """What was not borne out is off the map until asked for."""
    page = start(story)
    late = {"time": "2023-09-14T00:00:00Z"}
    assert "forecast" not in page.evaluate(order(1, **late))["visible"]
    assert "forecast" in page.evaluate(order(2, superseded=True, **late))["visible"]


def test_moments_outside_go_to_the_nearest_edge(start: Start, story: Story) -> None:
    """Seeking before the beginning or after the end goes to that end; what is no moment moves nothing."""
    page = start(story)
    told = scene(story, Language("en"))["chapters"]
    ends = [datetime.fromtimestamp(at / 1000, UTC) for at in (told[0]["start"], told[-1]["end"])]
    for given, expected in (("'1066-10-14'", ends[0]), ("8e15", ends[1]), ("'not a time'", ends[1]), ("NaN", ends[1])):
        state = page.evaluate(f"Dateline.seek({given}); Dateline.state()")
        assert expected == datetime.fromisoformat(state["time"])


def test_buttons_go_from_key_moment_to_key_moment(start: Start, story: Story) -> None:
    """They pass over all other events, unless all are asked for; each key moment is a button of its own, too."""
    page = start(edited(edited(story, "events", "departure", key_moment=1), "events", "visit", key_moment=2))
    page.evaluate("Dateline.choose('departure')")
    page.get_by_test_id("next-event").click()
    assert "visit" == page.evaluate("Dateline.state().chosen")
    moments = page.get_by_role("group", name="Key moments").get_by_role("button")
    assert ["1. Departure, 11 Sept 2023", "2. Visit, about 13 Sept 2023"] == [
        made.get_attribute("aria-label") for made in moments.all()
    ]
    expect(moments.nth(1)).to_have_attribute("aria-current", "true")
    moments.nth(0).click()
    assert "departure" == page.evaluate("Dateline.state().chosen")
    page.get_by_test_id("every-event").check()
    page.get_by_test_id("next-event").click()
    assert page.evaluate("Dateline.state().chosen") not in ("departure", "visit")


def test_a_swipe_across_the_caption_goes_to_the_next_moment(start: Start, story: Story) -> None:
    """With a finger to the left; a mouse that is dragged selects text and goes nowhere."""
    page = start(edited(edited(story, "events", "departure", key_moment=1), "events", "visit", key_moment=2))
    page.evaluate("Dateline.choose('departure')")
    swipe = """(pointerType) => {
        const card = document.querySelector(".dateline-card");
        const at = (name, clientX) =>
            card.dispatchEvent(new PointerEvent(name, { pointerType, clientX, clientY: 100, bubbles: true }));
        at("pointerdown", 1100);
        at("pointerup", 1000);
        return Dateline.state().chosen;
    }"""
    assert ["departure", "visit"] == [page.evaluate(swipe, kind) for kind in ("mouse", "touch")]


def test_playing_holds_each_key_moment_and_ends_at_the_last(start: Start, story: Story) -> None:
    """The playhead eases to the next one, stays there, and what is longer than a few days is skipped in words."""
    page = start(edited(edited(story, "events", "departure", key_moment=2), "events", "war", key_moment=1))
    page.clock.install()
    page.evaluate("Dateline.choose('war'); Dateline.play()")
    page.clock.run_for(3900)
    assert "war" == page.evaluate("Dateline.state().chosen")
    page.clock.run_for(200)
    expect(page.get_by_test_id("train")).to_have_text(re.compile("later$"))
    page.clock.run_for(1700)
    assert ["departure", True] == page.evaluate("[Dateline.state().chosen, Dateline.state().playing]")
    page.clock.run_for(4100)
    assert not page.evaluate("Dateline.state().playing")


def test_the_strip_shows_a_chapter_a_day_and_all_again(start: Start, story: Story) -> None:
    """Zoomed in, its ends are those of the chapter, then of the day; the playhead is never out of it."""
    page = start(story)
    page.evaluate("Dateline.choose('departure')")
    slider = page.get_by_test_id("time-slider")

    def ends() -> list[int]:
        return [int(slider.get_attribute(name) or "") for name in ("min", "max")]

    whole = ends()
    page.get_by_test_id("zoom-time-in").click()
    chapter = ends()
    page.get_by_test_id("zoom-time-in").click()
    day = ends()
    assert whole[0] < chapter[0] < day[0] < day[1] < chapter[1] <= whole[1]
    expect(page.get_by_test_id("zoom-time-in")).to_have_attribute("aria-disabled", "true")
    page.evaluate("Dateline.choose('visit')")
    later = ends()
    assert later != day
    assert later[0] <= int(slider.input_value()) <= later[1]
    for _ in range(2):
        page.get_by_test_id("zoom-time-out").click()
    assert whole == ends()
    expect(page.get_by_test_id("zoom-time-out")).to_have_attribute("aria-disabled", "true")


def test_buttons_go_through_every_event_and_stop_at_the_ends(start: Start, story: Story) -> None:
    """Next and previous pass every event once in order of time, and stay at the last and the first."""
    page = start(story)
    page.get_by_test_id("every-event").check()
    ids = [event["id"] for event in scene(story, Language("en"))["events"]]
    page.evaluate(f"Dateline.choose('{ids[0]}')")
    for button, expected in (("next-event", [*ids[1:], ids[-1]]), ("previous-event", [*ids[-2::-1], ids[0]])):
        for event in expected:
            page.get_by_test_id(button).click(force=True)
            assert event == page.evaluate("Dateline.state().chosen")


@pytest.mark.parametrize("kept", ["no trips", "no train", "no legs", "one event", "no places"])
def test_a_lesser_story_plays_too(start: Start, story: Story, kept: str) -> None:
    """A story without trips, without a train or a line, with a single event, or with none that has a place starts."""
    background = edited(story, "events", trip="background")
    lesser = {
        "no trips": lambda: replace(background, trips=(), legs=()),
        "no train": lambda: replace(story, legs=story.legs[3:]),
        "no legs": lambda: replace(story, legs=(), tracks=()),
        "one event": lambda: replace(
            story,
            events=story.events[:1],
            claims=story.claims[:1],
            legs=(),
            disagreements=(),
            versions=(),
            figures=(),
        ),
        "no places": lambda: edited(story, "events", place_id="", place_basis=""),
    }[kept]()
    page = start(lesser)
    page.evaluate("Dateline.seek(0); Dateline.seek(9e14); Dateline.play(); Dateline.pause(); Dateline.seek(9e14)")
    assert {event["id"] for event in scene(lesser, Language("en"))["events"]} >= {
        page.evaluate("Dateline.state().chosen")
    }
    assert page.get_by_test_id("card-title").is_visible()


# -- card -------------------------------------------------------------------------------------------------------------


def test_a_card_shows_what_who_and_where(start: Start, story: Story) -> None:
    """Title, date, place, actors, status and every claim's outlet, paragraph and quoted words are on the card."""
    page = start(story)
    page.evaluate("Dateline.choose('departure')")
    event = next(event for event in scene(story, Language("en"))["events"] if event["id"] == "departure")
    text = page.get_by_test_id("card").text_content() or ""
    parts = [event[name] for name in ("title", "when_text", "place_name", "actors", "status_text", "claims_heading")]
    for claim in event["claims"]:
        parts += [claim[name] for name in ("outlet", "published_text", "paragraph_text", "stance_text")]
        parts += filter(None, [claim["when_as_written"], claim["place_as_written"]])
    assert [] == [part for part in parts if str(part) not in text]


@pytest.mark.parametrize(
    ("event", "related"), [("departure", "Plan"), ("plan", "Departure"), ("visit", "Forecast"), ("forecast", "Visit")]
)
def test_related_events_are_a_click_away(start: Start, story: Story, event: str, related: str) -> None:
    """What an event fulfils or replaces, and the reverse, is a button on its card that chooses it."""
    page = start(story)
    page.evaluate(f"Dateline.choose('{event}')")
    page.get_by_test_id("folded-more").locator("> summary").click()
    page.get_by_test_id("card").get_by_role("button", name=related, exact=True).first.click()
    assert related == page.get_by_test_id("card-title").text_content()
    expect(page.get_by_test_id("card-title")).to_be_focused()


def test_what_is_folded_out_stays_so(start: Start, story: Story) -> None:
    """Who reads the sources of one event reads those of the next; folded, a card is no longer than the screen."""
    page = start(story)
    page.evaluate("Dateline.choose('departure')")
    assert page.evaluate(
        "(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight)(document.querySelector('.dateline-card'))"
    )
    page.get_by_test_id("folded-who").locator("> summary").click()
    expect(page.get_by_test_id("claims")).to_be_visible()
    page.evaluate("Dateline.choose('visit')")
    expect(page.get_by_test_id("claims")).to_be_visible()
    page.get_by_test_id("folded-who").locator("> summary").click()
    page.evaluate("Dateline.choose('departure')")
    expect(page.get_by_test_id("claims")).to_be_hidden()


def test_text_on_a_card_is_inert(start: Start, hostile_story: Story) -> None:
    """A story's words make no element of a card, and stand there as written."""
    page = start(hostile_story)
    for event in hostile_story.event_by_id:
        page.evaluate(f"Dateline.choose('{event}')")
        assert 0 == page.locator("img, [data-testid=card] script, [data-testid=card] style").count()
        assert HOSTILE.split() == (page.get_by_test_id("card-title").text_content() or "").split()
    assert page.evaluate("window.pwned === undefined")


@pytest.mark.parametrize(("drawn", "verdicts"), [(True, ["On the map", "Set aside"]), (False, ["Not settled"] * 2)])
def test_only_what_was_not_preferred_is_set_aside(start: Start, story: Story, drawn: bool, verdicts: list[str]) -> None:
    """Where the map draws a version the others are set aside; where it draws none, nothing is settled."""
    page = start(edited(story, "versions", "day-1", drawn=drawn))
    page.evaluate("Dateline.choose('departure')")
    assert verdicts == page.locator(".dateline-disagreement .dateline-note b").all_text_contents()


ARABIC = "وصول (مصر) 1 من 3!"
LONG = "Donaudampfschifffahrtsgesellschaft" * 4
MANY = "A headline far too long for a flag on a map " * 8


@pytest.mark.parametrize("title", [ARABIC, LONG, MANY])
def test_titles_of_any_length_and_script_stay_inside(start: Start, story: Story, title: str) -> None:
    """Flag and card are no wider for a long word, the flag stays on the map, and nothing scrolls sideways."""
    told = edited(edited(story, "events", title_en=title, actors=title), "places", name_en=title)
    page = start(told)
    page.evaluate("Dateline.choose('visit')")
    inside, wide = page.evaluate(
        """() => {
            const box = (selector) => document.querySelector(selector).getBoundingClientRect();
            const [flag, map] = [box(".dateline-flag"), box(".dateline-stage")];
            const wide = [...document.querySelectorAll(".dateline-card, .dateline-card *, .dateline-flag-title, p")]
                .filter((each) => getComputedStyle(each).display !== "inline")
                .filter((each) => each.scrollWidth > each.clientWidth + 1)
                .map((each) => `${each.tagName}.${each.className}`);
            return [flag.top >= map.top && flag.width <= 240, wide];
        }"""
    )
    assert (True, []) == (inside, wide)


def test_words_from_right_to_left_move_nothing_around_them(start: Start, story: Story) -> None:
    """Each text takes the direction of its own script, apart from its neighbours."""
    page = start(edited(edited(story, "events", title_en=ARABIC), "sources", outlet=ARABIC))
    page.evaluate("Dateline.choose('visit')")
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    directions = page.evaluate(
        """() => Object.fromEntries(
            ["[data-testid=card-title]", ".dateline-flag-title", ".dateline-claims b", ".dateline-paragraph",
                ".dateline-link"].map(
                (selector) => {
                    const style = getComputedStyle(document.querySelector(`.dateline ${selector}`));
                    return [selector, [style.direction, style.unicodeBidi]];
                }))"""
    )
    assert {"rtl"} == {
        directions[name][0] for name in ("[data-testid=card-title]", ".dateline-flag-title", ".dateline-claims b")
    }
    assert "ltr" == directions[".dateline-paragraph"][0]
    assert "isolate" == directions[".dateline-claims b"][1]


# -- guard ------------------------------------------------------------------------------------------------------------


def guarded(page: Page, head: str = "", body: str = "") -> None:
    guard = (ASSETS / "guard.js").read_text("utf-8")
    page.set_content(f"<!doctype html><html><head><script>{guard}</script>{head}</head><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<script>throw new Error('broken')</script>"),
        ("", "<script>const = ;</script>"),
        ("", "<script>Promise.reject(new Error('no story'))</script>"),
        ("", "<script>Promise.reject()</script>"),
        ("", "<script src='http://127.0.0.1:9/missing.js'></script>"),
        ("<link rel='stylesheet' href='http://127.0.0.1:9/missing.css'>", ""),
        ("<script>const = ;</script>", "<p>a page that is written before it is read</p>"),
        ("<script src='http://127.0.0.1:9/missing.js'></script>", ""),
    ],
    ids=[
        "error",
        "too old",
        "rejection",
        "bare rejection",
        "no script",
        "no style",
        "too old, in the head",
        "no script, in the head",
    ],
)
def test_what_fails_is_told_in_words(own_page: Page, head: str, body: str) -> None:
    """A script that breaks, a file that does not arrive: both languages say so, wherever in the page it happens."""
    guarded(own_page, head, body)
    alert = own_page.get_by_role("alert")
    expect(alert).to_be_visible()
    assert ["en", "fr"] == alert.locator("p").evaluate_all("lines => lines.map((line) => line.lang)")
    expect(own_page.locator("html")).to_have_attribute("data-dateline", "failed")


def test_a_failure_is_told_once(own_page: Page) -> None:
    """However much fails, one notice stands on the page."""
    guarded(own_page, body="<script>throw 1</script><script>throw 2</script><script>Promise.reject(3)</script>")
    own_page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    assert 1 == own_page.get_by_role("alert").count()


def test_a_running_player_is_left_alone(own_page: Page) -> None:
    """Once the player runs, an error of something else covers nothing."""
    guarded(
        own_page, body="<script>document.documentElement.dataset.dateline = 'ready'; throw new Error('other')</script>"
    )
    assert 0 == own_page.get_by_role("alert").count()


# -- one HTML file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_file_plays_from_a_usb_stick(reader: Reader, shipped_story: Story, tmp_path: Path, code: str) -> None:
    """Opened from disk, with every request refused but for the file itself, the story is there and plays."""
    path = tmp_path / "story.html"
    save(shipped_story, Language(code), path)
    asked: list[str] = []

    def only_the_file(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url == path.as_uri():
            route.continue_()
        else:
            route.abort()

    page = reader.page
    page.route("**/*", only_the_file)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-dateline='ready']", state="attached")
    expect(page.locator("html")).to_have_attribute("lang", code)
    page.get_by_test_id("follow").click()
    expect(page.get_by_test_id("card-title")).not_to_be_empty()
    page.get_by_test_id("play").click()
    page.get_by_test_id("folded-who").locator("> summary").click()
    expect(page.get_by_test_id("claims")).to_be_visible()
    before = page.evaluate("Dateline.state().time")
    page.get_by_test_id("play").click()
    page.wait_for_function(f"Dateline.state().time > '{before}'")
    page.get_by_test_id("play").click()
    page.locator(".leaflet-control-zoom-in").click()
    page.evaluate("Dateline.seek('2024-06-19T00:00:00Z')")
    assert [path.as_uri()] == asked
    assert [] == reader.complaints


def test_a_hostile_file_is_harmless(reader: Reader, hostile_story: Story, tmp_path: Path) -> None:
    """A page whose story is full of markup opens, shows it as text and runs none of it."""
    path = tmp_path / "story.html"
    save(hostile_story, Language("en"), path)
    page = reader.page
    page.route("**/*", lambda route: route.continue_() if route.request.url == path.as_uri() else route.abort())
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-dateline='ready']", state="attached")
    assert HOSTILE.split() == (page.get_by_test_id("opening").locator("h2").text_content() or "").split()
    page.get_by_test_id("next-event").click()
    assert HOSTILE.split() == (page.get_by_test_id("card-title").text_content() or "").split()
    assert page.evaluate("window.pwned === undefined")
    assert [] == reader.complaints
