"""The layer rule of the design: an import only goes downwards, and one module alone opens connections."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.map import files
from geo.map.scene import scene
from geo.story.record import Story
from geo.wording.language import LANGUAGES, Language

ROOT = Path(__file__).resolve().parent.parent
SCREEN = ("streamlit", "streamlit_folium")
APP = ("ui", "pages", "app", "tests")
MAP = ("folium", "branca", "geo.map")
# What opens a connection, in the standard library and beside it. geopy's geocoders are clients of web services, all but
# the class that they share.
NETWORK = (
    *("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio", "socketserver", "xmlrpc"),
    *(
        "requests",
        "requests_cache",
        "urllib3",
        "httpx",
        "aiohttp",
        "websocket",
        "websockets",
        "geopy.geocoders",
        "geopy.adapters",
    ),
)
# No layer of its own has more: what each may not import, by the path it lies under; the longest path counts.
FORBIDDEN = {
    "geo": (*SCREEN, *APP, *MAP),
    "geo/map": (*SCREEN, *APP),
    "ui": ("pages", "app", "tests"),
    "pages": ("folium", "branca", "streamlit_folium", "pages", "app", "tests"),
    "app.py": ("folium", "branca", "streamlit_folium", "geo", "tests"),
}
UNCONNECTED = ("geopy.geocoders.base",)
CONNECTED = "geo/geocoding/providers/nominatim.py"
# A namespace is a name, Leaflet's own page is a link a reader may follow; neither is ever fetched.
NAMES = re.compile(r"https?://www\.w3\.org/|<a href=\\?[\"']https://leafletjs\.com")
SHELL = [
    path.relative_to(ROOT).as_posix()
    for path in ROOT.glob("ui/**/*")
    if path.suffix in (".css", ".html", ".js", ".svg")
]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LINE_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
ADDRESS = re.compile(r"(?:https?:|wss?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)


def modules() -> list[str]:
    """The app's modules, as paths from the root."""
    found = [ROOT / "app.py", *ROOT.glob("pages/**/*.py"), *ROOT.glob("ui/**/*.py"), *ROOT.glob("geo/**/*.py")]
    return sorted(path.relative_to(ROOT).as_posix() for path in found)


def imported(source: str, package: str = "") -> Iterator[str]:
    """The dotted names that a module of `package` imports, wherever in it; `from a import b` may mean a.b too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("__import__", "importlib.import_module"):
            yield ast.literal_eval(node.args[0])


def imports(module: str) -> list[str]:
    package = module.rpartition("/")[0].replace("/", ".")
    return list(imported((ROOT / module).read_text("utf-8"), package))


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def layer(module: str) -> str:
    return max((path for path in FORBIDDEN if module == path or module.startswith(f"{path}/")), key=len)


def test_the_reader_of_imports_sees_every_form() -> None:
    """Imports inside functions, from a package, relative ones and those by a call are all seen."""
    source = """
import a.b as c
def late():
    from d import e
    from . import f
    from ..g import h
    importlib.import_module("i.j")
"""
    assert ["a.b", "d", "d.e", "x.y", "x.y.f", "x.g", "x.g.h", "i.j"] == sorted(
        imported(source, "x.y"), key=["a.b", "d", "d.e", "x.y", "x.y.f", "x.g", "x.g.h", "i.j"].index
    )


@pytest.mark.parametrize("module", modules())
def test_imports_go_downwards(module: str) -> None:
    """No module imports from a layer above it: the domain knows nothing of the screen, only geo.map of maps."""
    assert [] == [name for name in imports(module) if within(name, FORBIDDEN[layer(module)])]


def opens_connections(name: str) -> bool:
    return within(name, NETWORK) and not within(name, UNCONNECTED)


def test_only_the_online_geocoder_can_open_a_connection() -> None:
    """Of all modules only the client of Nominatim imports what opens a connection."""
    assert {CONNECTED} == {module for module in modules() if any(map(opens_connections, imports(module)))}


def test_the_app_has_no_online_geocoder() -> None:
    """Neither the pages nor what they share import the client of Nominatim: it is for the command, and a choice."""
    app = [module for module in modules() if not module.startswith("geo/") or module.startswith("geo/map/")]
    assert [] == [
        module
        for module in app
        if any(within(name, ("geo.geocoding.providers.nominatim",)) for name in imports(module))
    ]


def test_every_page_puts_the_frame_around_itself_first() -> None:
    """Each file of pages/ calls `frame.around()` before anything else, or a cold link would show a bare page."""
    for page in sorted(ROOT.glob("pages/*.py")):
        docstring, *statements = ast.parse(page.read_text("utf-8")).body
        assert isinstance(docstring, ast.Expr), page.name
        first = next(node for node in statements if not isinstance(node, ast.Import | ast.ImportFrom))
        assert "frame.around()" == ast.unparse(first), page.name


def test_every_page_is_in_the_navigation() -> None:
    """app.py names each file of pages/, and no other."""
    named = set(re.findall(r"pages/\w+\.py", (ROOT / "app.py").read_text("utf-8")))
    assert {f"pages/{page.name}" for page in ROOT.glob("pages/*.py")} == named


@pytest.fixture
def served(story: Story, tmp_path: Path) -> dict[str, str]:
    """The text of every file that the player is served as, by the file's name."""
    folder = tmp_path / "served"
    folder.mkdir()
    files.write({code: scene(story, Language(code)) for code in LANGUAGES}, folder, prefix="")
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def test_every_asset_is_served(served: dict[str, str]) -> None:
    """Each file of geo/map/player reaches the browser, whole."""
    assets = {asset.name: asset.read_text("utf-8") for asset in files.ASSETS.iterdir()}
    assert [] == [name for name, text in assets.items() if not any(text in whole for whole in served.values())]


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
