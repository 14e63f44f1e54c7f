"""The player's files: its script and style as one file each, written with the story where an app can serve them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

from geo.map.basemap import basemap
from geo.map.scene import Json
from geo.story.files import write_whole

ASSETS: Final = Path(__file__).resolve().parent / "player"

# In the order in which they build on one another.
_SCRIPTS: Final = (
    "basemap.js",
    "axis.js",
    "train.js",
    "canvas.js",
    "marks.js",
    "labels.js",
    "card.js",
    "clock.js",
    "ticks.js",
    "legend.js",
    "player.js",
)


@dataclass(frozen=True)
class Files:
    """Addresses of the player's files; `stories` by language."""

    guard: str
    script: str
    style: str
    basemap: str
    stories: Mapping[str, str]


def script() -> str:
    """Leaflet and the player, in one script."""
    leaflet = _leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    return "\n".join([leaflet, *((ASSETS / name).read_text("utf-8") for name in _SCRIPTS)])


def style() -> str:
    """Leaflet's style and the player's, in one sheet."""
    return "\n".join([_leaflet("leaflet.css"), (ASSETS / "player.css").read_text("utf-8")])


def write(scenes: Mapping[str, Json], folder: Path, prefix: str) -> Files:
    """Write the player's files into `folder`, named by their content, and return their addresses under `prefix`.

    `scenes` are what `geo.map.scene.scene` returns, by language; each becomes a story's file. Names that hold a hash
    of the content may be cached for ever, and several processes may write the same folder.
    """
    contents = {
        "guard.js": (ASSETS / "guard.js").read_text("utf-8"),
        "dateline.js": script(),
        "dateline.css": style(),
        "basemap.json": _compact(basemap()),
    }
    contents |= {f"story-{code}.json": _compact(told) for code, told in scenes.items()}
    names = {name: _write(folder, name, text) for name, text in contents.items()}
    return Files(
        guard=prefix + names["guard.js"],
        script=prefix + names["dateline.js"],
        style=prefix + names["dateline.css"],
        basemap=prefix + names["basemap.json"],
        stories={code: prefix + names[f"story-{code}.json"] for code in scenes},
    )


def _compact(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _write(folder: Path, name: str, text: str) -> str:
    """Write atomically under a name that tells the content; return that name."""
    content = text.encode("utf-8")
    stem, _, ending = name.partition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    target = folder / hashed
    if not target.exists():
        write_whole(target, content)
    return hashed


def _leaflet(name: str) -> str:
    return resources.files("xstatic.pkg.leaflet").joinpath("data", name).read_text("utf-8")
