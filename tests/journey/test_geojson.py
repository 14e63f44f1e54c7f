"""Records as GeoJSON."""

import json

from geo.journey import geojson
from geo.story import Story
from tests.support.stories import edited


def test_legs(story: Story) -> None:
    """A leg is the line of its track, or else straight from place to place."""
    first, *_, flight = geojson.legs(story)["features"]
    assert [[130.0, 42.0], [130.7, 42.4], [131.0, 43.0]] == first["geometry"]["coordinates"]
    assert ("stated", 150.0) == (first["properties"]["evidence"], first["properties"]["rail_km"])
    assert [[132.0, 43.0], [130.0, 42.0]] == flight["geometry"]["coordinates"]
    assert flight["properties"]["rail_km"] is None


def test_leg_from_nowhere(story: Story) -> None:
    """A leg whose start no source tells has no geometry."""
    assert geojson.legs(edited(story, "legs", "flight", from_place=""))["features"][3]["geometry"] is None


def test_plain_json(story: Story) -> None:
    """The collection is JSON as it is: no NaN, and dates as they were written."""
    legs = geojson.legs(story)
    assert legs == json.loads(json.dumps(legs, allow_nan=False))
    assert "2023-09-13" == legs["features"][1]["properties"]["arrive"]
