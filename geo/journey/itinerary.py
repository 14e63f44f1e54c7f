"""Where the train can have been: the space–time prism between its reports.

Two reports (it left here, it arrived there) allow every place that a greatest speed lets it reach from the first in
time to be at the second: a space–time prism (Hägerstrand, “What about people in regional science?”, 1970; Miller,
“Modelling accessibility using space-time prism concepts within geographical information systems”, 1991; on a network,
Kuijpers and Othman, “Modeling uncertainty of moving objects on road networks via space–time prisms”, 2009). On one
line, which the train does not go back on within a leg, the prism at a time is a stretch of kilometres. With v the
greatest speed of a leg of length L, e its earliest departure and l its latest arrival, at a time t the train is

- at most v·(t − e) into the leg: it cannot have come further since it left at the earliest;
- at least L − v·(l − t) into it: it must still arrive by the latest.

Where no source gives a greatest speed, v has no bound: the whole leg is possible as soon as the train may have left,
and until it must have arrived. So the train may be at a stop from its earliest arrival to its latest departure.
A departure or an arrival is a window, and the windows bound each other, with the time that the way takes at v.

The steady pace from the middle of a departure to the middle of the arrival lies within. It is a guess, for a point to
draw, and no report. Distances are great-circle kilometres along the drawn line (`geopy.distance.great_circle`), which
is shorter than the railway with its bends: so a greatest speed on the railway is never exceeded along it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt
from geopy.distance import great_circle

from geo.story import Story
from geo.story.format import Leg as LegRow
from geo.story.journeys import OWN, Run, Window, journeys

LatLon = tuple[float, float]
Knots = list[tuple[datetime, float]]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Leg:
    """A reported movement of the train; `from_km` and `to_km` count from the start of the trip.

    `depart` and `arrive` are what the windows of all legs leave of its own; `fastest` is what the way takes at the
    greatest speed, no time at all where no source gives one.
    """

    leg_id: str
    from_place: str
    to_place: str
    depart: Window
    arrive: Window
    fastest: timedelta
    from_km: float
    to_km: float


@dataclass(frozen=True)
class Position:
    """Where the train was at a time.

    It can have been anywhere from `from_km` to `to_km` of travel from the trip's start; at a steady pace it was at
    `km`, between the two. The `lat_lon` are the points of the line at these (WGS 84 degrees). `leg_id` is the leg
    that it was on at a steady pace, at a stop the one that arrived there.
    """

    at: datetime
    km: float
    from_km: float
    to_km: float
    lat_lon: LatLon
    from_lat_lon: LatLon
    to_lat_lon: LatLon
    leg_id: str


@dataclass(frozen=True, eq=False)
class Itinerary:
    """The chained legs of the train on one trip.

    `version` is the id of the event whose version this is, or "" for what the story takes for what happened.
    `lat_lon` (n × 2, WGS 84 degrees) is the line and `km` (n) the distance of its points from the start.
    `least`, `steady` and `greatest` are the knots (UTC, km) of the kilometres as functions of time: those that the
    train must have behind it, those at a steady pace, those that it can have behind it. Times ascend; two knots at
    one time are a step. At it `greatest` has the value before, the others the value after.
    Nothing is known of the train after `known_until`: when it must have come to its last stop, or until when it cannot
    have left it, if that is reported. `onward` are the ids of the legs that were planned from the last
    stop.
    """

    trip: str
    version: str
    legs: tuple[Leg, ...]
    lat_lon: Floats
    km: Floats
    least: Knots
    steady: Knots
    greatest: Knots
    known_until: datetime
    onward: tuple[str, ...]

    @property
    def known_from(self) -> datetime:
        """The earliest departure from the first stop, from which on the train is followed."""
        return self.legs[0].depart.first

    def position(self, at: datetime) -> Position | None:
        """Where the train was at an aware time; None before `known_from` and after `known_until`.

        Raises ValueError if the time carries no offset.
        """
        if at.tzinfo is None:
            raise ValueError(f"{at!r}: a time needs its offset, for example tzinfo=UTC")
        if not self.known_from <= at <= self.known_until:
            return None
        least = _km_at(self.least, at)
        greatest = max(_km_before(self.greatest, at), least)
        km = min(max(_km_at(self.steady, at), least), greatest)  # rounding may put it a hair outside
        points = (self._point(km), self._point(least), self._point(greatest))
        return Position(at, km, least, greatest, *points, self._leg_at(at).leg_id)

    def _point(self, km: float) -> LatLon:
        lat, lon = (float(np.interp(km, self.km, self.lat_lon[:, axis])) for axis in (0, 1))
        return lat, lon

    def _leg_at(self, at: datetime) -> Leg:
        departed = [leg for leg, (left, _) in zip(self.legs, self.steady[::2], strict=True) if left <= at]
        return departed[-1] if departed else self.legs[0]


def itineraries(story: Story) -> list[Itinerary]:
    """The itineraries of the story's trains, each trip's own before those of the versions that were set aside.

    `geo.story.journeys` tells which legs take part.

    Raises ValueError if the legs of one do not chain, or their windows and speeds contradict each other.
    """
    order = {trip.trip: number for number, trip in enumerate(story.trips)}
    told = journeys(story.legs, story.set_aside)
    keys = sorted(told, key=lambda key: (order[key[0]], key[1] != OWN))
    return [_itinerary(story, trip, version, told[trip, version]) for trip, version in keys]


def itinerary(story: Story, trip: str, version: str = OWN) -> Itinerary | None:
    """The train's itinerary on a trip, or in a version of it that was set aside; None if no source reports one.

    Raises ValueError as `itineraries`.
    """
    runs = journeys(story.legs, story.set_aside).get((trip, version))
    return _itinerary(story, trip, version, runs) if runs else None


def _itinerary(story: Story, trip: str, version: str, runs: Sequence[Run]) -> Itinerary:
    tracks = [_track(story, run.leg.track_id) for run in runs]
    lengths = [_lengths(track) for track in tracks]
    starts = list(accumulate((float(length[-1]) for length in lengths), initial=0.0))
    legs = _bounded(runs, starts)
    onward = _onward(story, trip, legs[-1].to_place)
    return Itinerary(
        trip,
        version,
        legs,
        np.vstack(tracks),
        np.concatenate([start + length for start, length in zip(starts, lengths, strict=False)]),
        _knots(legs, [(leg.arrive.last - leg.fastest, leg.arrive.last) for leg in legs]),
        _knots(legs, [(_middle(leg.depart), _middle(leg.arrive)) for leg in legs]),
        _knots(legs, [(leg.depart.first, leg.depart.first + leg.fastest) for leg in legs]),
        max([legs[-1].arrive.last, *(leg.depart.start for leg in onward if leg.evidence != "planned" and leg.depart)]),
        tuple(leg.leg_id for leg in onward if leg.evidence == "planned"),
    )


def _track(story: Story, track_id: str) -> Floats:
    return np.array([(waypoint.lat, waypoint.lon) for waypoint in story.waypoints_by_track[track_id]])


def track_length(story: Story, track_id: str) -> float:
    """The length of a track as drawn, in great-circle kilometres."""
    return float(_lengths(_track(story, track_id))[-1])


def _lengths(track: Floats) -> Floats:
    """The distance of each point of a line from its first, in kilometres."""
    return np.array([0.0, *accumulate(great_circle(a, b).km for a, b in pairwise(track))])


def _bounded(runs: Sequence[Run], starts: Sequence[float]) -> tuple[Leg, ...]:
    """The legs with what their windows leave each other."""
    for (previous, _, _), (leg, _, _) in pairwise(runs):
        if leg.from_place != previous.to_place:
            raise ValueError(
                f"leg {leg.leg_id!r} starts at {leg.from_place!r}, but the leg before it, "
                f"{previous.leg_id!r}, ends at {previous.to_place!r}: correct one, or add the leg between"
            )
    ends = list(pairwise(starts))
    fastest = [_fastest(run, to_km - from_km) for run, (from_km, to_km) in zip(runs, ends, strict=True)]
    windows = _narrowed([window for run in runs for window in (run.depart, run.arrive)], fastest)
    legs = []
    for run, depart, arrive, way, km in zip(runs, windows[::2], windows[1::2], fastest, ends, strict=True):
        if depart.first > depart.last or arrive.first > arrive.last:
            raise ValueError(f"leg {run.leg.leg_id!r}: its times contradict those around it: correct one of them")
        legs.append(Leg(run.leg.leg_id, run.leg.from_place, run.leg.to_place, depart, arrive, way, *km))
    return tuple(legs)


def _narrowed(windows: Sequence[Window], fastest: Sequence[timedelta]) -> list[Window]:
    """The windows of departures and arrivals in turn, without what others exclude.

    The train cannot leave before it came, nor come before the way is gone; nor be too late for what follows.
    """
    # From each to the next it takes the way at its fastest, or a stay of any length.
    between = [part for way in fastest for part in (way, timedelta())]
    firsts = [windows[0].first]
    for window, least in zip(windows[1:], between, strict=False):
        firsts.append(max(window.first, firsts[-1] + least))
    lasts = [windows[-1].last]
    for window, least in zip(windows[-2::-1], between[-2::-1], strict=True):
        lasts.append(min(window.last, lasts[-1] - least))
    return [Window(*ends) for ends in zip(firsts, reversed(lasts), strict=True)]


def _fastest(run: Run, length: float) -> timedelta:
    return timedelta(hours=length / run.leg.max_km_h) if run.leg.max_km_h else timedelta()


def _middle(window: Window) -> datetime:
    return window.first + (window.last - window.first) / 2


def _knots(legs: Sequence[Leg], times: Sequence[tuple[datetime, datetime]]) -> Knots:
    """The kilometres at the start and at the end of each leg, at the times that it has been left and reached."""
    ends = [(leg.from_km, leg.to_km) for leg in legs]
    return [knot for at, km in zip(times, ends, strict=True) for knot in zip(at, km, strict=True)]


def _onward(story: Story, trip: str, stop: str) -> list[LegRow]:
    """The train's legs from a stop, as far as their versions were not set aside: reported ones, and planned ones."""
    aside = story.set_aside
    ends = (trip, "train", stop)
    return [leg for leg in story.legs if (leg.trip, leg.mode, leg.from_place) == ends and leg.event_id not in aside]


def _km_at(knots: Knots, at: datetime) -> float:
    times = [when.timestamp() for when, _ in knots]
    return float(np.interp(at.timestamp(), times, [km for _, km in knots]))


def _km_before(knots: Knots, at: datetime) -> float:
    """As `_km_at`, but at a step the value before it."""
    times = [-when.timestamp() for when, _ in reversed(knots)]
    return float(np.interp(-at.timestamp(), times, [km for _, km in reversed(knots)]))
