"""The codes of the story format in words: English message ids, which `geo.wording.language` translates."""

from collections.abc import Mapping
from typing import Any, Final

from geo.wording.language import Language

STATUS: Final = {
    "happened": "Happened",
    "planned": "Planned",
    "predicted": "Predicted",
    "claimed": "Claimed",
    "denied": "Denied by those concerned",
    "superseded": "Not borne out",
}

# The same sign as on the map, for lists that are text.
STATUS_SIGN: Final = {
    "happened": "●",
    "planned": "◌",
    "predicted": "◎",
    "claimed": "⊖",
    "denied": "⊘",
    "superseded": "✕",
}

KIND: Final = {
    "travel": "Travel",
    "ceremony": "Welcome",
    "summit": "Summit",
    "visit": "Visit",
    "display": "Display",
    "gift": "Gift",
    "statement": "Statement",
    "arms": "Arms",
    "agreement": "Agreement",
    "sanctions": "Sanctions",
    "conflict": "Conflict",
    "space": "Space",
    "border": "Border",
}

STANCE: Final = {
    "reports": "Reports it",
    "announces": "Announces it",
    "predicts": "Predicts it",
    "alleges": "Alleges it",
    "denies": "Denies it",
}

STANCE_FROM: Final = {
    "reports": "Reports it, from {origin}",
    "announces": "Announces it, from {origin}",
    "predicts": "Predicts it, from {origin}",
    "alleges": "Alleges it, from {origin}",
    "denies": "Denies it, from {origin}",
}

EVIDENCE: Final = {
    "stated": "Journey reported; line reconstructed from the railway map",
    "inferred": "Journey inferred from the stops; line reconstructed",
    "planned": "Planned, never reported as done",
}

GEO_PRECISION: Final = {
    "site": "",
    "settlement": "Somewhere in the town",
    "region": "Somewhere in the region",
    "country": "Somewhere in the country",
}

TIME_PRECISION: Final = {
    "year": "The year is known, the day is not",
    "month": "The month is known, the day is not",
    "day": "The day is known, the hour is not",
    "time": "",
    "window": "Some time in this span",
}

PRECISION: Final = {"site": "site", "settlement": "town", "region": "region", "country": "country"}

WHEN_BASIS: Final = {
    "rule": "read by a rule",
    "stated": "stated in full",
    "lasting": "the words date one end of something that lasts; the other is our reading",
    "context": "the words refer to the time of another event",
    "estimate": "the words are vague; narrowed by hand",
    "publication": "dated by the article’s own day",
    "none": "no time is given",
}

# Why a candidate of the place register was chosen; `{place}` is another place of the story that speaks for it.
GEOCODE_REASON: Final = {
    "name": "bears the name",
    "similar-name": "bears a similar name",
    "country": "is a country",
    "capital": "is a capital",
    "population": "has {people} inhabitants",
    "importance": "is well known",
    "in": "lies in {place}",
    "near": "lies near {place}",
    "same-region": "lies in the same region as {place}",
    "same-country": "lies in the same country as {place}",
}

# Why one was rejected; "" where another merely was likelier.
GEOCODE_REJECTION: Final = {
    "other-country": "in another country",
    "other-kind": "not the kind of place that is meant",
    "settled": "the point was set by hand",
    "": "smaller, or further from the story’s other places",
}

BACKGROUND: Final = "Background"
BASIS_INFERRED: Final = "The place is inferred, not stated"


def trip_title(trips: dict[str, str], trip: str, language: Language) -> str:
    """A trip's title, from the story's own `trips` (id → title); what belongs to no trip is background."""
    return trips.get(trip) or language.text(BACKGROUND)


def outlet_text(source: Mapping[str, Any], language: Language) -> str:
    """Who published a source (a row with `outlet` and `article`), and if it does not say so, that it does not."""
    unnamed = source["outlet"] == f"Article {source['article']}"
    return language.text("{outlet} (outlet not named)", outlet=source["outlet"]) if unnamed else str(source["outlet"])


def stance_text(stance: str, origin: str, language: Language) -> str:
    """What an article does with an event, and from whom it has it ("" where it speaks for itself)."""
    return language.text(STANCE_FROM[stance], origin=origin) if origin else language.text(STANCE[stance])
