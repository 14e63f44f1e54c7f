"""What one would use instead, drawn by folium from the same events; their libraries come from loopback.

Nothing is turned off that folium turns on, but background tiles are left out: they would come from outside.
"""

import os
from collections.abc import Sequence
from typing import Final

import folium
from folium.plugins import Timeline, TimelineSlider, TimestampedGeoJson
from folium.utilities import JsCode

from bench.synthetic import Moment

# Where the pages of the peers find the libraries: the address of bench.hosts.Libraries.
LIBRARIES_VARIABLE: Final = "DATELINE_BENCH_LIBRARIES"
CENTRE: Final = (46.0, 130.0)
_DAY_MS: Final = 24 * 3600 * 1000
# By the names that folium gives them. What npm does not have (two small style sheets) is left out.
_FILES: Final = {
    "leaflet": "leaflet/dist/leaflet.js",
    "jquery": "jquery/dist/jquery.min.js",
    "bootstrap": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "awesome_markers": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "Leaflet.awesome-markers.js": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "leaflet_css": "leaflet/dist/leaflet.css",
    "bootstrap_css": "bootstrap/dist/css/bootstrap.min.css",
    "awesome_markers_font_css": "@fortawesome/fontawesome-free/css/all.min.css",
    "awesome_markers_css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "jquery3.7.1": "jquery/dist/jquery.min.js",
    "jqueryui1.10.2": "jquery-ui-dist/jquery-ui.min.js",
    "iso8601": "iso8601-js-period/iso8601.js",
    "leaflet.timedimension": "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "leaflet.timedimension_css": "leaflet-timedimension/dist/leaflet.timedimension.control.css",
    "moment": "moment/min/moment.min.js",
    "timeline": "leaflet.timeline/dist/leaflet.timeline.js",
}


def localise(base: str) -> None:
    """Let folium and its time plugins name the libraries under `base` instead of content delivery networks."""
    for kind in (folium.Map, TimestampedGeoJson, Timeline, TimelineSlider):
        for links in ("default_js", "default_css"):
            found = [(name, f"{base}/{_FILES[name]}") for name, _ in getattr(kind, links, ()) if name in _FILES]
            setattr(kind, links, found)


def localise_by_environment() -> None:
    """`localise` to the address in the environment; for the pages that Streamlit runs."""
    localise(os.environ[LIBRARIES_VARIABLE])


def plain(moments: Sequence[Moment]) -> folium.Map:
    """A map with a marker for each event, without time."""
    drawn = _map()
    layer(moments).add_to(drawn)
    return drawn


def layer(moments: Sequence[Moment]) -> folium.FeatureGroup:
    """A layer with a circle marker for each event."""
    group = folium.FeatureGroup()
    for moment in moments:
        folium.CircleMarker((moment.lat, moment.lon), radius=6, tooltip=moment.title).add_to(group)
    return group


def timestamped(moments: Sequence[Moment]) -> folium.Map:
    """folium's TimestampedGeoJson, an hour a step, each event shown from its moment on."""
    drawn = _map()
    features = [
        _feature(moment, times=[moment.at.isoformat()], icon="circle", popup=moment.title) for moment in moments
    ]
    TimestampedGeoJson(  # type: ignore[no-untyped-call]
        {"type": "FeatureCollection", "features": features}, period="PT1H", auto_play=False, add_last_point=False
    ).add_to(drawn)
    return drawn


def timeline(moments: Sequence[Moment]) -> folium.Map:
    """folium's Timeline with its slider, each event shown for a day (one without length is never shown)."""
    drawn = _map()
    features = [_feature(moment, start=_ms(moment), end=_ms(moment) + _DAY_MS) for moment in moments]
    layer = Timeline(
        {"type": "FeatureCollection", "features": features},
        get_interval=JsCode("feature => ({start: feature.properties.start, end: feature.properties.end})"),
        point_to_layer=JsCode("(feature, at) => L.circleMarker(at, {radius: 6})"),
    ).add_to(drawn)
    TimelineSlider(auto_play=False, show_ticks=False, playback_duration=30000).add_timelines(layer).add_to(drawn)  # type: ignore[no-untyped-call]
    return drawn


def _map() -> folium.Map:
    return folium.Map(location=CENTRE, zoom_start=4, tiles=None)


def _ms(moment: Moment) -> int:
    return round(moment.at.timestamp() * 1000)


def _feature(moment: Moment, **properties: object) -> dict[str, object]:
    point = {"type": "Point", "coordinates": [moment.lon, moment.lat]}
    return {"type": "Feature", "geometry": point, "properties": properties}
