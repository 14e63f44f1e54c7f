"""Records as GeoJSON."""

import json

import pytest

from geo.journey import geojson as features
from geo.story import Story


def test_places(story: Story) -> None:
    """A place is a Point, longitude first, with its other columns as properties."""
    collection = features.places(story)
    assert ("FeatureCollection", 5) == (collection["type"], len(collection["features"]))
    alpha = collection["features"][1]
    assert ("alpha", {"type": "Point", "coordinates": [130.0, 42.0]}) == (alpha["id"], alpha["geometry"])
    assert "Альфа" == alpha["properties"]["name_local"]
    assert "lat" not in alpha["properties"]


def test_legs(story: Story) -> None:
    """A leg is the line of its track, or else straight from place to place."""
    first, *_, flight = features.legs(story)["features"]
    assert [[130.0, 42.0], [130.7, 42.4], [131.0, 43.0]] == first["geometry"]["coordinates"]
    assert ("stated", 150.0) == (first["properties"]["evidence"], first["properties"]["rail_km"])
    assert [[132.0, 43.0], [130.0, 42.0]] == flight["geometry"]["coordinates"]
    assert flight["properties"]["rail_km"] is None


def test_leg_from_nowhere(story: Story) -> None:
    """A leg whose start no source tells has no geometry."""
    story.legs.loc[3, "from_place"] = ""
    assert features.legs(story)["features"][3]["geometry"] is None


def test_track(story: Story) -> None:
    """A track is its line, then its waypoints."""
    line, *waypoints = features.track(story, "alpha-beta")["features"]
    assert ("alpha-beta", "LineString") == (line["id"], line["geometry"]["type"])
    assert ["Alpha", "", "Beta"] == [waypoint["properties"]["name"] for waypoint in waypoints]
    assert [1, 2, 3] == [waypoint["properties"]["seq"] for waypoint in waypoints]
    with pytest.raises(KeyError):
        features.track(story, "nothing")


def test_plain_json(story: Story) -> None:
    """The collections are JSON as they are: no NaN, no type of numpy or pandas."""
    for collection in (features.places(story), features.legs(story), features.track(story, "alpha-beta")):
        assert collection == json.loads(json.dumps(collection, allow_nan=False))
