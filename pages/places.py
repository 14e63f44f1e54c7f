"""Places: how each name of the story became a point on the map, and what else it could have meant."""

import streamlit as st

from ui import places, stories
from ui.filters import selection_of_session
from ui.words import language_of_session

places.place_list(stories.current(), language_of_session(), selection_of_session(), st.session_state.get("event"))
