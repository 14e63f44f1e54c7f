"""The address bar: language, event or time, filters. Declared here and nowhere else.

A link that is opened restores what it holds; what it holds and the story does not know is as good as absent.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import streamlit as st

from geo.story import Story
from geo.views.selection import FILTERS, values
from geo.wording.language import LANGUAGES
from ui.words import default_language, language_of_session

# What a link may hold at most; longer values are not ours.
_LONGEST: Final = 200
_MOST: Final = 50
# The times that browsers read; Python reads more of ISO 8601.
_TIME_FORM: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def restore(story: Story | None) -> bool:
    """Take over what the address bar holds, when a session starts or the reader went back or forward.

    Without a story nothing of one is known. Returns whether the address moved the reader. An address of ours always
    holds a language; one without (a page that was just opened from the navigation) leaves everything as it is. So
    does one that comes with a choice the reader has just made: the browser sent the two together, and the address may
    be older than the one we wrote last.
    """
    held = {name: st.query_params.get_all(name) for name in st.query_params}
    known = st.session_state.get("_address")
    if known is not None and ("lang" not in held or held == known or _said() != known):
        return False
    for name, value in read(story, held).items():
        st.session_state[name] = value
    st.session_state["lang"] = st.session_state["lang"] or default_language()
    st.session_state["_address"] = _said()
    return True


def read(story: Story | None, held: Mapping[str, list[str]]) -> dict[str, Any]:
    """What an address holds, by the session's names; `lang` is None where it names no language of ours."""
    return {name: reader(story, _bounded(held.get(name, []))) for name, reader in _READERS.items()}


def note(story: Story, event: object, time: object, clock: object, every: object) -> None:
    """Note where the playhead stands, on which clock, and whether one goes through every event.

    What the story does not know is as good as absent.
    """
    st.session_state["every"] = every is True
    st.session_state["clock"] = _clock(story, [clock]) if isinstance(clock, str) else None
    st.session_state["event"] = _event(story, [event]) if isinstance(event, str) else None
    st.session_state["time"] = _time(story, [time]) if isinstance(time, str) else None


def keep() -> None:
    """Write the session's state to the address bar."""
    wanted = _said()
    if wanted != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(wanted)
    st.session_state["_address"] = wanted


def _said() -> dict[str, list[str]]:
    """The session's state as an address."""
    # Streamlit's state of a session is no Mapping.
    return {"lang": [language_of_session().code]} | written(st.session_state.to_dict())


def written(held: Mapping[str, Any]) -> dict[str, list[str]]:
    """What `read` returns, as an address without its language."""
    moment = {"time": held["time"]} if held.get("time") else {"event": held.get("event")}
    said = moment | {
        "clock": held.get("clock"),
        "superseded": "1" if held.get("superseded") else None,
        "every": "1" if held.get("every") else None,
        "q": held.get("q"),
    }
    address = {name: [value] for name, value in said.items() if value}
    return address | {name: list(held[name]) for name in FILTERS if held.get(name)}


def _bounded(given: list[str]) -> list[str]:
    return [value for value in given[:_MOST] if len(value) <= _LONGEST]


def _language(_: Story | None, given: list[str]) -> str | None:
    return next((code for code in given if code in LANGUAGES), None)


def _event(story: Story | None, given: list[str]) -> str | None:
    known = story.event_by_id if story else {}
    return next((event for event in given if event in known), None)


def _time(_: Story | None, given: list[str]) -> str | None:
    for text in given:
        try:
            if _TIME_FORM.fullmatch(text) and datetime.fromisoformat(text):
                return text
        except ValueError:
            continue
    return None


def _clock(_: Story | None, given: list[str]) -> str | None:
    return "news" if given[:1] == ["news"] else None


def _filter(name: str) -> Callable[[Story | None, list[str]], list[str]]:
    def reader(story: Story | None, given: list[str]) -> list[str]:
        known = values(story, name) if story else []
        return [value for value in dict.fromkeys(given) if value in known]

    return reader


_READERS: Final[dict[str, Callable[[Story | None, list[str]], Any]]] = {
    "lang": _language,
    "event": _event,
    "time": _time,
    "clock": _clock,
    **{name: _filter(name) for name in FILTERS},
    "superseded": lambda _, given: given[:1] == ["1"],
    "every": lambda _, given: given[:1] == ["1"],
    "q": lambda _, given: given[0] if given else "",
}
