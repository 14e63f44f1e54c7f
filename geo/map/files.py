"""The player's files: its script and style as one file each, written with the story where an app can serve them."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from importlib import resources
from pathlib import Path
from typing import Final

from geo.map.basemap import basemap
from geo.map.payload import Scene
from geo.story.files import write_whole

ASSETS: Final = Path(__file__).resolve().parent / "player"

# The player's first module; the others are those that it imports, and those that they import.
_ENTRY: Final = "dateline"
_IMPORT: Final = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
# Comments with types, which begin a line; a browser has no use for them, and they are an eighth of the bytes sent.
_COMMENT: Final = re.compile(r"^ */\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Files:
    """Addresses of the player's files; `stories` by language."""

    guard: str
    script: str
    style: str
    basemap: str
    stories: Mapping[str, str]


def script() -> str:
    """Leaflet and the player, in one script.

    The player's modules are put into it as functions, each called once, after those that it imports. So its scripts
    are ordinary modules for whatever checks and tests them, and a page needs one file and no bundler.
    """
    leaflet = _leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    modules = "\n".join(_module(name) for name in TopologicalSorter(_imports(_ENTRY)).static_order())
    return f'{leaflet}\n(() => {{\n"use strict";\n{modules}\n}})();\n'


def _imports(entry: str) -> dict[str, list[str]]:
    """The names of the modules that each module imports, for `entry` and all that it needs."""
    found: dict[str, list[str]] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = [imported for _, imported in _IMPORT.findall(_source(name))]
            waiting += found[name]
    return found


def _module(name: str) -> str:
    """A module as a constant `$name` that holds what it exports."""
    source = _COMMENT.sub("", _source(name))
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = $\2;", source))
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();"


def _source(name: str) -> str:
    return (ASSETS / f"{name}.js").read_text("utf-8")


def style() -> str:
    """Leaflet's style, the colours and the player's style, in one sheet."""
    own = [(ASSETS / name).read_text("utf-8") for name in ("player.css", "graph.css")]
    return "\n".join([_leaflet("leaflet.css"), colours(), *own])


def colours() -> str:
    """The colours of everything on screen, as a style sheet of custom properties."""
    return (ASSETS / "colours.css").read_text("utf-8")


def write(scenes: Mapping[str, Scene], folder: Path, prefix: str) -> Files:
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
