"""The log: one line a record, with its fields, and nothing about the reader."""

import io
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.logger import get_logger

from geo.story import validate
from tests.support.visit import Visitor
from ui import events, log

FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR) ([0-9a-f]{8}|-) (\S.*)")
HOSTILE = 'a\nb\r\nc\u2028d\x0be\x85f\x1b[31mg\x00h\u202ei level=ERROR "j" \\ 2026-01-01T00:00:00.000Z INFO - k'
SERVER = "streamlit.error_util"

Started = Callable[..., io.StringIO]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """Starts the log as a new process would, at the level given, into a text that it returns."""
    own, server = logging.getLogger("dateline"), get_logger(SERVER)
    handlers, level = own.handlers[:], own.level
    console = logging.StreamHandler(io.StringIO())
    server.addHandler(console)

    def start(wanted: str = "") -> io.StringIO:
        monkeypatch.setenv("DATELINE_LOG", wanted)
        text = io.StringIO()
        monkeypatch.setattr("sys.stderr", text)
        own.handlers[:] = []
        console.setStream(text)
        log.configure()
        return text

    yield start
    server.removeHandler(console)
    own.handlers[:] = handlers
    own.setLevel(level)


def told(text: io.StringIO) -> list[tuple[str, str, str]]:
    """Level, session and rest of each line; every line must have the form, and hold only what can be printed."""
    lines = text.getvalue().removesuffix("\n").split("\n") if text.getvalue() else []
    found = [FORM.fullmatch(line) for line in lines]
    assert [] == [line for line, match in zip(lines, found, strict=True) if not (match and line.isprintable())]
    return [(match[1], match[2], match[3]) for match in found if match]


def raised() -> None:
    """Raise an error with ends of lines in its words, from another one."""
    try:
        raise KeyError("what a reader typed")
    except KeyError as error:
        raise ValueError(HOSTILE) from error


def test_a_record_has_time_level_session_and_facts(started: Started) -> None:
    """Outside of a session the session is a dash; facts follow as name=value, in quotes where they hold a space."""
    text = started()
    log.note("something happened", logging.WARNING, page="events", ms=41, told="two words", empty="")
    assert [("WARNING", "-", 'something happened page=events ms=41 told="two words" empty=""')] == told(text)


def test_hostile_values_stay_in_their_line_and_in_their_quotes(started: Started) -> None:
    """Ends of lines, terminal codes and marks of direction are escaped; a value cannot pose as another fact."""
    text = started()
    log.note("something happened", value=HOSTILE, after="end")
    ((_, _, line),) = told(text)
    assert line.startswith('something happened value="a\\nb')
    assert line.endswith('k" after=end')
    assert 'level=ERROR \\"j\\"' in line


def test_a_long_record_is_cut(started: Started) -> None:
    """A value of a million characters does not fill the log."""
    text = started()
    log.note("something happened", value="x" * 1_000_000)
    ((_, _, line),) = told(text)
    assert len(line) < 5000
    assert line.endswith("…")


@pytest.mark.parametrize(("level", "words"), [("info", False), ("DEBUG", True)])
def test_an_error_is_one_line_with_its_places(started: Started, level: str, words: bool) -> None:
    """An error and its cause are told by kind and place in the project; their own words only at DEBUG."""
    text = started(level)
    try:
        raised()
    except ValueError:
        logging.getLogger("dateline").exception("it failed")
    ((severity, _, line),) = told(text)
    assert "ERROR" == severity
    assert line.startswith("it failed error=")
    assert re.search(
        r"ValueError.* < tests/ui/test_log.py:\d+ raised < .*KeyError.* < tests/ui/test_log.py:\d+ raised", line
    )
    assert words == ("what a reader typed" in line)
    assert words == ("k < " in line)
    assert str(Path.home()) not in line


def test_the_servers_own_lines_take_the_form(started: Started) -> None:
    """What Streamlit writes keeps coming, as one line with the name of its logger, its traceback folded."""
    text = started()
    try:
        raised()
    except ValueError:
        get_logger(SERVER).exception("Uncaught\napp execution")
    ((severity, _, line),) = told(text)
    assert "ERROR" == severity
    assert line.startswith(f"Uncaught\\napp execution logger={SERVER} error=")
    assert "ValueError < tests/ui/test_log.py:" in line


