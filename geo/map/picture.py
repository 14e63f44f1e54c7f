"""The map at a moment as a picture of its own: what a shared link shows, and what readers without JavaScript see.

It is drawn like the player's map, in its colours and with its signs, half as large again: a picture of 1200 pixels is
read at 600. Beside the map stands what the player's card says first.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate, pairwise
from typing import Any, Final, Literal, cast
from xml.sax.saxutils import escape, quoteattr

import resvg_py
from PIL import ImageFont

from geo.map.payload import Event, Label, LabelKind, Leg, Scene, Status, Train

# Those of `colours.css`, by the names they have there: an SVG picture reads no custom properties.
COLOURS: Final = {
    "accent": "#b3261e",
    "border": "#94866c",
    "coast": "#7f929d",
    "double-rule": "#b8b1a0",
    "ink": "#1f2933",
    "land": "#f7f5f0",
    "land-name": "#5f5947",
    "paper": "#fffdf8",
    "quiet": "#5b6470",
    "region-name": "#665f4d",
    "river": "#bdd0da",
    "sea": "#dde7ec",
    "sea-name": "#47677a",
    "soft-ink": "#46505c",
    "white": "#fff",
}

# The picture is laid out at this width, in units; `width` and `height` only scale it.
_WIDTH: Final = 1200.0
_PANEL: Final = 452.0
_TEXT_LEFT: Final = 44.0
_TEXT_WIDTH: Final = 378.0
# A story without places has the whole width for its words; a line of more of them is hard to read.
_WIDE_TEXT_WIDTH: Final = 900.0
# How much larger than the player's its lines, marks and zooms are.
_SCALE: Final = 1.6
# From the map's edges to what is framed, with room for marks and names: left, top, right and bottom.
_ROOM: Final = (70.0, 66.0, -70.0, -66.0)
# Leaflet's zooms. Nearer, the basemap has nothing more to say; a place outside the journey's view is seen from afar.
_MOST_ZOOM: Final = 7.2
_FAR_ZOOM: Final = 4.0
# What lies outside of the journey's view joins it where both together are no wider and no higher, degrees.
_MOST_SPAN: Final = 45.0
_MOST_LAT: Final = 85.0
# What is drawn beyond the edge of the map, so that no cut is seen.
_BLEED: Final = 12.0
# Points of a line that are nearer to each other are not told apart.
_NEAREST: Final = 0.5
# An edge of land so near to where it was cut is no coast.
_CUT_DEGREES: Final = 0.006
_NOON_MS: Final = 12 * 3600e3
# Title and text may be of any length; more of them than this is on no picture.
_MOST_LETTERS: Final = 1000

# What XML forbids, lone surrogates among it, and marks of direction, which a line's end would leave open.
_FORBIDDEN: Final = re.compile(
    "[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
# Where a line may end; French typography's blanks keep words together.
_WORDS: Final = re.compile("[ \t\n\r\u2028\u2029\x85]+")

Clock = Literal["happened", "news"]
Point = tuple[float, float]
# Left, top, right and bottom, units.
Box = tuple[float, float, float, float]
Look = Mapping[str, str | float]


@dataclass(frozen=True)
class _Face:
    """A cut of a typeface, and the package and file that it ships in."""

    family: str
    weight: int
    style: str
    package: str
    file: str

    def look(self) -> Look:
        """Its attributes; a browser that has not got it takes the reader's own fonts, as the app does."""
        generic = "system-ui, sans-serif" if "Sans" in self.family else "georgia, serif"
        told: dict[str, str | float] = {"font-family": f"'{self.family}', {generic}"}
        if self.weight != 400:
            told["font-weight"] = self.weight
        return told | ({"font-style": self.style} if self.style != "normal" else {})


_SANS: Final = _Face("Source Sans Pro", 400, "normal", "font_source_sans_pro", "SourceSansPro-Regular.ttf")
_FIRM: Final = _Face("Source Sans Pro", 600, "normal", "font_source_sans_pro", "SourceSansPro-Semibold.ttf")
_SERIF: Final = _Face("Source Serif Pro", 400, "normal", "font_source_serif_pro", "SourceSerifPro-Regular.ttf")
_BOLD: Final = _Face("Source Serif Pro", 700, "normal", "font_source_serif_pro", "SourceSerifPro-Bold.ttf")
_ITALIC: Final = _Face("Source Serif Pro", 400, "italic", "font_source_serif_pro", "SourceSerifPro-It.ttf")
_FACES: Final = (_SANS, _FIRM, _SERIF, _BOLD, _ITALIC)


# -- entry points -----------------------------------------------------------------------------------------------------


def svg(
    scene: Scene,
    land: Sequence[Mapping[str, Any]],
    *,
    event: str | None = None,
    time: float | None = None,
    clock: str = "happened",
    width: int = 1200,
    height: int = 630,
) -> str:
    """The map at a moment as an SVG picture of `width` × `height` pixels, with what is told of it beside the map.

    `land` is what `geo.map.basemap.basemap` returns. `event` is the id of the chosen event; one that the story has not,
    or that on the clock “news” was not published by the moment, is none. `time` is the moment in Unix milliseconds;
    None is the event's own, or without an event the whole story. `clock` is “happened”, or “news” for what had been
    published by then. A story without places, and news before the first article, give text alone.

    Raises ValueError if there is no such clock, or if the picture is more than twice as wide as high.
    """
    if clock not in ("happened", "news"):
        raise ValueError(f"the clock must be 'happened' or 'news'; instead got {clock!r}")
    if not 0 < width <= 2 * height:
        raise ValueError(f"the picture must be at most twice as wide as high; instead got {width} × {height}")
    now = _moment(scene, cast(Clock, clock), event, time)
    high = _WIDTH * height / width
    view = _view(now, high)
    parts = [_map(now, view, land)] if view else []
    parts.append(_panel(now, high, is_alone=view is None))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 1200 {_number(high)}"'
        f' xml:lang={quoteattr(scene["language"])} role="img"><title>{_escaped(_title(now))}</title>'
        f"{''.join(parts)}</svg>"
    )


