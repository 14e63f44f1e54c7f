"""What surrounds every page: the style, the title and headline, the filters and the language."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import streamlit as st

from geo.map import files
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from ui import faults, filters, markup

_HERE: Final = Path(__file__).resolve().parent
# As its content: a path would be sent to the reader as an address where Streamlit has no library for images.
ICON: Final = "data:image/svg+xml;base64," + b64encode((_HERE / "icon.svg").read_bytes()).decode("ascii")
NAMES: Final = {"en": "English", "fr": "Français"}


def style(language: Language) -> None:
    """The app's style sheet, and the document's language for screen readers."""
    own = (_HERE / "frame.css").read_text("utf-8")
    st.html(f"<style>{files.colours()}\n{own}\n{faults.STYLE}</style>")
    markup.render_with_script("document.html", "document.js", code=language.code, words=_words(language))


def _words(language: Language) -> dict[str, str]:
    """What the page says outside of what Streamlit lets us write, by the script's names."""
    return {
        "skip": language.text("Skip to the content"),
        "pages": language.text("Pages"),
        "clear": language.text("Clear the search"),
        "colon": language.text(":"),
        "locale": str(language.locale).replace("_", "-"),
        "lost": language.text(
            "The connection to the server is lost. An open map plays on; language, filters and the other pages wait "
            "until it is back."
        ),
    }


def header(story: Story, language: Language, pages: Sequence[st.Page], page: st.Page) -> None:
    """The headline of `page` with filters and language beside it, and for phones links to the `pages`."""
    title = language.typeset(language.of(story, "title"))
    st.set_page_config(page_title=f"{page.title} — {title} — Dateline")
    with st.container(horizontal=True, key="pages"):
        for other in pages:
            if other.visibility == "visible":
                st.page_link(other)
    with st.container(horizontal=True, vertical_alignment="center", key="headline"):
        # The first page is the story's own; the others name themselves under its name.
        markup.render("headline.html", story=title, page="" if page.url_path == "" else page.title)
        filters.filter_menu(story, language)
        st.segmented_control(
            language.text("Language"),
            options=LANGUAGES,
            format_func=NAMES.__getitem__,
            key="lang",
            label_visibility="collapsed",
            required=True,
            persist_state="session",
        )
    printed = filters.in_force(story, language)
    markup.render("printed.html", printed=language.text("Printed on"), filters=printed)
    _resume()


@st.fragment(run_every=timedelta(days=1))
def _resume() -> None:
    """Nothing to see: it makes the page ask for a run when it was reconnected.

    Streamlit's page does that only if something on it repeats. Without it a new replica knows nothing of the reader
    until the next click, and takes the address in the bar for newer than that click.
    """


def entered(page: str, moved: bool) -> None:
    """Note the page; if it is another one than before, or the address moved, the map has to move to it."""
    if moved or st.session_state.get("_page") != page:
        st.session_state["_moved"] = True
    st.session_state["_page"] = page
