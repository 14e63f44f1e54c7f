"""The dashboard, the script that Streamlit runs: language, address bar, navigation, and the frame of every page."""

import streamlit as st

from ui import address, faults, frame, log, pages, status, stories
from ui.words import language_of_session

st.set_page_config(page_title="Dateline", page_icon=frame.ICON, layout="wide")

status.begin()
began = log.begin()
story, found = stories.load()
moved = address.restore(story)
language = language_of_session()
frame.style(language)
offered = [pages.page(one) for one in pages.offered(story, language)]
page = st.navigation(offered, position="top")
if story is None:
    faults.fault_list(found, language)
    st.stop()
frame.header(story, language, offered, page)
frame.entered(page.url_path, moved)
page.run()
address.keep()
log.shown(page.url_path, began)
