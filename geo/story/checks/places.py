"""Places: their time zones, names, points, and how each was decided."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from geo.story import rules
from geo.story.cells import Rows, available_zones
from geo.story.checks.links import circle_faults
from geo.story.faults import Fault
from geo.story.format import Geocode, Place, Toponym
from geo.story.names import fold


def _zones(rows: Rows) -> Iterator[Fault]:
    for number, place in rows[Place].items():
        if place.timezone and place.timezone not in available_zones():
            yield rules.ZONE_KNOWN.fault("places", number, "timezone", place.timezone)


def _toponyms(rows: Rows) -> Iterator[Fault]:
    first: dict[str, tuple[int, str]] = {}
    for number, row in rows[Toponym].items():
        before, place = first.setdefault(fold(row.toponym), (number, row.place_id))
        if place != row.place_id:
            yield rules.TOPONYM_ONE_PLACE.fault("toponyms", number, "toponym", row.toponym, first=before, place=place)


def _circles(rows: Rows) -> Iterator[Fault]:
    yield from circle_faults(rows, Place, "part_of")


def _reasons(rows: Rows) -> Iterator[Fault]:
    for number, row in rows[Geocode].items():
        for column in ("note_en", "note_fr"):
            if row.decided_by == "curator" and not getattr(row, column):
                yield rules.BY_HAND_WHY.fault("geocodes", number, column)


def _points(rows: Rows) -> Iterator[Fault]:
    """Places without a chosen candidate or with several, or that stand elsewhere than it does."""
    chosen: dict[str, list[Geocode]] = defaultdict(list)
    for row in rows[Geocode].values():
        if row.decision == "chosen":
            chosen[row.place_id].append(row)
    for number, place in rows[Place].items():
        candidates = chosen[place.place_id]
        if place.place_id and len(candidates) != 1:
            yield rules.PLACE_GEOCODED.fault("places", number, "place_id", place.place_id, count=len(candidates))
        elif candidates and (here := lat_lon(place)) and (there := lat_lon(candidates[0])) and here != there:
            where = ", ".join(map(str, here))
            yield rules.PLACE_WHERE_CHOSEN.fault("places", number, "lat", where, lat=there[0], lon=there[1])


def lat_lon(row: object) -> tuple[float, float] | None:
    """The point of a row with `lat` and `lon` (WGS 84 degrees); None where a cell of it is not valid."""
    lat, lon = getattr(row, "lat", None), getattr(row, "lon", None)
    return None if lat is None or lon is None else (lat, lon)


CHECKS: Final = (
    ({"places"}, _zones),
    ({"toponyms"}, _toponyms),
    ({"places"}, _circles),
    ({"geocodes"}, _reasons),
    ({"geocodes", "places"}, _points),
)
