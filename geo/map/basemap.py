"""Land, water and borders as the player reads them: the GeoJSON of `data/basemap/`, in less than half the bytes."""

import json
from collections.abc import Sequence
from typing import Any, Final

from geo._data import DATA

BASEMAP: Final = DATA / "basemap"

Position = Sequence[float]
# Steps a degree: what `data/basemap/README.md` says of the coordinates of each scale.
_STEPS: Final = {"detail": 1000, "coarse": 100}
# Where land of each scale was cut, degrees: these edges are no coast. The coarse land runs 0.3 degrees under the other.
_CUTS: Final = {
    "detail": [{"lon": 105}, {"lon": 155}, {"lat": 28}, {"lat": 62}],
    "coarse": [{"lon": 105.3}, {"lon": 154.7}, {"lat": 28.3}, {"lat": 61.7}, {"lon": -180}, {"lon": 180}],
}


def basemap() -> list[dict[str, Any]]:
    """The layers as they are drawn, lowest first, each with its `layer`, the `steps` that make a degree, and its shape.

    A shape is `polygons`, lists of rings, or `lines`. A ring or line is flat, longitude and latitude in turn, in whole
    steps, each point but the first as the way from the one before it: `player/basemap.js` reads it.
    """
    told = json.loads((BASEMAP / "basemap.geojson").read_text("utf-8"))
    return [_layer(feature["properties"], feature["geometry"]) for feature in told["features"]]


def _layer(properties: dict[str, str], geometry: dict[str, Any]) -> dict[str, Any]:
    steps = _STEPS[properties["scale"]]
    coordinates = geometry["coordinates"]
    told: dict[str, Any] = {"layer": properties["layer"], "steps": steps}
    if properties["layer"] == "land":
        told["cuts"] = _CUTS[properties["scale"]]
    if geometry["type"] == "MultiPolygon":
        return told | {"polygons": [[packed(ring, steps) for ring in polygon] for polygon in coordinates]}
    return told | {"lines": [packed(line, steps) for line in coordinates]}


def packed(line: Sequence[Position], steps: int) -> list[int]:
    """A line in whole steps, longitude and latitude in turn; each point but the first as the way from the last."""
    flat = []
    before = (0, 0)
    for lon, lat in line:
        at = (round(lon * steps), round(lat * steps))
        flat += [at[0] - before[0], at[1] - before[1]]
        before = at
    return flat
