"""What must hold in a story beyond its schemas: dates, zones, places, circles, evidence, legs and tracks."""

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from itertools import chain, pairwise
from typing import Any, Final, TypeGuard
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd
from geopy.distance import great_circle

from geo.story import rules as rules
from geo.story.faults import Fault, Rule
from geo.story.names import fold
from geo.story.tables import COLUMNS, PACKAGE
from geo.story.when import When, WhenError, parse_when

BACKGROUND: Final = "background"
TRACK_END_KM: Final = 5.0
_LAST_CLOCK: Final = timezone(timedelta(hours=-12))  # where each day ends last
_STORY_TEXTS: Final = ("title_en", "title_fr", "timezone")
_TRIP_TEXTS: Final = ("trip", "title_en", "title_fr", "start", "end", "timezone")

Frames = Mapping[str, pd.DataFrame]
Row = dict[str, str]


def check_dateline(package: Mapping[str, Any]) -> list[Fault]:
    """The faults of the property “dateline” of datapackage.json: titles, time zone, trips."""
    dateline = package.get("dateline")
    dateline = dateline if isinstance(dateline, dict) else {}
    faults = [*_texts(dateline, _STORY_TEXTS, "dateline"), *_package_zone(dateline, "dateline.timezone")]
    trips = dateline.get("trips")
    if not isinstance(trips, list) or not all(isinstance(trip, dict) for trip in trips):
        return [*faults, rules.TRIPS_GIVEN.fault(PACKAGE, None, "dateline.trips")]
    seen = {BACKGROUND}
    for number, trip in enumerate(trips):
        faults.extend(_trip_faults(trip, f"dateline.trips[{number}]", seen))
    # Trips with wrong days overlap by mistake; that is told only of right ones.
    overlaps = [] if faults else _overlaps(trips)
    return [*faults, *overlaps, *_name_faults(dateline.get("names_fr", {}))]


def _overlaps(trips: list[dict[str, Any]]) -> Iterator[Fault]:
    # Each trip's days are those of its own clock: two that follow each other in the calendar may still overlap.
    spans = [
        (_day(trip["start"], zone), _day(trip["end"], zone), trip["trip"])
        for trip, zone in ((trip, ZoneInfo(trip["timezone"])) for trip in trips)
    ]
    known = sorted(
        (first.start, last.end, last.text, name) for first, last, name in spans if first and last and last.end
    )
    for (_, end, day, first), (start, _, _, second) in pairwise(known):
        if start < end:
            yield rules.TRIPS_APART.fault(PACKAGE, None, "dateline.trips", second, first=first, end=day)


def _name_faults(names: Any) -> Iterator[Fault]:
    if not isinstance(names, dict) or not all(isinstance(name, str) and name for name in names.values()):
        yield rules.NAMES_GIVEN.fault(PACKAGE, None, "dateline.names_fr")


def _trip_faults(trip: dict[str, Any], path: str, seen: set[str]) -> Iterator[Fault]:
    untold = list(_texts(trip, _TRIP_TEXTS, path))
    yield from untold
    yield from _package_zone(trip, f"{path}.timezone")
    if untold:
        return
    if trip["trip"] in seen:
        yield rules.TRIP_ONCE.fault(PACKAGE, None, f"{path}.trip", trip["trip"])
    seen.add(trip["trip"])
    first, last = _day(trip["start"]), _day(trip["end"])
    if first is None or last is None or first.start > last.start:
        days = f"{trip['start']} – {trip['end']}"
        yield rules.TRIP_DAYS.fault(PACKAGE, None, path, days, trip=trip["trip"])


def _texts(properties: dict[str, Any], names: tuple[str, ...], path: str) -> Iterator[Fault]:
    for name in names:
        given = properties.get(name)
        if not isinstance(given, str) or not given:
            shown = "" if given is None else str(given)
            yield rules.TEXT_GIVEN.fault(PACKAGE, None, f"{path}.{name}", shown, property=name)


def _package_zone(properties: dict[str, Any], path: str) -> Iterator[Fault]:
    name = properties.get("timezone")
    if isinstance(name, str) and name and name not in available_timezones():
        yield rules.ZONE_KNOWN.fault(PACKAGE, None, path, name)


