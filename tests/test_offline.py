"""What is served names no other host: a browser has nothing to fetch from elsewhere."""

import re

import pytest
from rcssmin import cssmin

from geo.map import files
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support import ROOT

# A namespace is a name, Leaflet's own page is a link a reader may follow; neither is ever fetched.
NAMES = re.compile(r"https?://www\.w3\.org/|<a href=\\?[\"']https://leafletjs\.com")
SHELL = [
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("ui/**/*"), *ROOT.glob("server/**/*")]
    if path.suffix in (".css", ".html", ".js", ".svg")
]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
ADDRESS = re.compile(r"(?:https?:|wss?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


@pytest.fixture
def served(story: Story) -> dict[str, str]:
    """The text of every file that the player is served as, by the file's name."""
    bundles = [files.bundle(scene(story, Language(code)), "")[1] for code in LANGUAGES]
    return {name: content.decode() for contents in bundles for name, content in contents.items()}


def test_every_asset_is_served(served: dict[str, str]) -> None:
    """Each file of geo/map/player reaches the browser: styles and guard whole, modules as a part of the one script."""
    script = next(text for name, text in served.items() if name.startswith("dateline.") and name.endswith(".js"))
    assets = [asset for asset in files.ASSETS.iterdir() if not asset.name.endswith(".d.ts")]
    styles = [asset for asset in assets if asset.suffix == ".css"]
    modules = [asset for asset in assets if asset not in styles and asset.name != "guard.js"]
    assert len(modules) > 20
    assert files.guard() in served.values()
    assert [] == [
        asset.name
        for asset in styles
        if not any(str(cssmin(asset.read_text("utf-8"))) in text for text in served.values())
    ]
    assert [] == [asset.name for asset in modules if f"const ${asset.stem}=" not in script]


def addresses(text: str) -> list[str]:
    """The addresses of other hosts in a script or a style sheet, without its comments."""
    return ADDRESS.findall(NAMES.sub("", LINE_COMMENT.sub("", COMMENT.sub("", text))))


def test_addresses_are_found() -> None:
    """Whole addresses and such without a scheme count; comments, namespaces and one link do not."""
    assert ["https://cdn.example.org", "//fonts.example.org"] == addresses(
        'fetch("https://cdn.example.org/x"); @import url(//fonts.example.org/y);'
        "/* https://example.org */\n  // https://example.org\n"
        'createElementNS("http://www.w3.org/2000/svg", "g"); \'<a href="https://leafletjs.com" title\''
    )


def test_served_files_name_no_other_host(served: dict[str, str]) -> None:
    """Script, style, guard, stories and basemap hold no address that a browser could fetch from elsewhere."""
    assert {} == {name: found for name, text in served.items() if (found := addresses(text))}


@pytest.mark.parametrize("path", sorted(SHELL))
def test_files_of_the_shell_name_no_other_host(path: str) -> None:
    """The shell's own style, script, template and icon hold no address of another host."""
    assert [] == addresses((ROOT / path).read_text("utf-8"))
