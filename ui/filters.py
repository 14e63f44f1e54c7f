"""The filters of the story: trip, kind, status, source."""

from collections import Counter
from dataclasses import replace
from typing import Final

import streamlit as st

from geo.story import Story
from geo.story.faults import N_
from geo.views.selection import FILTERS, Selection, values
from geo.wording.language import Language
from geo.wording.vocabulary import KIND, STATUS, trip_title
from ui import markup

LABELS: Final = {"trip": N_("Journey"), "kind": N_("Kind of event"), "status": N_("Status"), "source": N_("Source")}
# So many chosen values the button names; the rest is a number.
_NAMED: Final = 2


def selection_of_session() -> Selection:
    """The filters the reader chose; they hold for the map and the list."""
    trip, kind, status, source = (tuple(st.session_state.get(name) or ()) for name in FILTERS)
    return Selection(trip, kind, status, source)


def searched_selection() -> Selection:
    """The filters and the words searched for, which hold for the list alone."""
    return replace(selection_of_session(), search=st.session_state.get("q") or "")


def filter_menu(story: Story, language: Language) -> None:
    """The button that names what is chosen and opens the filters, and while any is chosen one that takes all away."""
    is_all = selection_of_session().is_all
    with st.popover(markup.as_markdown(_label(story, language)), icon=":material/filter_alt:", key="filters"):
        _filter_controls(story, language)
    if not is_all:
        st.button(
            language.text("Remove the filters"),
            key="remove-filters",
            on_click=_remove,
            type="tertiary",
            icon=":material/close:",
        )


def in_force(story: Story, language: Language) -> str:
    """The filters and the search in force as a line for paper, "" where all is shown."""
    selection = searched_selection()
    parts = [
        language.text("{heading}: {names}", heading=language.text(LABELS[name]), names=", ".join(words))
        for name, words in _chosen(story, language).items()
        if words
    ]
    if selection.search:
        parts.append(language.text("Search: “{words}”", words=selection.search))
    return " · ".join(parts)


def _label(story: Story, language: Language) -> str:
    words = [word for of_filter in _chosen(story, language).values() for word in of_filter]
    if not words:
        return language.text("Filters")
    more = f" +{len(words) - _NAMED}" if len(words) > _NAMED else ""
    return language.text("Filters: {names}", names=", ".join(words[:_NAMED]) + more)


def _chosen(story: Story, language: Language) -> dict[str, list[str]]:
    """For every filter its chosen values in words."""
    selection, words = selection_of_session(), _all_names(story, language.code)
    return {name: [words[name][value] for value in getattr(selection, name)] for name in FILTERS}


def _remove() -> None:
    for name in FILTERS:
        st.session_state[name] = []


def _filter_controls(story: Story, language: Language) -> None:
    """Draw one choice for each filter; an empty choice lets everything pass."""
    for name, words in _all_names(story, language.code).items():
        counts = _all_counts(story)[name]
        labels = {
            value: f"{markup.as_markdown(word)} ({language.number(counts[value])})" for value, word in words.items()
        }
        st.pills(
            language.text(LABELS[name]),
            options=list(words),
            format_func=labels.__getitem__,
            key=name,
            selection_mode="multi",
            persist_state="session",
        )
    st.toggle(language.text("Also show what was not borne out"), key="superseded", persist_state="session")


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Story: lambda story: story.version})
def _all_names(story: Story, code: str) -> dict[str, dict[str, str]]:
    """`names` of every filter, worked out once for all sessions; not to be changed."""
    return {name: names(story, name, Language(code)) for name in FILTERS}


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Story: lambda story: story.version})
def _all_counts(story: Story) -> dict[str, Counter[str]]:
    """`counts` of every filter, worked out once for all sessions; not to be changed."""
    return {name: counts(story, name) for name in FILTERS}


def counts(story: Story, name: str) -> Counter[str]:
    """How many events of the story have each value of filter `name`."""
    if name != "source":
        return Counter(getattr(event, name) for event in story.events)
    told = {(claim.source_id, claim.event_id) for claim in story.claims}
    return Counter(source_id for source_id, _ in told)


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
