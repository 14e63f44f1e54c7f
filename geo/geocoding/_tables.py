"""The tables of a story as rows of text, for what changes a story before it is valid."""

import csv
import io
from pathlib import Path
from typing import Final, TypeAlias

from geo.story import rules
from geo.story.faults import Rule
from geo.story.files import FileError, Row, read_rows, read_text, write_whole
from geo.story.format import COLUMNS, REQUIRED
from geo.story.tables import MAX_MEGABYTES

TableRow: TypeAlias = dict[str, str]

_COLUMN_MISSING: Final = Rule(
    "The table has the column “{column}”.", "Add the column; data/README.md says what it holds."
)


def read_table(folder: Path, table: str) -> list[TableRow]:
    """The rows of a table; the cells of a column that it leaves out are "".

    Raises ValueError where it cannot be read, or lacks a column that a story must have.
    """
    name = f"{table}.csv"
    try:
        rows = read_rows(io.StringIO(read_text(folder, name, MAX_MEGABYTES * 1_000_000), newline=""))
        header = next(rows, Row(1, [])).cells
        _check_header(header, table)
        return [dict.fromkeys(COLUMNS[table], "") | _named(header, row) for row in rows if row.cells]
    except FileError as error:
        raise ValueError(f"{folder}: {error.fault(name, '')}") from error


def _check_header(header: list[str], table: str) -> None:
    missing = [column for column in REQUIRED[table] if column not in header]
    if missing:
        raise FileError(_COLUMN_MISSING, row=1, column=missing[0])


def _named(header: list[str], row: Row) -> TableRow:
    if len(row.cells) != len(header):
        raise FileError(rules.ROW_WIDTH, row.number, found=len(row.cells), expected=len(header))
    return dict(zip(header, row.cells, strict=True))


def write_table(folder: Path, table: str, rows: list[TableRow]) -> None:
    """Write a table, whole or not at all, and only if it changes. A column that it left out stays out while empty."""
    path, text = folder / f"{table}.csv", io.StringIO()
    had = next(csv.reader(path.read_text("utf-8").splitlines()), []) if path.exists() else COLUMNS[table]
    filled = {column for row in rows for column, cell in row.items() if cell}
    columns = [column for column in COLUMNS[table] if column in had or column in filled]
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    content = text.getvalue().encode()
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
