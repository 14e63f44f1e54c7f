"""The pages: which there are for a story, how they are called, and where their files are."""

from pathlib import Path
from typing import Final, Literal, NamedTuple

import streamlit as st

from geo.story import Story
from geo.wording.language import Language

_FOLDER: Final = Path(__file__).resolve().parent.parent / "pages"
# The first page, which has the map; its address is the app's own.
FIRST: Final = "journey"
# Those that a story may have beside it, each at an address of its name.
OTHERS: Final = ("events", "disagreements", "sources", "places", "people", "status")


class Offered(NamedTuple):
    """A page of the app; one that is not `visible` is linked to from where it is needed, and in no bar of pages."""

    name: str
    title: str
    visible: bool = True


def offered(story: Story | None, language: Language) -> list[Offered]:
    """The pages that there are for a story, or for none, in the order of the bar."""
    text = language.text
    found = [
        Offered(FIRST, text("Journey")),
        Offered("events", text("Events")),
        Offered("disagreements", text("They disagree"), bool(story and story.disagreements)),
        Offered("sources", text("Sources")),
        Offered("places", text("Places")),
    ]
    if story is not None and story.people:
        found.append(Offered("people", text("People")))
    # Journey links to it.
    return [*found, Offered("status", text("Check and status"), False)]


def path(name: str) -> str:
    """The address of a page below the app's: nothing for the first."""
    return "" if name == FIRST else name


def page(one: Offered) -> st.Page:
    """A page for Streamlit's navigation."""
    visibility: Literal["visible", "hidden"] = "visible" if one.visible else "hidden"
    return st.Page(file(one.name), title=one.title, default=one.name == FIRST, visibility=visibility)


def file(name: str) -> Path:
    """The file of a page, by which Streamlit knows it."""
    return _FOLDER / f"{name}.py"
