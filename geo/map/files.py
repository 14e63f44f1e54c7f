"""The player's files: its script and style as one file each, and with the story what an app serves."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from graphlib import TopologicalSorter
from importlib import resources
from pathlib import Path
from typing import Any, Final, cast

from rcssmin import cssmin
from rjsmin import jsmin

from geo.map.basemap import basemap
from geo.map.payload import BasemapLayer, Details, Event, Facts, Scene

ASSETS: Final = Path(__file__).resolve().parent / "player"

# The player's first module; the others are those that it imports, and those that they import.
_ENTRY: Final = "dateline"
_IMPORT: Final = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)

# What of the basemap comes after the map.
_WATERS: Final = ("lake", "river")


@dataclass(frozen=True)
class Files:
    """Addresses of the player's files for a story in a language."""

    guard: str
    script: str
    style: str
    basemap: str
    story: str
    details: str

    def under(self, prefix: str) -> "Files":
        """The same files at addresses under another prefix."""
        return Files(**{name: prefix + address.rpartition("/")[2] for name, address in asdict(self).items()})


def script() -> str:
    """Leaflet and the player, in one script.

    The player's modules are put into it as functions, each called once, after those that it imports. So its scripts
    are ordinary modules for whatever checks and tests them, and a page needs one file and no bundler.
    """
    leaflet = _leaflet("leaflet.js").replace("//# sourceMappingURL=leaflet.js.map", "")
    modules = "\n".join(_module(name) for name in TopologicalSorter(_imports(_ENTRY)).static_order())
    own = f'(() => {{\n"use strict";\n{modules}\n}})();'
    return f"{leaflet}\n{minified(own)}\n"


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
    source = _source(name)
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = $\2;", source))
    return f"const ${name} = (() => {{\n{body}return {{ {exported} }};\n}})();"


def _source(name: str) -> str:
    return (ASSETS / f"{name}.js").read_text("utf-8")


def guard() -> str:
    """The script that says so if the player could not start."""
    return minified((ASSETS / "guard.js").read_text("utf-8"))


def minified(source: str) -> str:
    """A script of ours without comments, which have its types, and without what a browser does not read."""
    return str(jsmin(source))


def style() -> str:
    """Leaflet's style, the colours and the player's style, in one sheet."""
    own = [(ASSETS / name).read_text("utf-8") for name in ("player.css", "graph.css")]
    return str(cssmin("\n".join([_leaflet("leaflet.css"), colours(), *own])))


def colours() -> str:
    """The colours of everything on screen, as a style sheet of custom properties."""
    return (ASSETS / "colours.css").read_text("utf-8")


def bundle(told: Scene, prefix: str) -> tuple[Files, dict[str, bytes]]:
    """The player's files: their addresses under `prefix`, and their contents by name.

    What `geo.map.scene.scene` returns becomes two files, the story and the details that no first sight needs. Names
    hold a hash of the content, so that they may be kept for ever.
    """
    contents: dict[str, bytes] = {}

    def add(name: str, text: str) -> str:
        content = text.encode("utf-8")
        stem, _, ending = name.partition(".")
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        contents[hashed] = content
        return prefix + hashed

    layers = basemap()
    land = [layer for layer in layers if layer["layer"] not in _WATERS]
    waters = [cast(BasemapLayer, layer) for layer in layers if layer["layer"] in _WATERS]
    story, details = split(told, waters)
    files = Files(
        guard=add("guard.js", guard()),
        script=add("dateline.js", script()),
        style=add("dateline.css", style()),
        basemap=add("basemap.json", _compact(land)),
        story=add(f"story-{told['language']}.json", _compact(story)),
        details=add(f"details-{told['language']}.json", _compact(details)),
    )
    return files, contents


def split(told: Scene, waters: list[BasemapLayer]) -> tuple[Scene, Details]:
    """A scene without what no first sight of it needs, and that, with the waters of the basemap."""
    later: dict[str, Any] = {"claims": [], "actors": "", "when_note": None, "place_note": None}
    events = [cast(Event, event | later) for event in told["events"]]
    details = Details(
        claims={event["id"]: event["claims"] for event in told["events"]},
        facts={event["id"]: _facts(event) for event in told["events"]},
        disagreements=told["disagreements"],
        figures=told["figures"],
        areas=told["areas"],
        waters=waters,
    )
    return {**told, "events": events, "disagreements": [], "figures": [], "areas": []}, details


def _facts(event: Event) -> Facts:
    return Facts(actors=event["actors"], when_note=event["when_note"], place_note=event["place_note"])


def _compact(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _leaflet(name: str) -> str:
    return resources.files("xstatic.pkg.leaflet").joinpath("data", name).read_text("utf-8")
