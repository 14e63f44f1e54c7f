"""How long the train was under way, and how fast it was on average: the bounds that its reports set.

A journey is longest if it left as early and came as late as its windows allow, and shortest if it left as late and
came as early, but no shorter than the way takes at its greatest speed. Average speeds are the kilometres by these
times, halts included. The kilometres are those of the drawn line, which is shorter than the railway: on the railway
the train was faster than either average, by as much as the railway is longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from geo.journey.itinerary import Leg
from geo.story.journeys import Window

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Pace:
    """The bounds of one movement over `km` kilometres, and the windows of its departure and its arrival.

    `is_by_speed`: `shortest` is what its greatest speed allows.
    """

    km: float
    depart: Window
    arrive: Window
    shortest: timedelta
    longest: timedelta
    is_by_speed: bool

    @property
    def slowest(self) -> float | None:
        """The least average speed, km/h; None for a movement that takes no time."""
        return _speed(self.km, self.longest)

    @property
    def fastest(self) -> float | None:
        """The greatest average speed, km/h; None where the reports set none: it may have come as soon as it left."""
        return _speed(self.km, self.shortest)


def pace(legs: Sequence[Leg]) -> Pace:
    """The bounds of one leg, or of several that follow each other with the halts between them."""
    depart, arrive = _told(legs[0].depart), _told(legs[-1].arrive)
    between = arrive.first - depart.last
    way = sum((leg.fastest for leg in legs), timedelta())
    return Pace(
        km=legs[-1].to_km - legs[0].from_km,
        depart=depart,
        arrive=arrive,
        shortest=max(between, way, timedelta()),
        longest=arrive.last - depart.first,
        is_by_speed=way > max(between, timedelta()),
    )


def _told(window: Window) -> Window:
    """A window as it is told: a time that is known to the minute is that minute, not until the next."""
    return Window(window.first, window.first) if window.last - window.first <= _MINUTE else window


def _speed(km: float, duration: timedelta) -> float | None:
    return km / (duration / _HOUR) if duration else None
