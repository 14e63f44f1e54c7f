"""Land, water and borders as the player reads them: the GeoJSON of `data/basemap/`, in less than half the bytes."""

import json
from collections.abc import Sequence
from typing import Any, Final

from geo._data import DATA

BASEMAP: Final = DATA / "basemap"

Position = Sequence[float]
# Steps a degree: what `data/basemap/README.md` says of the coordinates of each scale.
_STEPS: Final = {"detail": 1000, "coarse": 100}


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
    packed: dict[str, Any] = {"layer": properties["layer"], "steps": steps}
    if geometry["type"] == "MultiPolygon":
        return packed | {"polygons": [[_packed(ring, steps) for ring in polygon] for polygon in coordinates]}
    return packed | {"lines": [_packed(line, steps) for line in coordinates]}


def _packed(line: Sequence[Position], steps: int) -> list[int]:
    packed = []
    before = (0, 0)
    for lon, lat in line:
        at = (round(lon * steps), round(lat * steps))
        packed += [at[0] - before[0], at[1] - before[1]]
        before = at
    return packed
