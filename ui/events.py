"""The story as a list of events, in words: the text twin of the map."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import streamlit as st

from geo.map.payload import Event, Words
from geo.story import Story
from geo.story.format import Disagreement
from geo.views.disagreements import questions_on
from geo.views.sources import source_views
from geo.wording.language import Language
from geo.wording.vocabulary import STATUS, STATUS_SIGN
from ui import markup, stories

_Relation = Literal["fulfils", "fulfilled_by", "replaced_by", "replaces", "part_of", "parts"]
# An event's relations, in the order in which the card has them too.
_RELATIONS: Final[tuple[_Relation, ...]] = ("fulfils", "fulfilled_by", "replaced_by", "replaces", "part_of", "parts")


def contents(story: Story, language: Language, shown: Sequence[str]) -> None:
    """What stands beside the list of the events whose ids are `shown`, and on paper above it.

    Links to its chapters, what the signs mean, and which articles the names of sources stand for.
    """
    told, wanted = stories.scene_of(story, language.code), set(shown)
    events = [event for event in told["events"] if event["id"] in wanted]
    counts = Counter(event["chapter"] for event in events)
    used = {event["status"] for event in events}
    text = language.text
    markup.render(
        "events_contents.html",
        chapters=[
            (chapter["id"], chapter["title"], _event_count(counts[chapter["id"]], language))
            for chapter in told["chapters"]
            if counts[chapter["id"]]
        ],
        signs=[(STATUS_SIGN[status], text(words)) for status, words in STATUS.items() if status in used],
        sources=source_views(story, language),
        words={"chapters": text("On this page"), "signs": text("Signs"), "sources": text("The articles")},
    )


def _event_count(n: int, language: Language) -> str:
    return language.count("{n} event", "{n} events", n)


def event_list(story: Story, language: Language, shown: Sequence[str], chosen: str | None) -> str | None:
    """List the events whose ids are `shown`, in order of time; mark the `chosen` one.

    Returns the id of the event whose button was pressed in this run, else None.
    """
    told = stories.scene_of(story, language.code)
    wanted = set(shown)
    events = [event for event in told["events"] if event["id"] in wanted]
    total = len(story.events)
    all_text = _event_count(total, language)
    some_text = language.count("{n} of {total} events", "{n} of {total} events", len(events), total=total)
    markup.render("count.html", text=all_text if len(events) == total else some_text)
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
            markup.render("heading.html", level=2, id=f"chapter-{heading}", text=titles[heading])
        beside = _Beside(_cited(event, language), questions_on(story, event["id"]))
        if _show_event(event, beside, told["words"], known, language, event["id"] == chosen):
            pressed = event["id"]
    return pressed


def _cited(event: Event, language: Language) -> list[str]:
    """Each source of an event with the paragraphs that tell it, in short, for paper."""
    paragraphs: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for claim in event["claims"]:
        paragraphs[claim["outlet"]][str(claim["paragraph"])] = None
    return [
        language.text("{outlet}, par. {numbers}", outlet=outlet, numbers=", ".join(numbers))
        for outlet, numbers in paragraphs.items()
    ]


class _Beside(NamedTuple):
    """What stands beside an event: its sources in short, and the questions that bear on it."""

    cited: Sequence[str]
    questions: Sequence[Disagreement]


def _show_event(
    event: Event, beside: _Beside, words: Words, known: Mapping[str, str], language: Language, chosen: bool
) -> bool:
    with st.container(key=f"event-{event['id']}", gap=None):
        markup.render(
            "event.html",
            event=event,
            cited=beside.cited,
            words=words,
            relations=_relations(event, words, known),
            sign=STATUS_SIGN[event["status"]],
            questions=[
                (row.disagreement_id, language.typeset(language.of(row, "question"))) for row in beside.questions
            ],
            disagree=language.count("They disagree ({n})", "They disagree ({n})", len(beside.questions)),
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
