"""Journey: the map with its time player and the moment's card."""

import streamlit as st

from ui import map_panel, preflight, stories
from ui.words import language_of_session

story = stories.current()
language = language_of_session()
map_panel.map_panel(story, language)
st.caption(
    language.text(
        "The same story as a list, for reading, searching and printing, is on the page “Events”. "
        "Keys: space plays, Page Up and Page Down go from event to event, "
        "arrows move the time slider."
    )
)
preflight.link(language)
