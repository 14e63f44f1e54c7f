"""The peers' maps ask for nothing from outside once their libraries are local."""

import re
from collections.abc import Callable

import folium
import pytest

from bench import peers, synthetic

BASE = "http://127.0.0.1:1/libraries"


@pytest.mark.parametrize("draw", [peers.plain, peers.timestamped, peers.timeline])
def test_libraries_come_from_loopback(
    draw: Callable[[list[synthetic.Moment]], folium.Map], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every script and style sheet of a peer's page has an address under the given one."""
    for kind in (folium.Map, folium.plugins.TimestampedGeoJson, folium.plugins.Timeline, folium.plugins.TimelineSlider):
        for links in ("default_js", "default_css"):
            monkeypatch.setattr(kind, links, list(getattr(kind, links, ())), raising=False)
    peers.localise(BASE)
    page = str(draw(synthetic.moments(5)).get_root().render())
    asked = re.findall(r'(?:src|href)="([^"]+)"', page)
    own = {address for address in asked if not address.startswith(f"{BASE}/")}
    # folium's page itself names two sheets that cannot be overridden in the class; none is a script.
    assert len(asked) > len(own)
    assert not [address for address in own if address.endswith(".js")]
