"""Colours stand once, in the player's `colours.css`; what cannot read them there says the same."""

import re
import tomllib
from pathlib import Path

import pytest

from geo.map.files import ASSETS, colours

ROOT = Path(__file__).resolve().parents[2]
COLOURS = dict(re.findall(r"--([\w-]+): ([^;]+);", colours()))
# Where custom properties cannot be used: Streamlit's theme, images, and the notice that no style may have arrived.
ELSEWHERE = (".streamlit/config.toml", "ui/icon.svg", "ui/locator.py", "geo/map/player/guard.js")


@pytest.mark.parametrize("path", ELSEWHERE)
def test_other_files_have_these_colours(path: str) -> None:
    """Every colour that stands elsewhere is one of them."""
    found = set(re.findall(r"#[0-9a-f]{3,6}\b", (ROOT / path).read_text("utf-8")))
    assert found
    assert found <= set(COLOURS.values())


def test_the_theme_is_the_players() -> None:
    """Streamlit's theme gives paper, ink, accent, links and lines the colours that they have on the map."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    named = {
        "primaryColor": "accent",
        "backgroundColor": "paper",
        "secondaryBackgroundColor": "shade",
        "textColor": "ink",
        "linkColor": "link",
        "borderColor": "rule",
    }
    assert {option: COLOURS[name] for option, name in named.items()} == {option: theme[option] for option in named}


@pytest.mark.parametrize("name", [name for name, value in COLOURS.items() if value.startswith("rgb")])
def test_a_veil_is_a_colour_let_through(name: str) -> None:
    """What is half transparent has the red, green and blue of the colour that it begins with."""
    channels = COLOURS[name].removeprefix("rgb(").partition(" /")[0].split()
    opaque = "#{:02x}{:02x}{:02x}".format(*map(int, channels))
    base = COLOURS["white" if name.startswith("small") else name.partition("-")[0]]
    assert opaque == (base if len(base) == 7 else "#" + "".join(digit * 2 for digit in base[1:]))


def test_every_colour_is_used() -> None:
    """No colour stands there for nothing."""
    styles = [ASSETS / "player.css", ASSETS / "graph.css", ROOT / "ui" / "frame.css"]
    users = [*ASSETS.glob("*.js"), *styles, ROOT / "ui" / "locator.py"]
    text = "\n".join(path.read_text("utf-8") for path in users)
    used = {name for name in COLOURS if f"var(--{name})" in text or f'"{name}"' in text}
    used |= {name for name, value in COLOURS.items() if value in text}
    assert set(COLOURS) == used


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["land", "sea"])
@pytest.mark.parametrize(
    ("least", "names"),
    [
        (4.5, ("ink", "quiet", "land-name", "region-name", "sea-name", "train", "accent")),
        (2.5, ("coast", "border")),
    ],
)
def test_the_map_can_be_read_on_a_pale_projector(ground: str, least: float, names: tuple[str, ...]) -> None:
    """Names and signs stand out from land and from sea, coasts and borders are seen on both."""
    too_pale = {name for name in names if contrast(COLOURS[name], COLOURS[ground]) < least}
    assert set() == too_pale
