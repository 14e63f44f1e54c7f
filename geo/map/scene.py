"""What the time player receives: a story in one language, ready to be drawn, as JSON-able dictionaries.

Times are Unix milliseconds, coordinates WGS 84 degrees in lat-lon order (Leaflet's), distances kilometres.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Final

import pandas as pd
from babel.dates import format_interval, format_timedelta

from geo.evidence.corroboration import corroboration
from geo.evidence.editions import as_known, editions
from geo.evidence.french_dates import resolve
from geo.evidence.join import join
from geo.evidence.stated_distances import KM_A_UNIT, checks
from geo.geocoding.gazetteer import Gazetteer
from geo.journey import geojson as features
from geo.journey.itinerary import Itinerary, itinerary
from geo.journey.timeline import Chapter, chapters, trip_span
from geo.map.labels import labels
from geo.story.faults import N_
from geo.story.record import Story
from geo.story.when import When, parse_when
from geo.views.places import elsewhere
from geo.wording import vocabulary
from geo.wording.language import Language, offset_text, zone_of

Json = dict[str, Any]

# How far a region or a country reaches from its point, kilometres: only how wide the “somewhere” circle is drawn.
_RADIUS_KM: Final = {"region": 400.0, "country": 400.0}
# Statements may be made far away (Washington); the view follows the journey, not the commentary.
_MOST_OTHERS: Final = 2
_KINDS_IN_VIEW: Final = frozenset({"travel", "ceremony", "summit", "display"})
_VIEW_MARGIN_DEGREES: Final = 0.4

_WORDS: Final = {
    "time": N_("Time"),
    "map": N_("Map of the journey"),
    "event": N_("The event at this moment"),
    "chapters": N_("Chapters"),
    "play": N_("Play"),
    "pause": N_("Pause"),
    "previous": N_("Previous event"),
    "next": N_("Next event"),
    "speed": N_("Speed"),
    "fullscreen": N_("Full screen"),
    "legend": N_("What the signs mean"),
    "summit_site": N_("Where the two leaders met"),
    "train_band": N_("The train, and where it can have been"),
    "train_at": N_("The train: at {place}"),
    "train_between": N_(
        "The train: between {from} and {to}, {least}–{most} km from {origin} along the line if its pace is steady"
    ),
    "train_unknown": N_("No article follows the train beyond this point."),
    "when": N_("When"),
    "your_time": N_("In your time zone ({zone})"),
    "where": N_("Where"),
    "who": N_("Who"),
    "no_place": N_("No place is given"),
    "no_match": N_("No event matches. Take away a filter or a search word."),
    "no_event": N_("Nothing has been reported yet at this moment."),
    "also_here": N_("Also here"),
    "clock": N_("The clock"),
    "clock_happened": N_("What happened"),
    "clock_news": N_("As the news came in"),
    "unpublished": N_("No article has been published yet at this moment."),
    "drawn": N_("On the map"),
    "checked": N_("A figure, checked"),
    "set_aside": N_("Set aside"),
    "how_known": N_("How we know the date and the place"),
    "same_time": N_("At the same time"),
    "train": N_("The train"),
    "zoom_in": N_("Zoom in"),
    "zoom_out": N_("Zoom out"),
    "pending": N_("More is planned here"),
    "vague": N_("Somewhere in this area"),
    "fulfils": N_("Expected before as"),
    "fulfilled_by": N_("What came of it"),
    "replaced_by": N_("Replaced by"),
    "replaces": N_("Was told before as"),
    "part_of": N_("Part of"),
    "parts": N_("In detail"),
}
_LEG_WORDS: Final = {f"leg_{code}": message for code, message in vocabulary.EVIDENCE.items()}
_CHAPTER_TITLES: Final = {
    "before": N_("What came before"),
    "between": N_("Between the two journeys"),
    "after": N_("What came after"),
}
_ATTRIBUTION: Final = "Natural Earth · GeoNames CC BY 4.0 · Leaflet"


def scene(story: Story, language: Language) -> Json:
    """All that the player needs to draw `story` for any moment, in `language`."""
    whens = event_whens(story)
    axis = chapters(story.trips, [_anchor(when) for when in whens.values()])
    trips = {trip.trip: getattr(trip, f"title_{language.code}") for trip in story.trips}
    trains = [found for trip in story.trips if (found := itinerary(story, trip.trip))]
    events = _events(story, language, whens)
    claims = claims_by_event(story, language)
    for event in events:
        event["claims"] = claims[event["id"]]
        event["chapter"] = _chapter_of(event["anchor"], axis)
    return {
        "language": language.code,
        "title": getattr(story, f"title_{language.code}"),
        "attribution": _ATTRIBUTION,
        "words": {name: language.text(message) for name, message in (_WORDS | _LEG_WORDS).items()},
        "statuses": {code: language.text(word) for code, word in vocabulary.STATUS.items()},
        "chapters": [_chapter(story, chapter, trips, language) for chapter in axis],
        "events": events,
        "editions": _editions(story, language, events),
        "disagreements": _disagreements(story, language),
        "figures": _figures(story, language),
        "opening": _opening(story, events),
        "legs": _legs(story, language, trains),
        "trains": [_train(story, found, language) for found in trains],
        "labels": labels(story, language),
    }


def event_zones(story: Story) -> dict[str, tzinfo]:
    """The time zone of each event: its place's, or the story's where it has no place."""
    zones = story.places.set_index("place_id")["timezone"]
    names = story.events["place_id"].map(zones).fillna(story.timezone)
    return {event: zone_of(name) for event, name in zip(story.events["event_id"], names, strict=True)}


def event_whens(story: Story) -> dict[str, When]:
    """The date of each event, read on the calendar of its own place."""
    zones = event_zones(story)
    return {
        event: parse_when(text, zones[event])
        for event, text in zip(story.events["event_id"], story.events["when"], strict=True)
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


# -- events ---------------------------------------------------------------------------------------------------------


def _events(story: Story, language: Language, whens: Mapping[str, When]) -> list[Json]:
    """The events in time order, without their claims."""
    zones = event_zones(story)
    counts = {row["event_id"]: row for row in _records(corroboration(story))}
    known = _first_published(story)
    relations = _relations(story.events)
    places = {row["place_id"]: row for row in _records(story.places)}
    found = []
    for row in _records(story.events):
        event = row["event_id"]
        described = _described(story, row, language, counts[event])
        described["known"] = _milliseconds(known[event])
        located = _located(row, places.get(row["place_id"]), language)
        dated = _dated(whens[event], zones[event], located["place_name"], language)
        found.append(described | dated | located | relations[event])
    return sorted(found, key=lambda event: (event["anchor"], event["start"]))


def _described(story: Story, row: Mapping[str, str], language: Language, counts: Mapping[str, int]) -> Json:
    return {
        "id": row["event_id"],
        "trip": row["trip"],
        "status": row["status"],
        "status_text": language.text(vocabulary.STATUS[row["status"]]),
        "kind": row["kind"],
        "kind_text": language.text(vocabulary.KIND[row["kind"]]),
        "title": language.typeset(row[f"title_{language.code}"]),
        "summary": language.typeset(row[f"summary_{language.code}"]),
        "actors": named(story, row["actors"], language),
        "summit": row["kind"] == "summit" and row["status"] == "happened",
        "claims_heading": _carried(counts, language),
    }


def _carried(counts: Mapping[str, int], language: Language) -> str:
    """In how many articles an event is, and on how many independent origins they rest at least."""
    articles = language.count("In {n} article", "In {n} articles", int(counts["articles"]))
    origins = language.count(
        "at least {n} independent origin", "at least {n} independent origins", int(counts["origins"])
    )
    return f"{articles}, {origins}"


def _first_published(story: Story) -> dict[str, datetime]:
    """When each event could first be read of: midnight, UTC, of the day its earliest source was published."""
    published = story.claims["source_id"].map(story.sources.set_index("source_id")["published"])
    earliest = published.groupby(story.claims["event_id"]).min()
    return {str(event): datetime.fromisoformat(day).replace(tzinfo=UTC) for event, day in earliest.items()}


def _dated(when: When, zone: tzinfo, place_name: str | None, language: Language) -> Json:
    notes = [language.text(vocabulary.TIME_PRECISION[when.precision])]
    if place_name and "T" in when.text:
        offset = offset_text(when.anchor, zone)
        notes.append(language.text("local time ({place}), {offset}", place=place_name, offset=offset))
    return {
        "start": _milliseconds(when.start),
        "end": _milliseconds(when.end) if when.end else None,
        "anchor": _milliseconds(_anchor(when)),
        "zone": str(zone),
        "when_text": language.when(when, zone),
        "short_when": language.short_when(when, zone),
        "when_note": _noted(notes),
        "hour_text": _hour_text(when, zone, language),
        "has_hours": "T" in when.text and when.end is not None,
    }


def _hour_text(when: When, zone: tzinfo, language: Language) -> str:
    """The time of day as far as it is known; nothing where not even the day is."""
    if when.precision == "day":
        return language.text("hour unknown")
    return language.hours(when, zone) if "T" in when.text else ""


def _anchor(when: When) -> datetime:
    """Where the playhead goes for a date. Years and months share one start, so that the table decides their order."""
    if when.precision in ("year", "month"):
        return max(when.start, parse_when(when.text, UTC).start)
    return when.anchor


def _located(row: Mapping[str, str], place: Mapping[str, Any] | None, language: Language) -> Json:
    if place is None:
        return {"lat": None, "lon": None, "place_name": None, "place_note": None, "radius_km": 0}
    notes = [language.text(vocabulary.GEO_PRECISION[place["geo_precision"]])]
    if row["place_basis"] == "inferred":
        notes.append(language.text(vocabulary.BASIS_INFERRED))
    return {
        "lat": place["lat"],
        "lon": place["lon"],
        "place_name": place[f"name_{language.code}"],
        "place_note": _noted(notes),
        "radius_km": _RADIUS_KM.get(place["geo_precision"], 0),
    }


def _noted(notes: Sequence[str]) -> str | None:
    return " · ".join(note for note in notes if note) or None


def _relations(events: pd.DataFrame) -> dict[str, Json]:
    """For each event what it fulfils, is replaced by and is part of, and the same read backwards."""
    backwards = {"fulfils": "fulfilled_by", "replaced_by": "replaces", "part_of": "parts"}
    found: dict[str, Json] = defaultdict(dict)
    for event in events["event_id"]:
        found[event] = dict.fromkeys(backwards) | {name: [] for name in backwards.values()}
    for row in _records(events):
        for column, name in backwards.items():
            if target := row[column]:
                found[row["event_id"]][column] = target
                found[target][name].append(row["event_id"])
    return found


def claims_by_event(story: Story, language: Language) -> dict[str, list[Json]]:
    """For each event the claims it rests on, in words, in the order of the articles' dates and paragraphs."""
    found: dict[str, list[Json]] = {event: [] for event in story.events["event_id"]}
    gazetteer = Gazetteer(story)
    rows = join(story).rows
    rows = rows[rows["claim_id"] != ""].sort_values(["published", "source_id", "paragraph"])
    for row in _records(rows):
        found[row["event_id"]].append(_claim(story, gazetteer, row, language))
    return found


