"""Files from outside, read with bounds, and files of ours, written whole or not at all."""

import codecs
import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

from geo.story import rules
from geo.story.faults import Fault, Rule

LONGEST_CELL: Final = 131_072  # characters
LONGEST_LINE: Final = 20_000_000  # bytes; a line is held in memory whole

# The marks of UTF-32 begin with those of UTF-16.
_OTHER_MARKS: Final = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


class FileError(Exception):
    """A file cannot be read as what it should be.

    ``row`` is the row at which it stops being CSV, None where the fault is of the whole file.
    """

    def __init__(self, rule: Rule, row: int | None = None, **values: object) -> None:
        """Keep the rule, the row and what fills the rule's templates."""
        self.rule = rule
        self.row = row
        self.values = values
        super().__init__(str(self.fault("file", "")))

    def fault(self, table: str, value: str) -> Fault:
        """The fault of a table; ``value`` is the name of its file, or ""."""
        return self.rule.fault(table, self.row, None, value, **self.values)


class Row(NamedTuple):
    """A record of a CSV file. ``number`` counts as a spreadsheet does: the header is 1. A blank line has no cells."""

    number: int
    cells: list[str]


def read_text(folder: Path, name: str, largest: int) -> str:
    """The text of a file in a folder, without its byte order mark.

    Raises FileError where the name leads out of the folder, where there is no such file, where it has more than
    `largest` bytes, or where it is not UTF-8 text.
    """
    path = folder / name
    try:
        inside = path.resolve().is_relative_to(folder.resolve())
        size = path.stat().st_size if inside and path.is_file() else None
    except (OSError, RuntimeError):  # a loop of symbolic links, a folder that may not be entered
        inside, size = True, None
    if not inside:
        raise FileError(rules.FILE_NAME, file=name)
    if size is None:
        raise FileError(rules.FILE_EXISTS, file=name)
    return "".join(text_lines(io.BytesIO(_content(path, size, largest))))


def _content(path: Path, size: int, largest: int) -> bytes:
    """The bytes of a file; one that is too large is not opened."""
    content = b""
    if size <= largest:
        try:
            with path.open("rb") as file:
                content = file.read(largest + 1)
        except OSError as error:
            raise FileError(rules.FILE_OPENS, cause=error.strerror) from error
    size = max(size, len(content))  # it may have grown meanwhile
    if size > largest:
        raise FileError(rules.FILE_SIZE, limit=largest // 1_000_000, size=size // 1_000_000)
    return content


def text_lines(content: IO[bytes]) -> Iterator[str]:
    r"""The lines of a UTF-8 file of any size with their ends (\n, \r\n or \r), without its byte order mark.

    Raises FileError at the first line that has another encoding, a NUL, or more than LONGEST_LINE bytes.
    """
    position = 0
    for number, line in enumerate(iter(lambda: content.readline(LONGEST_LINE + 1), b""), start=1):
        start = _check_mark(line) if number == 1 else 0
        nul = line.find(b"\0")
        if nul >= 0:
            raise FileError(rules.FILE_NUL, position=position + nul, line=number)
        if len(line) > LONGEST_LINE:
            raise FileError(rules.FILE_LINE, limit=f"{LONGEST_LINE:,}", line=number)
        try:
            text = line[start:].decode()
        except UnicodeDecodeError as error:
            at = start + error.start
            raise FileError(rules.FILE_UTF8, position=position + at, line=number, byte=f"0x{line[at]:02X}") from error
        position += len(line)
        if b"\r" in line[:-2]:
            yield from io.StringIO(text, newline="")
        elif text:
            yield text


def _check_mark(line: bytes) -> int:
    """The length of the UTF-8 byte order mark that a file's first line begins with. FileError for another mark."""
    for mark, encoding in _OTHER_MARKS.items():
        if line.startswith(mark):
            raise FileError(rules.FILE_MARK, encoding=encoding)
    return len(codecs.BOM_UTF8) if line.startswith(codecs.BOM_UTF8) else 0


def read_rows(lines: Iterable[str], delimiter: str = ",") -> Iterator[Row]:
    """The records of a CSV file, its header first. Raises FileError where it stops being CSV."""
    csv.field_size_limit(LONGEST_CELL)  # the limit is the process's own, and libraries raise it
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield Row(number, cells)
    except csv.Error as error:
        raise FileError(
            rules.FILE_CSV, row=number + 1, limit=f"{LONGEST_CELL:,}", line=reader.line_num, cause=error
        ) from error


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new empty file beside `target`, to be written meanwhile; it takes the place of `target` at the end.

    Others find `target` whole, or as it was before: so, too, after an exception.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    beside = Path(name)
    try:
        yield beside
        beside.chmod(0o644)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that others find it whole, or as it was before."""
    with replacing(target) as beside:
        beside.write_bytes(content)
