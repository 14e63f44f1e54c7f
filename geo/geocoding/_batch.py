"""A batch of names: from the rows of an input through the journal to the rows of the output."""

import csv
import json
import re
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

from tqdm import tqdm

from geo.geocoding._journal import Journal, Mention, Result
from geo.geocoding._mentions import FORMULA, RESULT_COLUMNS, Columns
from geo.geocoding._sheet import Fault, Faults, Row, Sheet, SheetError, cut
from geo.geocoding.chain import Answer, BoundingBox, Candidate, Query

_BEST: Final = 5
_DECIMALS: Final = 5
_TOLD: Final = 10
_SUGGESTED: Final = 3
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


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

    @property
    def journal(self) -> Path:
        """The journal's path."""
        return self.output.with_name(f"{self.output.name}.journal")

    @property
    def unfinished(self) -> Path:
        """Where the output is written until it is whole."""
        return self.output.with_name(f"{self.output.name}.part")

    def query(self, mention: Mention) -> Query:
        """The query of a name; its own country goes before those of the options."""
        countries = frozenset([mention.country]) if mention.country else self.countries
        return Query(mention.toponym, mention.lang, countries, self.box)


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
        if result.verdict == "not found" and len(self.not_found) < _TOLD:
            self.not_found[mention.toponym] = result.suggestions
        if result.fault:
            self.faulty += 1
            if len(self.faults) < _TOLD:
                self.faults[result.fault] = None

    def __str__(self) -> str:
        """The numbers, then the first names that were not found with what is like them."""
        told = [f"{count:,} {verdict}" for verdict, count in self.by_verdict.items()]
        told += [f"{self.given:,} had coordinates"] if self.given else []
        told += [f"{self.unfit:,} not looked up"] if self.unfit else []
        lines = [f"{self.rows:,} rows: {', '.join(told)}."]
        for name, suggestions in self.not_found.items():
            lines.append(f"  not found: {cut(name)!r}{f' (similar: {suggestions})' if suggestions else ''}")
        if self.faulty:
            lines.append(f"{self.faulty:,} rows could not be asked everywhere; the same command asks them again.")
            lines += [f"  {fault}" for fault in self.faults]
        return "\n".join(lines)


def carry_out(journal: Journal, sheet: Sheet, options: Options, chain: Resolver) -> Summary:
    """Resolve the names of an input and write its output, going on from what the journal has.

    Raises SheetError where the input stops being a table, OSError and sqlite3.Error where the disk does not serve.
    """
    columns = Columns.of(sheet.header)
    _fill(journal, sheet, columns)
    _announce(journal, options)
    _resolve(journal, chain, options)
    return _write(journal, sheet, columns, options)


def _fill(journal: Journal, sheet: Sheet, columns: Columns) -> None:
    """Enter the names of the input, unless an earlier run has, and tell the faults of its rows."""
    faults, rows = Faults(), 0

    def mentions() -> Iterator[Mention]:
        nonlocal rows
        for row in _bar(sheet, "reading"):
            rows += bool(row.cells)
            found = columns.mention(row) if row.cells else None
            if isinstance(found, Mention):
                yield found
            elif found is not None:
                faults.add(found)

    try:
        if journal.resumed:
            deque(mentions(), maxlen=0)  # once more for the faults alone
        else:
            journal.fill(mentions())
    finally:
        if faults.count:
            tell(f"{sheet.path}: rows that are not looked up and stay as they are, {faults.count:,} in all:\n{faults}")
    if not rows:
        raise SheetError(Fault(2, "", "", "There is a row under the names of the columns.", "Add a row for each name."))


def _announce(journal: Journal, options: Options) -> None:
    answered, names = journal.counts()
    if journal.resumed:
        tell(f"Going on from {options.journal}: {answered:,} of {names:,} names are answered.")
    elif journal.changed:
        changed = ", ".join(journal.changed)
        tell(f"Beginning anew: not the same as in the run that left {options.journal}: {changed}.")
    if options.online and names > answered:
        longest = timedelta(seconds=names - answered)
        tell(f"Online: {names - answered:,} names at one request a second take up to {longest}.")


def _resolve(journal: Journal, chain: Resolver, options: Options) -> None:
    answered, names = journal.counts()
    with tqdm(total=names - answered, unit=" names", desc="resolving", disable=None, leave=False) as bar:
        for numbers, mentions in journal.groups():
            answers = chain.answers([options.query(mention) for mention in mentions])
            journal.record(numbers, [_result(answer) for answer in answers])
            bar.update(len(numbers))


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


def _write(journal: Journal, sheet: Sheet, columns: Columns, options: Options) -> Summary:
    """Write the output, whole or not at all."""
    summary = Summary()
    try:
        with options.unfinished.open("w", encoding=sheet.encoding, newline="") as text:
            write = _writer(text, sheet)
            write(columns.output)
            for row in _bar(sheet, "writing"):
                write(columns.filled(row, _looked_up(journal, row, columns, summary)) if row.cells else [])
        options.unfinished.replace(options.output)
    finally:
        options.unfinished.unlink(missing_ok=True)
    return summary


def _looked_up(journal: Journal, row: Row, columns: Columns, summary: Summary) -> Sequence[str]:
    """The results of a row, counted."""
    summary.rows += 1
    found = columns.mention(row)
    if isinstance(found, Mention):
        result = journal.result(found)
        if result is None:
            rule = "A name was not there when the file was first read."
            raise SheetError(
                Fault(row.line, "toponym", found.toponym, rule, "Start again; leave the file alone meanwhile.")
            )
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


def tell(text: str) -> None:
    """Say something beside the result, on the error stream."""
    print(text, file=sys.stderr)
