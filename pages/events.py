"""Events: the story as an ordered, searchable list, in step with the map."""

import streamlit as st

from geo.views.selection import selected
from ui import events, pages, stories
from ui.filters import searched_selection
from ui.words import language_of_session

story = stories.current()
language = language_of_session()
st.text_input(
    language.text("Search the events"),
    key="q",
    type="search",
    placeholder=language.text("A name, a place, a word"),
    live=True,
    persist_state="session",
    max_chars=200,
)
shown = selected(story, searched_selection())
with st.container(key="reading"):
    with st.container(key="beside"):
        events.contents(story, language, shown)
    with st.container(key="list"):
        chosen = events.event_list(story, language, shown, st.session_state.get("event"))
if chosen:
    st.session_state["event"], st.session_state["time"] = chosen, None
    st.switch_page(pages.file(pages.FIRST))