def _claim(story: Story, gazetteer: Gazetteer, row: Mapping[str, Any], language: Language) -> Json:
    day = language.day(row["published"])
    published = language.text("{date} (inferred)", date=day) if row["published_basis"] == "inferred" else day
    origin = named(story, row["attributed_to"], language)
    return {
        "id": row["claim_id"],
        "source": row["source_id"],
        "outlet": vocabulary.outlet_text(row, language),
        "language": row["language"],
        "published_text": published,
        "paragraph_text": language.text("paragraph {n}", n=row["paragraph"]),
        "stance_text": vocabulary.stance_text(row["stance"], origin, language),
        "when_as_written": row["when_as_written"],
        "place_as_written": row["place_as_written"],
        "note": language.typeset(row[f"note_{language.code}"]),
        "dating": _dating(story, row, language),
        "placing": _placing(story, gazetteer, row, language),
    }


def _dating(story: Story, row: Mapping[str, Any], language: Language) -> str | None:
    """From the words of a claim to its date: the words, the rule, the result."""
    if not row["claim_when"]:
        return None
    zone = story.zone(row["place_id"])
    published = date.fromisoformat(row["published"])
    words = row["when_as_written"]
    read = resolve(words, published, row["stance"], zone) if row["when_basis"] == "rule" else None
    rule = read.rule if read else vocabulary.WHEN_BASIS[row["when_basis"]]
    day = parse_when(row["published"], UTC)
    told = [language.text("“{words}”", words=words) if words else language.text("no words for the time")]
    told.append(language.text("article of {day}", day=language.when(day, UTC)))
    told += [language.text(rule), language.when(parse_when(row["claim_when"], zone), zone)]
    return " → ".join(told)


