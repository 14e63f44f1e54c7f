"""The register of a story's places: how each name became a point, and what else it could have meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from geopy.distance import great_circle

from geo.geocoding.decisions import CHOSEN, CURATOR, NAIVE, REJECTED, is_naive, reasons_of, spellings
from geo.geocoding.gazetteer import Gazetteer
from geo.story.record import Story
from geo.wording import vocabulary
from geo.wording.language import Language

# A candidate this near is the same place by another name.
SAME_PLACE_KM: Final = 50.0

Row = Mapping[Any, Any]


@dataclass(frozen=True)
class Rejected:
    """A candidate that was not chosen, in words; ``km`` is how far it lies from the place that was."""

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
class Entry:
    """One place of the register, in words of one language.

    ``lat``, ``lon`` are WGS 84 degrees. ``spellings`` are pairs of a name and its language's code. ``event_ids``
    are in the order of the story's table.
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
    naive_text: str
    naive_is_right: bool
    rejected: tuple[Rejected, ...]
    event_ids: tuple[str, ...]


def register(story: Story, language: Language) -> list[Entry]:
    """Every place of the story, in the order of its table."""
    gazetteer = Gazetteer(story)
    names = spellings(*(table.to_dict("records") for table in (story.places, story.toponyms, story.claims)))
    return [_entry(story, gazetteer.place(place_id), names[place_id][0], language) for place_id in names]


def elsewhere(story: Story, place: pd.Series) -> list[tuple[Row, float]]:
    """The candidates for a place that were rejected and are another place, each with how many kilometres away.

    What the name alone would have led to comes first, then the likeliest.
    """
    rejected = [row for row in _geocodes(story, place["place_id"]) if row["decision"] == REJECTED]
    rejected.sort(key=lambda row: not is_naive(row))
    distances = [(row, _km(row, place)) for row in rejected]
    return [(row, km) for row, km in distances if km > SAME_PLACE_KM]


def _entry(story: Story, place: pd.Series, first_name: str, language: Language) -> Entry:
    rows = _geocodes(story, place["place_id"])
    chosen = next(row for row in rows if row["decision"] == CHOSEN)
    toponyms = story.toponyms[story.toponyms["place_id"] == place["place_id"]]
    events = story.events[story.events["place_id"] == place["place_id"]]
    naive_text, naive_is_right = _naive(rows, place, first_name, language)
    return Entry(
        place_id=place["place_id"],
        name=place[f"name_{language.code}"],
        name_local=place["name_local"],
        within=_within(story, place, language),
        precision_text=language.text(vocabulary.PRECISION[place["geo_precision"]]),
        lat=place["lat"],
        lon=place["lon"],
        spellings=tuple(dict(zip(toponyms["toponym"], toponyms["lang"], strict=True)).items()),
        provider_text=_provider(chosen, language),
        decided_text=language.day(str(chosen["decided_on"])),
        by_hand=chosen["decided_by"] == CURATOR,
        why=_why(story, chosen, language),
        naive_text=naive_text,
        naive_is_right=naive_is_right,
        rejected=tuple(_rejected(row, place, language) for row in rows if row["decision"] == REJECTED),
        event_ids=tuple(events["event_id"]),
    )


def _geocodes(story: Story, place_id: str) -> list[Row]:
    rows: Iterable[Row] = story.geocodes[story.geocodes["place_id"] == place_id].to_dict("records")
    return list(rows)


def _within(story: Story, place: pd.Series, language: Language) -> str:
    """What the place lies in, from the nearest: the places it is part of, then its country."""
    parents: list[str] = []
    places = story.places.set_index("place_id")
    parent = str(place["part_of"])
    while parent:
        parents.append(str(places.at[parent, f"name_{language.code}"]))
        parent = str(places.at[parent, "part_of"])
    country = _country(place, language)
    if country and country not in parents and place["geo_precision"] != "country":
        parents.append(country)
    return ", ".join(parents)


def _country(row: Row | pd.Series, language: Language) -> str:
    return str(language.locale.territories.get(row["country"], row["country"]))


def _provider(chosen: Row, language: Language) -> str:
    if chosen["provider"] == "manual":
        return language.text("entered by hand")
    provider = {"geonames": "GeoNames", "nominatim": "Nominatim"}[chosen["provider"]]
    return language.text("{provider} {number}, there “{name}”", provider=provider, number=chosen["provider_ref"],
                         name=chosen["name"])  # fmt: skip


def _why(story: Story, chosen: Row, language: Language) -> tuple[str, ...]:
    """Why the place stands where it does, a sentence each: a person's note, or what speaks for the candidate."""
    if chosen["decided_by"] == CURATOR:
        return (language.typeset(chosen[f"note_{language.code}"]),)
    population: int = 0 if pd.isna(chosen["population"]) else int(chosen["population"])
    return tuple(_reason(story, reason, population, language) for reason in reasons_of(chosen) if reason != NAIVE)


def _reason(story: Story, reason: str, population: int, language: Language) -> str:
    """A reason in words; where another place speaks for the candidate, with its name in this language."""
    code, _, other = reason.partition(":")
    geocodes = story.geocodes[story.geocodes["decision"] == CHOSEN].drop_duplicates("name")
    place_ids = dict(zip(geocodes["name"], geocodes["place_id"], strict=True))
    if other in place_ids:
        other = str(story.places.set_index("place_id").at[place_ids[other], f"name_{language.code}"])
    people = language.number(population)
    return language.text(vocabulary.GEOCODE_REASON[code], place=other, people=people)


def _naive(rows: list[Row], place: pd.Series, name: str, language: Language) -> tuple[str, bool]:
    """What a look-up by name alone answers, and whether that is the place."""
    row = next((row for row in rows if is_naive(row)), None)
    if row is None:
        return language.text("“{name}” finds nothing", name=name), False
    if _km(row, place) <= SAME_PLACE_KM:
        return language.text("“{name}” finds the same place", name=name), True
    found = language.text(
        "“{name}” leads to {found} ({country}), {km} km away",
        name=name,
        found=row["name"],
        country=_country(row, language),
        km=language.number(_km(row, place)),
    )
    return found, False


def _rejected(row: Row, place: pd.Series, language: Language) -> Rejected:
    misfits = [reason for reason in reasons_of(row) if reason in vocabulary.GEOCODE_REJECTION]
    note = row[f"note_{language.code}"]
    reason = vocabulary.GEOCODE_REJECTION[misfits[0] if misfits else ""]
    return Rejected(
        name=row["name"],
        country=_country(row, language),
        kind_text=language.text(vocabulary.PRECISION[row["kind"]]),
        toponym=row["toponym"],
        lat=row["lat"],
        lon=row["lon"],
        km=_km(row, place),
        reason_text=language.typeset(note) or language.text(reason),
        by_hand=row["decided_by"] == CURATOR,
    )


def _km(one: Row | pd.Series, other: Row | pd.Series) -> float:
    return float(great_circle((one["lat"], one["lon"]), (other["lat"], other["lon"])).km)
