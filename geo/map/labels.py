"""Names on the map: the basemap's own, and the places of the story."""

from collections import Counter
from typing import Final

import pandas as pd

from geo.evidence.editions import Editions
from geo.map import payload
from geo.map.basemap import BASEMAP
from geo.map.events import midnight
from geo.story import Story
from geo.wording.language import Language

# How far a name keeps from the middle of its mark, pixels; marks of summits are larger.
_MARK_CLEARANCE_PX: Final = 9
_SUMMIT_CLEARANCE_PX: Final = 16
_DOT_CLEARANCE_PX: Final = 8
# A site within a town is told apart from it only close up.
_ZOOM_OF_SITE_IN_TOWN: Final = 8


def labels(story: Story, editions: Editions, language: Language) -> list[payload.Label]:
    """Labels, most important first.

    Of two with one name the player writes one: the basemap's where the story's place is not known yet.
    """
    return [*_own(story, editions, language), *_of_basemap(language)]


def _own(story: Story, editions: Editions, language: Language) -> list[payload.Label]:
    """The towns and sites of the story where something happens."""
    events = Counter(event.place_id for event in story.events)
    summits = {event.place_id for event in story.events if event.kind == "summit"}
    places = [place for place in story.places if events[place.place_id]]
    towns = {place.place_id for place in places if place.kind == "settlement"}
    named = [place for place in places if place.kind == "settlement" or place.geo_precision == "site"]
    # Towns before sites, and among them the places where most happens.
    named.sort(key=lambda place: (place.geo_precision == "site", -events[place.place_id]))
    return [
        payload.Label(
            name=language.of(place, "name"),
            lat=place.lat,
            lon=place.lon,
            kind="story",
            min_zoom=_ZOOM_OF_SITE_IN_TOWN if place.part_of in towns else 0,
            clearance=_SUMMIT_CLEARANCE_PX if place.place_id in summits else _MARK_CLEARANCE_PX,
            known=midnight(min(map(editions.placed_from, story.events_by_place[place.place_id]))),
        )
        for place in named
    ]


def _of_basemap(language: Language) -> list[payload.Label]:
    basemap = pd.read_csv(BASEMAP / "labels.csv", keep_default_na=False)
    return [
        payload.Label(
            name=row[f"name_{language.code}"],
            lat=row["lat"],
            lon=row["lon"],
            kind=row["kind"],
            min_zoom=row["min_zoom"],
            clearance=_DOT_CLEARANCE_PX,
            known=None,
        )
        for row in basemap.to_dict("records")
    ]
