"""A story from its folder: loaded if it is valid, or else refused with all its faults."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from geo.story.cells import Rows, typed_rows
from geo.story.checks import check_story
from geo.story.faults import Fault
from geo.story.format import COLUMNS, TABLES
from geo.story.record import Story, Trip
from geo.story.tables import PACKAGE, Folder, read_folder

_SHOWN: Final = 5


class StoryError(Exception):
    """A story is not valid. Show `faults`: all of them, in the order of tables and rows."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        """Tell the number of the faults of a story and the first of them."""
        self.folder = folder
        self.faults = faults
        shown = "\n".join(f"  {fault}" for fault in faults[:_SHOWN])
        more = f"\n  … and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        tables = len({fault.table for fault in faults})
        super().__init__(
            f"{folder} has {_counted(len(faults), 'fault')} in {_counted(tables, 'table')}:\n{shown}{more}"
        )


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def validate(folder: Path | str) -> list[Fault]:
    """All faults of the story in a folder, in the order of tables, rows and columns; none if it is valid."""
    return _examine(Path(folder))[0].faults


def load_story(folder: Path | str) -> Story:
    """Load the story of a folder.

    Raises StoryError with all faults, if the folder does not hold a valid story.
    """
    read, rows = _examine(Path(folder))
    if read.faults or read.package is None:
        raise StoryError(Path(folder), read.faults)
    dateline: dict[str, Any] = read.package["dateline"]
    tables: dict[str, Any] = {table: tuple(rows[row_type].values()) for table, row_type in TABLES.items()}
    return Story(
        name=str(read.package.get("name") or Path(folder).resolve().name),
        title_en=dateline["title_en"],
        title_fr=dateline["title_fr"],
        intro_en=dateline.get("intro_en", ""),
        intro_fr=dateline.get("intro_fr", ""),
        timezone=dateline["timezone"],
        trips=tuple(_trip(trip) for trip in dateline["trips"]),
        names_fr=dateline.get("names_fr", {}),
        version=read.version,
        **tables,
    )


def _examine(folder: Path) -> tuple[Folder, Rows]:
    read = read_folder(folder)
    if read.package is None:
        return read, Rows()
    dateline = read.package.get("dateline")
    timezone = str(dateline.get("timezone")) if isinstance(dateline, dict) else ""
    rows, faults = typed_rows(read.tables, timezone)
    read.faults += [*faults, *check_story(read.package, rows)]
    read.faults.sort(key=_order)
    return read, rows


def _order(fault: Fault) -> tuple[int, int, int]:
    tables, columns = list(TABLES), COLUMNS.get(fault.table, [])
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
