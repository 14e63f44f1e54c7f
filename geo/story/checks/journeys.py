"""Journeys: legs in time and space, and the tracks that they are drawn along."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from geopy.distance import great_circle

from geo.story import rules
from geo.story.cells import Rows
from geo.story.checks.places import lat_lon
from geo.story.faults import Fault
from geo.story.format import Leg, Place, Waypoint
from geo.story.when import When

TRACK_END_KM: Final = 5.0


def _order(rows: Rows) -> Iterator[Fault]:
    for number, leg in rows[Leg].items():
        if leg.depart and leg.arrive and not _in_order(leg.depart, leg.arrive):
            yield rules.LEG_ORDER.fault("legs", number, "arrive", leg.arrive.text, depart=leg.depart.text)


def _in_order(depart: When, arrive: When) -> bool:
    at_the_latest = depart.end is None or arrive.end is None or depart.end <= arrive.end
    return depart.start <= arrive.start and at_the_latest


def _chains(rows: Rows) -> Iterator[Fault]:
    """The train's legs of a trip, in time order: each starts where and when the one before ended."""
    by_trip: dict[str, list[tuple[When, When, int, Leg]]] = defaultdict(list)
    for number, leg in rows[Leg].items():
        if leg.is_reported_train and leg.depart and leg.arrive and leg.depart.end and leg.arrive.end:
            by_trip[leg.trip].append((leg.depart, leg.arrive, number, leg))
    for legs in by_trip.values():
        legs.sort(key=lambda leg: leg[0].start)
        latest = legs[0]
        for previous, (depart, arrive, number, leg) in pairwise(legs):
            if leg.from_place != previous[3].to_place:
                yield rules.LEG_CHAIN.fault(
                    "legs", number, "from_place", leg.from_place,
                    previous=previous[3].leg_id, place=previous[3].to_place,
                )  # fmt: skip
            if depart.end is not None and depart.end < latest[1].start:
                yield rules.LEG_AFTER.fault(
                    "legs", number, "depart", depart.text,
                    previous=latest[3].leg_id, arrive=latest[1].text,
                )  # fmt: skip
            latest = max(latest, (depart, arrive, number, leg), key=lambda leg: leg[1].start)


def _track_ends(rows: Rows) -> Iterator[Fault]:
    places = {place.place_id: lat_lon(place) for place in rows[Place].values()}
    tracks = _tracks(rows)
    for number, leg in rows[Leg].items():
        track = tracks.get(leg.track_id)
        if not track:
            continue
        for place_id, (_, waypoint) in ((leg.from_place, track[0]), (leg.to_place, track[-1])):
            place, end = places.get(place_id), lat_lon(waypoint)
            distance = great_circle(place, end).km if place and end else 0.0
            if distance > TRACK_END_KM:
                yield rules.LEG_TRACK_END.fault(
                    "legs", number, "track_id", leg.track_id,
                    limit=f"{TRACK_END_KM:g}", place=place_id, distance=f"{distance:.1f}",
                )  # fmt: skip


def _tracks(rows: Rows) -> dict[str, list[tuple[int, Waypoint]]]:
    """The numbered rows of each track, in the order of the file."""
    found: dict[str, list[tuple[int, Waypoint]]] = defaultdict(list)
    for number, waypoint in rows[Waypoint].items():
        found[waypoint.track_id].append((number, waypoint))
    return found


def _waypoints(rows: Rows) -> Iterator[Fault]:
    for track_id, waypoints in _tracks(rows).items():
        if track_id and len(waypoints) < 2:
            yield rules.TRACK_POINTS.fault("tracks", waypoints[0][0], "track_id", track_id)
        previous = -1
        for number, waypoint in waypoints:
            seq: int | None = waypoint.seq  # None where the cell is not valid, which is told of the cell
            if seq is None:
                continue
            if seq < previous:  # twice the same number is told of the key
                yield rules.TRACK_ORDER.fault("tracks", number, "seq", str(seq), previous=previous)
            previous = seq


CHECKS: Final = (
    ({"legs", "places"}, _order),
    ({"legs", "places"}, _chains),
    ({"legs", "places", "tracks"}, _track_ends),
    ({"tracks"}, _waypoints),
)
