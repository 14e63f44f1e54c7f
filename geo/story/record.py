"""A story: the record of what sources say, as typed rows that are valid and refer to one another."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

import pandas as pd

from geo.story.format import (
    COLUMNS,
    Claim,
    Disagreement,
    Event,
    Figure,
    Geocode,
    Leg,
    Origin,
    Person,
    Place,
    Row,
    Source,
    Toponym,
    Version,
    Waypoint,
)

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Trip:
    """A journey of the story; `start` and `end` are its first and last calendar day in `timezone`."""

    trip: str
    title_en: str
    title_fr: str
    start: date
    end: date
    timezone: str

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Its first midnight and the midnight after its last day, on its own clock, in UTC."""
        zone = ZoneInfo(self.timezone)
        first = datetime.combine(self.start, time(), zone)
        last = datetime.combine(self.end + timedelta(days=1), time(), zone)
        return first.astimezone(UTC), last.astimezone(UTC)


@dataclass(frozen=True, eq=False)
class Story:
    """A valid story: its tables as rows in the order of the files, and what finds a row by an id.

    `timezone` is the name of the zone of what has no place; `version` changes with any file of the story.
    `intro_en` and `intro_fr` say in two sentences what the story is ("" where it has none).
    `names_fr` maps English names of actors and origins to French ones, where the two differ.
    """

    name: str
    title_en: str
    title_fr: str
    timezone: str
    trips: tuple[Trip, ...]
    names_fr: Mapping[str, str]
    version: str
    intro_en: str = ""
    intro_fr: str = ""
    sources: tuple[Source, ...] = ()
    places: tuple[Place, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    events: tuple[Event, ...] = ()
    origins: tuple[Origin, ...] = ()
    claims: tuple[Claim, ...] = ()
    people: tuple[Person, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    versions: tuple[Version, ...] = ()
    legs: tuple[Leg, ...] = ()
    tracks: tuple[Waypoint, ...] = ()
    figures: tuple[Figure, ...] = ()
    geocodes: tuple[Geocode, ...] = ()

    @cached_property
    def source_by_id(self) -> Mapping[str, Source]:
        """The sources by id."""
        return {source.source_id: source for source in self.sources}

    @cached_property
    def place_by_id(self) -> Mapping[str, Place]:
        """The places by id."""
        return {place.place_id: place for place in self.places}

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.event_id: event for event in self.events}

    @cached_property
    def claim_by_id(self) -> Mapping[str, Claim]:
        """The claims by id."""
        return {claim.claim_id: claim for claim in self.claims}

    @cached_property
    def origin_by_id(self) -> Mapping[str, Origin]:
        """The origins by id."""
        return {origin.origin_id: origin for origin in self.origins}

    @cached_property
    def set_aside(self) -> frozenset[str]:
        """The ids of the events that a better version replaced."""
        return frozenset(event.event_id for event in self.events if event.status == "superseded")

    @cached_property
    def claims_by_event(self) -> Mapping[str, list[Claim]]:
        """The claims of each event, by its id; an event without claims has an empty list."""
        return _grouped(self.claims, lambda claim: claim.event_id)

    @cached_property
    def disagreement_by_id(self) -> Mapping[str, Disagreement]:
        """The disagreements by id."""
        return {question.disagreement_id: question for question in self.disagreements}

    @cached_property
    def versions_by_event(self) -> Mapping[str, list[Version]]:
        """What the claims of each event answer to disagreements, by its id, in the order of the table."""
        return _grouped(self.versions, lambda version: self.claim_by_id[version.claim_id].event_id)

    @cached_property
    def versions_by_disagreement(self) -> Mapping[str, list[Version]]:
        """The versions of each disagreement, by its id, in the order of the table."""
        return _grouped(self.versions, lambda version: version.disagreement_id)

    @cached_property
    def events_by_place(self) -> Mapping[str, list[Event]]:
        """The events at each place, by its id."""
        return _grouped(self.events, lambda event: event.place_id)

    @cached_property
    def toponyms_by_place(self) -> Mapping[str, list[Toponym]]:
        """The names of each place, by its id."""
        return _grouped(self.toponyms, lambda toponym: toponym.place_id)

    @cached_property
    def geocodes_by_place(self) -> Mapping[str, list[Geocode]]:
        """The candidates of each place, by its id."""
        return _grouped(self.geocodes, lambda geocode: geocode.place_id)

    @cached_property
    def waypoints_by_track(self) -> Mapping[str, list[Waypoint]]:
        """The waypoints of each track, by its id, from its start to its end."""
        return _grouped(sorted(self.tracks, key=lambda waypoint: waypoint.seq), lambda waypoint: waypoint.track_id)

    def zone(self, place_id: str) -> ZoneInfo:
        """The time zone kept at a place, or the story's where `place_id` is "". KeyError if unknown."""
        return ZoneInfo(self.place_by_id[place_id].timezone if place_id else self.timezone)

    def published(self, claim: Claim) -> date:
        """The day on which the source of a claim was published."""
        return self.source_by_id[claim.source_id].published

    def in_order_of_publication(self, claims: Iterable[Claim]) -> list[Claim]:
        """Claims by the day of their source, then by source and paragraph."""
        return sorted(claims, key=lambda claim: (self.published(claim), claim.source_id, claim.paragraph))

    def frame(self, table: str) -> pd.DataFrame:
        """A table for work on tables: text with "" where empty, dates as written, numbers as numbers.

        Of a number that is missing pandas makes NaN.
        """
        rows: tuple[Row, ...] = getattr(self, table)
        return pd.DataFrame([row.cells() for row in rows], columns=COLUMNS[table])


def _grouped(rows: Iterable[R], key: Callable[[R], str]) -> Mapping[str, list[R]]:
    groups: defaultdict[str, list[R]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
