"""Stories of any number of events, from the story's own tables: the same for all that is measured."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from geo.story import Story, load_story

STORY_FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "kim-putin"
# The shipped story's first journey, and the corner of the map that it lies in.
FIRST: Final = datetime.fromisoformat("2023-09-10T00:00+09:00")
LAST: Final = datetime.fromisoformat("2023-09-16T23:59+09:00")
_LATITUDES: Final = (38.0, 52.0)
_LONGITUDES: Final = (125.0, 140.0)
MOST_PLACES: Final = 1000


@dataclass(frozen=True)
class Moment:
    """An event as a peer draws it: when, where (WGS 84 degrees), and a title."""

    at: datetime
    lat: float
    lon: float
    title: str


def moments(n: int) -> list[Moment]:
    """`n` events, evenly through the journey, at up to `MOST_PLACES` places; the same each time."""
    places = _places(n)
    step = (LAST - FIRST) / n
    return [
        Moment(
            (FIRST + step * (number + 0.5)).replace(second=0, microsecond=0),
            *places[number % len(places)],
            f"Event {number}",
        )
        for number in range(n)
    ]


def story_moments(story: Story) -> list[Moment]:
    """The events of a story that have a place and a day, as a peer would draw them."""
    places = story.places.set_index("place_id")
    found = []
    for event in story.events.to_dict("records"):
        day = event["when"][:10]
        if event["place_id"] and len(day) == len("2023-09-12") and "/" not in day and day.count("-") == 2:
            place = places.loc[event["place_id"]]
            at = datetime.fromisoformat(f"{day}T00:00+00:00")
            found.append(Moment(at, float(place["lat"]), float(place["lon"]), event["title_en"]))
    return sorted(found, key=lambda moment: moment.at)


def story(n: int) -> Story:
    """A story of the same `n` events, each with one claim; without legs, disagreements and figures."""
    shipped = load_story(STORY_FOLDER)
    made = moments(n)
    spots = {(moment.lat, moment.lon): f"place-{number}" for number, moment in enumerate(made[:MOST_PLACES])}
    sources = list(islice(cycle(shipped.sources["source_id"]), n))
    events = pd.DataFrame(
        {
            "event_id": [f"event-{number}" for number in range(n)],
            "trip": shipped.trips[0].trip,
            "kind": "visit",
            "status": "happened",
            "when": [moment.at.isoformat(timespec="minutes") for moment in made],
            "place_id": [spots[moment.lat, moment.lon] for moment in made],
            "place_basis": "stated",
            "title_en": [moment.title for moment in made],
            "title_fr": [moment.title for moment in made],
        }
    )
    claims = pd.DataFrame(
        {
            "claim_id": [f"claim-{number}" for number in range(n)],
            "event_id": events["event_id"],
            "source_id": sources,
            "paragraph": 1,
            "stance": "reports",
            "when_basis": "none",
        }
    )
    places = pd.DataFrame(
        {
            "place_id": list(spots.values()),
            "name_en": list(spots.values()),
            "name_fr": list(spots.values()),
            "kind": "settlement",
            "country": "RU",
            "lat": [lat for lat, _ in spots],
            "lon": [lon for _, lon in spots],
            "geo_precision": "settlement",
            "timezone": "Asia/Vladivostok",
            "geocoder": "manual",
        }
    )
    tables = {"events": events, "claims": claims, "places": places}
    filled = {
        name: table.reindex(columns=getattr(shipped, name).columns, fill_value="") for name, table in tables.items()
    }
    emptied = ("legs", "tracks", "disagreements", "versions", "figures", "geocodes", "toponyms")
    return replace(
        shipped,
        trips=shipped.trips[:1],
        version=f"synthetic-{n}",
        **filled,  # type: ignore[arg-type]  # tables by name
        **{name: getattr(shipped, name).iloc[:0] for name in emptied},
    )


def _places(n: int) -> list[tuple[float, float]]:
    chance = np.random.default_rng(n)
    count = min(n, MOST_PLACES)
    lats, lons = chance.uniform(*_LATITUDES, count), chance.uniform(*_LONGITUDES, count)
    return [(round(float(lat), 4), round(float(lon), 4)) for lat, lon in zip(lats, lons, strict=True)]


def between(share: float) -> datetime:
    """The moment at a share (0 to 1) of the journey."""
    return FIRST + timedelta(seconds=share * (LAST - FIRST).total_seconds())
