"""A story as a reader knew it on a day: only what had been published by then, and nothing learnt since."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from geo.geocoding.gazetteer import Gazetteer
from geo.story import Story
from geo.story.format import Claim, Event, Leg
from geo.story.when import When, WhenError, parse_when

# What a claim makes of its event; where claims differ, the first of these that is among them holds.
_STATUS: Final = {
    "reports": "happened",
    "announces": "planned",
    "predicts": "predicted",
    "alleges": "claimed",
    "denies": "denied",
}
_LINKS: Final = ("part_of", "fulfils", "replaced_by")
_OPEN: Final = datetime.max.replace(tzinfo=UTC) - datetime.min.replace(tzinfo=UTC)


class Editions:
    """What was known of a story at the end of each day on which one of its sources was published.

    `days` are these days in order, each once; `first_known` is the day on which each event could first be read of,
    by id.
    """

    def __init__(self, story: Story) -> None:
        """Sort out since when each event is known."""
        self.days: Sequence[date] = sorted({source.published for source in story.sources})
        self.first_known: Mapping[str, date] = {
            event: min(map(story.published, claims)) for event, claims in story.claims_by_event.items() if claims
        }
        self._story = story
        self._gazetteer = Gazetteer(story)
        self._linked = _linked(story)

    def knows(self, event_id: str, at: date) -> bool:
        """Whether an event could be read of by the end of a day."""
        return event_id in self.first_known and self.first_known[event_id] <= at

    def claims(self, event: Event, at: date) -> list[Claim]:
        """The claims of an event published by the end of a day."""
        story = self._story
        return [claim for claim in story.claims_by_event[event.event_id] if story.published(claim) <= at]

    def changes(self, event: Event) -> list[date]:
        """The days from which other things are known of an event: by its own claims, or of an event linked to it."""
        first = self.first_known[event.event_id]
        own = {self._story.published(claim) for claim in self._story.claims_by_event[event.event_id]}
        others = {self.first_known[other] for other in self._linked[event.event_id] if other in self.first_known}
        return sorted({day for day in own | others if day >= first})

    def event(self, event: Event, at: date) -> Event:
        """A known event as its claims published by the end of a day have it."""
        claims = self.claims(event, at)
        whole = len(claims) == len(self._story.claims_by_event[event.event_id])
        links = {column: linked if self.knows(linked := getattr(event, column), at) else "" for column in _LINKS}
        stances = {claim.stance for claim in claims}
        status = "superseded" if links["replaced_by"] else next(_STATUS[s] for s in _STATUS if s in stances)
        place = self._known_place(event, claims, whole)
        when = event.when if whole else self._known_when(event, claims, place["place_id"])
        return event.model_copy(update={**links, **place, "status": status, "when": when})

    def _known_place(self, event: Event, claims: Sequence[Claim], whole: bool) -> dict[str, str]:
        """A stated place is known once a claim names it; one that was inferred always was."""
        named = {self._gazetteer.find(claim.place_as_written) for claim in claims if claim.place_as_written}
        placed = whole or event.place_basis == "inferred" or event.place_id in named
        return {column: getattr(event, column) if placed else "" for column in ("place_id", "place_basis")}

    def _known_when(self, event: Event, claims: Sequence[Claim], place_id: str) -> When:
        """The event's own date if a claim gives it, else the narrowest that one gives, else about the first article."""
        zone = self._story.zone(place_id)
        dated = [(when, claim) for claim in claims if (when := _read(claim.when, zone))]
        if any(when.text == event.when.text for when, _ in dated):
            return parse_when(event.when.text, zone)
        if not dated:
            return parse_when(f"{min(map(self._story.published, claims))}~", zone)
        narrowest = min(_span(when) for when, _ in dated)
        equal = [(when, claim) for when, claim in dated if _span(when) == narrowest]
        latest = max(self._story.published(claim) for _, claim in equal)
        newest = [(when, claim) for when, claim in equal if self._story.published(claim) == latest]
        return min(newest, key=lambda pair: pair[1].claim_id)[0]

    def legs(self, events: Mapping[str, Event]) -> list[Leg]:
        """The legs that known events make known: each by its own, unless that was given up, or by any of its trip.

        None of the train's that belongs to a version set aside: what else it rests on may have come later.
        """
        trips = {event.trip for event in events.values()}
        told = (
            leg for leg in self._story.legs if not (leg.is_reported_train and leg.event_id in self._story.set_aside)
        )
        return [leg for leg in told if _is_known(leg, events, trips)]


def as_known(story: Story, at: date) -> Story:
    """The story as published by the end of the day `at`. The story given is left as it is.

    Sources, claims, events, legs, versions, disagreements and figures not yet known are left out, and so are legs of
    events given up for another. The status, date, place and links of an event follow from its known claims.
    Places, toponyms, origins and tracks stay. Titles, summaries and notes are the story's, written in hindsight.
    `version` tells the latest edition known, so that what is remembered by it is never of another day.
    """
    editions = Editions(story)
    claims = {claim.claim_id for claim in story.claims if story.published(claim) <= at}
    events = {event.event_id: editions.event(event, at) for event in story.events if editions.knows(event.event_id, at)}
    versions: dict[str, list[str]] = defaultdict(list)
    for version in story.versions:
        if version.claim_id in claims:
            versions[version.disagreement_id].append(version.version_id)
    open_questions = {question for question, known in versions.items() if len(known) >= 2}
    latest = max((day for day in editions.days if day <= at), default="")
    return replace(
        story,
        version=f"{story.version}@{latest}",
        sources=tuple(source for source in story.sources if source.published <= at),
        events=tuple(events.values()),
        claims=tuple(claim for claim in story.claims if claim.claim_id in claims),
        disagreements=tuple(row for row in story.disagreements if row.disagreement_id in open_questions),
        versions=tuple(
            row for row in story.versions if row.claim_id in claims and row.disagreement_id in open_questions
        ),
        figures=tuple(figure for figure in story.figures if figure.claim_id in claims),
        legs=tuple(editions.legs(events)),
    )


def _linked(story: Story) -> Mapping[str, set[str]]:
    """The events that each event is linked to, in either direction."""
    linked: dict[str, set[str]] = defaultdict(set)
    for event in story.events:
        for column in _LINKS:
            if other := getattr(event, column):
                linked[event.event_id].add(other)
                linked[other].add(event.event_id)
    return linked


def _read(when: When | None, zone: tzinfo) -> When | None:
    """A claim's date on the clock of the place as known by then; None where it has none there."""
    try:
        return parse_when(when.text, zone) if when else None
    except WhenError:
        return None


def _span(when: When) -> timedelta:
    return _OPEN if when.end is None else when.end - when.start


def _is_known(leg: Leg, events: Mapping[str, Event], trips: set[str]) -> bool:
    if not leg.event_id:
        return leg.trip in trips
    return leg.event_id in events and events[leg.event_id].status != "superseded"