def png(svg_text: str) -> bytes:
    """A picture of `svg` as PNG, in the fonts that ship with the app; what they lack shows as boxes.

    Raises ValueError if the text is no SVG.
    """
    fonts = [_path(face) for face in _FACES]
    return resvg_py.svg_to_bytes(svg_string=svg_text, skip_system_fonts=True, font_files=fonts)


# -- the moment -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Moment:
    """A story at a moment, as `player/moment.js`.

    `time` is infinite for the whole story; `trip` is the trip that is shown (None: all); `chosen` as it is told now.
    """

    scene: Scene
    clock: Clock
    time: float
    trip: str | None
    chosen: Event | None

    @property
    def is_news(self) -> bool:
        return self.clock == "news"

    @property
    def is_all_told(self) -> bool:
        """Whether nothing is kept back: in hindsight, and once the last article is out."""
        return not self.is_news or self.time >= max((day["from"] for day in self.scene["editions"]), default=math.inf)

    def shows(self, trip: str) -> bool:
        return self.trip in (None, trip)

    def told(self, event: Event) -> Event | None:
        """An event as it is told now; None if nothing is."""
        return _told(event, self.time) if self.is_news else event


def _moment(scene: Scene, clock: Clock, event_id: str | None, time: float | None) -> _Moment:
    event = next((event for event in scene["events"] if event["id"] == event_id), None)
    if time is None and event:
        # As the player's clocks: on that of the news an event stands at noon.
        time = event["known"] + _NOON_MS if clock == "news" else event["anchor"]
    at = math.inf if time is None else time
    chosen = _told(event, at) if event and clock == "news" else event
    return _Moment(scene, clock, at, None if time is None else _trip(scene, at), chosen)


def _told(event: Event, time: float) -> Event | None:
    """An event as the news told it at a moment; None before the first. As `News` in `player/record.js`."""
    editions = [edition for edition in event["editions"] if edition["from"] <= time]
    if not editions:
        return None
    return cast(Event, {**event, **editions[-1], "claims": event["claims"][: editions[-1]["claims"]]})


def _trip(scene: Scene, time: float) -> str | None:
    """The trip that the map shows, as `player/trip.js`; None if the story has none."""
    begun = [chapter["trip"] for chapter in scene["chapters"] if chapter["start"] <= time]
    if begun and begun[-1] != "background":
        return begun[-1]
    trips = [chapter["trip"] for chapter in scene["chapters"] if chapter["trip"] != "background"]
    return next((trip for trip in reversed(begun) if trip in trips), trips[0] if trips else None)


def _is_drawn(leg: Leg, now: _Moment) -> bool:
    """Whether a leg is on the map: in hindsight also before it began, on the clock of the news while it was known."""
    if not now.shows(leg["trip"]):
        return False
    if not now.is_news:
        return not leg["only_then"]
    known, given_up = leg["known"], leg["given_up"]
    return known is not None and known <= now.time and (given_up is None or now.time < given_up)


def _is_located(event: Event | None) -> bool:
    """Whether an event has a point of its own: that of a region or a country only stands for it."""
    return event is not None and event["lat"] is not None and not event["is_area"]


def _lat_lon(event: Event) -> Point:
    return cast(float, event["lat"]), cast(float, event["lon"])


# -- the view ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _View:
    """A part of the world in Web Mercator: `lon` and `up` (degrees as Mercator draws them) are in the map's middle."""

    lon: float
    up: float
    scale: float
    box: Box

    def point(self, lat: float, lon: float) -> Point:
        """Where a place is, units, on the copy of the world that is in view."""
        return self._x((lon - self.lon + 180) % 360 - 180 + self.lon), self._y(lat)

    def place(self, x: float, y: float) -> Point:
        """The latitude and longitude of a point of the picture."""
        lon = self.lon + (x - (self.box[0] + self.box[2]) / 2) / self.scale
        up = self.up - (y - (self.box[1] + self.box[3]) / 2) / self.scale
        return math.degrees(math.atan(math.sinh(math.radians(up)))), lon

    def line(self, lons: Sequence[float], lats: Sequence[float]) -> Iterator[list[Point]]:
        """A ring or line on each copy of the world where it may be in view."""
        left, top, right, bottom = self.bled
        highs = [self._y(lat) for lat in (max(lats), min(lats))]
        if highs[1] < top or highs[0] > bottom:
            return
        for turn in (-360, 0, 360):
            if self._x(max(lons) + turn) >= left and self._x(min(lons) + turn) <= right:
                yield [(self._x(lon + turn), self._y(lat)) for lon, lat in zip(lons, lats, strict=True)]

    def _x(self, lon: float) -> float:
        return (self.box[0] + self.box[2]) / 2 + (lon - self.lon) * self.scale

    def _y(self, lat: float) -> float:
        return (self.box[1] + self.box[3]) / 2 - (_up(lat) - self.up) * self.scale

    @property
    def bled(self) -> Box:
        left, top, right, bottom = self.box
        return left - _BLEED, top - _BLEED, right + _BLEED, bottom + _BLEED

    @property
    def zoom(self) -> float:
        """Leaflet's zoom of a map whose names have this map's size."""
        return math.log2(self.scale * 360 / 256 / _SCALE)


def _up(lat: float) -> float:
    """How far north of the equator Mercator draws a latitude, degrees of longitude."""
    bounded = max(-_MOST_LAT, min(_MOST_LAT, lat))
    return math.degrees(math.asinh(math.tan(math.radians(bounded))))


