"""Times of day: the offset that a time carries is the one its place kept at that moment."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from geo.story import rules
from geo.story.cells import Rows, available_zones
from geo.story.faults import Fault
from geo.story.format import Claim, Event, Leg, Place
from geo.story.when import When

Zones = Mapping[str, ZoneInfo]


def _events(rows: Rows) -> Iterator[Fault]:
    zones = _zones(rows)
    for number, event in rows[Event].items():
        yield from _faults("events", number, "when", event.when, zones.get(event.place_id))


def _claims(rows: Rows) -> Iterator[Fault]:
    zones = _zones(rows)
    places = {event.event_id: event.place_id for event in rows[Event].values()}
    for number, claim in rows[Claim].items():
        yield from _faults("claims", number, "when", claim.when, zones.get(places.get(claim.event_id, "")))


def _legs(rows: Rows) -> Iterator[Fault]:
    zones = _zones(rows)
    for number, leg in rows[Leg].items():
        yield from _faults("legs", number, "depart", leg.depart, zones.get(leg.from_place))
        yield from _faults("legs", number, "arrive", leg.arrive, zones.get(leg.to_place))


def _zones(rows: Rows) -> Zones:
    known = available_zones()
    return {row.place_id: ZoneInfo(row.timezone) for row in rows[Place].values() if row.timezone in known}


def _faults(table: str, number: int, column: str, when: When | None, zone: ZoneInfo | None) -> Iterator[Fault]:
    """The times of a date whose offset is not the place's. One written in UTC, with Z, is meant so."""
    for part in when.text.split("/") if when and zone else ():
        if "T" not in part or part.endswith("Z"):
            continue
        at = datetime.fromisoformat(part)
        kept = at.astimezone(zone).utcoffset()
        if kept is not None and kept != at.utcoffset():
            yield rules.TIME_OFFSET_OF_PLACE.fault(
                table, number, column, part, zone=zone, offset=_written(kept), part=part
            )


def _written(offset: timedelta) -> str:
    minutes = round(abs(offset).total_seconds() / 60)
    return f"{'-' if offset < timedelta(0) else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


CHECKS: Final = (
    ({"events", "places"}, _events),
    ({"claims", "events", "places"}, _claims),
    ({"legs", "places"}, _legs),
)
