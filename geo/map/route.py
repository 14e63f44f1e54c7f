"""The route as the player draws it: the line of each leg, the trains on theirs, and what a trip's map must hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, cast

from geopy.distance import great_circle

from geo.evidence.editions import Editions
from geo.journey import geojson
from geo.journey.itinerary import Itinerary, Knots
from geo.journey.sightings import sightings
from geo.map import payload
from geo.map.events import midnight, milliseconds
from geo.map.paces import halts, pace_payloads
from geo.story import Story
from geo.story.format import Leg, Place
from geo.story.journeys import OWN
from geo.wording.language import Language

# Statements may be made far away (Washington); the view follows the journey, not the commentary.
_KINDS_IN_VIEW: Final = frozenset({"travel", "ceremony", "summit", "display"})
_PRECISE: Final = frozenset({"site", "settlement"})
_VIEW_MARGIN_DEGREES: Final = 0.4
# A view of a few points needs a margin; a line of many fills it by itself.
_FEW_POINTS: Final = 20
# A trip without a line is shown where most of it happens, with what is this near.
_NEAR_KM: Final = 100.0

Line = list[payload.LatLon]


def lines(story: Story) -> dict[str, Line]:
    """The line of each leg by its id, in lat-lon order; empty where one of its ends is unknown."""
    return {
        feature["id"]: [[lat, lon] for lon, lat in feature["geometry"]["coordinates"]] if feature["geometry"] else []
        for feature in geojson.legs(story)["features"]
    }


def leg_payloads(
    story: Story, editions: Editions, trains: Sequence[Itinerary], language: Language
) -> list[payload.Leg]:
    """The legs that have a line, in the order of the table."""
    # The train of a version that was set aside comes after the story's own, whose kilometres hold where both run.
    spans = {leg.leg_id: (leg.from_km, leg.to_km) for train in reversed(trains) for leg in train.legs}
    trip_starts = {trip.trip: trip.span[0] for trip in story.trips}
    line_of = lines(story)
    found = []
    for leg in story.legs:
        if not (line := line_of[leg.leg_id]):
            continue
        # A leg that no source dates belongs to its whole trip.
        written = leg.depart or leg.arrive
        known, given_up = _known(story, editions, leg)
        from_km, to_km = spans.get(leg.leg_id, (None, None))
        found.append(
            payload.Leg(
                id=leg.leg_id,
                trip=leg.trip,
                # A leg that hindsight sets aside was real to the readers of its day.
                only_then=leg.event_id in story.set_aside,
                known=known,
                given_up=given_up,
                evidence=leg.evidence,
                start=milliseconds(written.start if written else trip_starts[leg.trip]),
                line=line,
                from_km=from_km,
                to_km=to_km,
                note=language.typeset(language.of(leg, "note")),
            )
        )
    return found


def _known(story: Story, editions: Editions, leg: Leg) -> tuple[int | None, int | None]:
    """From when on a leg was known, and when it was given up: by its own event, or else by any of its trip.

    None of both for a leg of the train in a version that was set aside, as in `Editions.legs`.
    """
    if leg.is_reported_train and leg.event_id in story.set_aside:
        return None, None
    if leg.event_id:
        event = story.event_by_id[leg.event_id]
        days = [(day, editions.event(event, day).status == "superseded") for day in editions.changes(event)]
        known = min((day for day, given_up in days if not given_up), default=None)
        given_up = min((day for day, given_up in days if given_up), default=None)
    else:
        of_trip = [editions.first_known[event.event_id] for event in story.events if event.trip == leg.trip]
        known, given_up = min(of_trip, default=None), None
    return _midnight(known), _midnight(given_up)


def _midnight(day: date | None) -> int | None:
    return None if day is None else midnight(day)


def train_payload(story: Story, train: Itinerary, trains: Sequence[Itinerary], language: Language) -> payload.Train:
    """Where the train of a trip can have been, for any moment; `trains` are all of the story."""
    own = next((other for other in trains if train.version and (other.trip, other.version) == (train.trip, OWN)), None)
    stops = [(train.legs[0].from_place, train.legs[0].from_km)]
    stops += [(leg.to_place, leg.to_km) for leg in train.legs]
    drawn = {
        "trip": train.trip,
        "version": train.version or None,
        "legs": _runs(train),
        "lat_lon": [[round(lat, 5), round(lon, 5)] for lat, lon in train.lat_lon],
        "km": [round(km, 3) for km in train.km],
        "least": _knots(train.least),
        "steady": _knots(train.steady),
        "greatest": _knots(train.greatest),
        "from": milliseconds(train.known_from),
        "until": milliseconds(train.known_until),
        "stops": [
            payload.Stop(
                km=km,
                name=(name := language.named(story.place_by_id[place])),
                at=language.text("at {place}", place=name),
                label=language.of(story.place_by_id[place], "name"),
                zone=story.place_by_id[place].timezone,
                arrived=arrived,
                left=left,
            )
            for (place, km), (arrived, left) in zip(stops, halts(story, train, language), strict=True)
        ],
        "sightings": [payload.Sighting(event=event, km=km) for event, km in sightings(story, train)],
        "paces": pace_payloads(story, train, own, language),
    }
    return cast(payload.Train, drawn)


def _runs(train: Itinerary) -> list[payload.Run]:
    departures = [train.known_from, *(at for at, _ in train.steady[2::2])]
    runs = [(leg.leg_id, at) for leg, at in zip(train.legs, departures, strict=True)]
    runs += [(leg_id, train.known_until) for leg_id in train.onward]
    return [payload.Run(leg=leg_id, start=milliseconds(at)) for leg_id, at in runs]


def _knots(knots: Knots) -> list[payload.Knot]:
    return [[milliseconds(at), km] for at, km in knots]


def bounds(story: Story, trip: str, line_of: Mapping[str, Line]) -> payload.Bounds | None:
    """South-west and north-east corner of what a trip shows: its lines, and the places of its own events."""
    shown = {event.place_id for event in story.events if event.trip == trip and event.kind in _KINDS_IN_VIEW}
    places = [place for place in story.places if place.place_id in shown and place.geo_precision in _PRECISE]
    line = [point for leg in story.legs if leg.trip == trip for point in line_of[leg.leg_id]]
    points = [[place.lat, place.lon] for place in (places if line else _near(story, trip, places))] + line
    if not points:
        return None
    margin = _VIEW_MARGIN_DEGREES if len(points) < _FEW_POINTS else 0
    lats, lons = zip(*points, strict=True)
    return [[min(lats) - margin, min(lons) - margin], [max(lats) + margin, max(lons) + margin]]


def _near(story: Story, trip: str, places: Sequence[Place]) -> list[Place]:
    """The one of these places where most of a trip happens, and those that are near it."""
    count = Counter(event.place_id for event in story.events if event.trip == trip)
    busiest = max(places, key=lambda place: count[place.place_id], default=None)
    return [
        place
        for place in places
        if busiest and great_circle((busiest.lat, busiest.lon), (place.lat, place.lon)).km <= _NEAR_KM
    ]