def _placing(story: Story, gazetteer: Gazetteer, row: Mapping[str, Any], language: Language) -> str | None:
    """From the spelling of a claim to the place it means and what else it could mean, then to its event's place."""
    if not (spelling := row["place_as_written"]):
        return None
    told = [language.text("“{words}”", words=spelling)]
    named = gazetteer.find(spelling)
    for place_id in dict.fromkeys(place for place in (named, row["place_id"]) if place):
        place = gazetteer.place(place_id)
        told.append(f"{place[f'name_{language.code}']} ({language.text(vocabulary.PRECISION[place['geo_precision']])})")
    others = elsewhere(story, gazetteer.place(named)) if named else []
    if not others:
        told.append(language.text("No other place of this name was found"))
    for other, away in others[:_MOST_OTHERS]:
        told.append(
            language.text(
                "not {name} ({country}), {km} km away",
                name=other["name"],
                country=language.locale.territories.get(other["country"], other["country"]),
                km=language.number(away),
            )
        )
    return " → ".join(told)


def named(story: Story, names: str, language: Language) -> str:
    """A cell of English names (actors, origins; separated by `; `) as a list in `language`."""
    known = story.names_fr if language.code == "fr" else {}
    return ", ".join(known.get(name, name) for name in names.split("; "))


# -- what was known, and what is disputed ---------------------------------------------------------------------------