def _day(text: str, zone: tzinfo = UTC) -> When | None:
    """The calendar day of `zone` that a text names as YYYY-MM-DD; None if it names none."""
    try:
        day = parse_when(text, zone)
    except WhenError:
        return None
    return day if day.precision == "day" and not day.approximate and not day.uncertain else None


def check_meaning(package: Mapping[str, Any], frames: Frames) -> list[Fault]:
    """The faults of the tables that have all their columns, each check as far as its tables are there."""
    whole = {table: frame for table, frame in frames.items() if list(frame) == COLUMNS[table]}
    zones = _zones(whole, package)
    checks = (
        (("places",), _zone_faults(whole)),
        (("toponyms",), _toponym_faults(whole)),
        (("events",), _trip_name_faults(whole, package, "events")),
        (("events",), _event_faults(whole)),
        (("events", "places"), _event_dates(whole, zones)),
        (("events", "claims"), _unclaimed(whole)),
        (("events", "claims", "places"), _claim_dates(whole, zones)),
        (("events", "claims", "places", "sources"), _reported_before(whole, zones)),
        (("claims",), _claim_faults(whole)),
        (("claims",), _contradictions(whole)),
        (("origins",), _circles(whole, "origins", "origin_id", ("root",))),
        (("disagreements", "versions"), _lone_versions(whole)),
        (("events",), _circles(whole, "events", "event_id", ("part_of", "fulfils", "replaced_by"))),
        (("places",), _circles(whole, "places", "place_id", ("part_of",))),
        (("legs",), _trip_name_faults(whole, package, "legs")),
        (("legs", "places"), _leg_dates(whole, zones)),
        (("legs", "places"), _leg_chains(whole, zones)),
        (("legs", "places", "tracks"), _track_ends(whole)),
        (("tracks",), _track_faults(whole)),
        (("geocodes",), _by_hand_faults(whole)),
        (("geocodes", "places"), _geocode_faults(whole)),
    )
    return list(chain.from_iterable(faults for tables, faults in checks if whole.keys() >= set(tables)))


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    """The rows of a table, each with its number in the file."""
    columns = [str(column) for column in frame]
    for number, cells in zip(frame.index, frame.itertuples(index=False, name=None), strict=True):
        yield int(number), dict(zip(columns, cells, strict=True))


def _zones(frames: Frames, package: Mapping[str, Any]) -> dict[str, tzinfo]:
    """The time zone of each place, and under "" that of the story; UTC where the named zone is unknown."""
    known = available_timezones()
    dateline = package.get("dateline")
    name = str(dateline.get("timezone")) if isinstance(dateline, dict) else ""
    named = {"": name}
    if "places" in frames:
        named |= dict(zip(frames["places"]["place_id"], frames["places"]["timezone"], strict=True))
    return {place: ZoneInfo(zone) if zone in known else UTC for place, zone in named.items()}


def _zone_faults(frames: Frames) -> Iterator[Fault]:
    known = available_timezones()
    for number, place in _rows(frames["places"]):
        if place["timezone"] and place["timezone"] not in known:
            yield rules.ZONE_KNOWN.fault("places", number, "timezone", place["timezone"])


def _toponym_faults(frames: Frames) -> Iterator[Fault]:
    first: dict[str, tuple[int, str]] = {}
    for number, row in _rows(frames["toponyms"]):
        before, place = first.setdefault(fold(row["toponym"]), (number, row["place_id"]))
        if place != row["place_id"]:
            yield rules.TOPONYM_ONE_PLACE.fault(
                "toponyms", number, "toponym", row["toponym"], first=before, place=place
            )


def _trip_name_faults(frames: Frames, package: Mapping[str, Any], table: str) -> Iterator[Fault]:
    dateline = package.get("dateline")
    trips = dateline.get("trips") if isinstance(dateline, dict) else None
    allowed = [str(trip.get("trip")) for trip in trips or () if isinstance(trip, dict)]
    allowed += [BACKGROUND] if table == "events" else []
    for number, row in _rows(frames[table]):
        if row["trip"] and row["trip"] not in allowed:
            yield rules.TRIP_KNOWN.fault(table, number, "trip", row["trip"], allowed=", ".join(allowed))


