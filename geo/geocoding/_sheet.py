"""A CSV file of any size, read as a stream: how it is written, its rows, and what is wrong with it.

Nothing of a row is lost or mended: what is wrong is told with its line, value, rule and remedy.
"""

import codecs
import csv
import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

LONGEST_CELL: Final = 131_072
DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
# A line without end would have to be held in memory whole.
LONGEST_LINE: Final = 10_000_000
TOLD: Final = 20

_CHUNK: Final = 1 << 20
_SHOWN: Final = 60
# The marks of UTF-32 begin with those of UTF-16.
_MARKS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_AS_UTF8: Final = "Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”; or: iconv -f ENCODING -t UTF-8)."


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file. ``line`` counts from 1; None where it is not of a line."""

    line: int | None
    column: str
    value: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        """The fault as one line: where, what, the rule, the remedy."""
        place = ", ".join(filter(None, [f"line {self.line}" if self.line else "", self.column]))
        shown = f"{cut(self.value)!r} — " if self.value else ""
        return f"{place + ': ' if place else ''}{shown}{self.rule} {self.remedy}"


@dataclass
class Faults:
    """The faults of a file: the first of them, and how many there are."""

    first: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, fault: Fault) -> None:
        """Count a fault, and keep it if it is one of the first."""
        self.count += 1
        if len(self.first) < TOLD:
            self.first.append(fault)

    def __str__(self) -> str:
        """The first faults, one a line, and the number of the others."""
        lines = [f"  {fault}" for fault in self.first]
        if self.count > len(self.first):
            lines.append(f"  … and {self.count - len(self.first):,} more")
        return "\n".join(lines)


class SheetError(Exception):
    """A file cannot be read as a CSV table. ``fault`` says where and what to do."""

    def __init__(self, fault: Fault) -> None:
        """Tell that fault."""
        self.fault = fault
        super().__init__(str(fault))


class Row(NamedTuple):
    """A record: the line it starts on, and its cells as written. A blank line has no cells."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Sheet:
    """How a CSV file is written. ``fingerprint`` is the SHA-256 of its bytes."""

    path: Path
    fingerprint: str
    size: int
    encoding: str
    delimiter: str
    newline: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """The records under the header. Raises SheetError where the file stops being CSV."""
        with self.path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, delimiter=self.delimiter, strict=True)
            line = 1
            try:
                next(reader)
                line = reader.line_num + 1
                for cells in reader:
                    yield Row(line, cells)
                    line = reader.line_num + 1
            except csv.Error as error:
                raise SheetError(_broken(line, reader.line_num, str(error))) from error

    def described(self) -> str:
        """The delimiter and the encoding, in words."""
        mark = "with" if self.encoding == "utf-8-sig" else "without"
        return f"delimiter {DELIMITERS[self.delimiter]}, UTF-8 {mark} byte order mark"


def read_sheet(path: Path, wanted: str) -> Sheet:
    """See how a CSV file with the column ``wanted`` is written, reading it once from end to end.

    Raises SheetError where it is not UTF-8 text, has no such column or a column twice; OSError where it cannot
    be read.
    """
    # The limit is the process's own, and libraries raise it.
    csv.field_size_limit(LONGEST_CELL)
    fingerprint, size = _text(path)
    with path.open("rb") as content:
        first = content.readline(LONGEST_LINE)
    encoding = "utf-8-sig" if first.startswith(codecs.BOM_UTF8) else "utf-8"
    newline = "\r\n" if first.endswith(b"\r\n") else "\n"
    headers = {delimiter: _header(path, delimiter) for delimiter in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda delimiter: (wanted in headers[delimiter], len(headers[delimiter])))
    header = headers[delimiter]
    _check_header(header, wanted)
    return Sheet(path, fingerprint, size, encoding, delimiter, newline, tuple(header))