# What an edition may tell otherwise than hindsight does.
_TOLD: Final = (
    "status",
    "status_text",
    "start",
    "end",
    "zone",
    "when_text",
    "short_when",
    "when_note",
    "hour_text",
    "has_hours",
    "lat",
    "lon",
    "place_name",
    "place_note",
    "radius_km",
    "summit",
    "claims_heading",
    "fulfils",
    "fulfilled_by",
    "replaced_by",
    "replaces",
    "part_of",
    "parts",
)


def _editions(story: Story, language: Language, events: Sequence[Json]) -> list[Json]:
    """For each day of publication what was known by its end, as differences from hindsight.

    `events` maps the id of each event known by then to what was told otherwise, and `claims`, how many of its claims
    had been published (they are in order of publication); `legs` are the ids of the legs known.
    """
    hindsight = {event["id"]: event for event in events}
    found = []
    for day in editions(story):
        known = as_known(story, day)
        claims = Counter(known.claims["event_id"])
        sources = known.sources.sort_values(["published", "source_id"])
        found.append(
            {
                "from": _milliseconds(datetime.combine(day, time(), UTC)),
                "title": language.count(
                    "As known on {day}, from {n} article of {total}",
                    "As known on {day}, from {n} articles of {total}",
                    len(sources),
                    day=language.day(day.isoformat()),
                    total=len(story.sources),
                ),
                "events": {
                    event["id"]: {name: event[name] for name in _TOLD if event[name] != hindsight[event["id"]][name]}
                    | {"claims": claims[event["id"]]}
                    for event in _events(known, language, event_whens(known))
                },
                "legs": list(known.legs["leg_id"]),
            }
        )
    return found


