"""What readers read of an event: what happened, where, when, how sure that is, and what it is linked to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TypedDict

from geo.evidence.corroboration import corroboration, root_of
from geo.evidence.dating import is_undated
from geo.story import Story
from geo.story.format import Claim, Event, Place
from geo.views.claims import names_in
from geo.wording import vocabulary
from geo.wording.language import Language, offset_text


@dataclass
class Relations:
    """What an event is linked to, as ids: what it fulfils, is replaced by and is part of, and the same backwards."""

    fulfils: str | None = None
    fulfilled_by: list[str] = field(default_factory=list)
    replaced_by: str | None = None
    replaces: list[str] = field(default_factory=list)
    part_of: str | None = None
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class EventView:
    """An event in words of one language; None is what is not known.

    `claims_heading` says in how many articles it is, and on how many independent origins they rest at least.
    """

    event: Event
    place: Place | None
    zone: tzinfo
    status_text: str
    kind_text: str
    title: str
    label: str
    summary: str
    actors: str
    when_text: str
    short_when: str
    when_note: str | None
    hour_text: str
    head_date: str
    head_clock: str
    place_name: str | None
    place_note: str | None
    claims_heading: str

    @property
    def is_summit(self) -> bool:
        """Whether the leaders met."""
        return self.event.kind == "summit" and self.event.status == "happened"


def event_view(story: Story, event: Event, claims: Sequence[Claim], language: Language) -> EventView:
    """An event as `claims` tell it; it need not be the story's own row, but what an edition knew of it."""
    told = list(claims)
    place = story.place_by_id[event.place_id] if event.place_id else None
    zone = story.zone(event.place_id)
    title = language.typeset(language.of(event, "title"))
    return EventView(
        event=event,
        place=place,
        zone=zone,
        status_text=status_text(story, event, told, language),
        kind_text=language.text(vocabulary.KIND[event.kind]),
        title=title,
        label=language.typeset(language.of(event, "label")) or title,
        summary=language.typeset(language.of(event, "summary")),
        actors=names_in(story, event.actors, language),
        place_name=language.of(place, "name") if place else None,
        place_note=_place_note(event, place, language) if place else None,
        claims_heading=_claims_heading(story, told, language),
        **_undated(story, told, language) if is_undated(story, event, told) else _dated(event, place, zone, language),
    )


class _Dating(TypedDict):
    """The date of an event in words: as the card has it, as a list has it, and as the map's head has it."""

    when_text: str
    short_when: str
    when_note: str | None
    hour_text: str
    head_date: str
    head_clock: str


def _dated(event: Event, place: Place | None, zone: tzinfo, language: Language) -> _Dating:
    when = event.when
    has_time = "T" in when.text
    text = language.when(when, zone, means=event.when_means)
    hours = language.hours(when, zone) if has_time else ""
    is_exact = not (when.approximate or when.uncertain)
    offset = offset_text(when.anchor, zone)
    name = language.of(place, "name") if place else None
    return {
        "when_text": text,
        "short_when": language.short_when(when, zone, means=event.when_means),
        "when_note": _when_note(event, place, offset, language),
        "hour_text": hours or (language.text("hour unknown") if when.precision == "day" and is_exact else ""),
        "head_date": language.day_of(when, zone) if hours else text,
        "head_clock": _joined([name or "", offset]) or "" if hours else "",
    }


def _undated(story: Story, claims: Iterable[Claim], language: Language) -> _Dating:
    """Of an event without a date readers learn on which day it was first told."""
    days = {story.published(claim) for claim in claims}
    date = language.day(min(days))
    if len(days) > 1:
        text = language.text("undated; first told on {date}", date=date)
    else:
        text = language.text("undated; told on {date}", date=date)
    return {
        "when_text": text,
        "short_when": text,
        "when_note": None,
        "hour_text": "",
        "head_date": text,
        "head_clock": "",
    }


def status_text(story: Story, event: Event, claims: Iterable[Claim], language: Language) -> str:
    """What became of an event; of one that is denied, who denies it, as far as the claims name anybody."""
    denying = [claim for claim in claims if claim.stance == "denies" and claim.origin_id]
    if event.status != "denied" or not denying:
        return language.text(vocabulary.STATUS[event.status])
    roots = dict.fromkeys(root_of(story, claim.origin_id) for claim in denying)
    who = language.listed([language.named(story.origin_by_id[root]) for root in roots])
    return language.text("Denied by {origin}", origin=who)


def relations(events: Iterable[Event]) -> Mapping[str, Relations]:
    """What each of some events is linked to among them, by id."""
    rows = list(events)
    known = {event.event_id for event in rows}
    linked: defaultdict[str, Relations] = defaultdict(Relations)
    for event in rows:
        of_event = linked[event.event_id]
        if event.fulfils in known:
            of_event.fulfils = event.fulfils
            linked[event.fulfils].fulfilled_by.append(event.event_id)
        if event.replaced_by in known:
            of_event.replaced_by = event.replaced_by
            linked[event.replaced_by].replaces.append(event.event_id)
        if event.part_of in known:
            of_event.part_of = event.part_of
            linked[event.part_of].parts.append(event.event_id)
    return linked


def _claims_heading(story: Story, claims: Iterable[Claim], language: Language) -> str:
    counts = corroboration(story, claims)
    articles = language.count("In {n} article", "In {n} articles", counts.articles)
    origins = language.count("at least {n} independent origin", "at least {n} independent origins", counts.origins)
    return f"{articles}, {origins}"


def _when_note(event: Event, place: Place | None, offset: str, language: Language) -> str | None:
    notes = [language.text(_precision(event))]
    if place and "T" in event.when.text:
        notes.append(language.text("local time ({place}), {offset}", place=language.named(place), offset=offset))
    return _joined(notes)


def _precision(event: Event) -> str:
    """How exactly the date is known, as far as the date itself does not say so."""
    when = event.when
    if when.approximate or when.uncertain or when.end is None or when.has_open_start:
        return ""
    if when.precision == "window":
        return vocabulary.WHEN_MEANS[event.when_means or "within"]
    return vocabulary.TIME_PRECISION[when.precision]


def _place_note(event: Event, place: Place, language: Language) -> str | None:
    notes = [language.text(vocabulary.GEO_PRECISION[place.geo_precision])]
    if event.place_basis == "inferred":
        notes.append(language.text(vocabulary.BASIS_INFERRED))
    return _joined(notes)


def _joined(notes: Sequence[str]) -> str | None:
    return " · ".join(note for note in notes if note) or None
