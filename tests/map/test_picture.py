"""The picture that a shared link shows."""

import copy
import math
import re
import struct
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from PIL import Image

from geo.map import picture
from geo.map.basemap import basemap, packed
from geo.map.files import colours
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
# Where the map begins, at the width that the picture is laid out for.
PANEL = 452
DAY = 24 * 3600e3
LEG_STYLES = {"stated": None, "inferred": "13 11", "planned": "0.1 12"}
# Days on which articles of the shipped story were published: midnight, UTC.
SEPTEMBER_11, SEPTEMBER_12, SEPTEMBER_14 = 1694390400000, 1694476800000, 1694649600000


@pytest.fixture
def tiny(story: Story) -> Any:
    """The tiny story's scene, for a test to change."""
    return copy.deepcopy(scene(story, Language("en")))


@pytest.fixture(scope="session")
def shipped(shipped_scenes: dict[str, Any]) -> Any:
    """The shipped story's scene in English. None may change it."""
    return shipped_scenes["en"]


@pytest.fixture(scope="session")
def land() -> list[dict[str, Any]]:
    """The basemap."""
    return basemap()


# -- what is read off a picture ---------------------------------------------------------------------------------------


class Drawn:
    """A picture, taken apart."""

    def __init__(self, told: Any, land: Sequence[dict[str, Any]] = (), **choice: Any) -> None:
        """Draw a scene and read the picture."""
        self.svg = picture.svg(told, list(land), **choice)
        self.root = ElementTree.fromstring(self.svg)

    def all(self, name: str) -> list[ElementTree.Element]:
        """The elements of a name, lowest first."""
        return list(self.root.iter(SVG + name))

    @property
    def texts(self) -> list[str]:
        return [text.text or "" for text in self.all("text")]

    @property
    def panel(self) -> str:
        """What the panel says, in one line."""
        return " ".join(text.text or "" for text in self.all("text") if float(text.attrib["x"]) < 88)

    @property
    def names(self) -> list[str]:
        """What is written on the map but numbers."""
        on_map = [text for text in self.all("text") if float(text.attrib["x"]) >= PANEL]
        return [text.text or "" for text in on_map if "text-anchor" not in text.attrib]

    @property
    def numbers(self) -> list[str]:
        """What the marks bear."""
        return [text.text or "" for text in self.all("text") if "text-anchor" in text.attrib]

    @property
    def marks(self) -> list[ElementTree.Element]:
        return [rect for rect in self.all("rect") if "rx" in rect.attrib and "y" in rect.attrib]

    @property
    def rings(self) -> list[tuple[float, float]]:
        """The middles of rings around chosen events."""
        accent = picture.COLOURS["accent"]
        return [middle(rect) for rect in self.marks if (rect.get("fill"), rect.get("stroke")) == ("none", accent)]

    @property
    def legs(self) -> list[ElementTree.Element]:
        """The lines of the route without their casings, lowest first."""
        ink = (picture.COLOURS["ink"], picture.COLOURS["quiet"])
        return [path for path in self.all("path") if path.get("stroke") in ink and "transform" not in path.attrib]

    def filled(self, colour: str) -> list[ElementTree.Element]:
        return [path for path in self.all("path") if path.get("fill") == picture.COLOURS[colour]]


def middle(rect: ElementTree.Element) -> tuple[float, float]:
    x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return x + width / 2, y + height / 2


