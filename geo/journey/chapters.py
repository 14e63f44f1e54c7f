"""The compressed time axis: a story as chapters side by side, each with its own scale.

Seven days of a train journey and seventy years of background cannot share one scale. Each trip is a chapter; what
comes before, between and after the trips is a chapter of its own where there is something to show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from geo.story import Trip

Position = Literal["before", "trip", "between", "after"]

# The widths that read well: a trip's grows with its days; years of background get one fixed, narrow share.
_WEIGHT_OF_BACKGROUND: Final = 0.8
_WEIGHT_OF_TRIP: Final = 1.0
_WEIGHT_OF_DAY: Final = 0.25


@dataclass(frozen=True)
class Chapter:
    """A stretch of the time axis: `start` ≤ t ≤ `end` (UTC), drawn `share` of the axis wide (all sum to 1)."""

    position: Position
    trip: Trip | None
    start: datetime
    end: datetime
    share: float


def chapters(trips: Sequence[Trip], anchors: Sequence[datetime]) -> list[Chapter]:
    """Lay out the axis for `trips` and the anchors (aware times): those of all events, and the days of publication.

    Raises ValueError if there is neither a trip nor an event, or if trips overlap.
    """
    ordered = sorted(trips, key=lambda trip: trip.start)
    if not ordered and not anchors:
        raise ValueError("a story needs a trip or an event to have a time axis; instead got neither")
    found: list[tuple[Position, Trip | None, datetime, datetime]] = []
    reached: datetime | None = None
    for trip in ordered:
        start, end = trip.span
        if reached and start < reached:
            raise ValueError(f"trips must not overlap; instead {trip.trip!r} starts before the one before it ends")
        found += _background("between" if reached else "before", reached, start, anchors)
        found.append(("trip", trip, start, end))
        reached = end
    found += _background("after" if reached else "before", reached, None, anchors)
    weights = [_weight(trip, start, end) for _, trip, start, end in found]
    total = sum(weights)
    return [Chapter(*part, share=weight / total) for part, weight in zip(found, weights, strict=True)]


def _background(
    position: Position, after: datetime | None, before: datetime | None, anchors: Sequence[datetime]
) -> list[tuple[Position, Trip | None, datetime, datetime]]:
    """The chapter between two trips, if an event falls there. Open sides end with the events' own years."""
    inside = [at for at in anchors if (not after or at >= after) and (not before or at < before)]
    if not inside:
        return []
    end = before or datetime(max(inside).year + 1, 1, 1, tzinfo=UTC)
    # A year that begins in the far east begins on 31 December in UTC, unless nothing of that year is left here.
    start = after or datetime((min(inside) + timedelta(days=1)).year, 1, 1, tzinfo=UTC)
    if start >= end:
        start = datetime(min(inside).year, 1, 1, tzinfo=UTC)
    return [(position, None, start, end)]


def _weight(trip: Trip | None, start: datetime, end: datetime) -> float:
    if trip is None:
        return _WEIGHT_OF_BACKGROUND
    return _WEIGHT_OF_TRIP + _WEIGHT_OF_DAY * ((end - start) / timedelta(days=1))
