"""The key moments of a story: the few events that tell it."""

from collections.abc import Mapping
from typing import Final

from geo.evidence.corroboration import corroboration
from geo.story import Story
from geo.story.format import Event

_MOST_BY_RULE: Final = 10


def key_moments(story: Story) -> Mapping[str, int]:
    """The number of each key moment, 1 … n in the order of time, by the id of its event.

    They are those that the story marks. Where it marks none, they are chosen: the journeys' departures and arrivals,
    the summits, and then what most sources tell, of what happened on a trip, or else of whatever happened.
    """
    marked = [event for event in story.events if event.key_moment]
    if marked:
        ordered = sorted(marked, key=lambda event: event.key_moment or 0)
    else:
        ordered = sorted(_chosen(story), key=lambda event: event.anchor)
    return {event.event_id: number for number, event in enumerate(ordered, 1)}


def _chosen(story: Story) -> list[Event]:
    trips = {trip.trip for trip in story.trips}
    happened = [event for event in story.events if event.status == "happened"]
    candidates = [event for event in happened if event.trip in trips] or happened or list(story.events)
    of_legs = {leg.event_id for leg in story.legs}

    def weight(event: Event) -> tuple[bool, int, int]:
        told = corroboration(story, story.claims_by_event[event.event_id])
        tells_journey = event.event_id in of_legs or event.kind in ("travel", "summit")
        return tells_journey, told.articles, told.origins

    return sorted(candidates, key=weight, reverse=True)[:_MOST_BY_RULE]
