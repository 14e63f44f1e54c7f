"""What readers read of a person: who that is, where an article says so, and in which events they are met."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from geo.story import Story
from geo.story.format import Event, Person
from geo.story.names import fold
from geo.views.claims import name_in, published_text
from geo.views.events import event_view
from geo.wording.language import Language


class Name(NamedTuple):
    """A name: the family name, and what stands before or after it."""

    before: str
    family: str
    after: str

    @property
    def whole(self) -> str:
        """The name as it is written."""
        return " ".join(part for part in self if part)


@dataclass(frozen=True)
class EventLine:
    """An event as a line of a list: its short date and its title."""

    event_id: str
    when_text: str
    title: str


@dataclass(frozen=True)
class PersonView:
    """One person in words of one language.

    `line` says who it is, as that paragraph of the source does; `is_cited` if claims cite it, too. `appears_in` are the
    events whose actors name the person, `is_source_for` others of which a claim has the person for its origin; both in
    order of time.
    """

    person_id: str
    name: Name
    line: str
    source_id: str
    outlet: str
    published_text: str
    paragraph: int
    paragraph_text: str
    is_cited: bool
    appears_in: tuple[EventLine, ...]
    is_source_for: tuple[EventLine, ...]


def person_views(story: Story, language: Language) -> list[PersonView]:
    """Every person of the story, in the order of the family names as `language` writes them."""
    cited = {(claim.source_id, claim.paragraph) for claim in story.claims}
    lines = _lines(story, language)
    views = [_view(story, person, cited, lines, language) for person in story.people]
    return sorted(views, key=lambda view: (fold(view.name.family), fold(view.name.whole)))


def name_of(story: Story, person: Person, language: Language) -> Name:
    """The name of a person in `language`, which has its parts in the same order as English."""
    words = name_in(story, person.name, language).split()
    if person.family_name_first:
        return Name("", "".join(words[:1]), " ".join(words[1:]))
    return Name(" ".join(words[:-1]), "".join(words[-1:]), "")


def _view(
    story: Story,
    person: Person,
    cited: Collection[tuple[str, int]],
    lines: Mapping[str, EventLine],
    language: Language,
) -> PersonView:
    """A person; `cited` are the paragraphs that claims cite, `lines` the events by id, in order of time."""
    appears = {event.event_id for event in story.events if person.name in event.actors.split("; ")}
    vouched = {event.event_id for event in story.events if _is_source(story, person, event)} - appears
    return PersonView(
        person_id=person.person_id,
        name=name_of(story, person, language),
        line=language.typeset(language.of(person, "line")),
        source_id=person.source_id,
        outlet=story.source_by_id[person.source_id].outlet,
        published_text=published_text(story, person.source_id, language),
        paragraph=person.paragraph,
        paragraph_text=language.text("paragraph {n}", n=person.paragraph),
        is_cited=(person.source_id, person.paragraph) in cited,
        appears_in=tuple(line for event_id, line in lines.items() if event_id in appears),
        is_source_for=tuple(line for event_id, line in lines.items() if event_id in vouched),
    )


def _is_source(story: Story, person: Person, event: Event) -> bool:
    if not person.origin_id:  # a claim without an origin is the article's own
        return False
    return any(claim.origin_id == person.origin_id for claim in story.claims_by_event[event.event_id])


def _lines(story: Story, language: Language) -> dict[str, EventLine]:
    in_time = sorted(story.events, key=lambda event: event.when.start)
    views = (event_view(story, event, story.claims_by_event[event.event_id], language) for event in in_time)
    return {view.event.event_id: EventLine(view.event.event_id, view.short_when, view.title) for view in views}
