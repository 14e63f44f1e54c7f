"""Records of a story as GeoJSON (RFC 7946): longitude before latitude, WGS 84 degrees."""

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd

from geo.story.record import Story

Geometry = dict[str, Any]
Feature = dict[str, Any]
FeatureCollection = dict[str, Any]


def places(story: Story) -> FeatureCollection:
    """A Point for each place; its properties are the other columns of ``places``."""
    return _collection(_point(place["place_id"], place) for place in _records(story.places))


def legs(story: Story) -> FeatureCollection:
    """A LineString for each leg, along its track or else straight from place to place.

    The geometry is None where an end of a leg without track is unknown. The properties are the columns of
    ``legs``, ``rail_km`` None where it is unknown.
    """
    return _collection(
        _feature(leg["leg_id"], _leg_line(story, leg), leg | {"rail_km": _known(leg["rail_km"])})
        for leg in _records(story.legs)
    )


def track(story: Story, track_id: str) -> FeatureCollection:
    """The LineString of a track, then a Point for each of its waypoints (with seq, name, kind and ref).

    :raises KeyError: if the story has no such track.
    """
    waypoints = _waypoints(story, track_id)
    if waypoints.empty:
        raise KeyError(track_id)
    points = [_point(f"{track_id}-{row['seq']}", row) for row in _records(waypoints)]
    return _collection([_feature(track_id, _line(waypoints), {"track_id": track_id}), *points])


def _waypoints(story: Story, track_id: str) -> pd.DataFrame:
    return story.tracks[story.tracks["track_id"] == track_id].sort_values("seq")


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(column): cell for column, cell in row.items()} for row in table.to_dict("records")]


def _known(number: float) -> float | None:
    return None if math.isnan(number) else number


def _line(points: pd.DataFrame) -> Geometry:
    return {"type": "LineString", "coordinates": points[["lon", "lat"]].to_numpy(dtype=float).tolist()}


def _leg_line(story: Story, leg: dict[str, Any]) -> Geometry | None:
    if leg["track_id"]:
        return _line(_waypoints(story, leg["track_id"]))
    if not leg["from_place"] or not leg["to_place"]:
        return None
    return _line(story.places.set_index("place_id").loc[[leg["from_place"], leg["to_place"]]])


def _point(feature_id: str, row: dict[str, Any]) -> Feature:
    properties = {column: cell for column, cell in row.items() if column not in ("lat", "lon")}
    return _feature(feature_id, {"type": "Point", "coordinates": [row["lon"], row["lat"]]}, properties)


def _feature(feature_id: str, geometry: Geometry | None, properties: dict[str, Any]) -> Feature:
    return {"type": "Feature", "id": feature_id, "geometry": geometry, "properties": properties}


def _collection(features: Iterable[Feature]) -> FeatureCollection:
    return {"type": "FeatureCollection", "features": list(features)}