def points(path: ElementTree.Element) -> list[tuple[float, float]]:
    """The points of all lines of a path."""
    found = []
    for start, way in re.findall(r"M([^l]+)l([^Mz]+)", path.attrib["d"]):
        x, y = map(float, start.split(","))
        found.append((x, y))
        for step in way.split():
            dx, dy = map(float, step.split(","))
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def extent(path: ElementTree.Element) -> tuple[float, float, float, float]:
    """The left, top, right and bottom of a path."""
    xs, ys = zip(*points(path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def centre(path: ElementTree.Element) -> tuple[float, float]:
    left, top, right, bottom = extent(path)
    return (left + right) / 2, (top + bottom) / 2


def square(lat: float, lon: float, reach: float = 0.02) -> dict[str, Any]:
    """A lake around a point: the basemap's own way onto the picture."""
    ring = [(lon + x * reach, lat + y * reach) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]
    return {"layer": "lake", "steps": 1000, "polygons": [[packed(ring, 1000)]]}


def by_id(told: Any, event: str) -> Any:
    return next(found for found in told["events"] if found["id"] == event)


def at_one_place(told: Any, lat: float | None = 43.0, lon: float | None = 131.0) -> Any:
    """The scene with all that has a place at one, and without a route."""
    bounds = [[lat - 0.4, lon - 0.4], [lat + 0.4, lon + 0.4]] if lat is not None and lon is not None else None
    for chapter in told["chapters"]:
        chapter["bounds"] = bounds if chapter["trip"] == "tour" else None
    for event in told["events"]:
        event |= {"lat": lat, "lon": lon, "is_area": False}
    return told | {"legs": [], "trains": [], "labels": [], "areas": []}


# -- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "choice"), [((1200, 630), {}), ((600, 400), {"width": 600, "height": 400})])
def test_the_picture_has_its_size(tiny: Any, size: tuple[int, int], choice: dict[str, int]) -> None:
    """The PNG is 1200 × 630 pixels, or what is asked for."""
    data = picture.png(picture.svg(tiny, [], **choice))  # type: ignore[arg-type]
    assert b"\x89PNG" == data[:4]
    assert size == struct.unpack(">II", data[16:24])


def test_what_is_no_picture_is_refused(tiny: Any) -> None:
    """Another clock, a picture too low for its text, none at all, and text that is no SVG raise ValueError."""
    with pytest.raises(ValueError, match="clock"):
        picture.svg(tiny, [], clock="sundial")
    for width, height in ((1201, 600), (0, 600)):
        with pytest.raises(ValueError, match="twice as wide"):
            picture.svg(tiny, [], width=width, height=height)
    assert picture.svg(tiny, [], width=1200, height=600)
    with pytest.raises(ValueError, match="token"):
        picture.png("no picture")


def test_the_same_story_gives_the_same_picture(shipped: Any, land: Any) -> None:
    """A picture tells nothing of when it was drawn, and drawing leaves the scene as it is."""
    before = copy.deepcopy(shipped)
    one = picture.svg(shipped, land, event="arrival-khasan")
    assert one == picture.svg(copy.deepcopy(shipped), basemap(), event="arrival-khasan")
    assert picture.png(one) == picture.png(one)
    assert before == shipped


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("event", [None, "arrival-khasan", "agreement-during-visit", "korean-war", "arrival-sunan"])
def test_the_picture_stays_small(shipped_scenes: dict[str, Any], land: Any, code: str, event: str | None) -> None:
    """No picture of the shipped story has more than 150 kB, though the basemap has more."""
    assert len(picture.svg(shipped_scenes[code], land, event=event).encode("utf-8")) < 150_000


def test_what_is_out_of_view_is_not_drawn(tiny: Any) -> None:
    """Land, lakes and lines elsewhere leave nothing in the picture, and those that reach beyond it are cut."""
    river = {"layer": "river", "steps": 1000, "lines": [packed([(10, 50), (11, 51), (12, 50)], 1000)]}
    assert picture.svg(tiny, []) == picture.svg(tiny, [square(-40.0, 20.0), river])
    (wide,) = Drawn(tiny, [square(43.0, 131.0, 40.0)]).filled("sea")
    left, top, right, bottom = extent(wide)
    assert (True, True) == (-30 < left - PANEL < 0, 0 < right - 1200 < 30)
    assert (True, True) == (-30 < top < 0, 0 < bottom - 630 < 30)


def test_a_line_that_leaves_the_view_comes_back_elsewhere(tiny: Any) -> None:
    """Between where a river leaves the view and where it comes back nothing is drawn."""
    course = [(131.0, 43.0), (131.5, 43.2), (131.5, 80.0), (20.0, 80.0), (20.0, -60.0), (131.2, -60.0), (131.2, 42.9)]
    drawn = Drawn(tiny, [{"layer": "river", "steps": 1000, "lines": [packed(course, 1000)]}])
    (river,) = [path for path in drawn.all("path") if path.get("stroke") == picture.COLOURS["river"]]
    assert 2 == river.attrib["d"].count("M")


def test_points_too_near_to_be_seen_are_left_out(tiny: Any) -> None:
    """Ten thousand points on a few pixels are a few points, and the line still ends where it ends."""
    course = [(130.5 + (index % 2) / 1000, 42.5 + index / 10000) for index in range(10_000)]
    drawn = Drawn(tiny, [{"layer": "river", "steps": 1000, "lines": [packed(course, 1000)]}])
    (river,) = [path for path in drawn.all("path") if path.get("stroke") == picture.COLOURS["river"]]
    _, top, _, bottom = extent(river)
    assert len(points(river)) < 3 * (bottom - top)
    (end,) = Drawn(tiny, [square(course[-1][1], course[-1][0])]).filled("sea")
    assert points(river)[-1] == pytest.approx(centre(end), abs=1)


# -- colours and fonts ------------------------------------------------------------------------------------------------


def test_the_colours_are_the_apps() -> None:
    """Each colour is that of its name in `colours.css`."""
    told = dict(re.findall(r"--([\w-]+): ([^;]+);", colours()))
    assert {name: told[name] for name in picture.COLOURS} == picture.COLOURS


def test_the_fonts_ship_with_the_app(tiny: Any) -> None:
    """Text is drawn without any font of the system: title, place and wordmark leave ink on the paper."""
    image = Image.open(BytesIO(picture.png(picture.svg(at_one_place(tiny, None, None), [])))).convert("L")
    title, wordmark = image.crop((44, 60, 400, 110)), image.crop((88, 570, 200, 600))
    for part in (title, wordmark):
        darkest, lightest = part.getextrema()
        assert darkest < 100 < 240 < lightest  # type: ignore[operator]


@pytest.mark.parametrize(
    "title", ["조선인민공화국", "שלום ، مرحبا", "\U0001f682 \U0001f1f0\U0001f1f5", "a\u0301\u200d", ""]
)
def test_a_script_that_the_fonts_lack_does_no_harm(tiny: Any, title: str) -> None:
    """Other scripts, from right to left too, leave a picture with the rest on it."""
    tiny["title"] = title
    told = Drawn(tiny)
    assert not title or title in told.texts
    assert "Dateline" in told.texts
    assert picture.png(told.svg)


# -- text is data -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", [None, "departure", "visit", "war"])
def test_a_storys_text_is_no_markup(hostile_story: Story, event: str | None) -> None:
    """Markup in a story is text in the picture: no element and no attribute is a story's."""
    told = scene(hostile_story, Language("fr"))
    drawn = Drawn(told, event=event)
    assert {"svg", "title", "rect", "g", "path", "circle", "text"} >= {
        element.tag.removeprefix(SVG) for element in drawn.root.iter()
    }
    assert not [name for element in drawn.root.iter() for name in element.attrib if name.startswith("on")]
    assert not [value for element in drawn.root.iter() for value in element.attrib.values() if "pwned" in value]
    assert HOSTILE.split(" ")[0] in drawn.panel.replace(" ", "")
    assert picture.png(drawn.svg)


def test_what_xml_forbids_is_left_out(tiny: Any) -> None:
    """Control characters, lone surrogates and marks of direction are dropped; ends of lines become blanks."""
    tiny["title"] = "A\x00\x1b \ud800t\u202eour\ufffe\nand\u2028more"
    drawn = Drawn(tiny)
    assert "A tour and more" in drawn.texts
    assert "A tour and more" == drawn.all("title")[0].text
    assert picture.png(drawn.svg)


def test_blanks_that_hold_words_together_do(tiny: Any) -> None:
    """No line ends at a no-break blank; the narrow one, which the serif lacks, is written as the other."""
    tiny["title"] = "Une très longue question que l’on se pose\u202f? " + "mot\xa0" * 9 + "fin"
    lines = [text for text in Drawn(tiny).texts if "?" in text or "mot" in text]
    assert any(line.endswith("pose\xa0?") for line in lines)
    assert "mot\xa0mot" in lines[-1]


# -- the panel --------------------------------------------------------------------------------------------------------


def test_the_story_is_told_where_no_event_is_chosen(tiny: Any, shipped: Any) -> None:
    """The panel says the story's title, its introduction and who tells it; so it does for an event that it has not."""
    drawn = Drawn(shipped)
    for told in ("title", "intro", "told_by"):
        assert shipped[told] in drawn.panel
    assert drawn.svg == Drawn(shipped, event="no-such-event").svg
    assert "A tour" == Drawn(tiny).all("title")[0].text


def test_the_chosen_event_is_told(shipped: Any) -> None:
    """The panel says the event's title, date, place and the outlets of its claims, each once, and not the story's."""
    told = Drawn(shipped, event="arrival-khasan").panel
    event = by_id(shipped, "arrival-khasan")
    for name in ("title", "when_text", "place_name", "claims_heading"):
        assert event[name] in told
    assert "BFMTV, Article 004" in told
    # And the chapter that it is of.
    chapters = {chapter["id"]: chapter["title"] for chapter in shipped["chapters"]}
    assert chapters[event["chapter"]] in told
    assert chapters["pyongyang-2024"] in Drawn(shipped, event="arrival-sunan").panel
    assert 1 == told.count("BFMTV")
    assert shipped["title"] not in told
    assert shipped["intro"] not in told


def test_of_many_outlets_the_first_are_named(tiny: Any) -> None:
    """Three outlets are named; that there are more shows."""
    event = by_id(tiny, "departure")
    event["claims"] = [{**event["claims"][0], "outlet": outlet} for outlet in "PQRQS"]
    assert "P, Q, R …" in Drawn(tiny, event="departure").texts
    event["claims"].pop()
    assert "P, Q, R" in Drawn(tiny, event="departure").texts


def test_what_did_not_happen_says_so(shipped: Any) -> None:
    """A version that was not borne out, a plan or a denied agreement is not told as if it had happened."""
    for event, status in (
        ("departure-monday", "Not borne out"),
        ("vladivostok-planned", "Planned"),
        ("agreement-during-visit", "Denied by the Kremlin"),
    ):
        assert status in Drawn(shipped, event=event).texts
    assert "Happened" not in Drawn(shipped, event="arrival-khasan").panel


def test_a_long_title_is_cut_after_three_lines(tiny: Any) -> None:
    """A title is set smaller before it is cut; of a longer one three lines stay, and an ellipsis."""
    tiny["title"] = "word " * 400
    lines = [text for text in Drawn(tiny).all("text") if "word" in (text.text or "")]
    assert 3 == len(lines)
    assert [False, False, True] == [(line.text or "").endswith("…") for line in lines]
    tiny["title"] = "word " * 14
    fitting = [text for text in Drawn(tiny).all("text") if "word" in (text.text or "")]
    assert "…" not in "".join(text.text or "" for text in fitting)
    assert 14 == sum((text.text or "").count("word") for text in fitting)
    assert float(lines[0].attrib["font-size"]) <= float(fitting[0].attrib["font-size"]) < 42


def test_a_word_wider_than_the_panel_is_broken(tiny: Any) -> None:
    """No word reaches into the map."""
    tiny["title"] = "W" * 30
    lines = [text for text in Drawn(tiny).all("text") if "WW" in (text.text or "")]
    assert len(lines) > 1
    assert max(float(line.attrib["x"]) + float(line.attrib["textLength"]) for line in lines) < PANEL - 10
    assert 30 == sum((line.text or "").count("W") for line in lines)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_of_the_panel_leaves_it(shipped_scenes: dict[str, Any], code: str) -> None:
    """Of no event, on neither clock, does a line reach the map, the line below or the wordmark, even at the lowest."""
    told = shipped_scenes[code]
    for event in [None, *(event["id"] for event in told["events"])]:
        for clock in ("happened", "news"):
            drawn = Drawn(told, event=event, clock=clock, height=600)
            lines = [text for text in drawn.all("text") if text.attrib["x"] == "44"]
            assert max(float(line.attrib["x"]) + float(line.attrib["textLength"]) for line in lines) < PANEL - 20
            bottoms = [float(line.attrib["y"]) for line in lines]
            steps = [after - before for before, after in pairwise(bottoms)]
            assert min(steps, default=30) > 0.9 * 19
            assert bottoms[-1] < 600 - 44 - 24


# -- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "event", ["arrival-khasan", "summit-vostochny", "vladivostok-meeting-2019", "arrival-sunan", "blinken-on-visit"]
)
def test_the_chosen_event_is_ringed_at_its_place(shipped: Any, event: str) -> None:
    """The ring is where the basemap has the event's place, on the map and clear of its edges."""
    told = by_id(shipped, event)
    drawn = Drawn(shipped, [square(told["lat"], told["lon"])], event=event)
    ((x, y),) = drawn.rings
    (lake,) = drawn.filled("sea")
    assert (x, y) == pytest.approx(centre(lake), abs=0.6)
    assert PANEL + 40 < x < 1160
    assert 40 < y < 590


def test_the_map_is_mercators(tiny: Any) -> None:
    """At 43 degrees north a degree of latitude is drawn 1 / cos 43° as long as one of longitude, north upwards."""
    place = at_one_place(tiny)
    left, top, right, bottom = extent(Drawn(place, [square(43.0, 131.0, 0.5)]).filled("sea")[0])
    assert (bottom - top) / (right - left) == pytest.approx(1 / math.cos(math.radians(43)), rel=0.01)
    north, south = (centre(Drawn(place, [square(lat, 131.0)]).filled("sea")[0]) for lat in (43.5, 42.5))
    assert north[1] < south[1]


def test_a_story_at_one_place_has_a_map_around_it(tiny: Any) -> None:
    """One place lies in the middle of a map some degrees wide."""
    told = at_one_place(tiny)
    drawn = Drawn(told, [square(43.0, 131.0, 1.0)], event="visit")
    (lake,) = drawn.filled("sea")
    left, _, right, _ = extent(lake)
    assert drawn.rings == [pytest.approx(((PANEL + 1200) / 2, 315), abs=1)]
    assert 200 < right - left < 740


def test_a_story_without_places_is_text(tiny: Any, land: Any) -> None:
    """Where nothing has a place there is no map, and the words have the whole width."""
    told = at_one_place(tiny, None, None)
    drawn = Drawn(told, land, event="departure")
    assert not drawn.legs
    assert not drawn.filled("land")
    assert not drawn.names
    assert "1200" == drawn.all("rect")[0].get("width")
    assert by_id(told, "departure")["title"] in drawn.texts
    assert picture.png(drawn.svg)


@pytest.mark.parametrize(("event", "side"), [("departure", 0), ("visit", 1)])
def test_a_story_across_the_antimeridian_is_not_torn(tiny: Any, event: str, side: int) -> None:
    """Two places at both sides of it are two degrees apart, not 358, and the way between them is one line."""
    told = at_one_place(tiny, 50.0, 179.0)
    by_id(told, "visit")["lon"] = -179.0
    told["chapters"][-1]["bounds"] = [[49.6, -179.4], [50.4, 179.4]]
    leg = scene_leg(told, line=[[50.0, 179.0], [50.0, -179.0]])
    told["legs"] = [leg]
    drawn = Drawn(told, [square(50.0, 179.0), square(50.0, -179.0)], event=event)
    west, east = (centre(lake) for lake in drawn.filled("sea"))
    assert PANEL < west[0] < east[0] < 1200
    assert drawn.rings == [pytest.approx((west, east)[side], abs=0.6)]
    (line,) = drawn.legs
    assert (west[0], east[0]) == pytest.approx(extent(line)[::2], abs=0.6)
    assert picture.png(drawn.svg)


def scene_leg(told: Any, **properties: Any) -> Any:
    """A leg of the tiny story's trip that is known and has begun before all else."""
    known = {"known": 0, "given_up": None, "only_then": False, "start": 0, "from_km": None, "to_km": None}
    return {"id": "new", "trip": "tour", "evidence": "stated", "note": "", **known, **properties}


def test_the_map_shows_the_trip_of_the_moment(shipped: Any) -> None:
    """An event in Pyongyang is seen close up in 2024, from afar in 2023; one before both in the first trip's frame."""
    seoul_and_back = [square(39.0, 125.7, 0.2)]

    def width_at(event: str) -> float:
        left, _, right, _ = extent(Drawn(shipped, seoul_and_back, event=event).filled("sea")[0])
        return right - left

    assert width_at("talks-pyongyang") > 3 * width_at("departure-pyongyang")
    assert width_at("departure-pyongyang") == pytest.approx(width_at("vladivostok-meeting-2019"), abs=0.3)


def test_what_is_far_from_the_journey_is_seen_by_itself(shipped: Any) -> None:
    """Washington is in the middle of its own map; an event in Russia widens that of the journey."""
    told = by_id(shipped, "blinken-on-visit")
    drawn = Drawn(shipped, event="blinken-on-visit")
    assert drawn.rings == [pytest.approx((826, 315), abs=1)]
    assert told["place_name"] in drawn.names
    # Key moments of the trip are out of view.
    assert [] == drawn.numbers
    (lake,) = Drawn(shipped, [square(38.9, -77.0, 5.0)], event="blinken-on-visit").filled("sea")
    assert 100 < extent(lake)[2] - extent(lake)[0] < 300
    places = [square(60.0, 100.0, 0.1), square(39.03, 125.75, 0.1), square(38.9, -77.0, 0.1)]
    assert 2 == len(Drawn(shipped, places, event="agreement-during-visit").filled("sea"))
    assert 1 == len(Drawn(shipped, places, event="blinken-on-visit").filled("sea"))


def test_a_wide_journey_stays_in_view(tiny: Any) -> None:
    """What lies within the view of a story needs no map of its own, however wide that is."""
    told = at_one_place(tiny, 43.0, 60.0)
    by_id(told, "visit")["lon"] = 131.0
    told["chapters"][-1]["bounds"] = [[42.6, 59.6], [43.4, 131.4]]
    drawn = Drawn(told, [square(43.0, 60.0, 1.0), square(43.0, 131.0, 1.0)], event="visit")
    assert 2 == len(drawn.filled("sea"))


def test_the_pole_is_as_near_as_mercator_can_show_it(tiny: Any) -> None:
    """Mercator never reaches a pole: a story that does still has a map of what else it has."""
    told = at_one_place(tiny, 90.0, 131.0)
    by_id(told, "visit")["lat"] = 43.0
    told["chapters"][-1]["bounds"] = [[42.6, 130.6], [90.0, 131.4]]
    _, top, _, bottom = extent(Drawn(told, [square(43.0, 131.0, 10.0)]).filled("sea")[0])
    assert bottom - top > 40


def test_a_region_has_no_ring(shipped: Any) -> None:
    """What only stands for a region or a country has no point: a country is tinted, a region is but named."""
    russia, peninsula = Drawn(shipped, event="agreement-during-visit"), Drawn(shipped, event="korean-war")
    khasan = Drawn(shipped, event="arrival-khasan")
    assert [] == russia.rings == peninsula.rings
    assert [1, 0, 0] == [
        len([path for path in drawn.filled("accent") if "fill-opacity" in path.attrib])
        for drawn in (russia, peninsula, khasan)
    ]


# -- the basemap ------------------------------------------------------------------------------------------------------


def test_where_land_was_cut_is_no_coast(tiny: Any) -> None:
    """The edge of land along a cut is filled up to, but not drawn as a coast; the other edges are."""
    ring = [(130.5, 42.5), (131.5, 42.5), (131.5, 43.5), (130.5, 43.5), (130.5, 42.5)]
    layer = {"layer": "land", "steps": 1000, "polygons": [[packed(ring, 1000)]], "cuts": [{"lon": 131.5}]}

    def edges(cuts: list[dict[str, float]]) -> tuple[list[int], set[int]]:
        drawn = Drawn(tiny, [layer | {"cuts": cuts}])
        (land,) = drawn.filled("land")
        (coast,) = [path for path in drawn.all("path") if path.get("stroke") == picture.COLOURS["coast"]]
        ways = re.findall(r"M([^l]+)l([^M]+)", coast.attrib["d"])
        verticals: set[int] = set()
        for start, way in ways:
            x = float(start.split(",")[0])
            for step in way.split():
                dx, dy = map(float, step.split(","))
                x += dx
                verticals |= {round(x)} if not dx and dy else set()
        return [round(extent(land)[side]) for side in (0, 2)], verticals

    (left, right), coasts = edges([])
    assert {left, right} == coasts
    assert ([left, right], {left}) == edges([{"lon": 131.5}])
    assert ([left, right], {left, right}) == edges([{"lat": 42.5}])


def test_land_water_and_borders_are_drawn(shipped: Any, land: Any) -> None:
    """Each layer has its colour, lakes lie on land, and the route on all of them."""
    drawn = Drawn(shipped, land)
    strokes = [path.get("stroke") for path in drawn.all("path")]
    assert {picture.COLOURS[name] for name in ("coast", "river", "border")} < set(strokes)
    order = [path.get("fill") for path in drawn.all("path")]
    assert order.index(picture.COLOURS["land"]) < order.index(picture.COLOURS["sea"])
    last_border = max(index for index, stroke in enumerate(strokes) if stroke == picture.COLOURS["border"])
    assert last_border < strokes.index(drawn.legs[0].get("stroke"))


def test_the_makers_of_the_map_are_named(shipped: Any) -> None:
    """The credit names all whose work the picture shows: not Leaflet, which did not draw it."""
    (credit,) = [text for text in Drawn(shipped).texts if "GeoNames" in text]
    assert "Natural Earth · GeoNames CC BY 4.0 · © OpenStreetMap contributors" == credit


# -- the route --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("evidence", LEG_STYLES)
def test_a_legs_line_tells_its_evidence(tiny: Any, evidence: str) -> None:
    """A stated leg is solid, an inferred one dashed, a planned one dotted."""
    tiny["legs"] = [scene_leg(tiny, line=[[42.0, 130.0], [43.0, 131.0]], evidence=evidence)]
    drawn = Drawn(tiny)
    (line,) = drawn.legs
    assert LEG_STYLES[evidence] == line.get("stroke-dasharray")
    # Under it a casing keeps what lies below from filling its gaps.
    paths = drawn.all("path")
    casing = paths[paths.index(line) - 1]
    assert (line.get("d"), picture.COLOURS["land"], None) == (
        casing.get("d"),
        casing.get("stroke"),
        casing.get("stroke-dasharray"),
    )


def test_what_is_to_come_is_faint(tiny: Any) -> None:
    """A leg that has not begun at the moment is faint; one that has, and any where there is no moment, is not."""
    tiny["legs"] = [scene_leg(tiny, line=[[42.0, 130.0], [43.0, 131.0]], start=2 * DAY)]
    for time, opacity in ((DAY, "0.5"), (2 * DAY, None), (3 * DAY, None), (None, None)):
        (line,) = Drawn(tiny, time=time).legs
        assert opacity == line.get("stroke-opacity")


def test_a_leg_is_drawn_as_far_as_the_train_has_come(shipped: Any) -> None:
    """While the train is on a leg, what is behind it is in ink and the whole faint beneath; then all is in ink."""
    train = next(train for train in shipped["trains"] if train["trip"] == "russia-2023" and not train["version"])
    first = next(leg for leg in shipped["legs"] if leg["id"] == train["legs"][0]["leg"])
    (start, from_km), (end, to_km) = train["steady"][:2]
    assert from_km == 0 < to_km == pytest.approx(first["to_km"])

    def reached(time: float) -> float:
        ink = [line for line in Drawn(shipped, time=time).legs if line.get("stroke") == picture.COLOURS["ink"]]
        return max((x for line in ink for x, _ in points(line)), default=0)

    early, late = reached(start + (end - start) / 4), reached(start + (end - start) / 2)
    assert PANEL < early < late < reached(end)
    half = Drawn(shipped, time=start + (end - start) / 2)
    whole, behind = [line for line in half.legs if "stroke-dasharray" not in line.attrib]
    assert ("0.5", None) == (whole.get("stroke-opacity"), behind.get("stroke-opacity"))
    assert points(whole)[0] == points(behind)[0]
    assert extent(behind)[2] < extent(whole)[2]
    assert {None} == {line.get("stroke-opacity") for line in Drawn(shipped, time=train["until"]).legs}


def test_a_train_that_is_lost_has_come_to_the_end(shipped: Any) -> None:
    """Once no article places the train any more, the leg that it was on is no longer drawn as to come."""
    told = copy.deepcopy(shipped)
    train = next(train for train in told["trains"] if train["trip"] == "russia-2023" and not train["version"])
    (start, _), (end, _) = train["steady"][:2]
    train["until"] = (start + end) / 2
    for time, faint in ((train["until"], 1), (train["until"] + 1, 0)):
        stated = [line for line in Drawn(told, time=time).legs if "stroke-dasharray" not in line.attrib]
        assert faint == len([line for line in stated if "stroke-opacity" in line.attrib])


def test_the_news_draws_a_leg_whole(tiny: Any) -> None:
    """No article follows a train by the hour: what was known of a way is drawn to its end, also before it began."""
    tiny["legs"] = [scene_leg(tiny, line=[[42.0, 130.0], [43.0, 131.0]], start=SEPTEMBER_14)]
    (line,) = Drawn(tiny, time=SEPTEMBER_12, clock="news").legs
    assert "stroke-opacity" not in line.attrib


def test_what_was_set_aside_is_drawn_by_the_news_alone(tiny: Any) -> None:
    """A leg that only editions draw is none of what happened; the news has it from when it was known until given up."""
    leg = scene_leg(tiny, line=[[42.0, 130.0], [43.0, 131.0]], only_then=True, known=SEPTEMBER_12)
    tiny["legs"] = [leg | {"given_up": SEPTEMBER_14}]
    assert not Drawn(tiny).legs
    assert not Drawn(tiny, time=SEPTEMBER_12 + DAY).legs
    for time, count in ((SEPTEMBER_12 - 1, 0), (SEPTEMBER_12, 1), (SEPTEMBER_14 - 1, 1), (SEPTEMBER_14, 0)):
        assert count == len(Drawn(tiny, time=time, clock="news").legs)
    tiny["legs"] = [leg | {"known": None}]
    assert not Drawn(tiny, clock="news").legs


def test_a_plan_runs_beside_what_was_travelled(tiny: Any) -> None:
    """Where both have one line, the dots stand beside the dashes; alone they are on the line."""
    course = [[42.0, 130.0], [42.5, 130.5], [43.0, 131.0]]
    dots = scene_leg(tiny, line=course, evidence="planned")
    tiny["legs"] = [dots]
    (alone,) = Drawn(tiny).legs
    tiny["legs"] = [scene_leg(tiny, line=course, evidence="inferred"), dots]
    planned, travelled = Drawn(tiny).legs
    assert ["0.1 12", "13 11"] == [line.get("stroke-dasharray") for line in (planned, travelled)]
    assert points(alone) == points(travelled)
    away = [math.dist(one, other) for one, other in zip(points(planned), points(travelled), strict=True)]
    assert away == pytest.approx([8.5] * 3, abs=0.3)


def test_after_the_trips_the_last_one_is_shown(tiny: Any) -> None:
    """In a chapter of background the trip that began last is on the map."""
    first, second, after = (copy.deepcopy(tiny["chapters"][-1]) for _ in range(3))
    first |= {"trip": "before", "start": 1}
    second |= {"start": 2}
    tiny["chapters"] = [first, second, after | {"trip": "background", "start": 3}]
    line = [[42.0, 130.0], [43.0, 131.0]]
    tiny["legs"] = [scene_leg(tiny, line=line), scene_leg(tiny, line=line, trip="before", evidence="inferred")]
    for time, dashes in ((1, "13 11"), (2, None), (4, None)):
        (leg,) = Drawn(tiny, time=time).legs
        assert dashes == leg.get("stroke-dasharray")


def test_another_trips_way_is_not_drawn(shipped: Any) -> None:
    """At a moment of 2024 the way of 2023 is gone; the whole story has both."""
    of_2024 = Drawn(shipped, event="talks-pyongyang")
    assert 1 == len(of_2024.legs)
    assert {"8", "9·10"} == set(of_2024.numbers)
    # Before both the first trip is still to come.
    assert {"1", "2", "3·4", "5"} <= set(Drawn(shipped, event="korean-war").numbers)
    assert len(Drawn(shipped).legs) > 4


# -- marks and names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("keys", "number"), [([2], "2"), ([4, 3], "3·4"), ([6, 1], "1·6"), ([5, 3, 4, 9], "3–5·9")])
def test_key_moments_at_one_place_share_a_mark(tiny: Any, keys: list[int], number: str) -> None:
    """A mark bears the numbers of all of them, runs of three and more as a span."""
    told = at_one_place(tiny)
    event = by_id(told, "visit")
    told["events"] = [{**event, "id": f"visit-{key}", "key": key} for key in keys]
    assert [number] == Drawn(told).numbers


def test_key_moments_apart_have_marks_of_their_own(tiny: Any) -> None:
    """Two places have two marks, each where it is."""
    told = at_one_place(tiny)
    event = by_id(told, "visit")
    told["events"] = [event | {"key": 1, "lon": 130.7}, {**event, "id": "other", "key": 2, "lon": 131.3}]
    drawn = Drawn(told, [square(43.0, 130.7), square(43.0, 131.3)])
    assert ["2", "1"] == drawn.numbers
    lakes = [centre(lake) for lake in drawn.filled("sea")]
    assert [pytest.approx(at, abs=0.6) for at in reversed(lakes)] == [middle(mark) for mark in drawn.marks]


def test_what_has_no_point_or_no_number_has_no_mark(tiny: Any) -> None:
    """Regions, events without a place and those that are no key moments are not marked."""
    told = at_one_place(tiny)
    event = by_id(told, "visit") | {"key": 1}
    for change in ({"key": None}, {"is_area": True}, {"lat": None, "lon": None}):
        told["events"] = [{**event, "lat": 43.4, **change}, {**event, "id": "other", "key": 7}]
        drawn = Drawn(told)
        assert (["7"], 1) == (drawn.numbers, len(drawn.marks))


def test_key_moments_to_come_are_outlines(tiny: Any) -> None:
    """What has not begun is an outline and gives way to what has; the news does not show it at all."""
    told = at_one_place(tiny)
    event = by_id(told, "visit")
    past = {
        **event,
        "id": "past",
        "key": 1,
        "start": 5,
        "known": 5,
        "editions": [{"from": 5, "claims": 1, "noted": True}],
    }
    ahead = {**past, "key": 2, "id": "ahead", "start": 15, "known": 15, "lon": 131.5}
    ahead["editions"] = [{"from": 15, "claims": 1, "noted": True}]
    told["events"] = [past, ahead]

    def look(**choice: Any) -> list[tuple[str, str | None]]:
        drawn = Drawn(told, **choice)
        return [(number, mark.get("fill")) for number, mark in zip(drawn.numbers, drawn.marks, strict=True)]

    ink, white = picture.COLOURS["ink"], picture.COLOURS["white"]
    assert [("2", white), ("1", ink)] == look(time=10)
    assert [("2", ink), ("1", ink)] == look(time=15)
    assert [("1", ink)] == look(time=10, clock="news")
    ahead["lon"] = past["lon"]
    assert [("1", ink)] == look(time=10)
    assert [("1·2", ink)] == look(time=15)
    # Of what the news tells nothing is to come.
    past["start"] = 20
    assert [("1", ink)] == look(time=10, clock="news")


def test_what_happened_gives_a_mark_its_sign(tiny: Any) -> None:
    """A plan and what happened at one place have one sign, that of what happened, unless the plan is chosen."""
    told = at_one_place(tiny)
    event = by_id(told, "visit")
    told["events"] = [{**event, "key": 1, "id": "plan", "status": "planned"}, {**event, "key": 2}]
    assert [picture.COLOURS["ink"]] == [mark.get("fill") for mark in Drawn(told).marks]
    assert picture.COLOURS["white"] == Drawn(told, event="plan").marks[-1].get("fill")
    assert picture.COLOURS["accent"] == Drawn(told, event="visit").marks[-1].get("fill")


@pytest.mark.parametrize("status", ["happened", "planned", "predicted", "claimed", "denied", "superseded"])
def test_a_mark_tells_the_status(tiny: Any, status: str) -> None:
    """What is expected is a dashed outline; a claim has a level bar, a denial a slanted one; a cross was set aside."""
    told = at_one_place(tiny)
    event = by_id(told, "visit")
    event |= {"status": status, "key": 1}
    drawn = Drawn(told, event="visit")
    discs = [mark for mark in drawn.marks if mark.get("stroke-width") in ("2", "3")]
    bars = [path.attrib["d"] for path in drawn.all("path") if "transform" in path.attrib]
    assert [status in ("planned", "predicted")] * len(discs) == ["stroke-dasharray" in disc.attrib for disc in discs]
    assert (status != "superseded") is bool(discs)
    assert {"white" if status in ("planned", "predicted") else "accent"} >= {
        name for name in ("white", "accent") for disc in discs if disc.get("fill") == picture.COLOURS[name]
    }
    assert (status in ("happened", "planned", "predicted")) is (not bars) is bool(drawn.numbers)
    if status in ("claimed", "denied"):
        heights = [float(point.split(",")[1]) for point in re.findall(r"[-\d.]+,[-\d.]+", bars[0])]
        assert (status == "claimed") is (heights[0] == heights[1])
    assert 1 == len(drawn.rings)


def test_the_chosen_event_joins_the_key_moment_at_its_place(shipped: Any) -> None:
    """An event that is no key moment is ringed with the number that its place has, in the accent's colour."""
    drawn = Drawn(shipped, event="reception-khasan")
    assert 1 == len(drawn.rings)
    (mark,) = [rect for rect in drawn.marks if rect.get("fill") == picture.COLOURS["accent"]]
    assert drawn.rings == [middle(mark)]
    assert "2" in drawn.numbers
    assert not [rect for rect in Drawn(shipped).marks if rect.get("fill") == picture.COLOURS["accent"]]


def boxes(drawn: Drawn) -> Iterator[tuple[str, float, float, float, float]]:
    """The names and credit on the map and its marks: what, left, top, right and bottom."""
    for text in drawn.all("text"):
        x, y, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
        if x >= PANEL and "text-anchor" not in text.attrib:
            # In letterspaced capitals a letter is hardly ever wider than this.
            spacing = float(text.get("letter-spacing", 0))
            width = float(text.get("textLength", len(text.text or "") * (0.62 * size + spacing)))
            yield text.text or "", x, y - 0.72 * size, x + width, y + 0.2 * size
    for mark in drawn.marks:
        (x, y), width, height = middle(mark), float(mark.attrib["width"]), float(mark.attrib["height"])
        if mark.get("stroke-width") != "9":
            yield "mark", x - width / 2, y - height / 2, x + width / 2, y + height / 2


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "event", [None, "arrival-khasan", "summit-vostochny", "arrival-sunan", "korean-war", "agreement-during-visit"]
)
def test_no_name_lies_on_another_or_on_a_mark(shipped_scenes: dict[str, Any], code: str, event: str | None) -> None:
    """Names keep clear of each other, of marks, of the credit and of the map's edges."""
    found = list(boxes(Drawn(shipped_scenes[code], event=event)))
    assert len(found) > 6
    for index, (name, left, top, right, bottom) in enumerate(found):
        assert PANEL <= left < right <= 1200, name
        assert 0 <= top < bottom <= 630, name
        for other, *box in found[index + 1 :]:
            if {name, other} == {"mark"}:
                continue
            assert left >= box[2] or right <= box[0] or top >= box[3] or bottom <= box[1], (name, other)


