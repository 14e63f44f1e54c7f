"""The description of a story, `datapackage.json`: titles, time zone, trips, names."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from geo.story import rules
from geo.story.cells import available_zones
from geo.story.faults import Fault, RuleError
from geo.story.format import BACKGROUND
from geo.story.tables import PACKAGE
from geo.story.when import parse_day, parse_when

_STORY_TEXTS: Final = ("title_en", "title_fr", "timezone")
_INTRO: Final = ("intro_en", "intro_fr")
_LONGEST_INTRO: Final = 400
_TRIP_TEXTS: Final = ("trip", "title_en", "title_fr", "start", "end", "timezone")


def check(package: Mapping[str, Any]) -> list[Fault]:
    """The faults of the property “dateline” of the description."""
    dateline = _dateline(package)
    faults = [*_texts(dateline, _STORY_TEXTS, "dateline"), *_zone_faults(dateline, "dateline.timezone")]
    if any(name in dateline for name in _INTRO):
        faults += [*_texts(dateline, _INTRO, "dateline"), *_intro_faults(dateline)]
    trips = dateline.get("trips")
    if not isinstance(trips, list) or not all(isinstance(trip, dict) for trip in trips):
        return [*faults, rules.TRIPS_GIVEN.fault(PACKAGE, None, "dateline.trips")]
    seen = {BACKGROUND}
    for number, trip in enumerate(trips):
        faults.extend(_trip_faults(trip, f"dateline.trips[{number}]", seen))
    # Trips with wrong days overlap by mistake; that is told only of right ones.
    overlaps = [] if faults else _overlaps(trips)
    return [*faults, *overlaps, *_name_faults(dateline.get("names_fr", {}))]


def trip_names(package: Mapping[str, Any]) -> list[str]:
    """The ids of the trips that the description names, whatever else is wrong with it."""
    trips = _dateline(package).get("trips")
    return [str(trip.get("trip")) for trip in trips if isinstance(trip, dict)] if isinstance(trips, list) else []


def _dateline(package: Mapping[str, Any]) -> dict[str, Any]:
    dateline = package.get("dateline")
    return dateline if isinstance(dateline, dict) else {}


def _overlaps(trips: list[dict[str, Any]]) -> Iterator[Fault]:
    # Each trip's days are those of its own clock: two that follow each other in the calendar may still overlap.
    spans = []
    for trip in trips:
        zone = ZoneInfo(trip["timezone"])
        spans.append((parse_when(trip["start"], zone).start, parse_when(trip["end"], zone), trip["trip"]))
    spans.sort(key=lambda span: span[0])
    for (_, last, first), (start, _, second) in pairwise(spans):
        if last.end is not None and start < last.end:
            yield rules.TRIPS_APART.fault(PACKAGE, None, "dateline.trips", second, first=first, end=last.text)


def _name_faults(names: Any) -> Iterator[Fault]:
    if not isinstance(names, dict) or not all(isinstance(name, str) and name for name in names.values()):
        yield rules.NAMES_GIVEN.fault(PACKAGE, None, "dateline.names_fr")


def _trip_faults(trip: dict[str, Any], path: str, seen: set[str]) -> Iterator[Fault]:
    untold = list(_texts(trip, _TRIP_TEXTS, path))
    yield from untold
    yield from _zone_faults(trip, f"{path}.timezone")
    if untold:
        return
    if trip["trip"] in seen:
        yield rules.TRIP_ONCE.fault(PACKAGE, None, f"{path}.trip", trip["trip"])
    seen.add(trip["trip"])
    first, last = _day(trip["start"]), _day(trip["end"])
    if first is None or last is None or first > last:
        days = f"{trip['start']} – {trip['end']}"
        yield rules.TRIP_DAYS.fault(PACKAGE, None, path, days, trip=trip["trip"])


def _texts(properties: dict[str, Any], names: tuple[str, ...], path: str) -> Iterator[Fault]:
    for name in names:
        given = properties.get(name)
        if not isinstance(given, str) or not given:
            shown = "" if given is None else str(given)
            yield rules.TEXT_GIVEN.fault(PACKAGE, None, f"{path}.{name}", shown, property=name)


def _intro_faults(dateline: dict[str, Any]) -> Iterator[Fault]:
    for name in _INTRO:
        given = dateline.get(name)
        if isinstance(given, str) and len(given) > _LONGEST_INTRO:
            yield rules.INTRO_LENGTH.fault(PACKAGE, None, f"dateline.{name}", str(len(given)), most=str(_LONGEST_INTRO))


def _zone_faults(properties: dict[str, Any], path: str) -> Iterator[Fault]:
    name = properties.get("timezone")
    if isinstance(name, str) and name and name not in available_zones():
        yield rules.ZONE_KNOWN.fault(PACKAGE, None, path, name)


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except RuleError:
        return None
