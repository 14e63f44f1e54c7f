"""The decisions behind a story's coordinates: how the name of each place became its point.

The table ``geocodes.csv`` keeps, for each place, the candidate that was chosen and those that were rejected, with
when and by whom. ``rebuild`` asks the geocoders again and writes the coordinates of ``places.csv`` from it. What a
person decided stays as it is; what a provider decided is decided again, and must come out the same.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from geopy.distance import great_circle
from geopy.exc import GeopyError

from geo.geocoding._tables import TableRow, read_table, write_table
from geo.geocoding.candidates import Candidate, Provider, Query
from geo.geocoding.ranking import SAME_NAME, rank_together
from geo.story.format import COLUMNS

TABLE: Final = "geocodes"
DECIMALS: Final = 5
_MOST_REJECTED: Final = 6

CHOSEN: Final = "chosen"
REJECTED: Final = "rejected"
CURATOR: Final = "curator"
# The reason that marks what the name alone would have led to: its most populous bearer anywhere.
NAIVE: Final = "naive"
# The reason of a candidate that was not weighed, because a person has decided on the place.
SETTLED: Final = "settled"


def reasons_of(row: Mapping[Any, Any]) -> list[str]:
    """The codes of a row's reasons."""
    return [reason for reason in row["reasons"].split("; ") if reason]


def is_naive(row: Mapping[Any, Any]) -> bool:
    """Whether the name alone would have led to the row's candidate."""
    return NAIVE in reasons_of(row)


def spellings(
    places: Iterable[Mapping[Any, Any]], toponyms: Iterable[Mapping[Any, Any]], claims: Iterable[Mapping[Any, Any]]
) -> dict[str, list[str]]:
    """Every name of each place by its id, from the rows of the story's tables.

    The first is what a look-up by name alone starts from: the spelling that the articles use most, or the French
    name of a place that none of them names. Then come its other names.
    """
    used = Counter(claim["place_as_written"] for claim in claims)
    of_place: dict[str, list[str]] = defaultdict(list)
    for row in toponyms:
        of_place[row["place_id"]].append(row["toponym"])
    names = {}
    for place in places:
        all_names = of_place[place["place_id"]]
        written = sorted((name for name in all_names if used[name]), key=lambda name: (-used[name], -len(name)))
        own = [place[column] for column in ("name_fr", "name_en", "name_local")]
        names[place["place_id"]] = [name for name in dict.fromkeys([*written, *own, *all_names]) if name]
    return names


@dataclass(frozen=True)
class Moved:
    """A place whose coordinates differ from before; ``km`` is how far, NaN where it had none."""

    place_id: str
    km: float


