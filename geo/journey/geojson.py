"""Records of a story as GeoJSON (RFC 7946): longitude before latitude, WGS 84 degrees."""

from collections.abc import Iterable, Sequence
from typing import Any

from geo.story import Story
from geo.story.format import Leg, Place, Waypoint

Geometry = dict[str, Any]
Feature = dict[str, Any]
FeatureCollection = dict[str, Any]


def legs(story: Story) -> FeatureCollection:
    """A LineString for each leg, along its track or else straight from place to place.

    The geometry is None where an end of a leg without track is unknown. The properties are the columns of
    ``legs``, as written.
    """
    return _collection(_feature(leg.leg_id, _leg_line(story, leg), leg.cells()) for leg in story.legs)


def _line(points: Sequence[Place | Waypoint]) -> Geometry:
    return {"type": "LineString", "coordinates": [[point.lon, point.lat] for point in points]}


def _leg_line(story: Story, leg: Leg) -> Geometry | None:
    if leg.track_id:
        return _line(story.waypoints_by_track[leg.track_id])
    if not leg.from_place or not leg.to_place:
        return None
    return _line([story.place_by_id[leg.from_place], story.place_by_id[leg.to_place]])


def _feature(feature_id: str, geometry: Geometry | None, properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties}


def _collection(features: Iterable[Feature]) -> FeatureCollection:
    return {"type": "FeatureCollection", "features": list(features)}
