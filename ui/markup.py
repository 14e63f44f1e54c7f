"""A story's words on a page: through templates that escape them, never as Markdown or HTML of their own."""

import re
from pathlib import Path
from typing import Any, Final

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

# What Markdown reads as more than itself inside a line, and at the beginning of one.
_MARKS: Final = re.compile(r"[\\`*_~\[\]<>&$^{}|#]|^[-+=]|(?<=^\d)[.)]")
# Streamlit reads these names in colons, wherever they stand, as icons.
_ICON: Final = re.compile(r":(?=\S)")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_HERE: Final = Path(__file__).resolve().parent
_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined
)


def render(template: str, **values: Any) -> None:
    """Put the template of that name, filled with escaped values, on the page."""
    st.html(_TEMPLATES.get_template(template).render(values))


def render_with_script(template: str, script: str, **values: Any) -> None:
    """Put the filled template on the page, and run a script of ours, a file beside this one, on what it made."""
    element = f"{_TEMPLATES.get_template(template).render(values)}<script>{inline_script(script)}</script>"
    st.html(element, unsafe_allow_javascript=True)


def inline_script(name: str) -> str:
    """A script of ours, a file beside this one, without its comments.

    Streamlit drops a script that holds a `<` before a letter, as the types in comments do (`Promise<void>`).
    """
    return _COMMENT.sub("", (_HERE / name).read_text("utf-8"))


def as_markdown(text: str) -> str:
    """Text for a label, which Streamlit reads as Markdown: escaped, so that it is shown as it stands."""
    # A word joiner, which is not seen, keeps what stands between colons from being an icon's name.
    return _ICON.sub(":\u2060", _MARKS.sub(r"\\\g<0>", text))