@dataclass
class Report:
    """What a rebuild found: places in all, those that moved, those without a point, and what could not be asked."""

    places: int = 0
    by_hand: int = 0
    moved: list[Moved] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The report in a few lines."""
        found = self.places - self.by_hand - len(self.lost)
        lines = [f"{self.places} places: {found} found, {self.by_hand} by hand, {len(self.lost)} not found."]
        lines += [f"  {place}: nothing fits; it keeps what it had. Add a row by hand." for place in self.lost]
        lines.append(f"{len(self.moved)} moved." if self.moved else "None moved.")
        lines += [f"  {place.place_id}: " + _distance(place.km) for place in self.moved]
        return "\n".join(lines)


def _distance(km: float) -> str:
    return "had no point" if math.isnan(km) else f"{km:.3f} km"


def rebuild(folder: Path, providers: Sequence[Provider], today: date) -> Report:
    """Decide on the places of a story again and write ``geocodes.csv`` and ``places.csv``, where they change.

    A place for which nothing is found keeps what it had and is listed in the report. Raises OSError where a table
    cannot be written, and ValueError where it cannot be read or lacks a column.
    """
    tables = {name: read_table(folder, name) for name in ("places", "toponyms", "claims")}
    tables[TABLE] = read_table(folder, TABLE) if (folder / f"{TABLE}.csv").exists() else []
    report = Report(places=len(tables["places"]))
    before = {_key(row): row for row in tables[TABLE]}
    decided = _decided(tables, providers, report)
    rows = [_dated(row, before, today) for place in tables["places"] for row in decided[place["place_id"]]]
    places = [_placed(place, decided[place["place_id"]], report) for place in tables["places"]]
    report.by_hand = sum(row["decision"] == CHOSEN and row["decided_by"] == CURATOR for row in rows)
    write_table(folder, TABLE, rows)
    write_table(folder, "places", places)
    return report


def _decided(
    tables: dict[str, list[TableRow]], providers: Sequence[Provider], report: Report
) -> dict[str, list[TableRow]]:
    """The rows of each place: the chosen one first, then the rejected, the likeliest first."""
    asked = {provider.provider for provider in providers}
    kept = _kept(tables[TABLE], asked)
    names = spellings(tables["places"], tables["toponyms"], tables["claims"])
    found = {place["place_id"]: _found(names[place["place_id"]], providers, report) for place in tables["places"]}
    settled = {place_id: _settled(rows, providers) for place_id, rows in kept.items()}
    ranked = _ranked(tables["places"], found, settled)
    naive = {place_id: _naive(spelt[0], providers) for place_id, spelt in names.items()}
    decided = {}
    for place in tables["places"]:
        place_id = place["place_id"]
        chosen = settled.get(place_id, [])
        rows = [*chosen, *_proposed(place, ranked[place_id], found[place_id], chosen)]
        decided[place_id] = _shortened([_marked(row, naive[place_id]) for row in rows])
    return decided


def _kept(rows: Iterable[TableRow], asked: set[str]) -> dict[str, list[TableRow]]:
    """What stays as it is: what a person decided, and what was found by a provider that is not asked now."""
    kept: dict[str, list[TableRow]] = {}
    for row in rows:
        if row["decided_by"] not in asked:
            kept.setdefault(row["place_id"], []).append(row)
    return kept


def _found(names: Sequence[str], providers: Sequence[Provider], report: Report) -> dict[str, tuple[Candidate, str]]:
    """What the providers know of the names of one place, each candidate once, with the name that fits it best."""
    best: dict[str, tuple[Candidate, str]] = {}
    for name in names:
        for provider in providers:
            try:
                candidates = provider.candidates(Query(name))
            except GeopyError as error:
                report.faults.append(str(error))
                continue
            for candidate in candidates:
                known = best.get(_reference(candidate))
                if candidate.match >= SAME_NAME and (known is None or known[0].match < candidate.match):
                    best[_reference(candidate)] = (candidate, name)
    return best


def _reference(candidate: Candidate) -> str:
    return f"{candidate.provider}:{candidate.ref}"


def _settled(rows: list[TableRow], providers: Sequence[Provider]) -> list[TableRow]:
    """Kept rows, the chosen first; what has an id of a provider that is asked gets that id's coordinates again."""
    settled = []
    for row in sorted(rows, key=lambda row: row["decision"] != CHOSEN):
        for provider in providers:
            if provider.provider == row["provider"]:
                for candidate in provider.candidates(Query(f"{row['provider']}:{row['provider_ref']}")):
                    row = row | _point(candidate)
        settled.append(row)
    return settled


def _ranked(
    places: list[TableRow], found: dict[str, dict[str, tuple[Candidate, str]]], settled: dict[str, list[TableRow]]
) -> dict[str, list[Candidate]]:
    """The candidates of every place, ranked in the light of all places of the story.

    A place that is settled speaks for the others with its one point. What does not fit the country and the kind
    that the story gives a place is no candidate for it; it is rejected below.
    """
    proposed = []
    for place in places:
        chosen = [row for row in settled.get(place["place_id"], ()) if row["decision"] == CHOSEN]
        fitting = [_of_row(row) for row in chosen if row["lat"]] or [
            candidate for candidate, _ in found[place["place_id"]].values() if not _misfits(candidate, place)
        ]
        proposed.append(fitting)
    ranked = rank_together(proposed)
    return {place["place_id"]: candidates for place, candidates in zip(places, ranked, strict=True)}


def _misfits(candidate: Candidate, place: TableRow) -> str:
    """Why a candidate cannot be the place: ``other-country``, ``other-kind``, or "" where it can."""
    if place["country"] and candidate.country != place["country"]:
        return "other-country"
    return "other-kind" if candidate.kind != place["geo_precision"] else ""


def _of_row(row: TableRow) -> Candidate:
    """The candidate of a chosen row."""
    return Candidate(
        row["provider"], row["provider_ref"], row["name"], row["kind"], row["country"],
        float(row["lat"]), float(row["lon"]),
    )  # fmt: skip


