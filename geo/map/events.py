"""The events as the player draws them, in hindsight and as each edition knew them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any, Final, cast

from geo.evidence.editions import Editions
from geo.map import payload
from geo.story import Story
from geo.story.format import Event
from geo.views.claims import claims_by_event, placings
from geo.views.events import EventView, Relations, event_view, relations
from geo.views.moments import key_moments
from geo.wording.language import Language

# Places whose point only stands for them: how far they reach is not in the record.
_AREAS: Final = frozenset({"region", "country"})
# What an edition cannot tell otherwise than hindsight does.
_FIXED: Final = frozenset(
    {
        "id",
        "trip",
        "kind",
        "kind_text",
        "actors",
        "anchor",
        "head_date",  # on the clock of the news the head tells the day of publication
        "head_clock",
        "known",
        "chapter",
        "claims",
        "editions",
    }
)


def milliseconds(at: datetime) -> int:
    """An aware time in Unix milliseconds."""
    return round(at.timestamp() * 1000)


def midnight(day: date) -> int:
    """The midnight in UTC on which a day begins, Unix milliseconds: a day of publication has no zone of its own."""
    return milliseconds(datetime.combine(day, time(), UTC))


def noon(day: date) -> datetime:
    """Where the playhead goes on the clock of the news for what a day's articles tell."""
    return datetime.combine(day, time(12), UTC)


def event_payloads(story: Story, editions: Editions, language: Language) -> list[dict[str, Any]]:
    """The events in time order, without their chapters; see `payload.Event`."""
    claims = claims_by_event(story, language)
    linked = relations(story.events)
    keys = key_moments(story)
    events = []
    for event in story.events:
        view = event_view(story, event, story.claims_by_event[event.event_id], language)
        drawn = _drawn(view, linked[event.event_id])
        drawn["key"] = keys.get(event.event_id)
        drawn["known"] = midnight(editions.first_known[event.event_id])
        drawn["claims"] = [cast(payload.Claim, asdict(claim)) for claim in claims[event.event_id]]
        drawn["editions"] = _event_editions(story, editions, event, drawn, language)
        events.append(drawn)
    return sorted(events, key=lambda event: (event["anchor"], event["start"]))


def _drawn(view: EventView, linked: Relations) -> dict[str, Any]:
    event, when, place = view.event, view.event.when, view.place
    return {
        "id": event.event_id,
        "trip": event.trip,
        "status": event.status,
        "status_text": view.status_text,
        "kind": event.kind,
        "kind_text": view.kind_text,
        "title": view.title,
        "label": view.label,
        "summary": view.summary,
        "actors": view.actors,
        "summit": view.is_summit,
        "claims_heading": view.claims_heading,
        "start": milliseconds(when.start),
        "end": milliseconds(when.end) if when.end else None,
        "anchor": milliseconds(event.anchor),
        "zone": str(view.zone),
        "when_text": view.when_text,
        "short_when": view.short_when,
        "when_note": view.when_note,
        "hour_text": view.hour_text,
        "head_date": view.head_date,
        "head_clock": view.head_clock,
        "has_hours": "T" in when.text and when.end is not None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_name": view.place_name,
        "place_note": view.place_note,
        "is_area": place is not None and place.geo_precision in _AREAS,
        **asdict(linked),
    }


def _event_editions(
    story: Story, editions: Editions, event: Event, hindsight: Mapping[str, Any], language: Language
) -> list[payload.EventEdition]:
    """What was known of an event, from each day on that changed it; as differences from hindsight."""
    found: list[dict[str, Any]] = []
    for day in editions.changes(event):
        claims = story.in_order_of_publication(editions.claims(event, day))
        known = editions.event(event, day)
        drawn = _drawn(event_view(story, known, claims, language), _known_relations(hindsight, editions, day))
        told = {name: value for name, value in drawn.items() if name not in _FIXED and value != hindsight[name]}
        told |= {"claims": len(claims), "noted": editions.is_worded(event, day)}
        if known.place_id != event.place_id:
            told["placings"] = placings(story, known, claims, language)
        if not found or told != {name: value for name, value in found[-1].items() if name != "from"}:
            found.append({"from": midnight(day), **told})
    return cast(list[payload.EventEdition], found)


def _known_relations(hindsight: Mapping[str, Any], editions: Editions, at: date) -> Relations:
    """The relations of hindsight to events that were known by the end of a day."""

    def one(name: str) -> str | None:
        other: str | None = hindsight[name]
        return other if other and editions.knows(other, at) else None

    def many(name: str) -> list[str]:
        others: Sequence[str] = hindsight[name]
        return [other for other in others if editions.knows(other, at)]

    return Relations(
        fulfils=one("fulfils"),
        fulfilled_by=many("fulfilled_by"),
        replaced_by=one("replaced_by"),
        replaces=many("replaces"),
        part_of=one("part_of"),
        parts=many("parts"),
    )