def test_places_and_countries_are_named(shipped: Any) -> None:
    """Each name stands once; countries are in letterspaced capitals, a marked place is named, the chosen one too."""
    drawn = Drawn(shipped, event="arrival-sunan")
    assert len(drawn.names) == len(set(drawn.names))
    # Of this zoom it is not, but it is marked.
    assert {"Sunan airport", "Pyongyang", "NORTH KOREA"} <= set(drawn.names)
    (country,) = [text for text in drawn.all("text") if text.text == "NORTH KOREA"]
    assert "letter-spacing" in country.attrib
    assert "Sunan airport" not in Drawn(shipped).names
    assert "Kilju" not in Drawn(shipped).names
    # Its mark has a name of this zoom already.
    assert "Komsomolsk-on-Amur" in Drawn(shipped).names
    assert "Komsomolsk-on-Amur railway station" not in Drawn(shipped).names
    # The event's own words for the place stand instead of the place's.
    square_of_pyongyang = Drawn(shipped, event="welcome-ceremony-2024").names
    assert "Main square, Pyongyang" in square_of_pyongyang
    assert "Pyongyang" not in square_of_pyongyang


def test_a_marked_place_is_named_before_others(tiny: Any) -> None:
    """Of two names for one room the one of the marked place stands, with its mark for a dot; others have a dot."""
    told = at_one_place(tiny)
    event = by_id(told, "visit")
    told["events"] = [event | {"key": 1}]
    label = {"lat": 43.0, "min_zoom": 0, "clearance": 8, "known": None, "kind": "story"}
    told["labels"] = [{**label, "name": "Aside " * 5, "lon": 131.9, "kind": "sea"}]
    told["labels"].append({**label, "name": "Here", "lon": 131.0})
    drawn = Drawn(told)
    assert "Here" == drawn.names[0]
    assert [] == [circle for circle in drawn.all("circle") if circle.get("r") == "3"]
    told["events"] = [event | {"key": None}]
    dots = [circle for circle in Drawn(told).all("circle") if circle.get("r") == "3"]
    assert [("826", "315")] == [(dot.get("cx"), dot.get("cy")) for dot in dots]


