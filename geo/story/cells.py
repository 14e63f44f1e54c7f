"""From the cells of the tables to typed rows; every fault of a cell, a key or a reference is told, each cell once."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from functools import cache
from types import NoneType
from typing import Any, TypeVar, cast, get_args, get_type_hints
from zoneinfo import ZoneInfo, available_timezones

from pydantic import TypeAdapter, ValidationError

from geo.story import rules
from geo.story.faults import Fault, RuleError
from geo.story.format import ID_PATTERN, REQUIRED, TABLES, Claim, Date, Event, Place, Row, Truth
from geo.story.table_schema import Field, references, table_schema
from geo.story.tables import Table

R = TypeVar("R", bound=Row)


class Rows:
    """The typed rows of the tables that could be read, by row number (from 2).

    A cell that is not valid stays text, or is None where a number or a date should be: what reads rows that may have
    faults must expect that. `whole` names the tables that have all the columns they must have.
    """

    def __init__(self) -> None:
        """Begin without a table."""
        self.whole: set[str] = set()
        self._rows: dict[str, dict[int, Row]] = {}

    def __getitem__(self, row_type: type[R]) -> Mapping[int, R]:
        """The rows of a type's table; none where the table could not be read."""
        return cast(dict[int, R], self._rows.get(row_type.table, {}))

    def __contains__(self, table: str) -> bool:
        """Whether a table could be read."""
        return table in self._rows

    def add(self, table: str, rows: dict[int, Row], *, whole: bool) -> None:
        """Add a table."""
        self._rows[table] = rows
        if whole:
            self.whole.add(table)


def typed_rows(tables: Mapping[str, Table], timezone: str) -> tuple[Rows, list[Fault]]:
    """The typed rows of a story's tables, and the faults of their cells, keys and references.

    `timezone` is the name of the story's zone, for what has no place. Where a zone is not known, dates are read in
    UTC: the fault of the zone is another's to tell.
    """
    rows, faults = Rows(), _Faults()
    calendars = _Calendars(rows, timezone)
    for name, row_type in TABLES.items():
        if name in tables:
            table = tables[name]
            read = {number: _row(row_type, number, cells, calendars, faults) for number, cells in table.rows.items()}
            rows.add(name, read, whole=set(table.columns) >= set(REQUIRED[name]))
    for name, row_type in TABLES.items():
        if name in tables:
            _check_keys(row_type, rows[row_type], tables[name].columns, faults)
            _check_references(row_type, rows, tables, faults)
    return rows, faults.told


class _Faults:
    """The faults so far, at most one a cell: the first."""

    def __init__(self) -> None:
        self.told: list[Fault] = []
        self._cells: set[tuple[str, int | None, str | None]] = set()

    def add(self, fault: Fault) -> None:
        if (fault.table, fault.row, fault.column) not in self._cells:
            self._cells.add((fault.table, fault.row, fault.column))
            self.told.append(fault)

    def at(self, table: str, row: int, column: str) -> bool:
        return (table, row, column) in self._cells


class _Calendars:
    """On whose calendar a date is read: that of the place it is of. Tables before the date's own must be there."""

    def __init__(self, rows: Rows, timezone: str) -> None:
        self._rows = rows
        self._timezone = timezone
        self._zones: dict[str, tzinfo] = {}
        self._places: dict[str, str] = {}

    def zone(self, table: str, column: str, cells: Mapping[str, str]) -> tzinfo:
        """The zone for a cell of a row."""
        if table == Claim.table:
            if not self._places:
                self._places = {event.event_id: event.place_id for event in self._rows[Event].values()}
            return self._of_place(self._places.get(cells.get("event_id", ""), ""))
        place = {"when": "place_id", "depart": "from_place", "arrive": "to_place"}[column]
        return self._of_place(cells.get(place, ""))

    def _of_place(self, place_id: str) -> tzinfo:
        if not self._zones:
            self._zones = {place.place_id: _zone(place.timezone) for place in self._rows[Place].values()}
            self._zones[""] = _zone(self._timezone)
        return self._zones.get(place_id, UTC)


def _zone(name: str) -> tzinfo:
    return ZoneInfo(name) if name in available_zones() else UTC


