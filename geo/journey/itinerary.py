"""The train's journey: how far along its line it can have been at a time, given when it was reported where.

Between two reports the train is assumed to move at a steady speed; nothing else is known of it. A departure
or an arrival is a window, so the train is on a band: from where it is if all was as late as the windows allow
to where it is if all was as early. Distances are great-circle kilometres along the drawn line
(``geopy.distance.great_circle``), which is shorter than the railway with its bends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate, chain, pairwise
from typing import TypeGuard

import numpy as np
import numpy.typing as npt
from geopy.distance import great_circle

from geo.story import Story
from geo.story.when import When

LatLon = tuple[float, float]
Knots = list[tuple[datetime, float]]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Leg:
    """A reported movement of the train; ``from_km`` and ``to_km`` count from the start of the trip."""

    leg_id: str
    from_place: str
    to_place: str
    track_id: str
    depart: When
    arrive: When
    from_km: float
    to_km: float


@dataclass(frozen=True)
class Position:
    """Where the train was at a time.

    ``km`` is the likeliest distance from the trip's start, ``from_km`` ≤ ``km`` ≤ ``to_km`` the least and the
    greatest possible; the ``lat_lon`` are the points of the line at these (WGS 84 degrees). ``leg_id`` is
    the leg of the likeliest, at a stop the one that arrived there.
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

    ``lat_lon`` (n × 2, WGS 84 degrees) is the line and ``km`` (n) the distance of its points from the start.
    ``early``, ``likely`` and ``late`` are the knots (UTC, km) of the distance as a function of time if every
    stop was reached and left at the earliest, in the middle of its window, or at the latest.
    Nothing is known of the train from ``known_until`` on.
    """

    trip: str
    legs: tuple[Leg, ...]
    lat_lon: Floats
    km: Floats
    early: Knots
    likely: Knots
    late: Knots
    known_until: datetime

    def position(self, at: datetime) -> Position | None:
        """Where the train was at an aware time; None before its first departure and from ``known_until`` on.

        :raises ValueError: if the time carries no offset.
        """
        if at.tzinfo is None:
            raise ValueError(f"{at!r}: a time needs its offset, for example tzinfo=UTC")
        if not self.early[0][0] <= at < self.known_until:
            return None
        late, early = _km_at(self.late, at), _km_at(self.early, at)
        km = min(max(_km_at(self.likely, at), late), early)  # rounding may put it a hair outside
        points = (self._point(km), self._point(late), self._point(early))
        return Position(at, km, late, early, *points, self._leg_at(at).leg_id)

    def band_line(self, position: Position) -> list[LatLon]:
        """The line from end to end of a band, both ends included: (lat, lon) in the direction of travel."""
        inside = (self.km > position.from_km) & (self.km < position.to_km)
        points = [(float(lat), float(lon)) for lat, lon in self.lat_lon[inside]]
        return [position.from_lat_lon, *points, position.to_lat_lon]

    def _point(self, km: float) -> LatLon:
        lat, lon = (float(np.interp(km, self.km, self.lat_lon[:, axis])) for axis in (0, 1))
        return lat, lon

    def _leg_at(self, at: datetime) -> Leg:
        departed = [leg for leg, (left, _) in zip(self.legs, self.likely[::2], strict=True) if left <= at]
        return departed[-1] if departed else self.legs[0]


def itinerary(story: Story, trip: str) -> Itinerary | None:
    """The train's itinerary on a trip, from its reported legs; None if no source reports one.

    A leg takes part if it is by train, along a track, more than planned, and both its windows are bounded.

    :raises ValueError: if the legs do not chain, or their windows contradict each other.
    """
    found = [
        (leg.depart, leg.arrive, leg)
        for leg in story.legs
        if leg.trip == trip and leg.is_reported_train and _is_bounded(leg.depart) and _is_bounded(leg.arrive)
    ]
    if not found:
        return None
    found.sort(key=lambda leg: leg[0].start)
    tracks = [_track(story, leg.track_id) for _, _, leg in found]
    lengths = [_lengths(track) for track in tracks]
    starts = list(accumulate((float(length[-1]) for length in lengths), initial=0.0))
    legs = tuple(
        Leg(leg.leg_id, leg.from_place, leg.to_place, leg.track_id, depart, arrive, *ends)
        for (depart, arrive, leg), ends in zip(found, pairwise(starts), strict=True)
    )
    early, late = _bounds(legs)
    km = list(chain.from_iterable((leg.from_km, leg.to_km) for leg in legs))
    likely = [first + (last - first) / 2 for first, last in zip(early, late, strict=True)]
    return Itinerary(
        trip,
        legs,
        np.vstack(tracks),
        np.concatenate([start + length for start, length in zip(starts, lengths, strict=False)]),
        list(zip(early, km, strict=True)),
        list(zip(likely, km, strict=True)),
        list(zip(late, km, strict=True)),
        _known_until(story, trip, legs[-1], late[-1]),
    )


def _is_bounded(when: When | None) -> TypeGuard[When]:
    return when is not None and when.end is not None


def _track(story: Story, track_id: str) -> Floats:
    return np.array([(waypoint.lat, waypoint.lon) for waypoint in story.waypoints_by_track[track_id]])


def track_length(story: Story, track_id: str) -> float:
    """The length of a track as drawn, in great-circle kilometres."""
    return float(_lengths(_track(story, track_id))[-1])


def _lengths(track: Floats) -> Floats:
    """The distance of each point of a line from its first, in kilometres."""
    return np.array([0.0, *accumulate(great_circle(a, b).km for a, b in pairwise(track))])


def _bounds(legs: Sequence[Leg]) -> tuple[list[datetime], list[datetime]]:
    """The earliest and the latest time of each departure and arrival in turn.

    The windows bound each other: the train cannot leave before it came, nor come after it left.
    """
    for previous, leg in pairwise(legs):
        if leg.from_place != previous.to_place:
            raise ValueError(
                f"leg {leg.leg_id!r} starts at {leg.from_place!r}, but the leg before it, "
                f"{previous.leg_id!r}, ends at {previous.to_place!r}: correct one, or add the leg between"
            )
    windows = [(leg, when) for leg in legs for when in (leg.depart, leg.arrive)]
    early = list(accumulate((when.start for _, when in windows), max))
    ends = [when.end for _, when in reversed(windows) if when.end is not None]
    late = list(accumulate(ends, min))[::-1]
    for (leg, when), first, last in zip(windows, early, late, strict=True):
        if first > last:
            raise ValueError(f"leg {leg.leg_id!r}: {when.text!r} contradicts the times around it: correct one of them")
    return early, late


def _known_until(story: Story, trip: str, last: Leg, arrived: datetime) -> datetime:
    """The end of the day on which a departure from the last stop was planned, or else of the last arrival."""
    onward = [
        leg.depart
        for leg in story.legs
        if (leg.trip, leg.mode, leg.from_place, leg.evidence) == (trip, "train", last.to_place, "planned")
        and leg.depart
    ]
    zone = story.zone(last.to_place)
    ends = [arrived]
    for depart in onward:
        day = depart.start.astimezone(zone).date()
        midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        ends.append(midnight.astimezone(UTC))
    return max(ends)


def _km_at(knots: Knots, at: datetime) -> float:
    times = [when.timestamp() for when, _ in knots]
    return float(np.interp(at.timestamp(), times, [km for _, km in knots]))
