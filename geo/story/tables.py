"""The files of a story as tables of text: what can be read is read, and every fault of the files is told."""

import hashlib
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from geo.story import rules
from geo.story.faults import Fault
from geo.story.files import FileError, read_rows, read_text
from geo.story.format import COLUMNS, REQUIRED, TABLES
from geo.story.table_schema import table_schema

PACKAGE: Final = "datapackage.json"
MAX_MEGABYTES: Final = 20
MAX_ROWS: Final = 100_000
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,100}\.csv")


@dataclass(frozen=True)
class Table:
    """The text of a table: the columns that it has and the format knows, and the cells of each row by its number in
    the file (the header is row 1). An empty cell is "".
    """

    columns: list[str]
    rows: dict[int, dict[str, str]]


@dataclass
class Folder:
    """What could be read of a story's folder.

    A table that could not be read at all is not in `tables`.
    """

    package: dict[str, Any] | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    version: str = ""
    faults: list[Fault] = field(default_factory=list)


def read_folder(folder: Path) -> Folder:
    """Read the description and the tables of a story. Raises nothing: what is wrong is in `faults`."""
    story = Folder()
    if not folder.is_dir():
        story.faults.append(rules.STORY_FOLDER.fault(PACKAGE, None, None, str(folder)))
        return story
    digest = hashlib.sha256()
    described = _read_text(folder, PACKAGE, PACKAGE, story.faults)
    if described is None:
        return story
    digest.update(described.encode())
    package = _parse_package(described, story.faults)
    if package is None:
        return story
    story.package = package
    for table, path in _paths(folder, package, story.faults).items():
        text = _read_text(folder, path, table, story.faults)
        if text is not None:
            digest.update(f"\0{table}\0{text}".encode())
            parsed = _parse_table(text, table, story.faults)
            if parsed is not None:
                story.tables[table] = parsed
    story.version = digest.hexdigest()[:12]
    return story


def _read_text(folder: Path, name: str, table: str, faults: list[Fault]) -> str | None:
    try:
        return read_text(folder, name, MAX_MEGABYTES * 1_000_000)
    except FileError as error:
        faults.append(error.fault(table, name))
        return None


def _parse_package(text: str, faults: list[Fault]) -> dict[str, Any] | None:
    line = 1
    try:
        package = json.loads(text)
        if isinstance(package, dict):
            json.dumps(package, ensure_ascii=False).encode()  # half a surrogate pair is no text
            return package
    except json.JSONDecodeError as error:
        line = error.lineno
    except (RecursionError, ValueError):  # nested without end; thousands of digits; no text
        pass
    faults.append(rules.FILE_JSON.fault(PACKAGE, None, None, PACKAGE, line=line))
    return None


def _paths(folder: Path, package: dict[str, Any], faults: list[Fault]) -> dict[str, str]:
    """The file of each table that the package describes, in the order of the story format.

    A package without resources has each table under its own name. A table that may be missing is not missed, unless
    its file is there: nothing that an author wrote is left unread in silence.
    """
    wanted = [table for table in TABLES if not TABLES[table].optional or (folder / f"{table}.csv").exists()]
    if "resources" not in package:
        return {table: f"{table}.csv" for table in wanted}
    listed = package["resources"]
    listed = listed if isinstance(listed, list) else []
    resources = [resource for resource in listed if isinstance(resource, dict)]
    for name in [str(resource.get("name", "")) for resource in resources]:
        if name not in TABLES:
            allowed = ", ".join(TABLES)
            faults.append(rules.TABLE_KNOWN.fault(PACKAGE, None, "resources", name, allowed=allowed))
    paths = {}
    for table in TABLES:
        found = [resource for resource in resources if resource.get("name") == table]
        path = _path(table, found, faults) if found or table in wanted else None
        if path:
            paths[table] = path
    return paths