def test_a_name_keeps_clear_of_another_places_mark(tiny: Any) -> None:
    """Where the room right of a place has another mark in it, its name stands elsewhere."""
    told = at_one_place(tiny)
    event = by_id(told, "visit")
    told["events"] = [event | {"key": 1}, {**event, "id": "beside", "key": 2, "lon": 131.4}]
    label = {"lat": 43.0, "lon": 131.0, "min_zoom": 0, "clearance": 8, "known": None}
    told["labels"] = [{**label, "name": "Somewhere", "kind": "story"}]
    found = list(boxes(Drawn(told)))
    (name,) = [box for box in found if box[0] == "Somewhere"]
    for _, left, top, right, bottom in (box for box in found if box[0] == "mark"):
        assert name[1] >= right or name[3] <= left or name[2] >= bottom or name[4] <= top


def test_a_place_is_named_though_the_way_is_in_the_way(tiny: Any) -> None:
    """The name of a place may lie on the route; a sea's keeps clear of it."""
    told = at_one_place(tiny)
    way = [[43.0 + row / 50, 131.0 + column / 50] for row in range(-25, 26) for column in range(-60, 61)]
    told["legs"] = [scene_leg(told, line=way)]
    label = {"lat": 43.0, "lon": 131.0, "min_zoom": 0, "clearance": 8, "known": None}
    told["labels"] = [{**label, "name": name, "kind": kind} for name, kind in (("Town", "city"), ("Sea", "sea"))]
    assert ["Town"] == Drawn(told).names[:-1]


