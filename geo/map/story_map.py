"""A story as a folium map with our time player, for the app (served files) or as one HTML file (everything inside)."""

import re
from html import escape
from pathlib import Path
from typing import Any, Final

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from jinja2.utils import htmlsafe_json_dumps

from geo.map.basemap import basemap
from geo.map.files import Files, guard, script, style
from geo.map.payload import Command as CommandPayload
from geo.map.payload import Scene
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import Language

_TEMPLATE_MARK: Final = re.compile(r"\{(?=[{%#])")
# The far-eastern corner that both trips lie in, until the player fits the map to its first chapter.
_CENTRE: Final = (46.0, 130.0)


class StoryMap(folium.Map):
    """A folium map without tiles and without folium's own web addresses: nothing is fetched from outside."""

    def __init__(self, files: Files | None = None) -> None:
        """Make the map; `files` are the addresses it loads, None where the page holds everything itself."""
        super().__init__(
            location=_CENTRE,
            zoom_start=4,
            tiles=None,
            zoom_control="topleft",
            min_zoom=2,
            max_zoom=11,
            world_copy_jump=True,
            zoom_snap=0.25,
        )
        self.default_js = [("guard", files.guard), ("dateline", files.script)] if files else []
        self.default_css = [("dateline-style", files.style)] if files else []


class TimePlayer(MacroElement):
    """The time player on a map.

    `story` and `land` are what `geo.map.scene.scene` and `geo.map.basemap.basemap` return, or addresses of such files;
    `details` is the address of what the story's file lacks, `order` where the player begins.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            Dateline.start({{ this._parent.get_name() }}, {{ this.options }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        story: str | Scene,
        land: str | list[dict[str, Any]],
        details: str | None = None,
        order: CommandPayload | None = None,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "TimePlayer"
        self.options = _json({"story": story, "basemap": land, "details": details, "order": order})


class Verbatim(Element):
    """Text that goes into a page as it is; branca takes any other text for a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:
        """The text."""
        return self.text


class Command(folium.FeatureGroup):
    """An order for the running player, sent where streamlit-folium takes layers: the map is not created anew.

    A player that runs already and hears from another session than before was only reconnected: it takes the filters
    over and stays where it is.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.featureGroup();
            Dateline.command({{ this.order }});
        {% endmacro %}
        """
    )

    def __init__(self, order: CommandPayload) -> None:
        super().__init__()
        self.order = _json(order)


def served_map(files: Files, order: CommandPayload | None = None) -> StoryMap:
    """The map for an app that serves `files`: a few lines of script, the rest fetched once and cached."""
    story_map = StoryMap(files)
    TimePlayer(files.story, files.basemap, files.details, order).add_to(story_map)
    return story_map


def served_html(files: Files, language: Language, title: str, order: CommandPayload) -> str:
    """The map as an HTML page beside `files`, which it loads."""
    story_map = served_map(files, order)
    figure = story_map.get_root()
    assert isinstance(figure, Figure)
    # Asked for at once, and not only when the script runs that reads them.
    for address in (files.story, files.basemap):
        figure.header.add_child(Verbatim(f'<link rel="preload" as="fetch" crossorigin href="{escape(address)}">'))
    return _page(story_map, title, language)


def standalone_html(story: Story, language: Language) -> str:
    """The story as one HTML page that needs no other file and no network."""
    story_map = StoryMap()
    TimePlayer(scene(story, language), basemap()).add_to(story_map)
    figure = story_map.get_root()
    assert isinstance(figure, Figure)
    head = (
        f"<script>{_inert(guard())}</script>",
        f"<style>{style()}</style>",
        f"<script>{_inert(script())}</script>",
    )
    for text in head:
        figure.header.add_child(Verbatim(text))
    return _page(story_map, language.of(story, "title"), language)


def _page(story_map: StoryMap, title: str, language: Language) -> str:
    figure = story_map.get_root()
    assert isinstance(figure, Figure)
    figure.title = escape(title)
    return str(figure.render()).replace("<html>", f'<html lang="{language.code}">', 1)


def save(story: Story, language: Language, path: Path) -> None:
    """Write `standalone_html` to `path`."""
    path.write_text(standalone_html(story, language), "utf-8")


def _json(value: Any) -> str:
    """`value` as JSON that is inert in HTML and in a template.

    branca renders its output as a template once more, so a story's text must not hold the marks of one. In JSON a
    brace meets a second one, % or # only inside a text, where an escape means the same.
    """
    return _TEMPLATE_MARK.sub(r"\\u007b", str(htmlsafe_json_dumps(value)))


def _inert(source: str) -> str:
    """A script's text that no HTML parser takes for the end of its element."""
    return source.replace("</script", "<\\/script")
