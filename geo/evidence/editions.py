"""A story as a reader knew it on a day: only what had been published by then, and nothing learnt since."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from geo.geocoding.gazetteer import Gazetteer
from geo.story import Story
from geo.story.format import Claim, Event, Leg, Version
from geo.story.when import When, WhenError, by_day, parse_when

# What a claim makes of its event; where claims differ, the first of these that is among them holds.
STATUS_OF_STANCE: Final = {
    "reports": "happened",
    "announces": "planned",
    "predicts": "predicted",
    "alleges": "claimed",
    "denies": "denied",
}
_LINKS: Final = ("part_of", "fulfils", "replaced_by")
_AHEAD: Final = ("planned", "predicted")
_PLACE: Final = ("place_id", "place_basis")
_SUMMARY: Final = ("summary_en", "summary_fr")
_LABEL: Final = ("label_en", "label_fr")
_NOTES: Final = ("note_en", "note_fr")
_UNJUDGED: Final = {"drawn": False, "why_en": "", "why_fr": ""}
_TITLE_THEN: Final = {"title_en": "title_then_en", "title_fr": "title_then_fr"}
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
        own.add(self._told_from(event))
        others = {self.first_known[other] for other in self._linked[event.event_id] if other in self.first_known}
        return sorted({day for day in own | others if day >= first})

    def event(self, event: Event, at: date) -> Event:
        """A known event as its claims published by the end of a day have it."""
        claims = self.claims(event, at)
        links = {column: linked if self.knows(linked := getattr(event, column), at) else "" for column in _LINKS}
        stances = {claim.stance for claim in claims}
        status = (
            "superseded"
            if links["replaced_by"]
            else next(STATUS_OF_STANCE[s] for s in STATUS_OF_STANCE if s in stances)
        )
        told = self._told_from(event) <= at
        place = self._known_place(event, claims, told)
        when = event.when if told else self._known_when(event, claims, status, place["place_id"])
        words = {} if told and status == event.status else _words_then(event)
        return event.model_copy(update={**links, **place, **words, "status": status, "when": when})

    def is_worded(self, event: Event, at: date) -> bool:
        """Whether our summary of an event, and our notes on its claims, tell no more than was published by then."""
        return self._told_from(event) <= at and self.event(event, at).status == event.status

    def _told_from(self, event: Event) -> date:
        """The day from which all of an event's row is told: its words, place and date, but for its status."""
        if event.known_with:
            return self._story.source_by_id[event.known_with].published
        return max(map(self._story.published, self._story.claims_by_event[event.event_id]))

    def _known_place(self, event: Event, claims: Sequence[Claim], told: bool) -> dict[str, str]:
        """A place is known once a claim names it, or once all that it was inferred from is published.

        Until then, the event is where the latest claim puts it that names a place of the story.
        """
        latest_first = sorted(claims, key=self._story.published, reverse=True)
        named = [self._gazetteer.find(claim.place_as_written) for claim in latest_first if claim.place_as_written]
        if told or event.place_id in named:
            return {column: getattr(event, column) for column in _PLACE}
        place = next((place for place in named if place in self._story.place_by_id), None)
        return {"place_id": place or "", "place_basis": "stated" if place else ""}

    def _known_when(self, event: Event, claims: Sequence[Claim], status: str, place_id: str) -> When:
        """The event's own date if a claim gives it, else the narrowest that one gives; of equal ones the latest told.

        What claims give no date of their own stands from the first to the last day on which it was told so far. What
        none gives any date came about no later than it was told, or, if it is yet to come, no earlier.
        """
        zone = self._story.zone(place_id)
        dated = [(when, claim) for claim in claims if (when := _read(claim.when, zone))]
        if any(when.text == event.when.text for when, _ in dated):
            return parse_when(event.when.text, zone)
        if not dated:
            first = min(map(self._story.published, claims))
            return parse_when(f"{first}/..", zone) if status in _AHEAD else by_day(first, zone)
        undated = [claim for when, claim in dated if claim.when_basis == "publication" and when.end]
        days = sorted({self._story.published(claim) for claim in undated})
        if len(undated) == len(dated) and len(days) > 1:
            return parse_when(f"{days[0]}/{days[-1]}", zone)
        own = [(when, claim) for when, claim in dated if claim not in undated] or dated
        narrowest = min(_span(when) for when, _ in own)
        equal = [(when, claim) for when, claim in own if _span(when) == narrowest]
        latest = max(self._story.published(claim) for _, claim in equal)
        newest = [(when, claim) for when, claim in equal if self._story.published(claim) == latest]
        return min(newest, key=lambda pair: pair[1].claim_id)[0]

    def placed_from(self, event: Event) -> date:
        """The day from which an event that has a place is known to be there."""
        return next(day for day in self.changes(event) if self.event(event, day).place_id)

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
    events given up for another. The status, date, place and links of an event follow from its known claims. Where our
    own words tell more, an event has its title of before and no summary, its claims have no notes, and no version of a
    disagreement is preferred. Places, toponyms, origins, tracks and the notes on legs stay.
    `version` tells the latest edition known, so that what is remembered by it is never of another day.
    """
    editions = Editions(story)
    events = {event.event_id: editions.event(event, at) for event in story.events if editions.knows(event.event_id, at)}
    worded = {event_id for event_id in events if editions.is_worded(story.event_by_id[event_id], at)}
    claims = tuple(
        claim if claim.event_id in worded else claim.model_copy(update=dict.fromkeys(_NOTES, ""))
        for claim in story.claims
        if story.published(claim) <= at
    )
    known = {claim.claim_id for claim in claims}
    versions = _versions(story, known, is_judged=at >= editions.days[-1])
    latest = max((day for day in editions.days if day <= at), default="")
    return replace(
        story,
        version=f"{story.version}@{latest}",
        sources=tuple(source for source in story.sources if source.published <= at),
        events=tuple(events.values()),
        claims=claims,
        disagreements=tuple(row for row in story.disagreements if row.disagreement_id in versions),
        versions=tuple(row for rows in versions.values() for row in rows),
        figures=tuple(figure for figure in story.figures if figure.claim_id in known),
        legs=tuple(editions.legs(events)),
    )


def _versions(story: Story, claims: Collection[str], *, is_judged: bool) -> Mapping[str, list[Version]]:
    """The versions that known claims give, by the id of the question that two of them at least answer.

    Which one is right we judged with all articles at hand.
    """
    found: defaultdict[str, list[Version]] = defaultdict(list)
    for row in story.versions:
        if row.claim_id in claims:
            found[row.disagreement_id].append(row if is_judged else row.model_copy(update=_UNJUDGED))
    return {question: rows for question, rows in found.items() if len(rows) >= 2}


def _words_then(event: Event) -> dict[str, str]:
    """The titles that hold until all of an event's row is told; no summary, and no other label."""
    titles = {column: getattr(event, then) or getattr(event, column) for column, then in _TITLE_THEN.items()}
    return titles | dict.fromkeys((*_SUMMARY, *_LABEL), "")


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