def _event_faults(frames: Frames) -> Iterator[Fault]:
    if frames["events"].empty:
        yield rules.EVENTS_GIVEN.fault("events", None, None)
    for number, event in _rows(frames["events"]):
        if event["place_id"] and not event["place_basis"]:
            yield rules.PLACE_BASIS.fault("events", number, "place_basis")
        if event["place_basis"] and not event["place_id"]:
            yield rules.BASIS_PLACE.fault("events", number, "place_basis", event["place_basis"])
        if event["status"] == "superseded" and not event["replaced_by"]:
            yield rules.SUPERSEDED_BY.fault("events", number, "replaced_by")


def _unclaimed(frames: Frames) -> Iterator[Fault]:
    claimed = set(frames["claims"]["event_id"])
    for number, event in _rows(frames["events"]):
        if event["event_id"] and event["event_id"] not in claimed:
            yield rules.EVENT_CLAIMED.fault("events", number, "event_id", event["event_id"])


def _read_when(text: str, zone: tzinfo) -> When | WhenError | None:
    try:
        return parse_when(text, zone) if text else None
    except WhenError as error:
        return error


def _date_fault(table: str, number: int, column: str, error: WhenError) -> Fault:
    return Rule(error.rule, error.remedy).fault(table, number, column, error.text, **error.values)


def _event_dates(frames: Frames, zones: Mapping[str, tzinfo]) -> Iterator[Fault]:
    for number, event in _rows(frames["events"]):
        when = _read_when(event["when"], zones.get(event["place_id"], UTC))
        if isinstance(when, WhenError):
            yield _date_fault("events", number, "when", when)


def _claim_dates(frames: Frames, zones: Mapping[str, tzinfo]) -> Iterator[Fault]:
    places = dict(zip(frames["events"]["event_id"], frames["events"]["place_id"], strict=True))
    for number, claim in _rows(frames["claims"]):
        zone = zones.get(places.get(claim["event_id"], ""), UTC)
        when = _read_when(claim["when"], zone)
        if isinstance(when, WhenError):
            yield _date_fault("claims", number, "when", when)


def _reported_before(frames: Frames, zones: Mapping[str, tzinfo]) -> Iterator[Fault]:
    """Claims that report what begins only after their source was published.

    A calendar date is compared with the day of publication as both are written. A time is late only once that day
    has ended everywhere on earth, for what zone an article is dated in is not known.
    """
    places = dict(zip(frames["events"]["event_id"], frames["events"]["place_id"], strict=True))
    published = dict(zip(frames["sources"]["source_id"], frames["sources"]["published"], strict=True))
    for number, claim in _rows(frames["claims"]):
        zone = zones.get(places.get(claim["event_id"], ""), UTC)
        when, day = _read_when(claim["when"], zone), published.get(claim["source_id"], "")
        if claim["stance"] == "reports" and isinstance(when, When) and _begins_after(when, zone, day):
            yield rules.REPORTED_BEFORE.fault(
                "claims", number, "when", claim["when"], source=claim["source_id"], published=day
            )


def _begins_after(when: When, zone: tzinfo, published: str) -> bool:
    day, clock = _day(published), _LAST_CLOCK if "T" in when.text.partition("/")[0] else zone
    return day is not None and when.start.astimezone(clock).date() > day.start.date()


def _claim_faults(frames: Frames) -> Iterator[Fault]:
    for number, claim in _rows(frames["claims"]):
        if claim["when_basis"] == "rule" and not claim["when_as_written"]:
            yield rules.RULE_WORDS.fault("claims", number, "when_basis", claim["when_basis"])
        if claim["attributed_to"] and not claim["origin_id"]:
            yield rules.ATTRIBUTED_ORIGIN.fault("claims", number, "origin_id", attributed_to=claim["attributed_to"])
        if claim["origin_id"] and not claim["attributed_to"]:
            yield rules.ORIGIN_ATTRIBUTED.fault("claims", number, "attributed_to", origin=claim["origin_id"])


