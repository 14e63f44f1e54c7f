"""`python -m geo.story.describe STORY [CODEBOOK]`: write the format into a story's description and into the codebook.

The description is the story's `datapackage.json`: every table with its file and its schema; all else in it stays.
The codebook is Markdown with a section for each table, ``### `events.csv```; its table of columns is written anew.
"""

import argparse
import json
import re
from pathlib import Path
from typing import Any

from geo.story.files import write_whole
from geo.story.format import TABLES, Row
from geo.story.table_schema import Field, references, resources, table_schema
from geo.story.tables import PACKAGE

_TYPES = {"string": "text", "number": "decimal number", "integer": "whole number", "date": "day"}


def main(arguments: list[str] | None = None) -> int:
    """Write both files."""
    parser = argparse.ArgumentParser(prog="python -m geo.story.describe", description=__doc__)
    parser.add_argument("story", type=Path, help="folder of the story, with its datapackage.json")
    parser.add_argument("codebook", type=Path, nargs="?", help="Markdown file with the tables of columns")
    given = parser.parse_args(arguments)
    description = given.story / PACKAGE
    package = json.loads(description.read_text("utf-8"))
    write_whole(description, f"{json.dumps(described(package, given.story), ensure_ascii=False, indent=2)}\n".encode())
    if given.codebook:
        write_whole(given.codebook, codebook(given.codebook.read_text("utf-8")).encode())
    return 0


def described(package: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A story's description with the resources of the format; a file of another name keeps it.

    A table that a story may leave out is described if it was before, or if its file is in the story's folder.
    """
    paths = {
        resource["name"]: resource["path"]
        for resource in package.get("resources", [])
        if resource.keys() >= {"name", "path"}
    }
    own = [
        resource | {"path": paths.get(resource["name"], resource["path"])}
        for resource in resources()
        if not TABLES[resource["name"]].optional or resource["name"] in paths or (folder / resource["path"]).exists()
    ]
    return package | {"resources": own}


def codebook(text: str) -> str:
    """The text of a codebook with the tables of columns of the format."""
    for table, row_type in TABLES.items():
        section = re.compile(rf"(?<=### `{table}\.csv`\n)(.*?\n)\| column \|.*?\n(?=\n|\Z)", re.DOTALL)
        if found := section.search(text):
            text = f"{text[: found.start()]}{found[1]}{_columns(row_type)}{text[found.end() :]}"
    return text


def _columns(row_type: type[Row]) -> str:
    lines = ["| column | type, unit | required | meaning |", "|---|---|---|---|"]
    for field in table_schema(row_type)["fields"]:
        required = "yes" if "required" in field["constraints"] else ""
        kind = _kind(row_type, field)
        lines.append(f"| `{field['name']}` | {kind} | {required} | {field['description']} |")
    return "\n".join(lines) + "\n"


def _kind(row_type: type[Row], field: Field) -> str:
    """What the cells of a column hold, in words."""
    limits = field["constraints"]
    target = references(row_type).get(field["name"])
    if target:
        return f"id of `{target[0]}`"
    if "enum" in limits:
        return "one of " + ", ".join(f"`{value}`" for value in limits["enum"])
    if limits.get("pattern", "").startswith("[a-z0-9]+"):
        return "id"
    if field["name"] in ("when", "depart", "arrive"):
        return "date, time or interval"
    units = {
        "lat": ", degrees",
        "lon": ", degrees",
        "rail_km": ", kilometres",
        "max_km_h": ", kilometres an hour",
        "value": ", `unit`",
    }
    return _TYPES[field["type"]] + units.get(field["name"], "")


if __name__ == "__main__":
    raise SystemExit(main())
