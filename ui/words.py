"""The language of the session."""

import streamlit as st

from geo.wording.language import LANGUAGES, Language, preferred


def default_language() -> str:
    """The code of the language that the reader's browser asks for."""
    return preferred(st.context.locale)


def language_of_session() -> Language:
    """The language the reader chose, or the browser's."""
    code = st.session_state.get("lang")
    return Language(code if code in LANGUAGES else default_language())
