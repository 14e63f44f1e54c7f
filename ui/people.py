"""Who is who: each person in one line, where an article says it, and the events that the person is met in."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo.story import Story
from geo.views.people import EventLine, PersonView, person_views
from geo.views.selection import Selection, selected
from geo.wording.language import Language
from ui import markup, stories


class _Entry(NamedTuple):
    """A person, where the page Sources has the paragraph, and the events: how many there are, and each by heading."""

    person: PersonView
    anchor: str
    how_many: str
    groups: list[tuple[str, list[EventLine]]]


def person_list(story: Story, language: Language, selection: Selection) -> None:
    """List every person; of the events, those that pass the filters."""
    people = _register(story, language)
    passing = set(selected(story, selection))
    markup.render(
        "people.html",
        lines=_lines(people, language),
        entries=[_entry(person, passing, language, filtered=not selection.is_all) for person in people],
        lang=language.code,
        colon=language.text(":"),
    )


@stories.kept
def _register(story: Story, language: Language) -> list[PersonView]:
    return person_views(story, language)


def _lines(people: Sequence[PersonView], language: Language) -> list[str]:
    text = language.text
    lines = [
        language.count(
            "{n} person whom the articles name.",
            "{n} people whom the articles name, in the order of their family names.",
            len(people),
        ),
        text("Each line says no more than the paragraph beneath it; an office is the one held on that day."),
    ]
    if any(not person.appears_in and not person.is_source_for for person in people):
        lines.append(text("Some are only named and are in no event."))
    return lines


def _entry(person: PersonView, passing: set[str], language: Language, *, filtered: bool) -> _Entry:
    groups = [
        (language.text("Appears in"), _passing(person.appears_in, passing)),
        (language.text("Is a source for"), _passing(person.is_source_for, passing)),
    ]
    shown = sum(len(events) for _, events in groups)
    if shown:
        count = language.count("{n} event", "{n} events", shown)
    else:
        count = language.text("no event with these filters") if filtered else language.text("no event")
    return _Entry(person, _anchor(person), count, [(heading, events) for heading, events in groups if events])


def _anchor(person: PersonView) -> str:
    """The paragraph on the page Sources. Without the articles' texts only those are there that claims cite."""
    source = f"source-{person.source_id}"
    return f"{source}-paragraph-{person.paragraph}" if person.is_cited else source


def _passing(events: Iterable[EventLine], passing: set[str]) -> list[EventLine]:
    return [event for event in events if event.event_id in passing]
