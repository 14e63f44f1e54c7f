"""Figures of the articles that can be checked: a distance against the great circle and the drawn line."""

from dataclasses import dataclass
from typing import Final

from geopy.distance import great_circle

from geo.journey.itinerary import track_length
from geo.story import Story

# The international mile, exact by definition (1959).
KM_A_UNIT: Final = {"mi": 1.609344, "km": 1.0}


@dataclass(frozen=True)
class Check:
    """A stated distance beside our own measures, all in kilometres; `track_km` is None where no line is drawn."""

    claim_id: str
    from_place: str
    to_place: str
    value: float
    unit: str
    stated_km: float
    great_circle_km: float
    track_km: float | None

    @property
    def difference(self) -> float:
        """How far the stated distance is off the great circle, as a share of it."""
        return self.stated_km / self.great_circle_km - 1


def checks(story: Story) -> list[Check]:
    """Check every row of `figures`: great circles by geopy, tracks as sums of great circles between waypoints."""
    return [
        Check(
            claim_id=figure.claim_id,
            from_place=figure.from_place,
            to_place=figure.to_place,
            value=figure.value,
            unit=figure.unit,
            stated_km=figure.value * KM_A_UNIT[figure.unit],
            great_circle_km=great_circle(
                story.place_by_id[figure.from_place].lat_lon, story.place_by_id[figure.to_place].lat_lon
            ).km,
            track_km=track_length(story, figure.track_id) if figure.track_id else None,
        )
        for figure in story.figures
    ]