def _view(now: _Moment, high: float) -> _View | None:
    """The part of the world that is shown; None if nothing of the story has a place."""
    points = _framed(now)
    if not points:
        return None
    zoom = _MOST_ZOOM
    if now.chosen and now.chosen["lat"] is not None:
        at = _lat_lon(now.chosen)
        if _reaches(points, [*points, at]) and not _is_small([*points, at]):
            points, zoom = [at], _FAR_ZOOM
        else:
            points = [*points, at]
    return _fitted(points, zoom, (_PANEL, 0.0, _WIDTH, high))


def _framed(now: _Moment) -> list[Point]:
    """Points, latitude and longitude, of the trip that is shown; of a story without one, of all its events."""
    legs = [(lat, lon) for leg in now.scene["legs"] if _is_drawn(leg, now) for lat, lon in leg["line"]]
    told = [event for event in map(now.told, now.scene["events"]) if event and event["lat"] is not None]
    own = [_lat_lon(event) for event in told if _is_located(event) and _is_in_view(event, now)]
    exact = [_lat_lon(event) for event in told if _is_located(event)]
    return legs + own or exact or [_lat_lon(event) for event in told]


def _is_in_view(event: Event, now: _Moment) -> bool:
    """Whether an event is of the trip that is shown, and within its bounds: statements may be made far away."""
    lat, lon = _lat_lon(event)
    for chapter in now.scene["chapters"]:
        if chapter["bounds"] and chapter["trip"] == event["trip"] and now.shows(event["trip"]):
            (south, west), (north, east) = chapter["bounds"]
            return south <= lat <= north and west <= lon <= east
    return False


def _reaches(points: Sequence[Point], others: Sequence[Point]) -> bool:
    """Whether other points need more room than these."""
    return _extent(points) != _extent(others)


def _is_small(points: Sequence[Point]) -> bool:
    south, north, _, span = _extent(points)
    return north - south <= _MOST_SPAN and span <= _MOST_SPAN


def _extent(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """South, north, west and how far it is from there to the east, degrees: the shortest way around all points."""
    lats = [lat for lat, _ in points]
    lons = sorted({lon for _, lon in points})
    # The widest gap between neighbours is what the way leaves out.
    gaps = [(after - before, after) for before, after in pairwise([*lons, lons[0] + 360])]
    gap, west = max(gaps)
    return min(lats), max(lats), west, 360 - gap


def _fitted(points: Sequence[Point], most_zoom: float, box: Box) -> _View:
    """The view of points, clear of the edges, no nearer than a zoom."""
    south, north, west, span = _extent(points)
    left, top, right, bottom = (edge + room for edge, room in zip(box, _ROOM, strict=True))
    up = _up(north) - _up(south)
    most = 256 * 2**most_zoom * _SCALE / 360
    scale = min(most, (right - left) / max(span, 1e-9), (bottom - top) / max(up, 1e-9))
    middle = (west + span / 2 + 180) % 360 - 180
    return _View(middle, (_up(north) + _up(south)) / 2, scale, box)


# -- lines ------------------------------------------------------------------------------------------------------------


def _unpacked(flat: Sequence[int], steps: int) -> tuple[list[float], list[float]]:
    """Longitudes and latitudes of a ring or line that `geo.map.basemap.packed` packed."""
    return [at / steps for at in accumulate(flat[::2])], [at / steps for at in accumulate(flat[1::2])]


def _rings(polygons: Iterable[Iterable[Sequence[int]]], steps: int, view: _View) -> str:
    """Path data of polygons, cut to the view."""
    found = []
    for ring in (ring for polygon in polygons for ring in polygon):
        for points in view.line(*_unpacked(ring, steps)):
            found.append(_data(_cut(points, view.bled), "z"))
    return "".join(found)


def _lines(lines: Iterable[tuple[Sequence[float], Sequence[float]]], view: _View) -> str:
    """Path data of lines, longitudes and latitudes, without what is out of view."""
    parts = (part for lons, lats in lines if lons for points in view.line(lons, lats) for part in _seen(points, view))
    return "".join(_data(part, "") for part in parts)


def _cut(points: Sequence[Point], box: Box) -> Sequence[Point]:
    """A ring without what is beyond any side of a box, by Sutherland and Hodgman."""
    for side, limit in enumerate(box):
        points = _cut_at(points, side % 2, limit, 1 if side < 2 else -1)
    return points


def _cut_at(points: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    found: list[Point] = []
    for before, at in pairwise([*points[-1:], *points]):
        was, is_in = (before[axis] - limit) * sign >= 0, (at[axis] - limit) * sign >= 0
        if was != is_in:
            share = (limit - before[axis]) / (at[axis] - before[axis])
            found.append((before[0] + share * (at[0] - before[0]), before[1] + share * (at[1] - before[1])))
        if is_in:
            found.append(at)
    return found


def _seen(points: Sequence[Point], view: _View) -> Iterator[list[Point]]:
    """The parts of a line whose segments may be in view."""
    left, top, right, bottom = view.bled
    part: list[Point] = []
    for one, other in pairwise(points):
        (west, east), (north, south) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        if east < left or west > right or south < top or north > bottom:
            if part:
                yield part
            part = []
            continue
        part = part or [one]
        part.append(other)
    if part:
        yield part


def _data(points: Sequence[Point], end: str) -> str:
    """Path data in tenths of a unit, without points that are too near the one before to be seen."""
    if len(points) < 2:
        return ""
    kept = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - kept[-1][0]) >= _NEAREST or abs(point[1] - kept[-1][1]) >= _NEAREST:
            kept.append(point)
    tenths = [(round(10 * x), round(10 * y)) for x, y in [*kept, points[-1]]]
    steps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(tenths)]
    (x, y), way = tenths[0], " ".join(f"{dx / 10:g},{dy / 10:g}" for dx, dy in steps)
    return f"M{x / 10:g},{y / 10:g}l{way}{end}"


