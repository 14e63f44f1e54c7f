"""A story as a reader knew it on a day: only what had been published by then, and nothing learnt since."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final

import pandas as pd

from geo.geocoding.gazetteer import Gazetteer
from geo.story.record import Story
from geo.story.when import WhenError, parse_when

# What a claim makes of its event; where claims differ, the first of these that is among them holds.
_STATUS: Final = {
    "reports": "happened",
    "announces": "planned",
    "predicts": "predicted",
    "alleges": "claimed",
    "denies": "denied",
}
_OPEN: Final = datetime.max.replace(tzinfo=UTC) - datetime.min.replace(tzinfo=UTC)

Row = dict[str, Any]


def editions(story: Story) -> list[date]:
    """The days on which sources of the story were published, in order, each once."""
    return sorted({date.fromisoformat(day) for day in story.sources["published"]})


def as_known(story: Story, at: date) -> Story:
    """The story as published by the end of the day ``at``. The story given is left as it is.

    Sources, claims, events, legs, versions, disagreements and figures not yet known are left out, and so are legs of
    events given up for another. The status, date, place and links of an event follow from its known claims.
    Places, toponyms, origins and tracks stay. Titles, summaries and notes are the story's, written in hindsight.
    ``version`` tells the latest edition known, so that what is remembered by it is never of another day.
    """
    sources = story.sources[story.sources["published"] <= at.isoformat()]
    claims = story.claims[story.claims["source_id"].isin(sources["source_id"])]
    events = _known_events(story, sources, claims)
    versions = story.versions[story.versions["claim_id"].isin(claims["claim_id"])]
    differing = versions.groupby("disagreement_id")["version_id"].transform("size") >= 2
    versions = versions[differing]
    disagreements = story.disagreements[story.disagreements["disagreement_id"].isin(versions["disagreement_id"])]
    latest = sources["published"].max() if len(sources) else ""
    return replace(
        story,
        version=f"{story.version}@{latest}",
        sources=sources.reset_index(drop=True),
        events=events,
        claims=claims.reset_index(drop=True),
        disagreements=disagreements.reset_index(drop=True),
        versions=versions.reset_index(drop=True),
        figures=story.figures[story.figures["claim_id"].isin(claims["claim_id"])].reset_index(drop=True),
        legs=story.legs[_known_legs(story.legs, events)].reset_index(drop=True),
    )


def _known_events(story: Story, sources: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    published = dict(zip(sources["source_id"], sources["published"], strict=True))
    by_event: dict[str, list[Row]] = {}
    for claim in _rows(claims):
        by_event.setdefault(claim["event_id"], []).append(claim | {"published": published[claim["source_id"]]})
    in_all = story.claims["event_id"].value_counts().to_dict()
    gazetteer = Gazetteer(story)
    events = [
        _known_event(story, gazetteer, event, by_event[event["event_id"]], in_all[event["event_id"]], by_event.keys())
        for event in _rows(story.events)
        if event["event_id"] in by_event
    ]
    return pd.DataFrame(events, columns=story.events.columns, dtype=story.events["event_id"].dtype)


def _rows(table: pd.DataFrame) -> list[Row]:
    return [{str(column): cell for column, cell in row.items()} for row in table.to_dict("records")]


def _known_event(story: Story, gazetteer: Gazetteer, event: Row, claims: list[Row], in_all: int, known: Any) -> Row:
    """An event as its known claims have it; ``in_all`` is the number of all its claims, ``known`` the known ids."""
    whole = len(claims) == in_all
    links = {
        column: event[column] if event[column] in known else "" for column in ("part_of", "fulfils", "replaced_by")
    }
    stances = {claim["stance"] for claim in claims}
    status = "superseded" if links["replaced_by"] else next(_STATUS[stance] for stance in _STATUS if stance in stances)
    named = {gazetteer.find(claim["place_as_written"]) for claim in claims if claim["place_as_written"]}
    placed = whole or event["place_basis"] == "inferred" or event["place_id"] in named
    place = {column: event[column] if placed else "" for column in ("place_id", "place_basis")}
    when = event["when"] if whole else _known_when(event["when"], claims, story.zone(place["place_id"]))
    return event | links | place | {"status": status, "when": when}


def _known_when(own: str, claims: list[Row], zone: tzinfo) -> str:
    """The event's own date if a claim gives it, else the narrowest that one gives, else about the first article."""
    spans = [(span, claim) for claim in claims if (span := _span(claim["when"], zone))]
    if any(claim["when"] == own for _, claim in spans):
        return own
    if not spans:
        return f"{min(claim['published'] for claim in claims)}~"
    narrowest = min(span for span, _ in spans)
    equal = [claim for span, claim in spans if span == narrowest]
    latest = max(claim["published"] for claim in equal)
    first = min((claim for claim in equal if claim["published"] == latest), key=lambda claim: claim["claim_id"])
    return str(first["when"])


def _span(text: str, zone: tzinfo) -> timedelta | None:
    """How long a date lasts; None if there is none, or none on the clock of a place that is not known yet."""
    try:
        when = parse_when(text, zone) if text else None
    except WhenError:
        return None
    if when is None:
        return None
    return _OPEN if when.end is None else when.end - when.start


def _known_legs(legs: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """Whether each leg is known: by its event, unless that was given up, or else by any event of its trip."""
    standing = events.loc[events["status"] != "superseded", "event_id"]
    by_trip = (legs["event_id"] == "") & legs["trip"].isin(events["trip"])
    return legs["event_id"].isin(standing) | by_trip
