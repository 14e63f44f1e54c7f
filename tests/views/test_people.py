"""geo.views.people: what is told of each person."""

from dataclasses import asdict

import pytest

from geo.story import Story
from geo.views.people import PersonView, person_views
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import StoryWith


def told(story: Story, code: str = "en") -> dict[str, PersonView]:
    return {view.person_id: view for view in person_views(story, Language(code))}


def test_a_person_is_told_in_full(story: Story) -> None:
    """Name, line, where an article says it, and the events of which the person is an actor."""
    assert {
        "person_id": "a",
        "name": ("", "A", ""),
        "line": "Leads the tour.",
        "source_id": "s000",
        "outlet": "A paper",
        "published_text": "12 September 2023",
        "paragraph": 2,
        "paragraph_text": "paragraph 2",
        "is_cited": True,
        "appears_in": ({"event_id": "departure", "when_text": "11 Sept 2023", "title": "Departure"},),
        "is_source_for": (),
    } == asdict(told(story)["a"])


def test_the_family_name_gives_the_order(story: Story) -> None:
    """It is the last word of a name, or the first where the name begins with it."""
    views = person_views(story, Language("en"))
    assert ["A", "Carl Abel", "Anna Mo", "Zet Bo"] == [view.name.whole for view in views]
    assert ["A", "Abel", "Mo", "Zet"] == [view.name.family for view in views]


def test_each_language_has_its_own_order(story_with: StoryWith) -> None:
    """A name that French writes in another way stands where French looks for it, whatever its accents."""
    story = story_with(dateline={"names_fr": {"Zet Bo": "Ábé Bo"}})
    assert ["a", "zet", "carl", "anna"] == list(told(story, "fr"))
    assert ["a", "carl", "anna", "zet"] == list(told(story, "en"))


def test_what_a_person_vouches_for_is_told_apart(story_with: StoryWith) -> None:
    """Events with a claim of the person's origin, in order of time, without those in which the person is an actor."""
    assert ["departure", "plan"] == [event.event_id for event in told(story_with())["zet"].is_source_for]
    acting = told(story_with(events=[{"event_id": "departure", "actors": "B; Zet Bo"}]))["zet"]
    assert ["departure"] == [event.event_id for event in acting.appears_in]
    assert ["plan"] == [event.event_id for event in acting.is_source_for]


def test_a_name_within_a_name_is_another(story_with: StoryWith) -> None:
    """An actor is a whole name: Zet Bolan is not Zet Bo."""
    assert () == told(story_with(events=[{"event_id": "war", "actors": "Zet Bolan"}]))["zet"].appears_in


def test_who_is_only_named_is_in_no_event(story: Story) -> None:
    """Without an origin nobody vouches for the articles' own claims; an uncited paragraph is told as such."""
    anna = told(story)["anna"]
    assert ((), (), False) == (anna.appears_in, anna.is_source_for, anna.is_cited)


def test_lines_are_typeset(story: Story) -> None:
    """French has its space before a colon."""
    assert "Seulement nommée\u00a0: là." == told(story, "fr")["anna"].line


def test_events_are_in_order_of_time(shipped_story: Story) -> None:
    """Also for those who are in many."""
    for view in person_views(shipped_story, Language("en")):
        for events in (view.appears_in, view.is_source_for):
            starts = [shipped_story.event_by_id[event.event_id].when.start for event in events]
            assert sorted(starts) == starts


def test_the_shipped_people_are_whom_the_events_name(shipped_story: Story) -> None:
    """Four are in none: two of a photograph's credit, a factory's namesake, and one whose role no article tells."""
    without = {view.person_id for view in told(shipped_story).values() if not view.appears_in}
    assert {"mikhail-metzel", "milos-schmidt", "vladimir-smirnov", "yuri-gagarin"} == without


@pytest.mark.parametrize("code", LANGUAGES)
def test_hostile_names_stay_text(hostile_story: Story, code: str) -> None:
    """Whatever the table holds is told as it stands."""
    assert len(hostile_story.people) == len(person_views(hostile_story, Language(code)))
