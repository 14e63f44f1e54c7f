"""The story format in the terms of Table Schema (Frictionless), generated from `geo.story.format`."""

from functools import cache
from typing import Any, Final

from geo.story.format import TABLES, Row

Field = dict[str, Any]
"""A field of Table Schema: name, type, title, description, constraints."""
Schema = dict[str, Any]

_CONSTRAINTS: Final = ("pattern", "maxLength", "enum", "minimum", "maximum")


@cache
def table_schema(row_type: type[Row]) -> Schema:
    """The Table Schema of a table. The caller must not change it."""
    properties = row_type.model_json_schema()["properties"]
    keys = [
        {
            "fields": [column],
            # Within its own table a reference names no resource.
            "reference": {"resource": "" if target == row_type.table else target, "fields": [target_column]},
        }
        for column, (target, target_column) in references(row_type).items()
    ]
    return {
        "fields": [_field(row_type, name, properties[name]) for name in row_type.model_fields],
        "primaryKey": list(row_type.key),
        "missingValues": [""],
    } | ({"foreignKeys": keys} if keys else {})


@cache
def references(row_type: type[Row]) -> dict[str, tuple[str, str]]:
    """The columns of a table that hold ids of another, or of its own, each with that table and its column."""
    properties = row_type.model_json_schema()["properties"]
    return {name: tuple(found) for name, column in properties.items() if (found := column["references"])}


def resources() -> list[dict[str, Any]]:
    """The resources of a story's `datapackage.json`: every table with its file and its schema."""
    return [
        {
            "name": table,
            "type": "table",
            "path": f"{table}.csv",
            "title": table.capitalize(),
            "description": row_type.__doc__,
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table_schema(row_type),
        }
        for table, row_type in TABLES.items()
    ]


def _field(row_type: type[Row], name: str, column: dict[str, Any]) -> Field:
    # What may be empty is “this or null” to JSON Schema; Table Schema has `required` for that.
    limits = column | next((kind for kind in column.get("anyOf", ()) if kind["type"] != "null"), {})
    constraints = {limit: limits[limit] for limit in _CONSTRAINTS if limit in limits}
    if "pattern" in constraints:
        constraints["pattern"] = constraints["pattern"].removeprefix("^(?:").removesuffix(")$")
    if "enum" in constraints:
        constraints["enum"] = [value for value in constraints["enum"] if value]
    if row_type.model_fields[name].is_required():
        constraints["required"] = True
    return {
        "name": name,
        "type": "date" if limits.get("format") == "date" else limits["type"],
        "title": column["title"],
        "description": column["description"],
        "constraints": constraints,
    }
