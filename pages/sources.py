"""Sources: the story from its articles' side — who says what in which paragraph, and which paragraphs say nothing."""

import streamlit as st

from ui import pages, sources, stories
from ui.filters import selection_of_session
from ui.words import language_of_session

chosen = sources.source_list(
    stories.current(), language_of_session(), selection_of_session(), st.session_state.get("event")
)
if chosen:
    st.session_state["event"], st.session_state["time"] = chosen, None
    st.switch_page(pages.file(pages.FIRST))
