"""The filters of the story: trip, kind, status, source."""

from dataclasses import replace
from typing import Final

import streamlit as st

from geo.story import Story
from geo.story.faults import N_
from geo.views.selection import FILTERS, Selection, values
from geo.wording.language import Language
from geo.wording.vocabulary import KIND, STATUS, trip_title

LABELS: Final = {"trip": N_("Journey"), "kind": N_("Kind of event"), "status": N_("Status"), "source": N_("Source")}


def selection_of_session() -> Selection:
    """The filters the reader chose; they hold for the map and the list."""
    trip, kind, status, source = (tuple(st.session_state.get(name) or ()) for name in FILTERS)
    return Selection(trip, kind, status, source)


def searched_selection() -> Selection:
    """The filters and the words searched for, which hold for the list alone."""
    return replace(selection_of_session(), search=st.session_state.get("q") or "")


def show(story: Story, language: Language) -> None:
    """Draw one choice for each filter; an empty choice lets everything pass."""
    for name, words in _all_names(story, language.code).items():
        st.multiselect(
            language.text(LABELS[name]),
            options=list(words),
            format_func=words.__getitem__,
            key=name,
            placeholder=language.text("All"),
            persist_state="session",
        )
    st.toggle(language.text("Also draw what was not borne out"), key="superseded", persist_state="session")


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Story: lambda story: story.version})
def _all_names(story: Story, code: str) -> dict[str, dict[str, str]]:
    """`names` of every filter, worked out once for all sessions; not to be changed."""
    return {name: names(story, name, Language(code)) for name in FILTERS}


def names(story: Story, name: str, language: Language) -> dict[str, str]:
    """The values of filter `name` that the story uses, with their words in `language`."""
    if name == "source":
        sources = sorted(story.sources, key=lambda source: source.published)
        return {source.source_id: f"{source.outlet}, {language.day(source.published)}" for source in sources}
    used = values(story, name)
    if name == "trip":
        titles = {trip.trip: language.of(trip, "title") for trip in story.trips}
        return {value: trip_title(titles, value, language) for value in used}
    words = KIND if name == "kind" else STATUS
    return {value: language.text(words[value]) for value in used}
