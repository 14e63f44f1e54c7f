"""Which events put the train at a stop."""

from dataclasses import replace

import pytest

from geo.journey.itinerary import itineraries, itinerary
from geo.journey.sightings import Sighting, sightings
from geo.story import Story
from tests.support.stories import StoryWith, edited


def of(story: Story) -> list[str]:
    train = itinerary(story, "tour")
    assert train is not None
    return [event_id for event_id, _ in sightings(story, train)]


def test_an_event_at_a_stop_has_the_stops_kilometres(story: Story) -> None:
    """What happened at the first stop is at 0 km, at the last one at the end of the line."""
    train = itinerary(story, "tour")
    assert train is not None
    assert [Sighting("departure", 0), Sighting("visit", train.legs[-1].to_km)] == sightings(story, train)


@pytest.mark.parametrize(
    "changed",
    [
        {"place_id": "delta"},  # no stop
        {"status": "planned"},
        {"kind": "statement"},
        {"trip": "background"},
        {"when": "2023-09-11"},  # before the train can have come
        {"when": "2023-09-15"},  # after the last that is known of it
    ],
)
def test_what_does_not_put_the_train_there(story_with: StoryWith, changed: dict[str, str]) -> None:
    """Only what travellers did at a stop, on this trip, while the train can have been there."""
    assert ["departure", "visit"] == of(story_with())
    assert "visit" not in of(edited(story_with(), "events", "visit", **changed))


def test_an_event_without_an_end_lasts(story: Story) -> None:
    """What goes on shares time with whatever comes after it began."""
    assert "visit" in of(edited(story, "events", "visit", when="2023-09-12/.."))


def test_a_version_has_its_own_event_alone(shipped_story: Story) -> None:
    """The train of a version that was set aside is sighted by the report that has it so."""
    own, version = itineraries(shipped_story)[:2]
    assert ["departure-monday"] == [event_id for event_id, _ in sightings(shipped_story, version)]
    assert "departure-monday" not in [event_id for event_id, _ in sightings(shipped_story, own)]


def test_of_two_stays_at_a_stop_it_is_the_one_of_its_time(story: Story) -> None:
    """A train that comes back is at its first stop twice; the kilometres are those of the stay that fits."""
    train = itinerary(story, "tour")
    assert train is not None
    there, back = train.legs
    returned = replace(train, legs=(there, replace(back, to_place="alpha")))
    late = edited(story, "events", "departure", when="2023-09-13")
    assert [Sighting("departure", back.to_km)] == [
        found for found in sightings(late, returned) if found.event_id == "departure"
    ]
    assert Sighting("departure", 0) in sightings(story, returned)