def _contradictions(frames: Frames) -> Iterator[Fault]:
    """Claims that deny what their paragraph reports, or report what it denies."""
    first: dict[tuple[str, ...], tuple[int, str]] = {}
    for number, claim in _rows(frames["claims"]):
        if claim["stance"] in ("reports", "denies"):
            paragraph = (claim["source_id"], claim["paragraph"], claim["event_id"])
            before, stance = first.setdefault(paragraph, (number, claim["stance"]))
            if stance != claim["stance"]:
                yield rules.STANCES_AGREE.fault(
                    "claims", number, "stance", claim["stance"], first=before, stance=stance
                )


def _lone_versions(frames: Frames) -> Iterator[Fault]:
    versions = frames["versions"]["disagreement_id"]
    counts = versions.value_counts()
    for table in ("disagreements", "versions"):
        for number, row in _rows(frames[table]):
            disagreement = row["disagreement_id"]
            if disagreement and counts.get(disagreement, 0) == (1 if table == "versions" else 0):
                yield rules.VERSIONS_DIFFER.fault(
                    table, number, "disagreement_id", disagreement, disagreement=disagreement
                )


def _leg_dates(frames: Frames, zones: Mapping[str, tzinfo]) -> Iterator[Fault]:
    for number, leg in _rows(frames["legs"]):
        depart = _read_when(leg["depart"], zones.get(leg["from_place"], UTC))
        arrive = _read_when(leg["arrive"], zones.get(leg["to_place"], UTC))
        if isinstance(depart, WhenError):
            yield _date_fault("legs", number, "depart", depart)
        if isinstance(arrive, WhenError):
            yield _date_fault("legs", number, "arrive", arrive)
        if isinstance(depart, When) and isinstance(arrive, When) and not _in_order(depart, arrive):
            yield rules.LEG_ORDER.fault("legs", number, "arrive", arrive.text, depart=depart.text)


def _in_order(depart: When, arrive: When) -> bool:
    at_the_latest = depart.end is None or arrive.end is None or depart.end <= arrive.end
    return depart.start <= arrive.start and at_the_latest


def _leg_chains(frames: Frames, zones: Mapping[str, tzinfo]) -> Iterator[Fault]:
    """The train's legs of a trip, in time order: each starts where and when the one before ended."""
    reported: dict[str, list[tuple[When, When, int, Row]]] = {}
    for number, leg in _rows(frames["legs"]):
        depart = _read_when(leg["depart"], zones.get(leg["from_place"], UTC))
        arrive = _read_when(leg["arrive"], zones.get(leg["to_place"], UTC))
        if is_reported_train(leg) and _bounded(depart) and _bounded(arrive):
            reported.setdefault(leg["trip"], []).append((depart, arrive, number, leg))
    for legs in reported.values():
        legs.sort(key=lambda leg: leg[0].start)
        latest = legs[0]
        for previous, (depart, arrive, number, leg) in pairwise(legs):
            if leg["from_place"] != previous[3]["to_place"]:
                yield rules.LEG_CHAIN.fault(
                    "legs", number, "from_place", leg["from_place"],
                    previous=previous[3]["leg_id"], place=previous[3]["to_place"],
                )  # fmt: skip
            if depart.end is not None and depart.end < latest[1].start:
                yield rules.LEG_AFTER.fault(
                    "legs", number, "depart", depart.text,
                    previous=latest[3]["leg_id"], arrive=latest[1].text,
                )  # fmt: skip
            latest = max(latest, (depart, arrive, number, leg), key=lambda leg: leg[1].start)


def _bounded(when: When | WhenError | None) -> TypeGuard[When]:
    return isinstance(when, When) and when.end is not None


def is_reported_train(leg: Mapping[Any, str]) -> bool:
    """Whether a row of ``legs`` moves the train: a leg by rail with a track that is more than a plan."""
    return leg["mode"] == "train" and bool(leg["track_id"]) and leg["evidence"] != "planned"


