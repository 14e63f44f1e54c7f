"""A story: the record of what sources say, loaded from a folder and valid, or refused with all its faults.

The folder holds ``datapackage.json`` and seven CSV tables; ``data/README.md`` describes every column.
The text of the tables is kept as it is: nothing in it is interpreted, trimmed or escaped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from geo.story.checks import BACKGROUND, check_dateline, check_meaning
from geo.story.faults import Fault
from geo.story.schema import check_schemas
from geo.story.tables import COLUMNS, PACKAGE, SCHEMAS, Folder, read_folder

__all__ = ["BACKGROUND", "COLUMNS", "Fault", "Story", "StoryError", "Trip", "load_story", "validate"]

_SHOWN: Final = 5


class StoryError(Exception):
    """A story is not valid. Show ``faults``: all of them, in the order of tables and rows."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        """Tell the number of the faults of a story and the first of them."""
        self.folder = folder
        self.faults = faults
        shown = "\n".join(f"  {fault}" for fault in faults[:_SHOWN])
        more = f"\n  … and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        tables = len({fault.table for fault in faults})
        super().__init__(f"{folder} has {len(faults)} faults in {tables} tables:\n{shown}{more}")


@dataclass(frozen=True)
class Trip:
    """A journey of the story; ``start`` and ``end`` are its first and last calendar day in ``timezone``."""

    trip: str
    title_en: str
    title_fr: str
    start: date
    end: date
    timezone: str


@dataclass(frozen=True, eq=False)
class Story:
    """A valid story.

    The tables are indexed from 0 and have the columns of ``COLUMNS``: text with "" where empty, but numbers
    in ``lat``, ``lon`` (WGS 84 degrees), ``rail_km`` (kilometres, NaN where empty), ``paragraph``, ``seq``.
    ``timezone`` is the zone of what has no place; ``version`` changes with any file of the story.
    ``names_fr`` maps English names of actors and origins to French ones, where the two differ.
    """

    name: str
    title_en: str
    title_fr: str
    timezone: str
    trips: tuple[Trip, ...]
    sources: pd.DataFrame
    places: pd.DataFrame
    toponyms: pd.DataFrame
    events: pd.DataFrame
    origins: pd.DataFrame
    claims: pd.DataFrame
    disagreements: pd.DataFrame
    versions: pd.DataFrame
    legs: pd.DataFrame
    tracks: pd.DataFrame
    figures: pd.DataFrame
    geocodes: pd.DataFrame
    names_fr: Mapping[str, str]
    version: str

    def zone(self, place_id: str) -> ZoneInfo:
        """The time zone kept at a place, or the story's where ``place_id`` is "". KeyError if unknown."""
        if not place_id:
            return ZoneInfo(self.timezone)
        zones = self.places.loc[self.places["place_id"] == place_id, "timezone"]
        if zones.empty:
            raise KeyError(place_id)
        return ZoneInfo(zones.iloc[0])


def validate(folder: Path | str) -> list[Fault]:
    """All faults of the story in a folder, in the order of tables, rows and columns; none if it is valid."""
    return _examine(Path(folder)).faults


def load_story(folder: Path | str) -> Story:
    """Load the story of a folder.

    :raises StoryError: with all faults, if the folder does not hold a valid story.
    """
    found = _examine(Path(folder))
    if found.faults or found.package is None:
        raise StoryError(Path(folder), found.faults)
    dateline: dict[str, Any] = found.package["dateline"]
    return Story(
        name=str(found.package.get("name") or Path(folder).resolve().name),
        title_en=dateline["title_en"],
        title_fr=dateline["title_fr"],
        timezone=dateline["timezone"],
        trips=tuple(_trip(trip) for trip in dateline["trips"]),
        names_fr=dateline.get("names_fr", {}),
        version=found.version,
        **{table: _typed(table, found.frames[table]) for table in SCHEMAS},
    )


def _examine(folder: Path) -> Folder:
    found = read_folder(folder)
    if found.package is not None:
        found.faults += check_dateline(found.package)
        found.faults += check_schemas(found.frames)
        found.faults += check_meaning(found.package, found.frames)
        found.faults.sort(key=_order)
    return found


def _order(fault: Fault) -> tuple[int, int, int]:
    tables, columns = list(SCHEMAS), COLUMNS.get(fault.table, [])
    table = -1 if fault.table == PACKAGE else tables.index(fault.table)
    return table, fault.row or 0, columns.index(fault.column) if fault.column in columns else -1


def _trip(described: dict[str, str]) -> Trip:
    return Trip(
        described["trip"],
        described["title_en"],
        described["title_fr"],
        date.fromisoformat(described["start"]),
        date.fromisoformat(described["end"]),
        described["timezone"],
    )


def _typed(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    typed = frame[COLUMNS[table]].reset_index(drop=True)
    for column in SCHEMAS[table]["fields"]:
        name = column["name"]
        if column["type"] == "number":
            typed[name] = typed[name].replace("", "nan").astype(float)
        elif column["type"] == "integer":
            whole = pd.to_numeric(typed[name])
            typed[name] = whole.astype(int if column["constraints"].get("required") else "Int64")
    return typed
