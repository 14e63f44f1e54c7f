"""The key moments: marked by the story, or chosen by a rule."""

from dataclasses import replace

from geo.story import Story
from geo.views.moments import key_moments
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import edited


def test_the_shipped_story_is_told_in_eight_to_twelve(shipped_story: Story) -> None:
    """It leaves, crosses, meets, visits, is still ahead; lands and meets: in this order, each with a caption."""
    keys = key_moments(shipped_story)
    assert 8 <= len(keys) <= 12
    assert list(range(1, len(keys) + 1)) == list(keys.values())
    told = ["departure-pyongyang", "arrival-khasan", "summit-vostochny", "komsomolsk-visit", "vladivostok-planned"]
    assert [*told, "arrival-sunan", "talks-pyongyang"] == [
        event for event in keys if event in {*told, "arrival-sunan", "talks-pyongyang"}
    ]
    for code in LANGUAGES:
        language = Language(code)
        assert all(language.of(shipped_story.event_by_id[event], "summary") for event in keys)


def test_a_storys_own_marks_hold(story: Story) -> None:
    """What it marks is told, in the order of its numbers; nothing is added."""
    marked = edited(edited(story, "events", "visit", key_moment=7), "events", "departure", key_moment=3)
    assert {"departure": 1, "visit": 2} == key_moments(marked)


def test_without_marks_they_are_chosen(story: Story) -> None:
    """Departures and arrivals and what most sources carry, in the order of time; nothing that did not happen."""
    keys = key_moments(story)
    assert 1 == keys["departure"]
    events = [story.event_by_id[event] for event in keys]
    assert events == sorted(events, key=lambda event: event.anchor)
    assert {"happened"} == {event.status for event in events}


def test_of_many_the_journey_and_what_most_articles_tell_are_chosen(shipped_story: Story) -> None:
    """Ten at most, the departure and both summits among them."""
    unmarked = tuple(event.model_copy(update={"key_moment": None}) for event in shipped_story.events)
    keys = key_moments(replace(shipped_story, events=unmarked))
    assert 10 == len(keys)
    assert {"departure-pyongyang", "arrival-khasan", "summit-vostochny", "arrival-sunan"} <= set(keys)


def test_a_story_without_a_trip_has_key_moments_too(story: Story) -> None:
    """All of it is background then."""
    untold = tuple(event.model_copy(update={"trip": "background"}) for event in story.events)
    assert key_moments(replace(story, events=untold, trips=(), legs=()))