def _path(table: str, found: list[dict[str, Any]], faults: list[Fault]) -> str | None:
    if not found:
        faults.append(rules.TABLE_DECLARED.fault(table, None, None, "", table=table))
        return None
    if len(found) > 1:
        faults.append(rules.TABLE_ONCE.fault(table, None, None, "", table=table))
    if "schema" in found[0] and not _fits(found[0]["schema"], table):
        faults.append(rules.TABLE_SCHEMA.fault(PACKAGE, None, "resources", table, table=table))
    path = found[0].get("path")
    if not isinstance(path, str) or not _PLAIN_NAME.fullmatch(path):
        faults.append(rules.FILE_NAME.fault(table, None, None, str(path), file=f"{table}.csv"))
        return None
    return path


def _fits(schema: object, table: str) -> bool:
    """Whether a story's schema of a table is the format's; columns that need not be filled may be missing."""
    own = table_schema(TABLES[table])
    fields = schema.get("fields") if isinstance(schema, dict) else None
    named = {field.get("name") for field in fields if isinstance(field, dict)} if isinstance(fields, list) else set()
    left_out = {column for column in COLUMNS[table] if column not in named and column not in REQUIRED[table]}
    expected = own | {
        "fields": [field for field in own["fields"] if field["name"] not in left_out],
        "foreignKeys": [key for key in own.get("foreignKeys", []) if left_out.isdisjoint(key["fields"])],
    }
    return _essence(schema) == _essence(expected)


def _essence(schema: object) -> object:
    """A schema without the titles and descriptions of its columns, which a story may word as it likes, and without the
    order of its references.
    """
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list):
        return schema
    fields = [
        {key: value for key, value in column.items() if key not in ("title", "description")}
        if isinstance(column, dict)
        else column
        for column in schema["fields"]
    ]
    keys = sorted(schema.get("foreignKeys") or [], key=str)
    return schema | {"fields": fields, "foreignKeys": keys}


def _parse_table(text: str, table: str, faults: list[Fault]) -> Table | None:
    rows: list[list[str]] = []
    try:
        for row in read_rows(io.StringIO(text, newline="")):
            rows.append(row.cells)
            if len(rows) > MAX_ROWS + 1:
                faults.append(rules.FILE_ROWS.fault(table, None, None, f"{table}.csv", limit=MAX_ROWS))
                return None
    except FileError as error:
        faults.append(error.fault(table, ""))
        return None
    if not rows or not any(rows[0]):
        columns = ", ".join(COLUMNS[table])
        faults.append(rules.FILE_EMPTY.fault(table, None, None, f"{table}.csv", columns=columns))
        return None
    header = rows[0]
    _check_header(header, table, faults)
    kept = _sound_rows(rows, table, faults)
    at = {column: header.index(column) for column in COLUMNS[table] if column in header}
    cells = {number: {column: row[place] for column, place in at.items()} for number, row in kept.items()}
    return Table(list(at), cells)


def _check_header(header: list[str], table: str, faults: list[Fault]) -> None:
    columns = COLUMNS[table]
    for column in dict.fromkeys(header):
        if column not in columns:
            allowed = ", ".join(columns)
            faults.append(rules.COLUMN_KNOWN.fault(table, 1, column, column, columns=allowed))
        elif header.count(column) > 1:
            faults.append(rules.COLUMN_ONCE.fault(table, 1, column, column))
    missing = [column for column in REQUIRED[table] if column not in header]
    faults.extend(rules.COLUMN_MISSING.fault(table, 1, column, column) for column in missing)


def _sound_rows(rows: list[list[str]], table: str, faults: list[Fault]) -> dict[int, list[str]]:
    """The rows under the header by their row number, without the blank ones, all as wide as the header."""
    width = len(rows[0])
    kept = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(row):
            faults.append(rules.ROW_BLANK.fault(table, number, None))
            continue
        if len(row) != width:
            faults.append(rules.ROW_WIDTH.fault(table, number, None, found=len(row), expected=width))
        kept[number] = (row + [""] * width)[:width]
    return kept
