"""Which events put the train at one of its stops: the points of its time–distance diagram."""

from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from geo.journey.itinerary import Itinerary
from geo.story import Story
from geo.story.format import Event

# What the travellers do; a statement may be made at a stop by somebody else.
_KINDS: Final = frozenset({"travel", "ceremony", "summit", "visit"})


class Sighting(NamedTuple):
    """An event at a stop, and the stop's distance in kilometres from the start of the trip."""

    event_id: str
    km: float


class _Stay(NamedTuple):
    """A stop, and from when to when the train can have been there; None: the start or the end is not followed."""

    place_id: str
    km: float
    first: datetime | None
    last: datetime


def sightings(story: Story, train: Itinerary) -> list[Sighting]:
    """The events of a train's trip that happened at its stops while it can have been there, in the table's order.

    Of a version that was set aside they are its own event alone: what happened is the story's own train's.
    """
    found = []
    for event in story.events:
        stay = _stay(event, train) if _is_sighting(event, train) else None
        if stay:
            found.append(Sighting(event.event_id, stay.km))
    return found


def _is_sighting(event: Event, train: Itinerary) -> bool:
    if train.version:
        return event.event_id == train.version
    return event.trip == train.trip and event.status == "happened" and event.kind in _KINDS


def _stay(event: Event, train: Itinerary) -> _Stay | None:
    """The first stay at the event's place that shares time with it."""
    for stay in _stays(train):
        begins_before_it_left = event.when.start <= stay.last
        ends_after_it_came = stay.first is None or event.when.end is None or event.when.end >= stay.first
        if stay.place_id == event.place_id and begins_before_it_left and ends_after_it_came:
            return stay
    return None


def _stays(train: Itinerary) -> list[_Stay]:
    first, last = train.legs[0], train.legs[-1]
    between = [
        _Stay(leg.to_place, leg.to_km, leg.arrive.first, following.depart.last)
        for leg, following in pairwise(train.legs)
    ]
    return [
        _Stay(first.from_place, first.from_km, None, first.depart.last),
        *between,
        _Stay(last.to_place, last.to_km, last.arrive.first, train.known_until),
    ]