# -- the map ----------------------------------------------------------------------------------------------------------


def _map(now: _Moment, view: _View, land: Iterable[Mapping[str, Any]]) -> str:
    left, top, right, bottom = view.box
    marks = _marks(now, view)
    credit, credit_box = _credit(now.scene, view)
    sea: Look = {"x": left, "y": top, "width": right - left, "height": bottom - top, "fill": COLOURS["sea"]}
    parts = [_element("rect", sea), *_basemap(land, view), _area(now, view), *_legs(now, view)]
    parts += [*_names(now, view, marks, credit_box), credit, *(_sign(mark) for mark in reversed(marks))]
    return "".join(parts)


def _basemap(land: Iterable[Mapping[str, Any]], view: _View) -> Iterator[str]:
    """Land, water and borders, lowest first, with the looks of `player/basemap.js`."""
    coast = _stroke("coast", 0.9)
    looks: dict[str, Look] = {
        "land": {"fill": COLOURS["land"]},
        "lake": {"fill": COLOURS["sea"], **_stroke("coast", 0.9)},
        "river": {"fill": "none", **_stroke("river", 1)},
        "border": {"fill": "none", **_stroke("border", 1.2), "stroke-dasharray": "9 5"},
    }
    for packed in land:
        layer, steps = packed["layer"], packed["steps"]
        if "polygons" in packed:
            yield _shape(_rings(packed["polygons"], steps, view), looks[layer])
        else:
            yield _shape(_lines((_unpacked(line, steps) for line in packed["lines"]), view), looks[layer])
        if layer == "land":
            yield _shape(_lines(_coasts(packed), view), {"fill": "none", **coast})


def _coasts(packed: Mapping[str, Any]) -> Iterator[tuple[list[float], list[float]]]:
    """The coasts of land: its rings without the edges along which the two scales of the basemap were cut."""
    cuts = [(axis, cut[name]) for cut in packed["cuts"] for axis, name in enumerate(("lon", "lat")) if name in cut]
    for ring in (ring for polygon in packed["polygons"] for ring in polygon):
        points = list(zip(*_unpacked(ring, packed["steps"]), strict=True))
        parts = [points[:1]]
        for before, at in pairwise(points):
            if any(abs(before[axis] - cut) < _CUT_DEGREES > abs(at[axis] - cut) for axis, cut in cuts):
                parts.append([])
            parts[-1].append(at)
        yield from (([lon for lon, _ in part], [lat for _, lat in part]) for part in parts if len(part) > 1)


def _area(now: _Moment, view: _View) -> str:
    """The country of the chosen event, tinted, where that has no point of its own."""
    if not now.chosen or not now.chosen["is_area"]:
        return ""
    look = {"fill": COLOURS["accent"], "fill-opacity": 0.16, **_stroke("accent", 1), "stroke-opacity": 0.5}
    shapes = [area for area in now.scene["areas"] if (area["lat"], area["lon"]) == _lat_lon(now.chosen)]
    return "".join(_shape(_rings(area["polygons"], area["steps"], view), look) for area in shapes)


def _stroke(colour: str, width: float) -> dict[str, str | float]:
    return {"stroke": COLOURS[colour], "stroke-width": round(width * _SCALE, 1), "stroke-linejoin": "round"}


def _shape(data: str, look: Look) -> str:
    return _element("path", {"d": data, **look}) if data else ""


# -- the route --------------------------------------------------------------------------------------------------------

Line = Sequence[Sequence[float]]
_ASIDE: Final = 8.5


def _legs(now: _Moment, view: _View) -> Iterator[str]:
    """The legs, in ink as far as they have been travelled by the moment, and faint ahead, as in `player/route.js`."""
    legs = [leg for leg in now.scene["legs"] if _is_drawn(leg, now)]
    # Of lines that lie on one another the upper covers the lower: what was travelled, not what was only planned.
    legs.sort(key=lambda leg: leg["evidence"] != "planned")
    travelled = {(lat, lon) for leg in legs if leg["evidence"] != "planned" for lat, lon in leg["line"]}
    behind = [(leg, _behind(leg, now)) for leg in legs]
    for leg, line in behind:
        if line != leg["line"]:
            yield _leg(leg, _course(leg, leg["line"], travelled, view), view, is_ahead=True)
    for leg, line in behind:
        yield _leg(leg, _course(leg, line, travelled, view), view, is_ahead=False)


def _behind(leg: Leg, now: _Moment) -> Line:
    """The part of a leg that has been travelled by the moment; in the news all, for no article follows a train."""
    if now.is_news:
        return leg["line"]
    if leg["start"] > now.time:
        return []
    # The story's own train comes before those of the versions that were set aside.
    for train in now.scene["trains"]:
        if any(run["leg"] == leg["id"] for run in train["legs"]):
            return _travelled(leg, train, now.time)
    return leg["line"]


def _travelled(leg: Leg, train: Train, time: float) -> Line:
    """What a train has of a leg behind it at a steady pace; all of it once no article places the train any more."""
    if leg["from_km"] is None or leg["to_km"] is None or time > train["until"]:
        return leg["line"]
    reached = _interpolated([at for at, _ in train["steady"]], [(km,) for _, km in train["steady"]], time)[0]
    if reached >= leg["to_km"]:
        return leg["line"]
    passed = [point for point, km in zip(train["lat_lon"], train["km"], strict=True) if leg["from_km"] <= km < reached]
    return [*passed, _interpolated(train["km"], train["lat_lon"], reached)]


def _interpolated(knots: Sequence[float], values: Sequence[Sequence[float]], at: float) -> list[float]:
    """The value of a piecewise-linear function; at a step the one after it, and beyond the ends that of the end."""
    after = bisect_right(knots, at)
    if after in (0, len(knots)):
        return list(values[min(after, len(knots) - 1)])
    share = (at - knots[after - 1]) / (knots[after] - knots[after - 1])
    return [one + share * (other - one) for one, other in zip(values[after - 1], values[after], strict=True)]


