"""The story as a list of events, in words: the text twin of the map."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import streamlit as st

from geo.map.payload import Event, Words
from geo.story import Story
from geo.story.format import Disagreement
from geo.views.disagreements import questions_on
from geo.wording.language import Language
from geo.wording.vocabulary import STATUS_SIGN
from ui import markup, stories

_Relation = Literal["fulfils", "fulfilled_by", "replaced_by", "replaces", "part_of", "parts"]
# An event's relations, in the order in which the card has them too.
_RELATIONS: Final[tuple[_Relation, ...]] = ("fulfils", "fulfilled_by", "replaced_by", "replaces", "part_of", "parts")


def event_list(story: Story, language: Language, shown: Sequence[str], chosen: str | None) -> str | None:
    """List the events whose ids are `shown`, in order of time; mark the `chosen` one.

    Returns the id of the event whose button was pressed in this run, else None.
    """
    told = stories.scene_of(story, language.code)
    wanted = set(shown)
    events = [event for event in told["events"] if event["id"] in wanted]
    st.caption(language.count("{n} event of {total}", "{n} events of {total}", len(events), total=len(story.events)))
    if not events:
        st.info(language.text("No event matches. Take away a filter or a search word."))
    if chosen in wanted:
        markup.render("chosen_link.html", text=language.text("To the event chosen on the map"))
    titles = {chapter["id"]: chapter["title"] for chapter in told["chapters"]}
    known = {event["id"]: event["title"] for event in told["events"]}
    pressed = None
    heading = None
    for event in events:
        if heading != event["chapter"]:
            heading = event["chapter"]
            markup.render("heading.html", level=2, text=titles[heading])
        questions = questions_on(story, event["id"])
        if _show_event(event, questions, told["words"], known, language, event["id"] == chosen):
            pressed = event["id"]
    return pressed


def _show_event(
    event: Event,
    questions: Sequence[Disagreement],
    words: Words,
    known: Mapping[str, str],
    language: Language,
    chosen: bool,
) -> bool:
    with st.container(key=f"event-{event['id']}", gap=None):
        markup.render(
            "event.html",
            event=event,
            words=words,
            relations=_relations(event, words, known),
            sign=STATUS_SIGN[event["status"]],
            questions=[(row.disagreement_id, language.typeset(language.of(row, "question"))) for row in questions],
            disagree=language.count("They disagree ({n})", "They disagree ({n})", len(questions)),
            lang=language.code,
            colon=language.text(":"),
            chosen=chosen,
            chosen_text=language.text("Chosen on the map"),
        )
        return st.button(
            language.text("Show on the map"), key=f"show-{event['id']}", type="tertiary", icon=":material/map:"
        )


def _relations(event: Event, words: Words, known: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Headings and titles of the events that an event fulfils, replaces, belongs to, and so on."""
    found = []
    for name in _RELATIONS:
        linked: str | list[str] | None = event[name]
        ids = linked if isinstance(linked, list) else [linked]
        if titles := [known[other] for other in ids if other]:
            found.append((words[name], titles))
    return found