def _text(path: Path) -> tuple[str, int]:
    """The fingerprint and the size in bytes of a file that is UTF-8 text."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, line, since_newline = 0, 1, 0
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            if position == 0:
                _check_mark(chunk)
            _check_chunk(decoder, chunk, position, line)
            since_newline = _longest(chunk, since_newline, line)
            line += chunk.count(b"\n")
            position += len(chunk)
            digest.update(chunk)
    if position == 0:
        raise SheetError(Fault(None, "", path.name, "The file is empty.", "A first line must name the columns."))
    _check_chunk(decoder, b"", position, line, final=True)
    return digest.hexdigest(), position


def _check_mark(chunk: bytes) -> None:
    for mark, encoding in _MARKS.items():
        if chunk.startswith(mark):
            rule = f"A file is encoded in UTF-8; this one begins with the mark of {encoding}."
            raise SheetError(Fault(1, "", "", rule, _AS_UTF8.replace("ENCODING", encoding)))


def _check_chunk(
    decoder: codecs.IncrementalDecoder, chunk: bytes, position: int, line: int, *, final: bool = False
) -> None:
    nul = chunk.find(b"\0")
    if nul >= 0:
        at = line + chunk.count(b"\n", 0, nul)
        rule = f"A file is text and holds no NUL; byte {position + nul} is NUL."
        raise SheetError(Fault(at, "", "", rule, "Export the file again as text, or remove the byte."))
    kept = len(decoder.getstate()[0])
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        at = line + error.object.count(b"\n", 0, error.start)
        byte = position - kept + error.start
        wrong = f"0x{error.object[error.start]:02X}"
        rule = f"A file is encoded in UTF-8; byte {byte} is not."
        raise SheetError(Fault(at, "", wrong, rule, _AS_UTF8)) from error


def _longest(chunk: bytes, since_newline: int, line: int) -> int:
    """How many bytes stand after the last line break; SheetError where a line is too long to be held."""
    first, last = chunk.find(b"\n"), chunk.rfind(b"\n")
    if since_newline + (len(chunk) if first < 0 else first) > LONGEST_LINE:
        rule = f"A line has no more than {LONGEST_LINE:,} bytes."
        raise SheetError(Fault(line, "", "", rule, "Check that the file is CSV with a line for each row."))
    return since_newline + len(chunk) if last < 0 else len(chunk) - last - 1


def _header(path: Path, delimiter: str) -> list[str]:
    """The first record; none where the file is not CSV with that delimiter from its first line on."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            return next(reader, [])
        except csv.Error:
            return []


def _check_header(header: Sequence[str], wanted: str) -> None:
    columns = ", ".join(repr(cut(name)) for name in header[:TOLD])
    if wanted not in header:
        alike = difflib.get_close_matches(wanted, [name.strip().casefold() for name in header], n=3, cutoff=0.6)
        close = [name for name in header if name.strip().casefold() in alike]
        rename = f"Rename {' or '.join(map(repr, close))} to {wanted!r}" if close else "Name it in the first line"
        rule = f"A column is called {wanted!r}; the file has {columns or 'none that can be read'}."
        raise SheetError(Fault(1, "", "", rule, f"{rename}; the delimiter is one of {', '.join(DELIMITERS.values())}."))
    twice = [name for name, times in Counter(header).items() if times > 1 and name]
    if twice:
        shown = ", ".join(repr(cut(name)) for name in twice)
        raise SheetError(
            Fault(1, "", "", f"A column occurs once; more often: {shown}.", "Remove or rename the others.")
        )


def _broken(line: int, last: int, message: str) -> Fault:
    rule = f"Quotation marks come in pairs and a cell has no more than {LONGEST_CELL:,} characters"
    remedy = "Close the quotation mark, or double it where it belongs to the text."
    return Fault(line, "", "", f"{rule}; the row that begins here breaks this at line {last} ({message}).", remedy)


def cut(text: str) -> str:
    """A value short enough to be shown."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}… ({len(text):,} characters)"
