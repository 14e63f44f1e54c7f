"""A story as a folium map: served to an app, or whole in one page."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import folium
import pytest

from geo.map import __main__ as command_line
from geo.map.basemap import basemap
from geo.map.files import Files, script
from geo.map.payload import Command as CommandPayload
from geo.map.story_map import Command, StoryMap, save, served_html, served_map, standalone_html
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE

FETCHING = ("src", "href", "srcset", "action", "formaction", "data", "poster", "background", "xlink:href", "ping")
SERVED = Files("p/guard.js", "p/dateline.js", "p/dateline.css", "p/basemap.json", "p/story.json", "p/details.json")
ORDER: CommandPayload = {
    "number": 3,
    "seek": True,
    "show": ["a", "b"],
    "superseded": False,
    "every": True,
    "event": "a",
    "time": None,
    "clock": "news",
    "session": "7e57",
}


class Parsed(HTMLParser):
    """A page as a browser's parser sees it: elements, attributes, and the text of scripts, styles and title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in self.texts:
            self.texts[self._inside][-1] += data

    @property
    def shape(self) -> list[tuple[str, list[str]]]:
        """Elements and the names of their attributes: what a story's words must never change."""
        return [(tag, sorted(attributes)) for tag, attributes in self.elements]

    @property
    def fetched(self) -> list[str]:
        """What the page's attributes make a browser fetch."""
        return [
            value or "" for _, attributes in self.elements for name, value in attributes.items() if name in FETCHING
        ]


def given_to(function: str, code: str) -> list[Any]:
    """The JSON values that a script calls a function with, after an optional name."""
    found = []
    for match in re.finditer(rf"{re.escape(function)}\((?:\w+, )?(?={{)", code):
        found.append(json.JSONDecoder().raw_decode(code, match.end())[0])
    return found


def rendered(element: folium.FeatureGroup) -> str:
    """The script that a layer adds to a map, as streamlit-folium asks for it."""
    holder = StoryMap()
    element.add_to(holder)
    return str(holder.get_root().render())


# -- one page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_fetches_nothing(shipped_story: Story, code: str) -> None:
    """One HTML file needs no other: no element names an address, no style imports one, no library comes from a CDN."""
    html = standalone_html(shipped_story, Language(code))
    page = Parsed(html)
    assert [] == page.fetched
    assert not {"link", "iframe", "base", "object", "embed"} & {tag for tag, _ in page.elements}
    assert "@import" not in "".join(page.texts["style"])
    for name, address in folium.Map.default_js + folium.Map.default_css:
        assert address not in html, name


def test_the_page_holds_player_story_and_basemap(story: Story) -> None:
    """Leaflet and the player, the whole scene and the basemap are in the page, in the language asked for."""
    page = Parsed(standalone_html(story, Language("fr")))
    assert "L.map(" in page.texts["script"][-1]
    started = given_to("Dateline.start", page.texts["script"][-1])
    assert 1 == len(started)
    assert "fr" == started[0]["story"]["language"]
    assert 5 == len(started[0]["story"]["events"])
    assert basemap() == started[0]["basemap"]
    assert any("window.Dateline=" in text and script()[:80] in text for text in page.texts["script"])
    assert ["Une tournée"] == [title.strip() for title in page.texts["title"]]


def test_hostile_text_is_inert_in_the_page(story: Story, hostile_story: Story) -> None:
    """A story's words add no element and no attribute to the page, and end no script before its time."""
    benign, hostile = (Parsed(standalone_html(one, Language("en"))) for one in (story, hostile_story))
    assert benign.shape == hostile.shape
    assert benign.texts["script"][:-1] == hostile.texts["script"][:-1]


def test_hostile_text_is_whole_in_the_page(hostile_story: Story) -> None:
    """Templates and backslashes in a story's words are neither filled nor lost: the player gets them as written."""
    page = Parsed(standalone_html(hostile_story, Language("en")))
    assert HOSTILE == page.texts["title"][0]
    (started,) = given_to("Dateline.start", page.texts["script"][-1])
    assert HOSTILE in {claim["when_as_written"] for event in started["story"]["events"] for claim in event["claims"]}


def test_a_page_is_saved_as_utf8(story: Story, tmp_path: Path) -> None:
    """The saved file is the page, in an encoding that it declares."""
    save(story, Language("fr"), tmp_path / "page.html")
    text = (tmp_path / "page.html").read_bytes().decode("utf-8")
    assert "charset=UTF-8" in text[:500]
    assert "Une tournée" in text


def test_the_command_writes_a_page_a_language(story_folder: Path, tmp_path: Path) -> None:
    """`python -m geo.map` makes the folder and writes one page for each language."""
    assert 0 == command_line.main([str(tmp_path / "made" / "pages"), "--story", str(story_folder)])
    written = {path.name for path in (tmp_path / "made" / "pages").iterdir()}
    assert {f"tiny-{code}.html" for code in LANGUAGES} == written


def test_the_command_tells_a_storys_faults(
    story_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A story that is not valid is refused with its faults, and nothing is written."""
    (story_folder / "events.csv").unlink()
    assert 1 == command_line.main([str(tmp_path / "pages"), "--story", str(story_folder)])
    assert "events" in capsys.readouterr().err
    assert not (tmp_path / "pages").exists()


# -- served map -------------------------------------------------------------------------------------------------------


def test_the_served_map_names_only_the_apps_files() -> None:
    """The map asks for the player's files and for no other; the story comes by its address."""
    page = Parsed(str(served_map(SERVED).get_root().render()))
    assert {SERVED.guard, SERVED.script, SERVED.style} == set(page.fetched)
    assert [{"story": SERVED.story, "basemap": SERVED.basemap, "details": SERVED.details, "order": None}] == given_to(
        "Dateline.start", page.texts["script"][-1]
    )


def test_the_map_as_a_page_asks_for_its_files_at_once() -> None:
    """Story and basemap are named in its head, not only by the script that reads them; it begins as it is told."""
    page = Parsed(served_html(SERVED, Language("fr"), HOSTILE, ORDER))
    fetched = {SERVED.guard, SERVED.script, SERVED.style, SERVED.story, SERVED.basemap}
    assert fetched == set(page.fetched)
    assert HOSTILE == page.texts["title"][0]
    assert ("html", {"lang": "fr"}) in page.elements
    (started,) = given_to("Dateline.start", page.texts["script"][-1])
    assert ORDER == started["order"]


def test_the_guard_comes_first() -> None:
    """What tells of a file that does not arrive is loaded before any that could fail."""
    page = Parsed(str(served_map(SERVED).get_root().render()))
    assert SERVED.guard == next(
        attributes["src"] for tag, attributes in page.elements if tag == "script" and "src" in attributes
    )


# -- commands ---------------------------------------------------------------------------------------------------------


def test_a_command_carries_its_order() -> None:
    """Number, seek, what is shown, event, time and session reach the player as they are."""
    assert [ORDER] == given_to("Dateline.command", rendered(Command(ORDER)))


def test_hostile_text_is_inert_in_a_command() -> None:
    """Whatever an address bar or a story's ids hold: in a command it is a text, and the page keeps its shape."""
    hostile: CommandPayload = {**ORDER, "show": [HOSTILE], "event": HOSTILE, "time": HOSTILE}
    pages = [Parsed(rendered(Command(order))) for order in (ORDER, hostile)]
    assert pages[0].shape == pages[1].shape
    (order,) = given_to("Dateline.command", pages[1].texts["script"][-1])
    assert ([HOSTILE], HOSTILE, HOSTILE) == (order["show"], order["event"], order["time"])