def test_the_more_important_name_stays(tiny: Any) -> None:
    """Of two names for one room the first is written; beside its dot there is room for a second."""
    told = at_one_place(tiny)
    label = {"lat": 43.2, "lon": 131.0, "min_zoom": 0, "clearance": 8, "known": None}
    told["labels"] = [{**label, "name": name, "kind": "sea"} for name in ("First Sea", "Second Sea")]
    assert ["First Sea"] == Drawn(told).names[:-1]
    told["labels"] = [{**label, "name": name, "kind": "city"} for name in ("First", "Second")]
    assert ["First", "Second"] == Drawn(told).names[:-1]


# -- the news ---------------------------------------------------------------------------------------------------------


def test_the_news_tells_an_event_as_it_was_known(shipped: Any) -> None:
    """On its first day the forum has another title, no place and one source; with hindsight it has all."""
    then = Drawn(shipped, event="economic-forum-2023", clock="news")
    assert "The Eastern Economic Forum is held" in then.panel
    assert "Vladivostok" not in then.panel
    assert "As known on 11 September 2023" in then.panel
    assert "BFMTV" not in then.panel
    assert [] == then.rings
    choices: list[dict[str, Any]] = [{"clock": "news", "time": SEPTEMBER_12}, {}]
    for choice in choices:
        later = Drawn(shipped, event="economic-forum-2023", **choice)
        assert "The Eastern Economic Forum is held in Vladivostok" in later.panel
        assert "BFMTV" in later.panel
        assert 1 == len(later.rings)