def _course(leg: Leg, line: Line, travelled: Container[Point], view: _View) -> Line:
    """The line of a leg; what was only planned runs beside what was travelled, or it would not be seen."""
    if leg["evidence"] != "planned":
        return line
    return [
        _aside(line[max(0, index - 2)], point, line[index + 2 if index + 2 < len(line) else -1], view)
        if (point[0], point[1]) in travelled
        else point
        for index, point in enumerate(line)
    ]


def _aside(before: Sequence[float], at: Sequence[float], after: Sequence[float], view: _View) -> Sequence[float]:
    """A point moved to the right of the way from the one before to the one after."""
    (x, y), (left, top), (right, bottom) = (view.point(lat, lon) for lat, lon in (at, before, after))
    share = _ASIDE / (math.hypot(right - left, bottom - top) or 1)
    return view.place(x - share * (bottom - top), y + share * (right - left))


def _leg(leg: Leg, line: Line, view: _View, *, is_ahead: bool) -> str:
    """A leg: solid where it is stated, dashed where it is inferred, dotted where it was only planned."""
    data = _lines([_unwrapped(line)], view)
    is_planned = leg["evidence"] == "planned"
    look: dict[str, str | float] = {"fill": "none", "stroke-linecap": "round"}
    look |= _stroke("quiet" if is_planned or is_ahead else "ink", 3.5 if is_planned else 2 if is_ahead else 3)
    if leg["evidence"] != "stated":
        look["stroke-dasharray"] = "0.1 12" if is_planned else "13 11"
    if is_ahead:
        look["stroke-opacity"] = 0.5
    # Where the way back lies on the way out, the casing keeps one line's gaps from being filled by the other.
    casing: Look = {"fill": "none", **_stroke("land", 6)}
    return _shape(data, casing) + _shape(data, look)


def _unwrapped(line: Line) -> tuple[list[float], list[float]]:
    """Longitudes and latitudes of a line that goes on where it crosses the antimeridian."""
    lons: list[float] = []
    for _, lon in line:
        lons.append(lon if not lons else lons[-1] + (lon - lons[-1] + 180) % 360 - 180)
    return lons, [lat for lat, _ in line]


# -- marks ------------------------------------------------------------------------------------------------------------

_NUMBERED_RADIUS: Final = 9 * _SCALE
_RADIUS: Final = 7 * _SCALE
# Numbered marks that lie closer hide one another's numbers.
_APART: Final = 15 * _SCALE
_NUMBER_SIZE: Final = 19.0
_HOLLOW: Final = ("planned", "predicted")


@dataclass(frozen=True, eq=False)
class _Mark:
    """A mark: the events that it stands for, what is chosen first, else in the order of the key moments."""

    events: tuple[Event, ...]
    at: Point
    is_chosen: bool
    is_ahead: bool

    @property
    def status(self) -> Status:
        """That of the chosen event, or else of one that happened before one that did not."""
        statuses = [event["status"] for event in self.events]
        return "happened" if "happened" in statuses and not self.is_chosen else statuses[0]

    @property
    def number(self) -> str:
        keys = [event["key"] for event in self.events if event["key"] is not None]
        return "" if self.status in ("claimed", "denied") else _numbers_text(keys)

    @property
    def radius(self) -> float:
        return _NUMBERED_RADIUS if self.number else _RADIUS

    @property
    def half(self) -> float:
        """Half of its width: several numbers need a longer mark."""
        return max(self.radius, _width(self.number, _FIRM, _NUMBER_SIZE) / 2 + 0.5 * self.radius)

    @property
    def reach(self) -> Point:
        """How far it takes room to the sides, and upwards and downwards, units."""
        ring = 10.0 if self.is_chosen else 2.0
        return self.half + ring, self.radius + ring


def _numbers_text(keys: Iterable[int]) -> str:
    """Numbers as a mark bears them: 2, 3–5, 1·6; as `numbersText` in `player/marks.js`."""
    runs: list[list[int]] = []
    for key in sorted(set(keys)):
        if runs and runs[-1][-1] == key - 1:
            runs[-1].append(key)
        else:
            runs.append([key])
    return "·".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else "·".join(map(str, run)) for run in runs)


def _marks(now: _Moment, view: _View) -> list[_Mark]:
    """The marks, most important first: the chosen event, key moments that have begun, in hindsight the others."""
    marks: list[_Mark] = []
    if now.chosen and _is_located(now.chosen):
        marks.append(_Mark((now.chosen,), view.point(*_lat_lon(now.chosen)), is_chosen=True, is_ahead=False))
    keys = [event for event in map(now.told, now.scene["events"]) if event and _is_numbered(event, now)]
    for is_ahead in (False, True):
        for event in keys:
            if (not now.is_news and event["start"] > now.time) is is_ahead:
                _gather(marks, event, view.point(*_lat_lon(event)), is_ahead=is_ahead)
    return [mark for mark in marks if _is_within(mark.at, view.box)]


def _is_numbered(event: Event, now: _Moment) -> bool:
    return event["key"] is not None and now.shows(event["trip"]) and _is_located(event)


def _gather(marks: list[_Mark], event: Event, at: Point, *, is_ahead: bool) -> None:
    """Give an event a mark, or its number to one that is too near; what is to come gives way to what has been."""
    for index, mark in enumerate(marks):
        if math.dist(mark.at, at) < _APART:
            if mark.is_ahead is is_ahead:
                marks[index] = _Mark((*mark.events, event), mark.at, mark.is_chosen, is_ahead)
            return
    marks.append(_Mark((event,), at, is_chosen=False, is_ahead=is_ahead))


