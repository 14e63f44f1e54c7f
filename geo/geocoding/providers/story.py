"""The places of a story, by every name it gives them."""

from collections.abc import Iterable
from pathlib import Path

from geo.geocoding._tables import TableRow, read_table
from geo.geocoding.candidates import Candidate, Provider, Query, within
from geo.geocoding.decisions import CHOSEN
from geo.story.names import fold


class StoryGeocoder(Provider):
    """The places of one story; a story's names are unambiguous, so that a name has one candidate at most."""

    provider = "story"

    def __init__(self, folder: Path) -> None:
        """Read the tables of a story's folder, which need not be a valid story yet.

        A place without coordinates stands where ``geocodes.csv`` has its chosen candidate, or is not found. Raises
        OSError where a table cannot be read, and ValueError where it is no table of places or toponyms.
        """
        places = read_table(folder, "places")
        geocodes = read_table(folder, "geocodes") if (folder / "geocodes.csv").exists() else []
        chosen = {row["place_id"]: row for row in geocodes if row["decision"] == CHOSEN}
        self._places = {
            place["place_id"]: _candidate(place, row)
            for place in places
            if (row := place if place["lat"] and place["lon"] else chosen.get(place["place_id"]))
        }
        self._by_name: dict[str, str] = {}
        for column in ("name_local", "name_fr", "name_en"):
            self._learn(places, column)
        self._learn(read_table(folder, "toponyms"), "toponym")

    def _learn(self, rows: Iterable[TableRow], column: str) -> None:
        self._by_name |= {name: row["place_id"] for row in rows if (name := fold(row[column]))}

    def candidates(self, query: Query) -> list[Candidate]:
        """The place of that name, if it lies where it is asked for."""
        found = self._places.get(self._by_name.get(fold(query.name), ""))
        if found is None or (query.box and not within(found.lat_lon, query.box)):
            return []
        return [found] if not query.countries or found.country in query.countries else []


def _candidate(place: TableRow, row: TableRow) -> Candidate:
    """A place where the row, its own or that of its chosen candidate, says."""
    return Candidate(
        StoryGeocoder.provider, place["place_id"], place["name_en"], place["geo_precision"], place["country"],
        float(row["lat"]), float(row["lon"]),
    )  # fmt: skip
