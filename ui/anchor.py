"""Links from one page to a part of another.

A browser looks for what the address names after # as soon as the page is open; ours is put together only later.
"""

import streamlit as st

from ui import markup


def follow() -> None:
    """Go to the part that the address names; to be called when all of the page is shown."""
    script = markup.inline_script("anchor.js")
    st.html(f'<span class="dateline-anchor"></span><script>{script}</script>', unsafe_allow_javascript=True)