def _is_within(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _sign(mark: _Mark) -> str:
    """The sign of a status, as `player/signs.js` draws it, with its number; ringed where it is the chosen event's."""
    x, y = mark.at
    colour = COLOURS["accent" if mark.is_chosen else "quiet" if mark.is_ahead else "ink"]
    is_hollow = mark.is_ahead or mark.status in _HOLLOW
    parts = []
    if mark.is_chosen:
        parts.append(_ring(mark, 7, {"fill": COLOURS["paper"], "stroke": COLOURS["paper"], "stroke-width": 9}))
        parts.append(_ring(mark, 7, {"stroke": colour, "stroke-width": 4}))
    if mark.status == "superseded":
        reach = 0.6 * mark.radius
        way = f"M{-reach:g},{-reach:g}L{reach:g},{reach:g}M{reach:g},{-reach:g}L{-reach:g},{reach:g}"
        return "".join(parts) + _bar(mark, way, colour)
    ground, edge = (COLOURS["white"], colour) if is_hollow else (colour, COLOURS["white"])
    disc: dict[str, str | float] = {"fill": ground, "stroke": edge, "stroke-width": 3 if is_hollow else 2}
    if mark.status in _HOLLOW:
        disc["stroke-dasharray"] = "7 5"
    parts.append(_ring(mark, 0, disc))
    if mark.status in ("claimed", "denied"):
        reach, slant = 0.7 * mark.radius, mark.radius * 0.7 if mark.status == "denied" else 0
        parts.append(_bar(mark, f"M{-reach:g},{slant:g}L{reach:g},{-slant:g}", COLOURS["white"]))
    if mark.number:
        look = {"text-anchor": "middle", "fill": colour if is_hollow else COLOURS["white"]}
        parts.append(_text(mark.number, _FIRM, _NUMBER_SIZE, (x, y + 0.34 * _NUMBER_SIZE), look))
    return "".join(parts)


def _ring(mark: _Mark, away: float, look: Look) -> str:
    """The outline of a mark, or one that is so far from it."""
    (x, y), half, radius = mark.at, mark.half + away, mark.radius + away
    place = {"x": x - half, "y": y - radius, "width": 2 * half, "height": 2 * radius, "rx": radius}
    return _element("rect", {"fill": "none", **place, **look})


def _bar(mark: _Mark, way: str, colour: str) -> str:
    x, y = mark.at
    return _element("path", {"d": way, "transform": f"translate({x:.1f} {y:.1f})", "stroke": colour, "stroke-width": 4})


# -- names ------------------------------------------------------------------------------------------------------------

_GAP: Final = 5.0
# A mark this near belongs to the name: a station to its town.
_OWN: Final = 14 * _SCALE
_DOT: Final = 3.0
_LEADING: Final = 1.15
_CREDIT_SIZE: Final = 15.0


@dataclass(frozen=True)
class _Lettering:
    """How the names of a kind are written; one `by_dot` stands beside its point, the others on it."""

    face: _Face
    size: float
    colour: str
    halo: str = "land"
    spacing: float = 0.0
    by_dot: bool = False


_LETTERINGS: Final[Mapping[LabelKind, _Lettering]] = {
    "story": _Lettering(_FIRM, 23, "ink", by_dot=True),
    "city": _Lettering(_SANS, 19, "quiet", by_dot=True),
    "country": _Lettering(_SERIF, 19, "land-name", spacing=3.5),
    "region": _Lettering(_ITALIC, 19, "region-name", spacing=1),
    "sea": _Lettering(_ITALIC, 20, "sea-name", halo="sea", spacing=1),
}


@dataclass(frozen=True)
class _Name:
    """A name on the map: how it is written, its point, and the marks there."""

    text: str
    lettering: _Lettering
    at: Point
    own: tuple[_Mark, ...]

    @property
    def boxes(self) -> list[Box]:
        """Where it may stand: on its point, or else right of it, left, above, below, then at the corners."""
        look, (x, y) = self.lettering, self.at
        width, height = _width(self.text, look.face, look.size, look.spacing), look.size * _LEADING
        level, middle = y - height / 2, x - width / 2
        if not look.by_dot:
            return [(middle, level, middle + width, level + height)]
        aside = max((mark.reach[0] for mark in self.own), default=_DOT) + _GAP
        away = max((mark.reach[1] for mark in self.own), default=_DOT) + 1
        right, left, above, below = x + aside, x - aside - width, y - away - height, y + away
        spots = [(right, level), (left, level), (middle, above), (middle, below)]
        # A mark is round: at its corners a name may come nearer.
        aside, away = 0.3 * aside, 0.3 * away
        spots += [(right - aside, above + away), (right - aside, below - away)]
        spots += [(left + aside, above + away), (left + aside, below - away)]
        return [(at, top, at + width, top + height) for at, top in spots]


def _names(now: _Moment, view: _View, marks: Sequence[_Mark], credit: Box) -> Iterator[str]:
    """The names that find room, most important first; one that would overlap another stays away."""
    taken = [credit, *(_around(mark.at, mark.reach) for mark in marks)]
    way = [_around(point, (4, 4)) for point in _way(now, view)]
    written: set[str] = set()
    for name in _candidates(now, view, marks):
        # A country may be named at one of several spots; the first that is free will do.
        if name.text in written:
            continue
        # The name of a place may lie on the line rather than be missing.
        rooms = ([*taken, *way], taken) if name.lettering.by_dot else ([*taken, *way],)
        box = next((box for room in rooms for box in name.boxes if _is_free(box, room, view.box)), None)
        if box:
            taken.append(box)
            written.add(name.text)
            yield _written(name, box)


def _candidates(now: _Moment, view: _View, marks: Sequence[_Mark]) -> list[_Name]:
    """Names that may be written: the chosen place's, those of marked places, and the others in their order."""
    known = [label for label in now.scene["labels"] if not now.is_news or (label["known"] or 0) <= now.time]
    names = [_name(label, view, marks) for label in known if label["min_zoom"] <= view.zoom]
    # A mark that no name of this scale stands for is named at any.
    named = {mark for name in names for mark in name.own}
    close = (_name(label, view, marks) for label in known if label["min_zoom"] > view.zoom and label["kind"] == "story")
    names += [name for name in close if name.own and not named.intersection(name.own)]
    chosen = next((mark for mark in marks if mark.is_chosen), None)
    if chosen:
        # The chosen place is named once, as its event names it.
        names = [name for name in names if not name.lettering.by_dot or chosen not in name.own]
        place = chosen.events[0]["place_name"] or ""
        names.insert(0, _Name(_cleaned(place), _LETTERINGS["story"], chosen.at, (chosen,)))
    return sorted(names, key=lambda name: not name.own)


def _name(label: Label, view: _View, marks: Sequence[_Mark]) -> _Name:
    text, lettering = _cleaned(label["name"]), _LETTERINGS[label["kind"]]
    at = view.point(label["lat"], label["lon"])
    own = (mark for mark in marks if lettering.by_dot and math.dist(mark.at, at) <= _OWN)
    return _Name(text.upper() if label["kind"] == "country" else text, lettering, at, tuple(own))


def _way(now: _Moment, view: _View) -> list[Point]:
    """Points of the lines that are drawn: names keep clear of them."""
    points = (view.point(lat, lon) for leg in now.scene["legs"] if _is_drawn(leg, now) for lat, lon in leg["line"])
    return [point for point in points if _is_within(point, view.box)]


def _around(point: Point, reach: Point) -> Box:
    return point[0] - reach[0], point[1] - reach[1], point[0] + reach[0], point[1] + reach[1]


def _is_free(box: Box, taken: Iterable[Box], room: Box) -> bool:
    """Whether a box, with the distance that names keep at their sides, is in the room and clear of what is taken."""
    left, top, right, bottom = box[0] - _GAP, box[1], box[2] + _GAP, box[3]
    if left < room[0] or top < room[1] or right > room[2] or bottom > room[3]:
        return False
    return not any(left < other[2] and right > other[0] and top < other[3] and bottom > other[1] for other in taken)


def _written(name: _Name, box: Box) -> str:
    look = name.lettering
    halo: Look = {"stroke": COLOURS[look.halo], "stroke-width": 5, "stroke-opacity": 0.9, "stroke-linejoin": "round"}
    style: Look = {"fill": COLOURS[look.colour], **halo, "paint-order": "stroke"}
    text = _text(name.text, look.face, look.size, (box[0], box[1] + 0.9 * look.size), style, spacing=look.spacing)
    if not look.by_dot or name.own:
        return text
    dot: Look = {"cx": round(name.at[0], 1), "cy": round(name.at[1], 1), "r": _DOT, "fill": COLOURS[look.colour]}
    return _element("circle", dot) + text


def _credit(scene: Scene, view: _View) -> tuple[str, Box]:
    """Whose work the map is, in its lower corner, and the room that this takes."""
    # The player's map is drawn by Leaflet, this one is not.
    told = " · ".join(_cleaned(name) for name in scene["attribution"].split(" · ") if name != "Leaflet")
    right, bottom, width = view.box[2] - 12, view.box[3] - 10, _width(told, _SANS, _CREDIT_SIZE)
    halo: Look = {"stroke": COLOURS["land"], "stroke-width": 4, "stroke-opacity": 0.8, "paint-order": "stroke"}
    text = _text(told, _SANS, _CREDIT_SIZE, (right - width, bottom), {"fill": COLOURS["soft-ink"], **halo})
    return text, (right - width, bottom - _CREDIT_SIZE, right, bottom + 4)


# -- the panel --------------------------------------------------------------------------------------------------------

_TOP: Final = 56.0
# The middle of the wordmark, from the lower edge.
_FOOT: Final = 44.0
_ICON: Final = 32.0
_ICON_LINE: Final[Look] = {"fill": "none", "stroke-width": 3, "stroke-linecap": "round", "stroke-linejoin": "round"}


@dataclass(frozen=True)
class _Block:
    """A text of the panel, in the largest of its sizes in which it fits its lines, or else cut; `gap` is above it."""

    text: str
    face: _Face
    sizes: tuple[float, ...]
    colour: str
    lines: int
    gap: float


def _panel(now: _Moment, high: float, *, is_alone: bool) -> str:
    """What is told, left of the map or, without a map, by itself."""
    wide, room = (_WIDTH, _WIDE_TEXT_WIDTH) if is_alone else (_PANEL, _TEXT_WIDTH)
    parts = [_element("rect", {"width": wide, "height": round(high, 1), "fill": COLOURS["paper"]})]
    if not is_alone:
        edge: Look = {"x": wide - 1.5, "width": 1.5, "height": round(high, 1), "fill": COLOURS["double-rule"]}
        parts.append(_element("rect", edge))
    parts.append(_element("rect", {"x": _TEXT_LEFT, "width": 64, "height": 9, "fill": COLOURS["accent"]}))
    bottom = _TOP
    for block in _blocks(now):
        size, lines = _set(block, room)
        bottom += block.gap if lines else 0
        for line in lines:
            bottom += 1.22 * size
            look = {"fill": COLOURS[block.colour]}
            parts.append(_text(line, block.face, size, (_TEXT_LEFT, bottom - 0.25 * size), look))
    return "".join([*parts, _wordmark(high - _FOOT)])


def _title(now: _Moment) -> str:
    """What the picture shows, in a line: the chosen event, or the story as far as it had been told."""
    if now.chosen:
        return now.chosen["title"]
    return now.scene["title"] if now.is_all_told else _edition(now)


def _edition(now: _Moment) -> str:
    """How much of the story had been published by a moment, in words."""
    editions = [edition["title"] for edition in now.scene["editions"] if edition["from"] <= now.time]
    return editions[-1] if editions else now.scene["words"]["unpublished"]


def _blocks(now: _Moment) -> list[_Block]:
    title = _Block(_title(now), _BOLD, (42, 38, 34, 31, 29), "ink", 3, 6)
    if not now.chosen:
        # Title and introduction tell the whole story, which readers of the news do not know yet.
        scene = now.scene
        told = (scene["intro"], scene["told_by"]) if now.is_all_told else ("", "")
        body = _Block(told[0], _SANS, (25, 23), "soft-ink", 7, 20)
        return [title, body, _Block(told[1], _SANS, (20,), "quiet", 2, 18)]
    event = now.chosen
    outlets = list(dict.fromkeys(claim["outlet"] for claim in event["claims"]))
    sources = ", ".join(outlets[:3]) + (" …" if len(outlets) > 3 else "")
    # What was only planned, claimed or denied must not read as if it had happened.
    status = "" if event["status"] == "happened" else event["status_text"]
    return [
        _Block(_edition(now) if now.is_news else _chapter(now), _SANS, (19,), "quiet", 2, 0),
        title,
        _Block(status, _FIRM, (23,), "accent", 1, 14),
        _Block(event["when_text"], _FIRM, (24, 22), "ink", 2, 14),
        _Block(event["place_name"] or "", _SANS, (24, 22), "ink", 2, 2),
        _Block(sources, _FIRM, (19,), "soft-ink", 1, 18),
        _Block(event["claims_heading"], _SANS, (19,), "quiet", 2, 0),
    ]


def _chapter(now: _Moment) -> str:
    """The title of the chapter that the moment falls in."""
    begun = [chapter["title"] for chapter in now.scene["chapters"] if chapter["start"] <= now.time]
    return begun[-1] if begun else now.scene["chapters"][0]["title"]


def _wordmark(middle: float) -> str:
    """The sign of the app, as `ui/icon.svg`, and its name."""
    left, top = _TEXT_LEFT, middle - _ICON / 2
    sign = (
        f'<g transform="translate({left:g} {_number(top)})">'
        + _element("rect", {"width": _ICON, "height": _ICON, "rx": 5, "fill": COLOURS["accent"]})
        + _element("path", {"d": "M6 24 13 14l7 4 6-10", "stroke": COLOURS["paper"], **_ICON_LINE})
        + _element("circle", {"cx": 26, "cy": 8, "r": 3.4, "fill": COLOURS["paper"]})
        + "</g>"
    )
    look = {"fill": COLOURS["ink"]}
    return sign + _text("Dateline", _BOLD, 27, (left + _ICON + 12, middle + 9), look)


# -- text -------------------------------------------------------------------------------------------------------------


def _set(block: _Block, room: float) -> tuple[float, list[str]]:
    """A text's size and lines in a panel so wide."""
    text = _cleaned(block.text)[:_MOST_LETTERS]
    for size in block.sizes:
        lines = _wrapped(text, block.face, size, room)
        if len(lines) <= block.lines:
            return size, lines
    lines = lines[: block.lines]
    return size, [*lines[:-1], _shortened(lines[-1], block.face, size, room)]


def _wrapped(text: str, face: _Face, size: float, room: float) -> list[str]:
    """Text in lines; a word that is wider than a line is broken."""
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        for part in _broken(word, face, size, room):
            if lines and _width(f"{lines[-1]} {part}", face, size) <= room:
                lines[-1] += f" {part}"
            else:
                lines.append(part)
    return lines


def _broken(word: str, face: _Face, size: float, room: float) -> list[str]:
    """A word in parts that fit a line."""
    parts = [""]
    for letter in word if _width(word, face, size) > room else [word]:
        if parts[-1] and _width(parts[-1] + letter, face, size) > room:
            parts.append("")
        parts[-1] += letter
    return parts


def _shortened(line: str, face: _Face, size: float, room: float) -> str:
    while _width(f"{line}…", face, size) > room:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line}…"