def test_the_news_names_no_later_source(shipped: Any) -> None:
    """Of an event that two articles tell, only the one is named that was out."""
    first, second = Drawn(shipped, event="arrival-khasan", clock="news"), Drawn(shipped, event="arrival-khasan")
    assert "BFMTV" in first.panel
    assert "Article 004" not in first.panel
    assert "Article 004" in second.panel


def test_the_news_knows_no_later_event(shipped: Any) -> None:
    """An event that no article had told by the moment is none, from the day of the first on it is one."""
    none = Drawn(shipped, clock="news", time=SEPTEMBER_12 - 1)
    assert none.svg == Drawn(shipped, event="arrival-khasan", clock="news", time=SEPTEMBER_12 - 1).svg
    assert 1 == len(Drawn(shipped, event="arrival-khasan", clock="news", time=SEPTEMBER_12).rings)
    assert 1 == len(Drawn(shipped, event="arrival-khasan", time=SEPTEMBER_12 - 1).rings)


def test_the_news_map_shows_what_was_known(shipped: Any) -> None:
    """On 12 September Vostochny is neither named nor marked, and no leg to it is drawn; on the 14th it is."""
    before, after = (Drawn(shipped, clock="news", time=time) for time in (SEPTEMBER_14 - 1, SEPTEMBER_14))
    assert "Vostochny Cosmodrome" not in before.names
    assert "Vostochny Cosmodrome" in after.names
    assert {"1", "2"} == set(before.numbers)
    assert {"1", "2", "7"} < set(after.numbers)
    # What was expected was given up when what happened was known.
    assert [None, "0.1 12"] == sorted((leg.get("stroke-dasharray") for leg in before.legs), key=str, reverse=True)
    assert "13 11" in [leg.get("stroke-dasharray") for leg in after.legs]


