"""The articles' own words, from a folder that a reader may have: what is read, and what is not and why.

The project ships no article. A folder of `<article>.txt` files, one for each source, is the reader's own.
"""

import os
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from geo.story import Story, rules
from geo.story.faults import Rule
from geo.story.files import FileError, read_text

LARGEST_BYTES: Final = 2_000_000
MOST_PARAGRAPHS: Final = 2_000

# folder: there is none to be read. missing: no plain file of this name. outside: the name leads out of the folder.
# unreadable, large, encoding, long: the file is left unread. short: it ends before the last paragraph cited.
Reason = Literal["folder", "missing", "outside", "unreadable", "large", "encoding", "long", "short"]

# Every other rule that a file may break is one of text in UTF-8.
_REASONS: Final[dict[Rule, Reason]] = {
    rules.FILE_NAME: "outside",
    rules.FILE_EXISTS: "missing",
    rules.FILE_OPENS: "unreadable",
    rules.FILE_SIZE: "large",
}


@dataclass(frozen=True)
class Problem:
    """Why a source's article is not, or not wholly, at hand.

    ``has`` and ``cited`` count paragraphs where the reason is that the text is short: how many there are, and the
    number of the last one that a claim cites.
    """

    source_id: str
    file: str
    reason: Reason
    has: int = 0
    cited: int = 0


@dataclass(frozen=True)
class Articles:
    """The paragraphs of each source whose article could be read, by source id; all else with its reason.

    ``ignored`` names what else lies in the folder, in order of name.
    """

    paragraphs: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def read_articles(folder: Path, story: Story) -> Articles:
    """Read `<article>.txt` of each source of `story`. Nothing is raised: what cannot be read is a problem.

    A paragraph is a line that is not blank, as in `claims.paragraph`; its ends are trimmed.
    """
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return Articles({}, (Problem("", _shown(str(folder)), "folder"),))
    cited: dict[str, int] = defaultdict(int)
    for claim in story.claims:
        cited[claim.source_id] = max(cited[claim.source_id], claim.paragraph)
    found: dict[str, tuple[str, ...]] = {}
    problems = []
    files = {source.source_id: f"{source.article}.txt" for source in story.sources}
    for source, file in files.items():
        read = _paragraphs(folder, file)
        last = cited[source]
        if isinstance(read, str):
            problems.append(Problem(source, file, read))
            continue
        found[source] = read
        if len(read) < last:
            problems.append(Problem(source, file, "short", has=len(read), cited=last))
    return Articles(found, tuple(problems), tuple(_shown(name) for name in names if name not in files.values()))


def _paragraphs(folder: Path, file: str) -> tuple[str, ...] | Reason:
    try:
        text = read_text(folder, file, LARGEST_BYTES)
    except FileError as error:
        return _REASONS.get(error.rule, "encoding")
    lines = tuple(stripped for line in text.splitlines() if (stripped := line.strip()))
    return lines if len(lines) <= MOST_PARAGRAPHS else "long"


def _shown(name: str) -> str:
    """The name of a file as text, whatever its bytes are."""
    return os.fsencode(name).decode("utf-8", "replace")
