"""Stories of any number of events, from the story's own tables: the same for all that is measured."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Final

import numpy as np

from geo.story import Story, load_story
from geo.story.format import Claim, Event
from geo.story.when import parse_when

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
    found = []
    for event in story.events:
        day = event.when.text[:10]
        if event.place_id and len(day) == len("2023-09-12") and "/" not in day and day.count("-") == 2:
            at = datetime.fromisoformat(f"{day}T00:00+00:00")
            found.append(Moment(at, *story.place_by_id[event.place_id].lat_lon, event.title_en))
    return sorted(found, key=lambda moment: moment.at)


def story(n: int) -> Story:
    """A story of the same `n` events, each with one claim; without legs, disagreements and figures."""
    shipped = load_story(STORY_FOLDER)
    made = moments(n)
    spots = {(moment.lat, moment.lon): f"place-{number}" for number, moment in enumerate(made[:MOST_PLACES])}
    place = shipped.place_by_id["vladivostok"]
    places = tuple(
        place.model_copy(
            update={"place_id": name, "name_en": name, "name_fr": name, "name_local": "", "lat": lat, "lon": lon}
        )
        for (lat, lon), name in spots.items()
    )
    events = tuple(
        Event.model_construct(
            event_id=f"event-{number}",
            trip=shipped.trips[0].trip,
            kind="visit",
            status="happened",
            when=parse_when(moment.at.isoformat(timespec="minutes"), UTC),
            place_id=spots[moment.lat, moment.lon],
            place_basis="stated",
            title_en=moment.title,
            title_fr=moment.title,
        )
        for number, moment in enumerate(made)
    )
    claims = tuple(
        Claim.model_construct(
            claim_id=f"claim-{number}",
            event_id=event.event_id,
            source_id=source.source_id,
            paragraph=1,
            stance="reports",
            when_basis="none",
        )
        for number, (event, source) in enumerate(zip(events, cycle(shipped.sources), strict=False))
    )
    return Story(
        name=shipped.name,
        title_en=shipped.title_en,
        title_fr=shipped.title_fr,
        timezone=shipped.timezone,
        trips=shipped.trips[:1],
        names_fr={},
        version=f"synthetic-{n}",
        sources=shipped.sources,
        origins=shipped.origins,
        places=places,
        events=events,
        claims=claims,
    )


def _places(n: int) -> list[tuple[float, float]]:
    chance = np.random.default_rng(n)
    count = min(n, MOST_PLACES)
    lats, lons = chance.uniform(*_LATITUDES, count), chance.uniform(*_LONGITUDES, count)
    return [(round(float(lat), 4), round(float(lon), 4)) for lat, lon in zip(lats, lons, strict=True)]


def between(share: float) -> datetime:
    """The moment at a share (0 to 1) of the journey."""
    return FIRST + timedelta(seconds=share * (LAST - FIRST).total_seconds())
