"""A batch of names: from the rows of an input to the rows of the output, as streams.

The input is read twice. First its distinct names go into a temporary file, in which they are resolved document by
document; then each row is written with what its name came to.
"""

import csv
import json
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol, Self, TextIO

from tqdm import tqdm

from geo.geocoding._input import FORMULA, RESULT_COLUMNS, Columns, Mention, Sheet
from geo.geocoding.candidates import Answer, BoundingBox, Candidate, Query
from geo.story.faults import Fault, Rule
from geo.story.files import FileError, Row, replacing

# Names of one document that are resolved together; a longer document is resolved in parts. Each candidate of each
# name is compared with all others: fifty names with two dozen candidates each take 75 MB, four times as many 1.2 GB.
TOGETHER: Final = 50
# So many faults of rows are shown.
FAULTS_SHOWN: Final = 20

_BEST: Final = 5
_DECIMALS: Final = 5
_NAMES_SHOWN: Final = 10
_SUGGESTED: Final = 3
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

_NO_ROWS: Final = Rule("There is a row under the names of the columns.", "Add a row for each name.")
_UNCHANGED: Final = Rule(
    "The name “{name}” was not there when the file was first read.", "Start again; leave the file alone meanwhile."
)


class Resolver(Protocol):
    """What the command needs of a chain of geocoders."""

    def answers(self, queries: Sequence[Query], /) -> list[Answer]:
        """An answer for each query, in their order; the queries are of one document."""


@dataclass(frozen=True)
class Options:
    """What the command was asked. ``box`` is in degrees."""

    source: Path
    output: Path
    online: str
    countries: frozenset[str]
    box: BoundingBox | None
    story: Path | None

    def query(self, mention: Mention) -> Query:
        """The query of a name; its own country goes before those of the options."""
        countries = frozenset([mention.country]) if mention.country else self.countries
        return Query(mention.toponym, mention.lang, countries, self.box)


class Result(NamedTuple):
    """What a name came to: verdict, cells of the output, suggestions, and what kept a provider from answering."""

    verdict: str
    cells: list[str]
    suggestions: str = ""
    fault: str = ""


@dataclass
class Summary:
    """What became of the rows: their number by outcome, and the first names that were not found or not asked."""

    rows: int = 0
    by_verdict: dict[str, int] = field(default_factory=lambda: {"found": 0, "ambiguous": 0, "not found": 0})
    given: int = 0
    unfit: int = 0
    faulty: int = 0
    not_found: dict[str, str] = field(default_factory=dict)
    faults: dict[str, None] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every row has its point, and every provider answered."""
        return not (self.by_verdict["not found"] or self.unfit or self.faulty)

    def count(self, mention: Mention, result: Result) -> None:
        """Count a row that was looked up."""
        self.by_verdict[result.verdict] += 1
        if result.verdict == "not found" and len(self.not_found) < _NAMES_SHOWN:
            self.not_found[mention.toponym] = result.suggestions
        if result.fault:
            self.faulty += 1
            if len(self.faults) < _NAMES_SHOWN:
                self.faults[result.fault] = None

    def __str__(self) -> str:
        """The numbers, then the first names that were not found with what is like them."""
        counts = [f"{count:,} {verdict}" for verdict, count in self.by_verdict.items()]
        counts += [f"{self.given:,} had coordinates"] if self.given else []
        counts += [f"{self.unfit:,} not looked up"] if self.unfit else []
        lines = [f"{self.rows:,} rows: {', '.join(counts)}."]
        for name, suggestions in self.not_found.items():
            lines.append(f"  not found: {name!r}{f' (similar: {suggestions})' if suggestions else ''}")
        if self.faulty:
            lines.append(f"{self.faulty:,} rows could not be asked everywhere; the same command asks them again.")
            lines += [f"  {fault}" for fault in self.faults]
        return "\n".join(lines)


# A file without a name is deleted by the system whatever becomes of this process, so nothing needs to be safe on disk.
_SETUP: Final = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32000;
CREATE TABLE name (
    id INTEGER PRIMARY KEY, document TEXT, toponym TEXT, lang TEXT, country TEXT,
    UNIQUE (document, toponym, lang, country)
);
CREATE TABLE result (id INTEGER PRIMARY KEY, verdict TEXT, cells TEXT, suggestions TEXT, fault TEXT);
"""
_ADD: Final = "INSERT OR IGNORE INTO name (document, toponym, lang, country) VALUES (?, ?, ?, ?)"
_BY_DOCUMENT: Final = "SELECT document, toponym, lang, country, id FROM name ORDER BY document, id"
_RESULT: Final = """
SELECT verdict, cells, suggestions, fault FROM name JOIN result USING (id)
WHERE document = ? AND toponym = ? AND lang = ? AND country = ?
"""


