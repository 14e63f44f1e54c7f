"""The log: one line a record — time, level, session, what happened — and nothing about who reads.

A record looks like `2026-01-31T09:00:00.000Z INFO 3f9a1c2e page shown page=events ms=41`. The session is a random
number of our own, `-` outside of sessions. Addresses, words searched for and browsers are never written; an error
is told by its kind and its place in the code, and in its own words, which may quote a reader, only at the level DEBUG.
"""

import hashlib
import json
import logging
import os
import secrets
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_ROOT: Final = Path(__file__).resolve().parent.parent
_LOG: Final = logging.getLogger("dateline")
# The server's own loggers, whose lines take the same form.
_SERVER: Final = ("streamlit", "uvicorn", "websockets")
# Makes the sessions' numbers: they are random, and nobody can reckon Streamlit's from them.
_KEY: Final = secrets.token_bytes(16)
_LONGEST: Final = 4000
_MOST_FRAMES: Final = 20


class Line(logging.Formatter):
    """A record as one printable line; `words`: whether an error's own words are part of it."""

    def __init__(self, words: bool = False) -> None:
        super().__init__()
        self._words = words

    def format(self, record: logging.LogRecord) -> str:
        """Time (ISO 8601, UTC), level, session, message, and facts as `name=value`."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        facts = dict(getattr(record, "facts", {}))
        if record.name != _LOG.name:
            facts["logger"] = record.name
        if record.exc_info and record.exc_info[1]:
            facts["error"] = " < ".join(_told(record.exc_info[1], self._words))
        told = " ".join(f"{name}={_value(value)}" for name, value in facts.items())
        line = _printable(f"{at} {record.levelname} {_session()} {record.getMessage()} {told}".rstrip())
        return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def note(what: str, level: int = logging.INFO, **facts: object) -> None:
    """Write a record of what happened. The `facts` must not tell who reads or what they typed."""
    _LOG.log(level, what, extra={"facts": facts})


def begin() -> float:
    """Note a session that is new, and return the time for `shown`."""
    began = time.perf_counter()
    if "_noted" not in st.session_state:
        st.session_state["_noted"] = True
        note("session opened")
    return began


def shown(page: str, began: float) -> None:
    """Note that a page was shown, and the server's milliseconds since `began`."""
    note("page shown", page=page or "journey", ms=round((time.perf_counter() - began) * 1000))


def configure() -> None:
    """Give the process its log, at the level that `DATELINE_LOG` names; a second call changes nothing."""
    if _LOG.handlers:
        return
    wanted = os.environ.get("DATELINE_LOG") or "INFO"
    level = wanted.upper() if wanted.upper() in LEVELS else "INFO"
    line = Line(words=level == "DEBUG")
    handler = logging.StreamHandler()
    handler.setFormatter(line)
    _LOG.addHandler(handler)
    _LOG.propagate = False
    _LOG.setLevel(level)
    for name, logger in logging.Logger.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name.partition(".")[0] in _SERVER:
            for own in logger.handlers:
                own.setFormatter(line)
    if wanted.upper() not in LEVELS:
        note(f"DATELINE_LOG is one of {', '.join(LEVELS)}; taken as INFO", logging.WARNING, value=wanted)


def _session() -> str:
    context = get_script_run_ctx(suppress_warning=True)
    return hashlib.blake2b(context.session_id.encode(), key=_KEY, digest_size=4).hexdigest() if context else "-"


def _told(error: BaseException, words: bool) -> Iterator[str]:
    """The error and where it was raised, innermost first, then what it came from."""
    seen: set[int] = set()
    chained: BaseException | None = error
    while chained is not None and id(chained) not in seen:
        seen.add(id(chained))
        yield f"{type(chained).__name__}: {chained}" if words else type(chained).__name__
        frames = traceback.extract_tb(chained.__traceback__, limit=-_MOST_FRAMES)
        yield from (f"{_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        chained = chained.__cause__ or (None if chained.__suppress_context__ else chained.__context__)


def _place(file: str) -> str:
    """A file of the project by its path in it, another by its own name: a path may name whose machine this is."""
    path = Path(file)
    if path.is_relative_to(_ROOT):
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-2:])


def _value(value: object) -> str:
    """A value as one word, in quotes where it would not be one."""
    text = str(value)
    plain = text and text.isprintable() and not any(mark in text for mark in " =\"'\\")
    return text if plain else json.dumps(text, ensure_ascii=False)


def _printable(text: str) -> str:
    """`text` with ends of lines, terminal codes and marks of direction as visible escapes."""
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii") for mark in text)
