"""The countries of a story as shapes: which, at what point, and how large."""

import json

from geo.map.areas import areas
from geo.story import Story
from tests.support.stories import StoryWith


def test_each_country_of_the_story_is_a_shape(shipped_story: Story) -> None:
    """At the point that its events have; regions that are no country have none."""
    countries = [(place.lat, place.lon) for place in shipped_story.places if place.kind == "country"]
    assert countries
    assert countries == [(area["lat"], area["lon"]) for area in areas(shipped_story)]


def test_a_shape_is_where_the_country_is(shipped_story: Story) -> None:
    """North Korea lies between 37 and 44 degrees north, 123 and 131 east."""
    (korea,) = [area for area in areas(shipped_story) if (area["lat"], area["lon"]) == (40.0, 127.0)]
    lons, lats = [], []
    for (ring,) in korea["polygons"]:
        lon = lat = 0
        for east, north in zip(ring[::2], ring[1::2], strict=True):
            lon, lat = lon + east, lat + north
            lons.append(lon / korea["steps"])
            lats.append(lat / korea["steps"])
    assert 37 < min(lats) < 38.5 < 42 < max(lats) < 44
    assert 123 < min(lons) < 126 < 130 < max(lons) < 131


def test_shapes_are_small_enough_to_send(shipped_story: Story) -> None:
    """The map must stand within seconds on a bad line."""
    assert len(json.dumps(areas(shipped_story), separators=(",", ":"))) <= 15_000


def test_a_place_that_is_no_country_has_no_shape(story_with: StoryWith) -> None:
    """Nor has a country that no map knows."""
    assert not areas(story_with(places=[{"place_id": "country", "kind": "region"}]))
    assert not areas(story_with(places=[{"place_id": "country", "country": "ZZ"}]))
