"""Names on the map: the basemap's own, and the places of the story."""

from typing import Any, Final

import pandas as pd

from geo.map.basemap import BASEMAP
from geo.story.record import Story
from geo.wording.language import Language

# How far a name keeps from the middle of its mark, pixels; marks of summits are larger.
_MARK_CLEARANCE_PX: Final = 9
_SUMMIT_CLEARANCE_PX: Final = 16
_DOT_CLEARANCE_PX: Final = 8
# A site within a town is told apart from it only close up.
_ZOOM_OF_SITE_IN_TOWN: Final = 8


def labels(story: Story, language: Language) -> list[dict[str, Any]]:
    """Labels, most important first.

    Each has `name`, `lat` and `lon` (degrees), `kind`, `min_zoom` (Leaflet's) and `clearance` (pixels).
    """
    column = f"name_{language.code}"
    events = story.events["place_id"].value_counts()
    summits = set(story.events.loc[story.events["kind"] == "summit", "place_id"])
    own = story.places[story.places["place_id"].isin(events.index)]
    towns = set(own.loc[own["kind"] == "settlement", "place_id"])
    # Towns before sites, and among them the places where most happens.
    ranked = own.assign(site=own["geo_precision"] == "site", events=own["place_id"].map(events)).sort_values(
        ["site", "events"], ascending=[True, False], kind="stable"
    )
    named_places = ranked[(ranked["kind"] == "settlement") | ranked["site"]]
    found = [
        {
            "name": row[column],
            "lat": row["lat"],
            "lon": row["lon"],
            "kind": "story",
            "min_zoom": _ZOOM_OF_SITE_IN_TOWN if row["part_of"] in towns else 0,
            "clearance": _SUMMIT_CLEARANCE_PX if row["place_id"] in summits else _MARK_CLEARANCE_PX,
        }
        for row in named_places.to_dict("records")
    ]
    named = {label["name"] for label in found}
    basemap = pd.read_csv(BASEMAP / "labels.csv", keep_default_na=False)
    found += [
        {
            "name": row[column],
            "lat": row["lat"],
            "lon": row["lon"],
            "kind": row["kind"],
            "min_zoom": row["min_zoom"],
            "clearance": _DOT_CLEARANCE_PX,
        }
        for row in basemap.to_dict("records")
        if row[column] not in named
    ]
    return found
