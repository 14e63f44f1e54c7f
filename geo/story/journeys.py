"""Which legs make up the journey of a train: as the story has it, and as a version has it that was set aside."""

from collections import defaultdict
from collections.abc import Container, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from geo.story.format import Leg
from geo.story.when import When

OWN: Final = ""
"""The version that the story takes for what happened."""


class Window(NamedTuple):
    """From the earliest to the latest time at which something can have been, in UTC."""

    first: datetime
    last: datetime


class Run(NamedTuple):
    """A leg of the train with its departure and its arrival, both bounded."""

    leg: Leg
    depart: Window
    arrive: Window


def journeys(legs: Iterable[Leg], set_aside: Container[str]) -> dict[tuple[str, str], list[Run]]:
    """The runs of each trip's train and version, in the order of departure.

    A leg takes part if it is by train, along a track, more than planned, and both its windows are bounded. One whose
    event is among the ids that were `set_aside` belongs to the version of that event alone. There it stands for the
    story's own legs between the same two stops, and the story's other legs stay; where it stands for none, the
    version has its own legs only.
    """
    found: dict[tuple[str, str], list[Run]] = defaultdict(list)
    for leg in legs:
        depart, arrive = _window(leg.depart), _window(leg.arrive)
        if leg.is_reported_train and depart and arrive:
            version = leg.event_id if leg.event_id in set_aside else OWN
            found[leg.trip, version].append(Run(leg, depart, arrive))
    told = {
        (trip, version): runs if version == OWN else _completed(runs, found.get((trip, OWN), []))
        for (trip, version), runs in found.items()
    }
    return {key: sorted(runs, key=lambda run: run.depart.first) for key, runs in told.items()}


def _window(when: When | None) -> Window | None:
    return None if when is None or when.end is None else Window(when.start, when.end)


def _completed(version: list[Run], own: list[Run]) -> list[Run]:
    """A version with those of the story's own runs that it does not stand for."""
    ends = {(leg.from_place, leg.to_place) for leg, _, _ in version}
    kept = [run for run in own if (run.leg.from_place, run.leg.to_place) not in ends]
    return version + kept if len(kept) < len(own) else version