def test_the_news_does_not_tell_the_whole_story(shipped: Any) -> None:
    """Title and introduction are hindsight: until the last article is out, the day's edition stands instead."""
    last = shipped["editions"][-1]["from"]
    for edition, following in pairwise(shipped["editions"]):
        for time in (edition["from"], following["from"] - 1):
            drawn = Drawn(shipped, clock="news", time=time)
            assert edition["title"] in drawn.panel
            assert edition["title"] == drawn.all("title")[0].text
            for told in ("title", "intro", "told_by"):
                assert shipped[told] not in drawn.panel
    for choice in ({"time": last}, {}):
        assert shipped["intro"] in Drawn(shipped, clock="news", **choice).panel
    early = Drawn(shipped, clock="news", time=0)
    assert shipped["words"]["unpublished"] in early.panel
    assert not early.names
    unpublished = Drawn(shipped | {"editions": []}, clock="news", time=last)
    assert shipped["words"]["unpublished"] in unpublished.panel


def test_the_news_stands_at_noon(tiny: Any) -> None:
    """An event of the news shows the trip that has begun by noon of its day, as in the player."""
    told = at_one_place(tiny)
    event = by_id(told, "departure")
    first, second = (copy.deepcopy(told["chapters"][-1]) for _ in range(2))
    first |= {"trip": "before", "start": 0}
    for hours, is_drawn in ((11, True), (13, False)):
        second["start"] = event["known"] + hours * 3600e3
        told |= {"chapters": [first, second]}
        told["legs"] = [scene_leg(told, line=[[42.8, 130.8], [43.0, 131.0]])]
        assert is_drawn is bool(Drawn(told, event="departure", clock="news").legs)


def test_the_news_stands_at_the_day_of_publication(shipped: Any) -> None:
    """Without a moment the news of an event is that of the day that first told it, hindsight that of its own time."""
    event = by_id(shipped, "arrival-khasan")
    for clock, time in (("news", event["known"] + DAY / 2), ("happened", event["anchor"])):
        own = Drawn(shipped, event="arrival-khasan", clock=clock)
        assert own.svg == Drawn(shipped, event="arrival-khasan", clock=clock, time=time).svg