@pytest.mark.parametrize(("level", "written"), [("", 2), ("DEBUG", 3), ("warning", 1), ("ERROR", 0)])
def test_the_level_is_the_environments(started: Started, level: str, written: int) -> None:
    """`DATELINE_LOG` names the least level that is written; without it, INFO."""
    text = started(level)
    for severity in (logging.DEBUG, logging.INFO, logging.WARNING):
        log.note("something happened", severity)
    assert written == len(told(text))


def test_a_level_that_is_none_is_told(started: Started) -> None:
    """Another word for a level is taken as INFO, and a line says what it can be."""
    text = started("loud\nER")
    ((severity, _, line),) = told(text)
    assert "WARNING" == severity
    assert 'value="loud\\\\nER"' in line.replace("\\n", "\\\\n")
    assert "DEBUG, INFO, WARNING, ERROR, CRITICAL" in line


def test_the_log_is_set_up_once(started: Started) -> None:
    """A second call adds no second line a record."""
    text = started()
    log.configure()
    log.note("something happened")
    assert 1 == len(told(text))


def test_a_visit_is_told_without_what_the_reader_typed(started: Started, visit: Visitor) -> None:
    """Session and page are told, with the server's milliseconds; neither search words nor the address are."""
    text = started()
    visit("events", lang="fr", q="a very private word", status="planned")
    found = told(text)
    assert {"session opened"} < {line for _, _, line in found}
    assert re.fullmatch(r"page shown page=events ms=\d+", found[-1][2])
    (session,) = {session for _, session, _ in found}
    assert re.fullmatch(r"[0-9a-f]{8}", session)
    assert [] == [word for word in ("private", "planned", "lang", "test session id") if word in text.getvalue()]


def test_a_session_is_opened_once(started: Started, visit: Visitor) -> None:
    """Another run of the same session shows a page again, and opens nothing."""
    text = started()
    visit("events").again()
    lines = [line for _, _, line in told(text)]
    assert 1 == lines.count("session opened")
    assert 2 == sum(line.startswith("page shown") for line in lines)


def test_an_error_of_a_page_is_one_line_without_the_readers_words(
    started: Started, visit: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that quotes what a reader searched for is told by kind and place; the page is not noted as shown."""

    def fail(*arguments: object) -> None:
        raise ValueError(f"no event\nholds {arguments[-1]!r} a very private word")

    monkeypatch.setattr(events, "show", fail)
    text = started()
    assert visit("events", q="a very private word").app.exception
    errors = [line for severity, _, line in told(text) if severity == "ERROR"]
    assert 1 == len(errors)
    assert "ValueError < tests/ui/test_log.py:" in errors[0]
    assert "pages/events.py:" in errors[0]
    assert "private" not in text.getvalue()
    assert "page shown" not in text.getvalue()


def test_faults_of_a_hostile_story_are_a_line_each(started: Started, visit: Visitor, shown_story: Path) -> None:
    """Each fault is one line, whatever its values hold; the last one counts them; no path is told."""
    events = shown_story / "events.csv"
    broken = '"' + "x\ny = level\u202e\x1b[0m {rule} {" + '"'
    events.write_text(events.read_text("utf-8").replace("departure,tour", f"{broken},tour"), "utf-8", newline="")
    faults = validate(shown_story)
    assert 3 <= len(faults) <= 20
    text = started()
    visit()
    lines = [line for severity, _, line in told(text) if severity == "ERROR"]
    assert len(faults) == sum(line.startswith("fault of the story folder=shown fault=") for line in lines)
    assert f"story not shown folder=shown faults={len(faults)} not_listed=0" == lines[-1]
    assert str(shown_story.parent) not in text.getvalue()


def test_many_faults_are_counted_not_listed(started: Started, visit: Visitor, shown_story: Path) -> None:
    """A story with hundreds of faults writes twenty of them and the number of the rest."""
    with (shown_story / "toponyms.csv").open("a") as table:
        table.writelines(f"name{n},fr,nowhere\n" for n in range(300))
    text = started()
    visit()
    lines = [line for severity, _, line in told(text) if severity == "ERROR"]
    assert 21 == len(lines)
    assert "story not shown folder=shown faults=300 not_listed=280" == lines[-1]


def test_a_loaded_story_is_told_with_its_version_and_time(started: Started, visit: Visitor, shown_story: Path) -> None:
    """Loading a story writes its name, version and seconds, once a version."""
    text = started()
    visit("events").again()
    lines = [line for _, _, line in told(text) if line.startswith("story loaded")]
    assert 1 == len(lines)
    assert re.fullmatch(r"story loaded story=tiny version=[0-9a-f]{12} seconds=\d+\.\d+", lines[0])
