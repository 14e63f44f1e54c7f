"""What readers read of a place: how its name became a point, and what else it could have meant."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from geopy.distance import great_circle

from geo.geocoding.decisions import CHOSEN, CURATOR, NAIVE, REJECTED, spellings
from geo.geocoding.gazetteer import Gazetteer
from geo.story import Story
from geo.story.format import Geocode, Place
from geo.story.names import fold
from geo.wording import vocabulary
from geo.wording.language import Language, Named

# A candidate this near is the same place by another name.
SAME_PLACE_KM: Final = 50.0
# Two points for one of these may lie far apart.
_AREAS: Final = frozenset({"region", "country"})


@dataclass(frozen=True)
class RejectedCandidate:
    """A candidate that was not chosen, in words; `km` is how far it lies from the place that was."""

    name: str
    country: str
    kind_text: str
    toponym: str
    lat: float
    lon: float
    km: float
    reason_text: str
    by_hand: bool


@dataclass(frozen=True)
class PlaceView:
    """One place in words of one language.

    `lat`, `lon` are WGS 84 degrees. `spellings` are pairs of a name and its language's code. `event_ids`
    are in the order of the story's table. `is_named`: whether a claim quotes a name of the place, or an event is there.
    """

    place_id: str
    name: str
    name_local: str
    within: str
    precision_text: str
    lat: float
    lon: float
    spellings: tuple[tuple[str, str], ...]
    provider_text: str
    decided_text: str
    by_hand: bool
    why: tuple[str, ...]
    note: str
    is_named: bool
    naive_text: str
    naive_is_right: bool
    rejected: tuple[RejectedCandidate, ...]
    event_ids: tuple[str, ...]


def place_views(story: Story, language: Language) -> list[PlaceView]:
    """Every place of the story, in the order of its table."""
    tables = (story.places, story.toponyms, story.claims)
    names = spellings(*([row.cells() for row in table] for table in tables))
    gazetteer = Gazetteer(story)
    quoted = {gazetteer.find(claim.place_as_written) for claim in story.claims if claim.place_as_written}
    return [
        _entry(story, place, names[place.place_id][0], language, is_quoted=place.place_id in quoted)
        for place in story.places
    ]


def elsewhere(story: Story, place_id: str) -> list[tuple[Geocode, float]]:
    """The candidates for a place that were rejected and are another place, each with how many kilometres away.

    What the name alone would have led to comes first, then the likeliest.
    """
    place = story.place_by_id[place_id]
    rejected = [row for row in story.geocodes_by_place[place_id] if row.decision == REJECTED]
    rejected.sort(key=lambda row: not row.is_naive)
    return [(row, _km(row, place)) for row in rejected if not _is_same_place(row, place)]


def _entry(story: Story, place: Place, first_name: str, language: Language, *, is_quoted: bool) -> PlaceView:
    rows = story.geocodes_by_place[place.place_id]
    chosen = next(row for row in rows if row.decision == CHOSEN)
    naive_text, naive_is_right = _naive(rows, place, first_name, language)
    return PlaceView(
        place_id=place.place_id,
        name=language.of(place, "name"),
        name_local=place.name_local,
        within=_within(story, place, language),
        precision_text=language.text(vocabulary.PRECISION[place.geo_precision]),
        lat=place.lat,
        lon=place.lon,
        spellings=tuple({row.toponym: row.lang for row in story.toponyms_by_place[place.place_id]}.items()),
        provider_text=_provider(chosen, language),
        decided_text=language.day(chosen.decided_on),
        by_hand=chosen.decided_by == CURATOR,
        why=_why(story, chosen, language),
        note=language.typeset((language.code == "fr" and place.note_fr) or place.note),
        is_named=is_quoted or bool(story.events_by_place[place.place_id]),
        naive_text=naive_text,
        naive_is_right=naive_is_right,
        rejected=tuple(
            _rejected(row, place, language)
            for row in rows
            if row.decision == REJECTED and not _is_same_area(row, place)
        ),
        event_ids=tuple(event.event_id for event in story.events_by_place[place.place_id]),
    )


def _within(story: Story, place: Place, language: Language) -> str:
    """What the place lies in, from the nearest: the places it is part of, then its country."""
    parents: list[str] = []
    parent = place.part_of
    while parent:
        around = story.place_by_id[parent]
        parents.append(language.of(around, "name"))
        parent = around.part_of
    country = language.country(place.country)
    if country and country not in parents and place.geo_precision != "country":
        parents.append(country)
    return ", ".join(parents)


def _provider(chosen: Geocode, language: Language) -> str:
    if chosen.provider == "manual":
        return language.text("entered by hand")
    provider = {"geonames": "GeoNames", "nominatim": "Nominatim"}[chosen.provider]
    return language.text(
        "{provider} {number}, there “{name}”", provider=provider, number=chosen.provider_ref, name=chosen.name
    )


def _why(story: Story, chosen: Geocode, language: Language) -> tuple[str, ...]:
    """Why the place stands where it does, a sentence each: a person's note, or what speaks for the candidate."""
    if chosen.decided_by == CURATOR:
        return (language.typeset(language.of(chosen, "note")),)
    reasons = (reason for reason in chosen.reason_codes if reason != NAIVE)
    return tuple(_reason(story, reason, chosen.population or 0, language) for reason in reasons)