def _proposed(
    place: TableRow, ranked: list[Candidate], found: dict[str, tuple[Candidate, str]], settled: list[TableRow]
) -> list[TableRow]:
    """Rows for what the providers found and nobody has decided on yet."""
    decided = {f"{row['provider']}:{row['provider_ref']}" for row in settled}
    free = not any(row["decision"] == CHOSEN for row in settled)
    scored = {_reference(candidate): candidate for candidate in ranked}
    first = _first(ranked, decided) if free else None
    rows = []
    for reference, (candidate, name) in found.items():
        if reference not in decided:
            decision = CHOSEN if reference == first else REJECTED
            unranked = _misfits(candidate, place) or ("" if free else SETTLED)
            rows.append(_row(place, scored.get(reference, candidate), name, decision, unranked))
    return sorted(rows, key=lambda row: (row["decision"] != CHOSEN, -float(row["score"] or 0)))


def _first(ranked: Sequence[Candidate], decided: set[str]) -> str | None:
    """The likeliest candidate that no person has rejected."""
    return next((reference for candidate in ranked if (reference := _reference(candidate)) not in decided), None)


def _row(place: TableRow, candidate: Candidate, name: str, decision: str, unranked: str) -> TableRow:
    """A row of ``geocodes.csv``; ``unranked`` is why the candidate has no rank, "" where it has one."""
    reasons = (unranked,) if unranked else candidate.reasons
    return (
        dict.fromkeys(COLUMNS[TABLE], "")
        | {
            "place_id": place["place_id"],
            "toponym": name,
            "decision": decision,
            "provider": candidate.provider,
            "provider_ref": candidate.ref,
            "name": candidate.name,
            "kind": candidate.kind,
            "country": candidate.country,
            "population": str(candidate.population or ""),
            "score": "" if unranked else f"{candidate.score:.2f}",
            "reasons": "; ".join(reasons),
            "decided_by": candidate.provider,
        }
        | _point(candidate)
    )


def _point(candidate: Candidate) -> TableRow:
    return {"lat": str(round(candidate.lat, DECIMALS)), "lon": str(round(candidate.lon, DECIMALS))}


def _naive(name: str, providers: Sequence[Provider]) -> str | None:
    """What a name alone leads to: its most populous bearer anywhere. None where no provider knows it."""
    known = [candidate for provider in providers for candidate in _asked(provider, name)]
    most = max(known, key=lambda candidate: candidate.population, default=None)
    return _reference(most) if most else None


def _asked(provider: Provider, name: str) -> list[Candidate]:
    """The bearers of a name; none where the provider fails, which is in the report already."""
    try:
        return [candidate for candidate in provider.candidates(Query(name)) if candidate.match >= SAME_NAME]
    except GeopyError:
        return []


def _marked(row: TableRow, naive: str | None) -> TableRow:
    reasons = [reason for reason in reasons_of(row) if reason != NAIVE]
    if f"{row['provider']}:{row['provider_ref']}" == naive:
        reasons.append(NAIVE)
    return row | {"reasons": "; ".join(reasons)}


def _shortened(rows: list[TableRow]) -> list[TableRow]:
    """The first rejected candidates; all that a person decided, and the naive one, are kept."""
    room = _MOST_REJECTED
    kept = []
    for row in rows:
        provided = row["decision"] == REJECTED and row["decided_by"] == row["provider"]
        if provided and not is_naive(row):
            room -= 1
            if room < 0:
                continue
        kept.append(row)
    return kept


def _dated(row: TableRow, before: dict[tuple[str, ...], TableRow], today: date) -> TableRow:
    """A decision that was taken before keeps its day."""
    known = before.get(_key(row))
    same = known and known["decision"] == row["decision"]
    return row | {"decided_on": known["decided_on"] if known and same else today.isoformat()}


def _key(row: TableRow) -> tuple[str, ...]:
    return row["place_id"], row["provider"], row["provider_ref"]


def _placed(place: TableRow, rows: list[TableRow], report: Report) -> TableRow:
    """A place at the point that was chosen for it; one without a point keeps what it had."""
    chosen = next((row for row in rows if row["decision"] == CHOSEN and row["lat"]), None)
    if chosen is None:
        report.lost.append(place["place_id"])
        return place
    placed = place | {
        "lat": chosen["lat"], "lon": chosen["lon"],
        "geocoder": chosen["provider"], "geocoder_ref": chosen["provider_ref"],
    }  # fmt: skip
    km = _km(place, placed)
    if km != 0:
        report.moved.append(Moved(place["place_id"], km))
    return placed


def _km(one: TableRow, other: TableRow) -> float:
    if not one["lat"] or not one["lon"]:
        return math.nan
    points = [(float(row["lat"]), float(row["lon"])) for row in (one, other)]
    return float(great_circle(*points).km)
