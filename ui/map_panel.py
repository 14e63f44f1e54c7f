"""The map with its time player on a page.

The map itself stands in the page around Streamlit's (`server/`), before Streamlit does. The frame that streamlit-folium
draws is where it is to stand: it takes commands to the map, and reports from it.
"""

from pathlib import Path
from secrets import token_hex
from typing import Any, Final

import streamlit as st
import streamlit_folium
from streamlit_folium import st_folium

from geo.map.story_map import Command, served_map
from geo.story import Story
from geo.views.selection import selected
from geo.wording.language import LANGUAGES, Language
from ui import address, stories
from ui.filters import selection_of_session
from ui.stories import MAP

# Only a first guess: the style sheet fits the frame to the window.
_HEIGHT_PX: Final = 680
_COMPONENT: Final = "component/streamlit_folium.st_folium"
_FRAME: Final = Path(streamlit_folium.__file__).parent / "frontend" / "build"


def map_panel(story: Story, language: Language) -> None:
    """Draw the map panel. Filters and choices reach the running player as commands; the frame stays."""
    wanted = _wanted(story)
    before = st.session_state.get("_command")
    seek = st.session_state.pop("_moved", False) or before is None
    if before is None or seek or any(before[name] != wanted[name] for name in ("show", "superseded")):
        number = before["number"] + 1 if before else 1
        session = before["session"] if before else token_hex(4)
        wanted |= {"number": number, "seek": seek, "session": session}
        if seek:
            st.session_state["_sought"] = number
        before = wanted
    # A frame that starts anew, in another language say, starts where the reader is now.
    st.session_state["_command"] = before | {name: wanted[name] for name in ("event", "time", "clock", "every")}
    with st.container(key="map"):
        _panel(story, language)


def _wanted(story: Story) -> dict[str, Any]:
    """What the map is to show now, by the session's filters and playhead."""
    state = st.session_state
    selection = selection_of_session()
    return {
        "show": None if selection.is_all else selected(story, selection),
        "superseded": bool(state.get("superseded")),
        "event": state.get("event"),
        "time": state.get("time"),
        "clock": state.get("clock"),
        "every": bool(state.get("every")),
    }


@st.fragment
def _panel(story: Story, language: Language) -> None:
    told = st_folium(
        served_map(stories.player(story, language.code)[0].under(f"../../{MAP}/")),
        key=f"map {story.version} {language.code}",
        height=_HEIGHT_PX,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=Command(st.session_state["_command"]),
        # The map's script is all that is sent; the page around it, which this would also write, is not.
        render=False,
    )
    # An answer from before the last order to move would undo it.
    if told and isinstance(told.get("command"), int) and told["command"] >= st.session_state["_sought"]:
        address.note(story, told.get("event"), told.get("time"), told.get("clock"), told.get("every"))
    address.keep()


@st.cache_resource(max_entries=2, show_spinner=False, hash_funcs={Story: lambda story: story.version})
def needed(story: Story) -> dict[str, int]:
    """The files of the map in every language, by their addresses under the app's, with their sizes in bytes.

    Beside them the whole page needs Streamlit's own. Sizes are those of the files as they were made: one that is lost
    or cut later is still needed whole.
    """
    contents = {name: content for code in LANGUAGES for name, content in stories.player(story, code)[1].items()}
    paths = (_FRAME / "index.html", *sorted(_FRAME.glob("static/js/*.js")))
    frame = {f"{_COMPONENT}/{path.relative_to(_FRAME).as_posix()}": path.stat().st_size for path in paths}
    return frame | {f"{MAP}/{name}": len(content) for name, content in contents.items()}