def _figures(story: Story, language: Language) -> list[Json]:
    """The arithmetic of each checked figure, with the event whose claim states it."""
    events = story.claims.set_index("claim_id")["event_id"]
    names = story.places.set_index("place_id")[f"name_{language.code}"]
    found = []
    for check in checks(story):
        between = f"{names[check.from_place]} – {names[check.to_place]}"
        number = language.number
        lines = [
            f"{number(check.value)} {check.unit} × {number(KM_A_UNIT[check.unit], 6)} = {number(check.stated_km)} km",
            language.text(
                "great circle {between}: {km} km; the figure is off by {share} %",
                between=between,
                km=number(check.great_circle_km),
                share=number(100 * check.difference, 1),
            ),
        ]
        if check.track_km is not None:
            ratio = check.track_km / check.great_circle_km
            lines.append(
                language.text(
                    "along the drawn line: {km} km, {ratio} times as far",
                    km=number(check.track_km),
                    ratio=number(ratio, 2),
                )
            )
        found.append({"event": events[check.claim_id], "lines": [language.typeset(line) for line in lines]})
    return found


def _disagreements(story: Story, language: Language) -> list[Json]:
    """Each question with its versions in order of publication, and the ids of the events it bears on."""
    code = language.code
    published = story.sources.set_index("source_id")["published"]
    claims = {row["claim_id"]: row | {"published": published[row["source_id"]]} for row in _records(story.claims)}
    found = []
    for question in _records(story.disagreements):
        versions = story.versions[story.versions["disagreement_id"] == question["disagreement_id"]]
        told = [row | {"claim": claims[row["claim_id"]]} for row in _records(versions)]
        told.sort(key=lambda row: (row["claim"]["published"], row["claim"]["source_id"], row["claim"]["paragraph"]))
        found.append(
            {
                "question": language.typeset(question[f"question_{code}"]),
                "events": sorted({row["claim"]["event_id"] for row in told}),
                "versions": [
                    {
                        "says": language.typeset(row[f"says_{code}"]),
                        "claim": row["claim_id"],
                        "known": _milliseconds(datetime.fromisoformat(row["claim"]["published"]).replace(tzinfo=UTC)),
                        "drawn": row["drawn"] == "true",
                        "why": language.typeset(row[f"why_{code}"]),
                    }
                    for row in told
                ],
            }
        )
    return found


# -- chapters and view ----------------------------------------------------------------------------------------------


def _chapter(story: Story, chapter: Chapter, trips: Mapping[str, str], language: Language) -> Json:
    trip = chapter.trip
    title, note = _chapter_words(chapter, trips, language)
    zone = trip.timezone if trip else story.timezone
    return {
        "id": _id(chapter),
        "trip": trip.trip if trip else "background",
        "title": title,
        "short_title": _span_text(chapter, zone_of(zone), language),
        "hint": language.text("{chapter}: {note}", chapter=title, note=note),
        "zone": zone,
        "start": _milliseconds(chapter.start),
        "end": _milliseconds(chapter.end),
        "share": chapter.share,
        "bounds": _bounds(story, trip.trip) if trip else None,
    }


def _id(chapter: Chapter) -> str:
    """A trip's id, or for background its place among the trips and its start, which tell chapters apart."""
    return chapter.trip.trip if chapter.trip else f"{chapter.position}-{chapter.start:%Y%m%d}"


def _chapter_of(anchor: int, axis: Sequence[Chapter]) -> str:
    """The chapter that a moment falls in; in a gap, the one before it."""
    begun = [chapter for chapter in axis if _milliseconds(chapter.start) <= anchor]
    return _id(begun[-1] if begun else axis[0])


def _chapter_words(chapter: Chapter, trips: Mapping[str, str], language: Language) -> tuple[str, str]:
    if chapter.trip:
        return trips[chapter.trip.trip], language.text("hour by hour")
    return language.text(_CHAPTER_TITLES[chapter.position]), language.text("time drawn shorter here")


def _span_text(chapter: Chapter, zone: tzinfo, language: Language) -> str:
    start, end = chapter.start.astimezone(zone), (chapter.end.astimezone(zone))
    last = end - pd.Timedelta(microseconds=1)
    if chapter.position == "between":
        return str(format_timedelta(end - start, granularity="day", locale=language.locale))
    skeleton = "yMMMd" if chapter.trip else "y"
    return str(format_interval(start.date(), last.date(), skeleton, locale=language.locale))


