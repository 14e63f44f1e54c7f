"""What the reader chose to see: the filters, and which events pass them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final

from geo.story import Story
from geo.story.format import Event
from geo.story.names import fold
from geo.views.disagreements import questions_on
from geo.views.events import status_text
from geo.wording.language import LANGUAGES, Language
from geo.wording.vocabulary import KIND

FILTERS: Final = ("trip", "kind", "status", "source")
_LANGUAGES: Final = tuple(map(Language, LANGUAGES))


@dataclass(frozen=True)
class Selection:
    """The chosen values of each filter (empty: all pass) and the words searched for."""

    trip: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    search: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is filtered out."""
        return not any(getattr(self, field.name) for field in fields(self))


def values(story: Story, name: str) -> list[str]:
    """The values of filter `name` (one of `FILTERS`) that the story uses, in order of first use."""
    if name == "source":
        return [source.source_id for source in story.sources]
    return list(dict.fromkeys(getattr(event, name) for event in story.events))


def selected(story: Story, selection: Selection) -> list[str]:
    """The ids of the events that pass every filter, in the order of the table."""
    words = fold(selection.search).split()
    return [
        event.event_id
        for event in story.events
        if _passes(story, event, selection) and (not words or _is_said(words, story, event))
    ]


def _passes(story: Story, event: Event, selection: Selection) -> bool:
    chosen = ((getattr(selection, name), getattr(event, name)) for name in ("trip", "kind", "status"))
    if any(values and value not in values for values, value in chosen):
        return False
    if not selection.source:
        return True
    return any(claim.source_id in selection.source for claim in story.claims_by_event[event.event_id])


def _is_said(words: Iterable[str], story: Story, event: Event) -> bool:
    """Whether all words are in what is written of an event, in every language and with its place's spellings."""
    written = [event.title_en, event.title_fr, event.summary_en, event.summary_fr, event.actors]
    written += [story.source_by_id[claim.source_id].outlet for claim in story.claims_by_event[event.event_id]]
    zone = story.zone(event.place_id)
    for language in _LANGUAGES:
        written += [
            language.text(KIND[event.kind]),
            status_text(story, event, story.claims_by_event[event.event_id], language),
            language.when(event.when, zone, means=event.when_means),
        ]
    written += _disputed(story, event)
    if event.place_id:
        place = story.place_by_id[event.place_id]
        written += [place.name_en, place.name_fr, place.name_local]
        written += [toponym.toponym for toponym in story.toponyms_by_place[event.place_id]]
    text = fold(" ".join(written))
    return all(word in text for word in words)


def _disputed(story: Story, event: Event) -> list[str]:
    """Of an event on which the articles differ: that they do, the questions, and what its own claims answer."""
    questions = questions_on(story, event.event_id)
    written = [language.text("They disagree") for language in _LANGUAGES] if questions else []
    for question in questions:
        written += [question.question_en, question.question_fr]
    for version in story.versions_by_event[event.event_id]:
        written += [version.says_en, version.says_fr]
    return written
