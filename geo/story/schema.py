"""The tables against their schemas: Frictionless finds what is wrong, we say it in the story's words."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.story import rules as rules
from geo.story.faults import Fault, Rule
from geo.story.tables import SCHEMAS, Schema

if TYPE_CHECKING:
    from frictionless import Error

# What spreadsheets write. Decimal reads more (NaN, infinity, 1_000), and Frictionless stumbles over some.
_NUMBERS: Final = {
    "number": (re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?", re.ASCII), rules.CELL_NUMBER),
    "integer": (re.compile(r"[+-]?[0-9]{1,15}", re.ASCII), rules.CELL_WHOLE),
}
_ID_PATTERN: Final = SCHEMAS["events"]["fields"][0]["constraints"]["pattern"]
_CONSTRAINT: Final = re.compile(r'constraint "(\w+)"')
_FIRST_ROW: Final = re.compile(r"position (\d+)")
_ALL: Final = 10_000_000


def check_schemas(frames: dict[str, pd.DataFrame]) -> list[Fault]:
    """The faults of the tables by their schemas: types, allowed values, forms, keys, references."""
    # Here, not above: the import takes as long as checking a story does, and only this check needs it.
    from frictionless import Package

    numbers = list(chain.from_iterable(_number_faults(table, frame) for table, frame in frames.items()))
    told = {(fault.table, fault.row, fault.column) for fault in numbers}
    frames = {table: frame for table, frame in frames.items() if len(frame.columns)}
    resources = [_resource(table, frames, told) for table in frames]
    if not resources:
        return []
    report = Package.from_descriptor({"name": "story", "resources": resources}).validate(limit_errors=_ALL)
    faults = list(numbers)
    for task in report.tasks:
        for error in task.errors:
            for fault in _faults(error, task.name, frames[task.name]):
                if (fault.table, fault.row, fault.column) not in told:
                    faults.append(fault)
                    told.add((fault.table, fault.row, fault.column))
    return faults


def _number_faults(table: str, frame: pd.DataFrame) -> Iterator[Fault]:
    for column in SCHEMAS[table]["fields"]:
        form, rule = _NUMBERS.get(column["type"], (None, rules.CELL_NUMBER))
        if form and column["name"] in frame:
            for row, cell in frame[column["name"]].items():
                if cell and not form.fullmatch(cell):
                    yield rule.fault(table, int(str(row)), column["name"], cell)


def _resource(
    table: str, frames: dict[str, pd.DataFrame], told: set[tuple[str, int | None, str | None]]
) -> dict[str, Any]:
    frame = frames[table]
    rows = [
        ["" if (table, row, column) in told else cell for column, cell in zip(frame, cells, strict=True)]
        for row, cells in zip(frame.index, frame.itertuples(index=False, name=None), strict=True)
    ]
    return {"name": table, "data": [list(frame), *rows], "schema": _schema_of(table, frames)}


def _schema_of(table: str, frames: dict[str, pd.DataFrame]) -> Schema:
    """The schema as far as the table has its columns and the tables it refers to are there."""
    schema = SCHEMAS[table]
    columns = set(frames[table])
    return {
        "fields": [column for column in schema["fields"] if column["name"] in columns],
        "primaryKey": schema["primaryKey"] if columns.issuperset(schema["primaryKey"]) else [],
        "missingValues": schema["missingValues"],
        "foreignKeys": [
            key
            for key in schema.get("foreignKeys", [])
            if columns.issuperset(key["fields"])
            and set(frames.get(_target(key, table), ())).issuperset(key["reference"]["fields"])
        ],
    }


def _target(key: dict[str, Any], table: str) -> str:
    return key["reference"]["resource"] or table


def _faults(error: "Error", table: str, frame: pd.DataFrame) -> Iterator[Fault]:
    described = error.to_descriptor()
    row = int(frame.index[described["rowNumber"] - 2])  # Frictionless counts the rows it was given, from 2
    if error.type == "primary-key":
        yield from _key_faults(error.note, table, row, frame)
    elif error.type == "foreign-key":
        yield from _reference_faults(described["fieldNames"], table, row, frame)
    elif error.type != "blank-row":  # all its text is in unknown columns or told already
        yield _cell_fault(error, table, row, described["fieldName"], described["cell"])


def _key_faults(note: str, table: str, row: int, frame: pd.DataFrame) -> Iterator[Fault]:
    first = _FIRST_ROW.search(note)
    if first:  # without it the key is empty, which is told of its cell
        column = SCHEMAS[table]["primaryKey"][0]
        first_row = frame.index[int(first[1]) - 2]
        yield rules.ID_ONCE.fault(table, row, column, str(frame.at[row, column]), first=first_row)


def _reference_faults(columns: list[str], table: str, row: int, frame: pd.DataFrame) -> Iterator[Fault]:
    for key in SCHEMAS[table]["foreignKeys"]:
        if key["fields"] == columns:
            value, target = str(frame.at[row, columns[0]]), _target(key, table)
            yield rules.ID_EXISTS.fault(table, row, columns[0], value, target=target)


def _cell_fault(error: "Error", table: str, row: int, column: str, cell: str) -> Fault:
    field = next(field for field in SCHEMAS[table]["fields"] if field["name"] == column)
    if error.type == "type-error":  # numbers were read before, so a day is what remains
        return rules.CELL_DAY.fault(table, row, column, cell)
    broken = _CONSTRAINT.search(error.note)
    rule, values = _broken_rule(broken[1] if broken else "", field, cell)
    return rule.fault(table, row, column, cell, **values)


def _broken_rule(constraint: str, field: Schema, cell: str) -> tuple[Rule, dict[str, object]]:
    """The rule of ours for a constraint of Table Schema, and the values that fill its templates."""
    limits = field["constraints"]
    of: dict[str, tuple[Rule, dict[str, object]]] = {
        "required": (rules.CELL_REQUIRED, {"column": field["name"]}),
        "enum": (rules.CELL_ALLOWED, {"allowed": ", ".join(limits.get("enum", ()))}),
        "maxLength": (rules.CELL_LENGTH, {"limit": limits.get("maxLength"), "length": len(cell)}),
        "minimum": (rules.CELL_RANGE, {"low": limits.get("minimum"), "high": limits.get("maximum")}),
        "pattern": (rules.CELL_FORM, {"pattern": limits.get("pattern")}),
    }
    of["maximum"] = of["minimum"]
    if limits.get("pattern") == _ID_PATTERN:
        of["pattern"] = (rules.CELL_ID, {})
    return of[constraint]