def _width(text: str, face: _Face, size: float, spacing: float = 0) -> float:
    """How wide a line is, units."""
    return float(_font(face).getlength(text)) * size / _EM + spacing * len(text)


_EM: Final = 100


@cache
def _font(face: _Face) -> ImageFont.FreeTypeFont:
    # Not every Pillow has Raqm; so widths are the same with each.
    return ImageFont.truetype(_path(face), _EM, layout_engine=ImageFont.Layout.BASIC)


@cache
def _path(face: _Face) -> str:
    return str(resources.files(face.package).joinpath("files", face.file))


def _text(text: str, face: _Face, size: float, at: Point, look: Look, spacing: float = 0) -> str:
    """A line of text on the baseline at a point."""
    told: dict[str, str | float] = {"x": round(at[0], 1), "y": round(at[1], 1), "font-size": size}
    told |= {**face.look(), **look}
    if spacing:
        told["letter-spacing"] = spacing
    else:
        # In the reader's own font too, a line keeps to the room that was measured for it.
        told |= {"textLength": round(_width(text, face, size), 1), "lengthAdjust": "spacingAndGlyphs"}
    return _element("text", told, text)


def _cleaned(text: str) -> str:
    """Text as one line that XML allows; narrow blanks, which the serif has not got, become wider ones."""
    return _WORDS.sub(" ", _FORBIDDEN.sub("", text).replace("\u202f", "\xa0")).strip()


def _escaped(text: str) -> str:
    return escape(_cleaned(text))


def _element(name: str, look: Look, text: str = "") -> str:
    """An element; `look` is ours, `text` may be a story's."""
    attributes = " ".join(
        f"{key}={quoteattr(value if isinstance(value, str) else _number(value))}" for key, value in look.items()
    )
    return f"<{name} {attributes}>{_escaped(text)}</{name}>" if text else f"<{name} {attributes}/>"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
