"""Small maps that say where on earth a few points lie: a picture of the world's land, cut to the points."""

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from ui import markup

_BASEMAP: Final = Path(__file__).resolve().parent.parent / "data" / "basemap" / "basemap.geojson"
# The land is drawn to an eighth of a degree, a pixel of the closest cut.
_STEPS_A_DEGREE: Final = 8
_MARGIN: Final = 0.18
_LEAST_DEGREES: Final = 40.0
# Twice as wide as high, as the whole world is.
_ASPECT: Final = 2.0

LatLon = tuple[float, float]


@dataclass(frozen=True)
class Locator:
    """The cut of the world for a small map, in per cent of its box: `points` are (left, top) of the points.

    `size` and `position` are those of the background, (horizontal, vertical).
    """

    points: tuple[tuple[float, float], ...]
    size: tuple[float, float]
    position: tuple[float, float]


def locator(points: Sequence[LatLon]) -> Locator:
    """The cut that shows these points (WGS 84 degrees) and some land around them."""
    west, width = _span([lon for _, lon in points], 360.0)
    south, height = _span([lat for lat, _ in points], 180.0)
    wide = max(width, height * _ASPECT)
    west, south = _grown(west, width, wide, 180.0), _grown(south, height, wide / _ASPECT, 90.0)
    width, height = wide, wide / _ASPECT
    north = south + height
    return Locator(
        tuple((_percent(lon - west, width), _percent(north - lat, height)) for lat, lon in points),
        (_percent(360, width), _percent(180, height)),
        (_percent(west + 180, 360 - width), _percent(90 - north, 180 - height)),
    )


def _span(degrees: list[float], most: float) -> tuple[float, float]:
    """Where a span with its margins begins, and how long it is."""
    least = _LEAST_DEGREES * most / 360
    length = min(most, max(least, (max(degrees) - min(degrees)) * (1 + 2 * _MARGIN)))
    return (max(degrees) + min(degrees) - length) / 2, length


def _grown(start: float, length: float, wanted: float, limit: float) -> float:
    """The start of a span of the wanted length around a shorter one, kept within -limit and limit."""
    return min(limit - wanted, max(-limit, start - (wanted - length) / 2))


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def style() -> None:
    """The picture of the land, once a page: the small maps are cuts of it."""
    markup.render("locator_style.html", world=_world())


@st.cache_resource(show_spinner=False)
def _world() -> str:
    """The land as an SVG in base64: equirectangular, -180 to 180 and 90 to -90 degrees."""
    collection = json.loads(_BASEMAP.read_text("utf-8"))
    land = [feature for feature in collection["features"] if feature["properties"]["layer"] == "land"]
    rings = [ring for feature in land for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    path = "".join(_outline(ring) for ring in rings)
    size = f"{360 * _STEPS_A_DEGREE} {180 * _STEPS_A_DEGREE}"
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" preserveAspectRatio="none">'
        f'<path fill="#f1ebdc" d="{path}"/></svg>'
    )
    return base64.b64encode(picture.encode()).decode()


def _outline(ring: list[list[float]]) -> str:
    points = list(_steps(ring))
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "z" if len(points) > 3 else ""


def _steps(ring: list[list[float]]) -> Iterator[tuple[int, int]]:
    """The corners of a ring on the picture's grid, without those that fall on the one before."""
    before = None
    for lon, lat in ring:
        here = (round((lon + 180) * _STEPS_A_DEGREE), round((90 - lat) * _STEPS_A_DEGREE))
        if here != before:
            yield here
        before = here
