"""The codes of the story format in words: English message ids, which `geo.wording.language` translates."""

from typing import Final

from geo.story.faults import N_
from geo.story.format import Source
from geo.wording.language import Language

STATUS: Final = {
    "happened": N_("Happened"),
    "planned": N_("Planned"),
    "predicted": N_("Predicted"),
    "claimed": N_("Claimed"),
    "denied": N_("Denied"),
    "superseded": N_("Not borne out"),
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
    "travel": N_("Travel"),
    "ceremony": N_("Welcome"),
    "summit": N_("Summit"),
    "visit": N_("Visit or meeting"),
    "display": N_("Display"),
    "gift": N_("Gift"),
    "statement": N_("Statement"),
    "arms": N_("Arms"),
    "agreement": N_("Relations"),
    "sanctions": N_("Sanctions"),
    "conflict": N_("Conflict and crisis"),
    "space": N_("Space"),
    "border": N_("Border"),
}

STANCE: Final = {
    "reports": N_("Reported as fact"),
    "announces": N_("Announced"),
    "predicts": N_("Predicted"),
    "alleges": N_("Alleged"),
    "denies": N_("Denied"),
}

STANCE_FROM: Final = {
    "reports": N_("Reported as fact, citing {origin}"),
    "announces": N_("Announced, citing {origin}"),
    "predicts": N_("Predicted, citing {origin}"),
    "alleges": N_("Alleged, citing {origin}"),
    "denies": N_("Denied, citing {origin}"),
}

EVIDENCE: Final = {
    "stated": N_("Journey reported; line reconstructed from the railway map"),
    "inferred": N_("Journey inferred from the stops; line reconstructed"),
    "planned": N_("Planned, never reported as done"),
}

GEO_PRECISION: Final = {
    "site": "",
    "settlement": N_("Somewhere in the town or city"),
    "region": N_("Somewhere in the region"),
    "country": N_("Somewhere in the country"),
}

TIME_PRECISION: Final = {
    "year": N_("The year is known, the day is not"),
    "month": N_("The month is known, the day is not"),
    "day": N_("The day is known, the hour is not"),
    "time": "",
}

WHEN_MEANS: Final = {"within": N_("A moment somewhere in this span"), "throughout": N_("Throughout this span")}

PRECISION: Final = {
    "site": N_("site"),
    "settlement": N_("town or city"),
    "region": N_("region"),
    "country": N_("country"),
}

WHEN_BASIS: Final = {
    "rule": N_("read by a rule"),
    "stated": N_("stated in full"),
    "lasting": N_("one end of something that lasts is given; the other is our reading"),
    "context": N_("the context refers to the time of another event"),
    "estimate": N_("nothing exact is said; narrowed by hand"),
    "publication": N_("dated by the article’s own day"),
    "none": N_("no time is given"),
}

# Why a candidate for a place was chosen; `{place}` is another place of the story that speaks for it.
GEOCODE_REASON: Final = {
    "name": N_("bears the name"),
    "similar-name": N_("bears a similar name"),
    "country": N_("is a country"),
    "capital": N_("is a capital"),
    "population": N_("has {people} inhabitants"),
    "importance": N_("is well known"),
    "in": N_("lies in {place}"),
    "near": N_("lies near {place}"),
    "same-region": N_("lies in the same region as {place}"),
    "same-country": N_("lies in the same country as {place}"),
}

# Why one was rejected; "" where another merely was likelier.
GEOCODE_REJECTION: Final = {
    "other-country": N_("in another country"),
    "other-kind": N_("not the kind of place that is meant"),
    "settled": N_("the point was set by hand"),
    "": N_("smaller, or further from the story’s other places"),
}

BACKGROUND: Final = N_("Background")
BASIS_INFERRED: Final = N_("The place is inferred, not stated")


def trip_title(trips: dict[str, str], trip: str, language: Language) -> str:
    """A trip's title, from the story's own `trips` (id → title); what belongs to no trip is background."""
    return trips.get(trip) or language.text(BACKGROUND)


def is_outlet_named(source: Source) -> bool:
    """Whether a source says who published it; else it goes by its number, as the story's own notes call it."""
    return source.outlet != f"Article {source.article}"


def stance_text(stance: str, origin: str, language: Language) -> str:
    """What an article does with an event, and from whom it has it ("" where it speaks for itself)."""
    return language.text(STANCE_FROM[stance], origin=origin) if origin else language.text(STANCE[stance])
