"""What a batch of names has come to so far, on disk: it outlives an interruption, and the next run goes on from it.

An SQLite file. It grows with distinct names, and nothing of it is held in memory.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import groupby, islice
from pathlib import Path
from typing import Final, NamedTuple, Self

# Names of one document that are resolved together; a longer document is resolved in parts. Each candidate of each
# name is compared with all others: fifty names with two dozen candidates each take 75 MB, four times as many 1.2 GB.
TOGETHER: Final = 50

_MARK: Final = 0x444C4743
_PAGE: Final = 1_000
_TO_ASK, _ANSWERED, _FAULTY = 0, 1, 2
# The file is written by one process; a commit is safe from a crash of that process without waiting for the disk.
_SETUP: Final = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -32000;
"""
_TABLES: Final = """
CREATE TABLE binding (what TEXT PRIMARY KEY, value TEXT);
CREATE TABLE name (
    id INTEGER PRIMARY KEY, document TEXT, toponym TEXT, lang TEXT, country TEXT, state INTEGER DEFAULT 0,
    UNIQUE (document, toponym, lang, country)
);
CREATE TABLE result (id INTEGER PRIMARY KEY, verdict TEXT, cells TEXT, suggestions TEXT, fault TEXT);
"""
_NEXT: Final = f"""
SELECT id, document, toponym, lang, country FROM name
WHERE state = {_TO_ASK} AND (document, id) > (?, ?) ORDER BY document, id LIMIT {_PAGE}
"""
_RESULT: Final = """
SELECT verdict, cells, suggestions, fault FROM name JOIN result USING (id)
WHERE document = ? AND toponym = ? AND lang = ? AND country = ?
"""
# What a name means depends on its document: all names of a document with a fault are asked again.
_ASK_AGAIN: Final = f"""
UPDATE name SET state = {_TO_ASK} WHERE state = {_FAULTY}
OR (document != '' AND document IN (SELECT document FROM name WHERE state = {_FAULTY}))
"""


class JournalError(Exception):
    """A file is in the journal's place, and is no journal or is another run's. The message has the remedy."""


class Mention(NamedTuple):
    """A name as a row gives it. ``document`` is "" where it stands alone, ``lang`` and ``country`` where unknown."""

    document: str
    toponym: str
    lang: str
    country: str


class Result(NamedTuple):
    """What a name came to: verdict, cells of the output, suggestions, and what kept a provider from answering."""

    verdict: str
    cells: list[str]
    suggestions: str = ""
    fault: str = ""


class Journal:
    """The distinct names of one input, and their results.

    ``resumed`` says whether an earlier run of the same input and options left it. ``changed`` names what is not the
    same as in the run that left the journal that was here; that journal has been replaced.
    """

    def __init__(self, path: Path, binding: Mapping[str, str]) -> None:
        """Open the journal at that path; ``binding`` is what its results depend on.

        Raises JournalError where the file is no journal, or another run has it open.
        """
        self.path = path
        self._binding = dict(binding)
        bound = self._bound() if path.exists() else {}
        self.resumed = bound == self._binding
        self.changed = [what for what in binding if bound and binding[what] != bound.get(what)]
        if not self.resumed:
            self._delete()
        self._connection = sqlite3.connect(path, timeout=0)
        again = _ASK_AGAIN if self.resumed else f"PRAGMA application_id = {_MARK}; {_TABLES}"
        self._connection.executescript(f"{_SETUP} {again}")

    def __enter__(self) -> Self:
        """Nothing more is needed to use it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file and leave it where it is."""
        self._connection.close()

    def _bound(self) -> dict[str, str]:
        """What the journal that is here was bound to; nothing where it was never filled."""
        with closing(sqlite3.connect(self.path, timeout=0)) as connection:
            try:
                (mark,) = connection.execute("PRAGMA application_id").fetchone()
                tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() != (0,)
                if mark == _MARK or not tables:
                    return dict(connection.execute("SELECT what, value FROM binding")) if tables else {}
            except sqlite3.OperationalError as error:
                remedy = "Wait for the run that writes it, or stop that run."
                raise JournalError(f"{str(self.path)!r} cannot be used: {error}. {remedy}") from error
            except sqlite3.DatabaseError:
                mark = None
        remedy = "Move it away, or write to another output."
        raise JournalError(f"{str(self.path)!r} is in the place of the journal and is none. {remedy}")

    def fill(self, mentions: Iterable[Mention]) -> None:
        """Enter the distinct names of an input. Until this has come to its end the journal does not count."""
        with self._connection as connection:
            enter = "INSERT OR IGNORE INTO name (document, toponym, lang, country) VALUES (?, ?, ?, ?)"
            connection.executemany(enter, mentions)
            connection.execute("CREATE INDEX name_of_document ON name (document, id)")
            connection.executemany("INSERT INTO binding VALUES (?, ?)", self._binding.items())

    def counts(self) -> tuple[int, int]:
        """How many names have their final answer, and how many there are."""
        answered, names = self._connection.execute(
            f"SELECT count(*) FILTER (WHERE state = {_ANSWERED}), count(*) FROM name"
        ).fetchone()
        return int(answered), int(names)

    def groups(self) -> Iterator[tuple[list[int], list[Mention]]]:
        """The names still to be asked, by number: those of a document together, one that stands alone by itself."""
        for document, names in groupby(self._to_ask(), key=lambda name: name[1].document):
            most = TOGETHER if document else 1
            while group := list(islice(names, most)):
                yield [number for number, _ in group], [mention for _, mention in group]

    def _to_ask(self) -> Iterator[tuple[int, Mention]]:
        last: tuple[str, int] = ("", 0)
        while page := self._connection.execute(_NEXT, last).fetchall():
            for number, *mention in page:
                yield number, Mention(*mention)
            last = page[-1][1], page[-1][0]

    def record(self, numbers: Sequence[int], results: Sequence[Result]) -> None:
        """Keep the results of a group, all or none. One with a fault is kept until the next run asks again."""
        with self._connection as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?)",
                [
                    (number, result.verdict, json.dumps(result.cells), result.suggestions, result.fault)
                    for number, result in zip(numbers, results, strict=True)
                ],
            )
            connection.executemany(
                "UPDATE name SET state = ? WHERE id = ?",
                [
                    (_FAULTY if result.fault else _ANSWERED, number)
                    for number, result in zip(numbers, results, strict=True)
                ],
            )

    def result(self, mention: Mention) -> Result | None:
        """What a name came to; None where the journal does not have it."""
        found = self._connection.execute(_RESULT, mention).fetchone()
        if found is None:
            return None
        verdict, cells, suggestions, fault = found
        return Result(verdict, json.loads(cells), suggestions, fault)

    def remove(self) -> None:
        """Close and delete the file."""
        self._connection.close()
        self._delete()

    def _delete(self) -> None:
        for end in ("", "-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)