class Names:
    """The distinct names of an input and what they came to, in a temporary file of SQLite's, so not in memory."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")
        self._database.executescript(_SETUP)

    def __enter__(self) -> Self:
        """Nothing more is needed to use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Delete the file."""
        self._database.close()

    def __len__(self) -> int:
        """How many distinct names there are."""
        return int(self._database.execute("SELECT count(*) FROM name").fetchone()[0])

    def add(self, mentions: Iterable[Mention]) -> None:
        """Enter names; one that is there already stays once."""
        self._database.executemany(_ADD, mentions)

    def groups(self) -> Iterator[list[tuple[Mention, int]]]:
        """The names with their numbers: those of a document together, one that stands alone by itself."""
        names = ((Mention(*mention), number) for *mention, number in self._database.execute(_BY_DOCUMENT))
        for document, together in groupby(names, key=lambda name: name[0].document):
            most = TOGETHER if document else 1
            while group := list(islice(together, most)):
                yield group

    def record(self, number: int, result: Result) -> None:
        """Keep what a name came to."""
        row = (number, result.verdict, json.dumps(result.cells), result.suggestions, result.fault)
        self._database.execute("INSERT INTO result VALUES (?, ?, ?, ?, ?)", row)

    def result(self, mention: Mention) -> Result | None:
        """What a name came to; None where the input did not have it."""
        found = self._database.execute(_RESULT, mention).fetchone()
        if found is None:
            return None
        verdict, cells, suggestions, fault = found
        return Result(verdict, json.loads(cells), suggestions, fault)


def carry_out(sheet: Sheet, options: Options, chain: Resolver) -> Summary:
    """Resolve the names of an input and write its output, whole or not at all.

    Raises FileError where the input stops being a table, OSError and sqlite3.Error where the disk does not serve.
    """
    columns = Columns.of(sheet)
    with Names() as names:
        _read(sheet, columns, names)
        if options.online:
            longest = timedelta(seconds=len(names))
            note(f"Online: {len(names):,} names at one request a second take up to {longest}.")
        _resolve(names, chain, options)
        return _write(names, sheet, columns, options.output)


def _read(sheet: Sheet, columns: Columns, names: Names) -> None:
    """Enter the names of the input, and show the faults of its rows."""
    faults: list[Fault] = []
    rows = wrong = 0

    def mentions() -> Iterator[Mention]:
        nonlocal rows, wrong
        for row in _bar(sheet, "reading"):
            rows += bool(row.cells)
            found = columns.mention(row) if row.cells else None
            if isinstance(found, Mention):
                yield found
            elif found is not None:
                wrong += 1
                faults.extend([found] if len(faults) < FAULTS_SHOWN else [])

    try:
        names.add(mentions())
    finally:
        if wrong:
            more = [f"… and {wrong - len(faults):,} more"] if wrong > len(faults) else []
            lines = "\n".join(f"  {line}" for line in [*map(str, faults), *more])
            note(f"{sheet.path}: rows that are not looked up and stay as they are, {wrong:,} in all:\n{lines}")
    if not rows:
        raise FileError(_NO_ROWS, row=2)


def _resolve(names: Names, chain: Resolver, options: Options) -> None:
    with tqdm(total=len(names), unit=" names", desc="resolving", disable=None, leave=False) as bar:
        for group in names.groups():
            answers = chain.answers([options.query(mention) for mention, _ in group])
            for (_, number), answer in zip(group, answers, strict=True):
                names.record(number, _result(answer))
            bar.update(len(group))


def _result(answer: Answer) -> Result:
    fault = _plain(" ".join(answer.faults))
    if answer.chosen is None:
        alike = dict.fromkeys(f"{other.name} ({other.country})" for other in answer.candidates)
        suggestions = _plain(", ".join(list(alike)[:_SUGGESTED]))
        return Result("not found", [""] * len(RESULT_COLUMNS), suggestions, fault)
    return Result(answer.verdict, _cells(answer.chosen, answer.candidates), "", fault)


def _cells(chosen: Candidate, candidates: Sequence[Candidate]) -> list[str]:
    """The result columns of a name, in their order."""
    best = [_described(candidate) for candidate in candidates[:_BEST]]
    words = (chosen.kind, chosen.provider, chosen.ref, chosen.name, chosen.country)
    return [
        _decimal(chosen.lat, _DECIMALS),
        _decimal(chosen.lon, _DECIMALS),
        *(_inert(word) for word in words),
        _decimal(chosen.score, 3),
        _plain(json.dumps(best, ensure_ascii=False, separators=(",", ":"))),
    ]


def _described(candidate: Candidate) -> dict[str, Any]:
    return {
        "provider": candidate.provider,
        "ref": candidate.ref,
        "name": candidate.name,
        "kind": candidate.kind,
        "country": candidate.country,
        "lat": round(candidate.lat, _DECIMALS),
        "lon": round(candidate.lon, _DECIMALS),
        "score": round(candidate.score, 3),
        "reasons": candidate.reasons,
    }


def _decimal(number: float, decimals: int) -> str:
    """A number without exponent, superfluous zeros or a minus before nothing."""
    return f"{round(number, decimals) + 0.0:.{decimals}f}".rstrip("0").removesuffix(".")


def _plain(text: str) -> str:
    """A provider's text without what cannot be written or shown: control characters, halves of surrogate pairs."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _inert(text: str) -> str:
    """A provider's text that no spreadsheet takes for a formula."""
    plain = _plain(text)
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def _write(names: Names, sheet: Sheet, columns: Columns, output: Path) -> Summary:
    summary = Summary()
    with replacing(output) as beside, beside.open("w", encoding=sheet.encoding, newline="") as text:
        write = _writer(text, sheet)
        write(columns.output)
        for row in _bar(sheet, "writing"):
            write(columns.filled(row, _looked_up(names, row, columns, summary)) if row.cells else [])
    return summary


