"""Dateline: the frame of every page — language, navigation, filters, address bar."""

import streamlit as st

from ui import address, faults, frame, log, status, stories
from ui.words import language_of_session

st.set_page_config(page_title="Dateline", page_icon=frame.ICON, layout="wide")

status.begin()
began = log.begin()
story, found = stories.load()
moved = address.restore(story)
language = language_of_session()
frame.style(language)
pages = [
    st.Page("pages/journey.py", title=language.text("Journey"), default=True),
    st.Page("pages/events.py", title=language.text("Events")),
    st.Page(
        "pages/disagreements.py",
        title=language.text("They disagree"),
        visibility="visible" if story and story.disagreements else "hidden",
    ),
    st.Page("pages/sources.py", title=language.text("Sources")),
    st.Page("pages/places.py", title=language.text("Places")),
]
if story is not None and story.people:
    pages.append(st.Page("pages/people.py", title=language.text("People")))
# Not in the readers' bar: the page Journey links to it.
hidden = st.Page("pages/status.py", title=language.text("Check and status"), visibility="hidden")
page = st.navigation([*pages, hidden], position="top")
if story is None:
    faults.fault_list(found, language)
    st.stop()
frame.header(story, language, pages, page)
frame.entered(page.url_path, moved)
page.run()
address.keep()
log.shown(page.url_path, began)