def _reason(story: Story, reason: str, population: int, language: Language) -> str:
    """A reason in words; where another place speaks for the candidate, with its name in this language."""
    code, _, other_name = reason.partition(":")
    other = Named(other_name)
    # Of two places that a provider calls alike, the first is meant.
    bearers = (row.place_id for row in story.geocodes if row.decision == CHOSEN and row.name == other_name)
    if bearer := next(bearers, None):
        other = language.named(story.place_by_id[bearer])
    return language.text(vocabulary.GEOCODE_REASON[code], place=other, people=language.number(population))


def _naive(rows: Iterable[Geocode], place: Place, name: str, language: Language) -> tuple[str, bool]:
    """What a look-up by name alone answers, and whether that is the place."""
    row = next((row for row in rows if row.is_naive), None)
    if row is None:
        return language.text("“{name}” finds nothing", name=name), False
    if _is_same_place(row, place):
        return language.text("“{name}” finds the same place", name=name), True
    found = language.text(
        "“{name}” leads to {found} ({country}), {km} km away",
        name=name,
        found=row.name,
        country=language.country(row.country),
        km=language.number(_km(row, place)),
    )
    return found, False


def _rejected(row: Geocode, place: Place, language: Language) -> RejectedCandidate:
    misfits = [reason for reason in row.reason_codes if reason in vocabulary.GEOCODE_REJECTION]
    reason = vocabulary.GEOCODE_REJECTION[misfits[0] if misfits else ""]
    return RejectedCandidate(
        name=row.name,
        country=language.country(row.country),
        kind_text=language.text(vocabulary.PRECISION[row.kind]),
        toponym=row.toponym,
        lat=row.lat,
        lon=row.lon,
        km=_km(row, place),
        reason_text=language.typeset(language.of(row, "note")) or language.text(reason),
        by_hand=row.decided_by == CURATOR,
    )


def _is_same_place(row: Geocode, place: Place) -> bool:
    """Whether a candidate is the place by another point: near it, or the same country or region."""
    return _is_same_area(row, place) or _km(row, place) <= SAME_PLACE_KM


def _is_same_area(row: Geocode, place: Place) -> bool:
    if row.kind not in _AREAS or (row.kind, row.country) != (place.geo_precision, place.country):
        return False
    names = {fold(name) for name in (place.name_en, place.name_fr, place.name_local)}
    return row.kind == "country" or fold(row.name) in names


def _km(one: Geocode, other: Place) -> float:
    return float(great_circle(one.lat_lon, other.lat_lon).km)
