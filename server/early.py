"""The early page: Streamlit's own page with the story in it from the first byte, before Streamlit comes and without it.

Its map is the one that stays: Streamlit joins it. Its list can be read without scripts.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import streamlit
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rcssmin import cssmin

from geo.map import story_map
from geo.map.files import colours, minified
from geo.map.payload import Command, Event, Scene
from geo.story import Fault, Story
from geo.views.selection import FILTERS, Selection, selected
from geo.wording.language import LANGUAGES, Language
from server import links
from ui import address, faults, pages, stories
from ui.frame import NAMES

_HERE: Final = Path(__file__).resolve().parent
_STREAMLIT: Final = Path(streamlit.__file__).parent / "static" / "index.html"
# What Streamlit's page loads. Its text font is not: the app's pages use the reader's own.
_LOADED: Final = re.compile(
    r'<script type="module".*?</script>|<link rel="(?:modulepreload|stylesheet)"[^>]*>', re.DOTALL
)
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader([_HERE / "templates", _HERE.parent / "ui" / "templates"]),
    autoescape=True,
    undefined=StrictUndefined,
)
# Who orders before Streamlit does: see `payload.Command`.
_SESSION: Final = "page"


def page(name: str, held: dict[str, Any], language: Language) -> str:
    """The HTML of a page of the app.

    `held` is what its address holds, as `ui.address.read` returns it.
    """
    story, found = stories.load()
    if story is None:
        return _faulty(found, language)
    offered = pages.offered(story, language)
    here = next(one for one in offered if one.name == name)
    scene = stories.scene_of(story, language.code)
    files, _ = stories.player(story, language.code)
    is_map = name == pages.FIRST
    title = language.typeset(scene["title"])
    return _TEMPLATES.get_template("page.html").render(
        _around(language),
        card=links.card(scene, here, held, language),
        base=links.base(),
        title=title,
        heading=title if is_map else here.title,
        pages=[_link(one, one == here, language) for one in offered if one.visible],
        languages=_languages(name, held),
        words=_words(language),
        map=embedded(story, held, language) if is_map else "",
        story_file=files.story,
        picture=f"./picture.svg{links.query({'lang': language.code})}",
        chapters=list(_chapters(scene)),
        faults=False,
    )


def embedded(story: Story, held: dict[str, Any], language: Language) -> str:
    """The player alone, as a page: it begins where the address says."""
    files, _ = stories.player(story, language.code)
    title = language.typeset(language.of(story, "title"))
    return story_map.served_html(files, language, title, order(story, held))


def order(story: Story, held: dict[str, Any]) -> Command:
    """What an address asks the player for."""
    trip, kind, status, source = (tuple(held[name]) for name in FILTERS)
    selection = Selection(trip, kind, status, source)
    return Command(
        number=0,
        seek=True,
        show=None if selection.is_all else selected(story, selection),
        superseded=held["superseded"],
        every=held["every"],
        event=held["event"],
        time=held["time"],
        clock=held["clock"],
        session=_SESSION,
    )


def _faulty(found: list[Fault], language: Language) -> str:
    """The page of a story that cannot be shown: its faults, as text."""
    heading = language.text("This story cannot be shown yet")
    return _TEMPLATES.get_template("page.html").render(
        _around(language),
        card=links.Card(f"{heading} — Dateline", heading, str(language.locale), "./", "./", "", "./", []),
        base=links.base(),
        title=heading,
        heading=heading,
        pages=[],
        languages=_languages(pages.FIRST, {}),
        words=_words(language),
        map="",
        chapters=[],
        faults=True,
        columns=faults.columns(language),
        rows=faults.rows(found, language),
    )


def _around(language: Language) -> dict[str, str]:
    """What is the same in every page of a language."""
    return {"code": language.code, "style": _style(), "script": _script(), "streamlit": _loaded()}


def _link(one: pages.Offered, is_here: bool, language: Language) -> dict[str, Any]:
    return {"title": one.title, "here": is_here, "href": f"./{pages.path(one.name)}?lang={language.code}"}


def _languages(name: str, held: dict[str, Any]) -> list[dict[str, str]]:
    there, said = f"./{pages.path(name)}", address.written(held)
    return [
        {"code": code, "name": NAMES[code], "href": there + links.query(said | {"lang": [code]})} for code in LANGUAGES
    ]


def _chapters(scene: Scene) -> Iterable[dict[str, Any]]:
    """The events by chapter, in the order of time; what has not simply happened says so."""
    for chapter in scene["chapters"]:
        events = [
            {"id": event["id"], "title": event["title"], "facts": [fact for fact in _facts(event) if fact]}
            for event in scene["events"]
            if event["chapter"] == chapter["id"] and event["status"] != "superseded"
        ]
        if events:
            yield {"title": chapter["title"], "events": events}


def _facts(event: Event) -> tuple[str | None, ...]:
    status = None if event["status"] == "happened" else event["status_text"]
    return event["short_when"], event["place_name"], status


def _words(language: Language) -> dict[str, str]:
    """What the page and its script say, by their names for it."""
    text = language.text
    return {
        "pages": text("Pages"),
        "language": text("Language"),
        "filters": text("Filters"),
        "map": text("Map of the journey"),
        "picture": text("Map of the journey, with its key moments in order"),
        "list": text("The story as a list"),
        "no_script": text("Scripts are off in this browser: the list below tells the whole story."),
        "alone": text(
            "There is no connection to the server yet. Map and list work without it; filters, search and the other "
            "pages wait for it."
        ),
        "waiting": text("There is no connection to the server yet. This page waits for it; the list works without."),
    }


@cache
def _style() -> str:
    return str(cssmin("\n".join([colours(), (_HERE / "page.css").read_text("utf-8"), faults.STYLE])))


@cache
def _script() -> str:
    return minified((_HERE / "page.js").read_text("utf-8"))


@cache
def _loaded() -> str:
    return "".join(_LOADED.findall(_STREAMLIT.read_text("utf-8")))