@cache
def available_zones() -> frozenset[str]:
    """The names of the IANA database, read once."""
    return frozenset(available_timezones())


def _row(row_type: type[Row], number: int, cells: Mapping[str, str], calendars: _Calendars, faults: _Faults) -> Row:
    values: dict[str, Any] = {}
    for name, column in _columns(row_type).items():
        cell = cells.get(name, "")
        if cell:
            zone = calendars.zone(row_type.table, name, cells) if column.is_date else None
            values[name] = column.read(cell, zone, row_type.table, number, faults)
        elif column.required:
            values[name] = column.invalid("")
            if name in cells:
                faults.add(rules.CELL_REQUIRED.fault(row_type.table, number, name, column=name))
    return row_type.model_construct(**values)


class _Column:
    """How the cells of a column are read."""

    def __init__(self, field: Field, hint: Any) -> None:
        kind = next((part for part in get_args(hint) if part != NoneType), hint) if NoneType in get_args(hint) else hint
        self.name: str = field["name"]
        self.required = "required" in field["constraints"]
        self.is_date = kind == Date
        self._limits = field["constraints"]
        self._is_text = field["type"] == "string" and kind not in (Date, Truth)
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def read(self, cell: str, zone: tzinfo | None, table: str, number: int, faults: _Faults) -> Any:
        """The value of a cell; what stands for it where it is not valid, with its fault."""
        try:
            return self._adapter.validate_python(cell, context=zone)
        except ValidationError as error:
            faults.add(self._fault(error.errors(include_url=False)[0], table, number, cell))
            return self.invalid(cell)

    def invalid(self, cell: str) -> str | None:
        return cell if self._is_text else None

    def _fault(self, error: Any, table: str, number: int, cell: str) -> Fault:
        if isinstance(broken := error.get("ctx", {}).get("error"), RuleError):
            return broken.fault(table, number, self.name, cell)
        limits = self._limits
        match error["type"]:
            case "string_pattern_mismatch" if limits["pattern"] == ID_PATTERN:
                return rules.CELL_ID.fault(table, number, self.name, cell)
            case "string_pattern_mismatch":
                return rules.CELL_FORM.fault(table, number, self.name, cell, pattern=limits["pattern"])
            case "string_too_long":
                return rules.CELL_LENGTH.fault(
                    table, number, self.name, cell, limit=limits["maxLength"], length=len(cell)
                )
            case "literal_error":
                return rules.CELL_ALLOWED.fault(table, number, self.name, cell, allowed=", ".join(limits["enum"]))
            case _:
                low, high = limits.get("minimum", "−∞"), limits.get("maximum", "∞")
                return rules.CELL_RANGE.fault(table, number, self.name, cell, low=low, high=high)


@cache
def _columns(row_type: type[Row]) -> Mapping[str, _Column]:
    hints = get_type_hints(row_type, include_extras=True)
    return {field["name"]: _Column(field, hints[field["name"]]) for field in table_schema(row_type)["fields"]}


def _check_keys(row_type: type[Row], rows: Mapping[int, Row], columns: list[str], faults: _Faults) -> None:
    """No two rows have the same key."""
    table, key = row_type.table, row_type.key
    if not set(columns).issuperset(key):
        return
    first: dict[tuple[Any, ...], int] = {}
    for number, row in rows.items():
        if not any(faults.at(table, number, column) for column in key):
            values = tuple(getattr(row, column) for column in key)
            before = first.setdefault(values, number)
            if before != number:
                faults.add(rules.ID_ONCE.fault(table, number, key[0], str(values[0]), first=before))


def _check_references(row_type: type[Row], rows: Rows, tables: Mapping[str, Table], faults: _Faults) -> None:
    """What a row refers to exists, as far as its table could be read."""
    for column, (target, target_column) in references(row_type).items():
        if column not in tables[row_type.table].columns or target not in tables:
            continue
        if target_column not in tables[target].columns:
            continue
        known = {getattr(row, target_column) for row in rows[TABLES[target]].values()}
        for number, row in rows[row_type].items():
            value = getattr(row, column)
            if value and value not in known and not faults.at(row_type.table, number, column):
                faults.add(rules.ID_EXISTS.fault(row_type.table, number, column, value, target=target))