def _looked_up(names: Names, row: Row, columns: Columns, summary: Summary) -> Sequence[str]:
    """The results of a row, counted."""
    summary.rows += 1
    found = columns.mention(row)
    if isinstance(found, Mention):
        result = names.result(found)
        if result is None:
            raise FileError(_UNCHANGED, row.number, name=found.toponym)
        summary.count(found, result)
        return result.cells
    if found is None:
        summary.given += 1
    else:
        summary.unfit += 1
    return [""] * len(RESULT_COLUMNS)


class _Write(Protocol):
    def __call__(self, cells: Sequence[str], /) -> object:
        """Write a row."""


def _writer(text: TextIO, sheet: Sheet) -> _Write:
    """What writes rows as the input has them."""
    plain = csv.writer(text, delimiter=sheet.delimiter, lineterminator=sheet.newline)
    quoted = csv.writer(text, delimiter=sheet.delimiter, lineterminator=sheet.newline, quoting=csv.QUOTE_ALL)

    def write(cells: Sequence[str]) -> None:
        # The writer leaves a carriage return bare where lines end without one; a reader would break the line there.
        writer = quoted if any("\r" in cell for cell in cells) else plain
        writer.writerow(cells)

    return write


def _bar(sheet: Sheet, what: str) -> Iterable[Row]:
    """The rows of a sheet, with a bar where the error stream is a terminal."""
    rows: Iterable[Row] = tqdm(sheet.rows(), unit=" rows", desc=what, disable=None, leave=False)
    return rows


def note(text: str) -> None:
    """Print a note beside the result, on the error stream."""
    print(text, file=sys.stderr)