def _circles(frames: Frames, table: str, key: str, columns: tuple[str, ...]) -> Iterator[Fault]:
    frame = frames[table]
    numbers = dict(zip(frame[key], frame.index, strict=True))
    for column in columns:
        following = dict(zip(frame[key], frame[column], strict=True))
        for circle in _circles_of(following):
            shown = " → ".join([*circle, circle[0]])
            yield rules.NO_CIRCLE.fault(
                table, int(numbers[circle[0]]), column, following[circle[0]], column=column, circle=shown
            )


def _circles_of(following: Mapping[str, str]) -> Iterator[list[str]]:
    """The circles of a graph in which each node points to one node, or to none ("")."""
    done: set[str] = set()
    for start in following:
        path: dict[str, None] = {}
        node = start
        while node and node not in done and node not in path:
            path[node] = None
            node = following.get(node, "")
        if node in path:
            nodes = list(path)
            yield nodes[nodes.index(node) :]
        done |= path.keys()


def _degrees(cell: str, limit: float) -> float | None:
    try:
        degrees = float(cell)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= limit else None


def _lat_lon(row: Row) -> tuple[float, float] | None:
    lat, lon = _degrees(row["lat"], 90), _degrees(row["lon"], 180)
    return None if lat is None or lon is None else (lat, lon)


def _track_ends(frames: Frames) -> Iterator[Fault]:
    places = {place["place_id"]: _lat_lon(place) for _, place in _rows(frames["places"])}
    tracks = _waypoints(frames["tracks"])
    for number, leg in _rows(frames["legs"]):
        track = tracks.get(leg["track_id"])
        if not track:
            continue
        for place_id, waypoint in ((leg["from_place"], track[0]), (leg["to_place"], track[-1])):
            place, end = places.get(place_id), _lat_lon(waypoint[1])
            distance = great_circle(place, end).km if place and end else 0.0
            if distance > TRACK_END_KM:
                yield rules.LEG_TRACK_END.fault(
                    "legs", number, "track_id", leg["track_id"],
                    limit=f"{TRACK_END_KM:g}", place=place_id, distance=f"{distance:.1f}",
                )  # fmt: skip


def _waypoints(tracks: pd.DataFrame) -> dict[str, list[tuple[int, Row]]]:
    """The numbered rows of each track, in the order of the file."""
    found: dict[str, list[tuple[int, Row]]] = {}
    for number, row in _rows(tracks):
        found.setdefault(row["track_id"], []).append((number, row))
    return found


def _track_faults(frames: Frames) -> Iterator[Fault]:
    for track_id, waypoints in _waypoints(frames["tracks"]).items():
        if track_id and len(waypoints) < 2:
            yield rules.TRACK_POINTS.fault("tracks", waypoints[0][0], "track_id", track_id)
        previous = -1
        for number, waypoint in waypoints:
            if not waypoint["seq"].isdecimal():  # told of the schema
                continue
            seq = int(waypoint["seq"][:15])
            if seq < previous:  # twice the same number is told of the key
                yield rules.TRACK_ORDER.fault("tracks", number, "seq", waypoint["seq"], previous=previous)
            previous = seq


def _by_hand_faults(frames: Frames) -> Iterator[Fault]:
    for number, row in _rows(frames["geocodes"]):
        for column in ("note_en", "note_fr"):
            if row["decided_by"] == "curator" and not row[column]:
                yield rules.BY_HAND_WHY.fault("geocodes", number, column)


def _geocode_faults(frames: Frames) -> Iterator[Fault]:
    """Places without a chosen candidate or with several, or that stand elsewhere than it does."""
    chosen: dict[str, list[Row]] = {}
    for _, row in _rows(frames["geocodes"]):
        if row["decision"] == "chosen":
            chosen.setdefault(row["place_id"], []).append(row)
    for number, place in _rows(frames["places"]):
        rows = chosen.get(place["place_id"], [])
        if place["place_id"] and len(rows) != 1:
            yield rules.PLACE_GEOCODED.fault("places", number, "place_id", place["place_id"], count=len(rows))
        elif rows and (here := _lat_lon(place)) and (there := _lat_lon(rows[0])) and here != there:
            where = ", ".join(map(str, here))
            yield rules.PLACE_WHERE_CHOSEN.fault("places", number, "lat", where, lat=there[0], lon=there[1])
