"""The player on a page of its own, without server and network."""

from typing import Any, Final

from playwright.sync_api import Page

from geo.map.files import script, style
from geo.map.payload import Scene

# A square of land.
EARTH: Final[list[dict[str, Any]]] = [
    {"layer": "land", "steps": 100, "polygons": [[[12000, 4000, 1000, 0, 0, 1000, -1000, -1000]]]}
]


def blank(page: Page, body: str = "") -> Page:
    """A page with the player's script and style, and nothing that runs yet."""
    page.set_content(f"<!doctype html><html><head><style>{style()}</style></head><body>{body}</body></html>")
    page.add_script_tag(content=script())
    return page


def start(page: Page, told: Scene) -> None:
    """Start the player on a page; `map` is its Leaflet map. Complaints of the browser fail the test."""

    def fail(error: object) -> None:
        raise AssertionError(str(error))

    page.on("pageerror", fail)
    blank(page, "<div id='map' class='folium-map'></div>")
    page.evaluate(
        """([story, basemap]) => {
            window.map = L.map("map", { center: [0, 0], zoom: 3 });
            return Dateline.start(window.map, { story, basemap }).then(() => true);
        }""",
        [told, EARTH],
    )
