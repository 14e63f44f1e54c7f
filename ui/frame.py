"""What surrounds every page: the style, the headline, the filters and the language."""

import runpy
from base64 import b64encode
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import streamlit as st

from geo.map import files
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from ui import filters, markup

_HERE: Final = Path(__file__).resolve().parent
# As its content: a path would be sent to the reader as an address where Streamlit has no library for images.
ICON: Final = "data:image/svg+xml;base64," + b64encode((_HERE / "icon.svg").read_bytes()).decode("ascii")
_NAMES: Final = {"en": "English", "fr": "Français"}


def style(language: Language) -> None:
    """The app's style sheet, and the document's language for screen readers."""
    st.html(f"<style>{files.colours()}\n{(_HERE / 'frame.css').read_text('utf-8')}</style>")
    script = markup.inline_script("document.js")
    # Only a code of LANGUAGES is put into the page, never a reader's or a story's text.
    st.html(
        f'<span lang="{language.code}" class="dateline-language"></span><script>{script}</script>',
        unsafe_allow_javascript=True,
    )


def header(story: Story, language: Language, pages: Sequence[st.Page]) -> None:
    """The story's headline with filters and language beside it, and for phones links to the pages."""
    with st.container(horizontal=True, key="pages"):
        for page in pages:
            if page.visibility == "visible":
                st.page_link(page)
    with st.container(horizontal=True, vertical_alignment="center", key="headline"):
        markup.render("heading.html", level=1, text=language.typeset(getattr(story, f"title_{language.code}")))
        label = language.text("Filters")
        if not filters.selection_of_session().is_all:
            label = language.text("Filters (on)")
        with st.popover(label, icon=":material/filter_alt:"):
            filters.filter_controls(story, language)
        st.segmented_control(
            "Language · Langue",
            options=LANGUAGES,
            format_func=_NAMES.__getitem__,
            key="lang",
            label_visibility="collapsed",
            required=True,
            persist_state="session",
        )
    _resume()


@st.fragment(run_every=timedelta(days=1))
def _resume() -> None:
    """Nothing to see: it makes the page ask for a run when it was reconnected.

    Streamlit's page does that only if something on it repeats. Without it a new replica knows nothing of the reader
    until the next click, and takes the address in the bar for newer than that click.
    """


def around() -> None:
    """Put the frame around a page that runs without it.

    The first visitor of a fresh server is shown a page by its file name, before Streamlit knows of `app.py`'s
    navigation. Every page calls this first: it runs `app.py`, which runs the page again inside the frame.
    """
    if "_page" not in st.session_state:
        runpy.run_path(str(_HERE.parent / "app.py"))
        st.stop()


def entered(page: str, moved: bool) -> None:
    """Note the page; if it is another one than before, or the address moved, the map has to move to it."""
    if moved or st.session_state.get("_page") != page:
        st.session_state["_moved"] = True
    st.session_state["_page"] = page
