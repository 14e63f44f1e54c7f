"""Journeys: legs in time and space, and the tracks that they are drawn along."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final, cast

from geopy.distance import great_circle

from geo.story import rules
from geo.story.cells import Rows
from geo.story.checks.places import lat_lon
from geo.story.faults import Fault
from geo.story.format import Event, Leg, Place, Waypoint
from geo.story.journeys import Run, journeys
from geo.story.when import When

TRACK_END_KM: Final = 5.0


def _order(rows: Rows) -> Iterator[Fault]:
    for number, leg in rows[Leg].items():
        if leg.depart and leg.arrive and not _in_order(leg.depart, leg.arrive):
            yield rules.LEG_ORDER.fault("legs", number, "arrive", leg.arrive.text, depart=leg.depart.text)


def _in_order(depart: When, arrive: When) -> bool:
    """Whether some moment of the departure's window lies before one of the arrival's."""
    return arrive.end is None or depart.start < arrive.end


def _chains(rows: Rows) -> Iterator[Fault]:
    """The train's legs of a trip, in time order: each starts where and when the one before ended, and can be run.

    So do those of a version that was set aside. What is wrong with both is told once.
    """
    numbers = {leg.leg_id: number for number, leg in rows[Leg].items()}
    set_aside = {event.event_id for event in rows[Event].values() if event.status == "superseded"}
    lengths = {track_id: _length(waypoints) for track_id, waypoints in _tracks(rows).items()}
    told = set()
    for runs in journeys(rows[Leg].values(), set_aside).values():
        for fault in [*_order_in_chain(runs, numbers), *_speeds(runs, numbers, lengths)]:
            if (fault.row, fault.column) not in told:
                told.add((fault.row, fault.column))
                yield fault


def _order_in_chain(runs: Sequence[Run], numbers: Mapping[str, int]) -> Iterator[Fault]:
    latest = runs[0]
    for previous, run in pairwise(runs):
        leg = run.leg
        if leg.from_place != previous.leg.to_place:
            yield rules.LEG_CHAIN.fault(
                "legs", numbers[leg.leg_id], "from_place", leg.from_place,
                previous=previous.leg.leg_id, place=previous.leg.to_place,
            )  # fmt: skip
        if run.depart.last < latest.arrive.first:
            yield rules.LEG_AFTER.fault(
                "legs", numbers[leg.leg_id], "depart", cast(When, leg.depart).text,
                previous=latest.leg.leg_id, arrive=cast(When, latest.leg.arrive).text,
            )  # fmt: skip
        latest = max(latest, run, key=lambda run: run.arrive.first)


def _speeds(runs: Sequence[Run], numbers: Mapping[str, int], lengths: Mapping[str, float]) -> Iterator[Fault]:
    """The leg that is too slow for what follows, if the train always left as early, and went as fast, as it may."""
    reached = runs[0].depart.first
    slow: Leg | None = None
    for leg, depart, arrive in runs:
        left = max(reached, depart.first)
        slow = leg if leg.max_km_h and left <= depart.last else slow
        hours = lengths.get(leg.track_id, 0.0) / leg.max_km_h if leg.max_km_h else 0.0
        reached = max(arrive.first, left + timedelta(hours=hours))
        if slow and (left > depart.last or reached > arrive.last):
            length = lengths.get(slow.track_id, 0.0)
            speed = cast(float, slow.max_km_h)
            yield rules.LEG_SPEED.fault(
                "legs", numbers[slow.leg_id], "max_km_h", f"{speed:g}",
                speed=f"{speed:g}", length=f"{length:.0f}", hours=f"{length / speed:.1f}",
            )  # fmt: skip
            return


def _length(waypoints: Sequence[tuple[int, Waypoint]]) -> float:
    """The kilometres of a track, as far as its points are valid."""
    points = [point for _, waypoint in waypoints if (point := lat_lon(waypoint))]
    return float(sum(great_circle(one, other).km for one, other in pairwise(points)))


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
    ({"legs", "places", "events", "tracks"}, _chains),
    ({"legs", "places", "tracks"}, _track_ends),
    ({"tracks"}, _waypoints),
)