def _bounds(story: Story, trip: str) -> list[list[float]] | None:
    """South-west and north-east corner of what a trip shows: its lines, and the places of its own events."""
    events = story.events[(story.events["trip"] == trip) & story.events["kind"].isin(_KINDS_IN_VIEW)]
    precise = story.places[story.places["geo_precision"].isin(["site", "settlement"])]
    places = precise[precise["place_id"].isin(events["place_id"])]
    points: list[list[float]] = places[["lat", "lon"]].to_numpy(dtype=float).tolist()
    lines = _lines(story)
    for leg in story.legs.loc[story.legs["trip"] == trip, "leg_id"]:
        points += lines[leg]
    if not points:
        return None
    margin = _VIEW_MARGIN_DEGREES if len(points) < 20 else 0
    lats, lons = [point[0] for point in points], [point[1] for point in points]
    return [[min(lats) - margin, min(lons) - margin], [max(lats) + margin, max(lons) + margin]]


def _opening(story: Story, events: Sequence[Json]) -> str | None:
    """The event a first-time reader sees: the first that happened on the first trip."""
    for trip in story.trips:
        for event in events:
            if event["trip"] == trip.trip and event["status"] == "happened":
                return str(event["id"])
    return None


# -- legs and trains ------------------------------------------------------------------------------------------------


def _legs(story: Story, language: Language, trains: Sequence[Itinerary]) -> list[Json]:
    spans = {leg.leg_id: (leg.from_km, leg.to_km) for train in trains for leg in train.legs}
    zones = story.places.set_index("place_id")["timezone"].to_dict()
    begun = {trip.trip: trip_span(trip)[0] for trip in story.trips}
    lines = _lines(story)
    superseded = set(story.events.loc[story.events["status"] == "superseded", "event_id"])
    found = []
    for row in _records(story.legs):
        if not (line := lines[row["leg_id"]]):
            continue
        written = row["depart"] or row["arrive"]
        zone = zone_of(zones.get(row["from_place"] if row["depart"] else row["to_place"], story.timezone))
        from_km, to_km = spans.get(row["leg_id"], (None, None))
        found.append(
            {
                "id": row["leg_id"],
                "trip": row["trip"],
                # A leg that hindsight sets aside was real to the readers of its day.
                "only_then": row["event_id"] in superseded,
                "evidence": row["evidence"],
                # A leg that no source dates belongs to its whole trip.
                "start": _milliseconds(parse_when(written, zone).start if written else begun[row["trip"]]),
                "line": line,
                "from_km": from_km,
                "to_km": to_km,
                "note": language.typeset(row[f"note_{language.code}"]),
            }
        )
    return found


def _lines(story: Story) -> dict[str, list[list[float]]]:
    """The line of each leg in lat-lon order; empty where one of its ends is unknown."""
    return {
        feature["id"]: [[lat, lon] for lon, lat in feature["geometry"]["coordinates"]] if feature["geometry"] else []
        for feature in features.legs(story)["features"]
    }


def _train(story: Story, found: Itinerary, language: Language) -> Json:
    names = story.places.set_index("place_id")
    stops = [(found.legs[0].from_place, found.legs[0].from_km)]
    stops += [(leg.to_place, leg.to_km) for leg in found.legs]
    knots = {name: [[_milliseconds(at), km] for at, km in getattr(found, name)] for name in ("early", "likely", "late")}
    return knots | {
        "trip": found.trip,
        "lat_lon": [[round(lat, 5), round(lon, 5)] for lat, lon in found.lat_lon],
        "km": [round(km, 3) for km in found.km],
        "from": _milliseconds(found.early[0][0]),
        "until": _milliseconds(found.known_until),
        "stops": [
            {
                "km": km,
                "name": names.loc[place, f"name_{language.code}"],
                "zone": names.loc[place, "timezone"],
            }
            for place, km in stops
        ],
    }
