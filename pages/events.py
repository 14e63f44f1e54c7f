"""Events: the story as an ordered, searchable list, in step with the map."""

import streamlit as st

from geo.views.selection import selected
from ui import events, frame, stories
from ui.filters import searched_selection
from ui.words import language_of_session

frame.around()
story = stories.current()
language = language_of_session()
st.text_input(
    language.text("Search the events"),
    key="q",
    type="search",
    placeholder=language.text("A name, a place, a word"),
    persist_state="session",
    max_chars=200,
)
chosen = events.event_list(story, language, selected(story, searched_selection()), st.session_state.get("event"))
if chosen:
    st.session_state["event"], st.session_state["time"] = chosen, None
    st.switch_page("pages/journey.py")
