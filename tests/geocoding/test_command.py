"""geo.geocoding.__main__: a CSV file of names in, the same rows with their points out, whatever happens on the way."""

import csv
import gc
import io
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.geocoding import __main__ as geocode
from geo.geocoding._batch import FAULTS_SHOWN, TOGETHER
from geo.geocoding._input import RESULT_COLUMNS
from geo.geocoding.candidates import Answer, Candidate, Query
from geo.geocoding.providers.geonames import LONGEST_NAME, OfflineGeoNames
from geo.story.files import LONGEST_LINE

ROOT = Path(__file__).parents[2]
STORY = ROOT / "data" / "kim-putin"

KHASAN = Candidate("geonames", "1", "Khasan", "settlement", "RU", 42.4281, 130.645, score=0.91, reasons=("name",))
SEOUL = Candidate("geonames", "2", "Seoul", "settlement", "KR", 37.566, 126.9784, score=0.8, reasons=("capital",))
PARIS = Candidate("geonames", "3", "Paris", "settlement", "FR", 48.85341, 2.3488, score=0.7)
PARIS_TEXAS = Candidate("geonames", "4", "Paris", "settlement", "US", 33.66094, -95.55551, score=0.69)
PLACES = {"Khasan": [KHASAN], "Seoul": [SEOUL], "Paris": [PARIS, PARIS_TEXAS]}


class Double:
    """A chain that knows a few places, and remembers what it was asked together.

    ``down`` are names that one of its providers fails for; ``stop`` is called before the answer for a name.
    """

    def __init__(self, places: Mapping[str, Sequence[Candidate]] = PLACES) -> None:
        self.places = places
        self.asked: list[list[Query]] = []
        self.down: set[str] = set()
        self.stop: dict[str, Callable[[], None]] = {}

    def answers(self, queries: Sequence[Query], /) -> list[Answer]:
        for query in queries:
            self.stop.get(query.name, lambda: None)()
        self.asked.append(list(queries))
        return [self.answer(query) for query in queries]

    def answer(self, query: Query) -> Answer:
        candidates = tuple(self.places.get(query.name, ()))
        faults = ("nominatim: the server said 503.",) if query.name in self.down else ()
        if not candidates:
            return Answer((KHASAN, SEOUL) if query.name == "Kasan" else (), "not found", faults)
        return Answer(candidates, "ambiguous" if len(candidates) > 1 else "found", faults)

    @property
    def names(self) -> list[list[str]]:
        """The names of each group, as they were asked together."""
        return [[query.name for query in group] for group in self.asked]


@pytest.fixture
def chain() -> Double:
    """A chain that knows Khasan, Seoul and two Parises."""
    return Double()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where an input is put."""
    return tmp_path / "names.csv"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Where the output goes if nothing is said."""
    return tmp_path / "names.geocoded.csv"


def read(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text, delimiter=delimiter, strict=True))


def left(folder: Path) -> list[str]:
    """The names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


# What comes out.


def test_rows_keep_their_order_and_columns(source: Path, output: Path, chain: Double) -> None:
    """Rows and columns stay as they are, and the results come after them in the order of the documentation."""
    source.write_text('n,toponym,said\n1,Seoul,"a, b"\n2,Nowhere,x\n3,Khasan,\n', "utf-8")

    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)

    rows = read(output)
    assert ["n", "toponym", "said", *RESULT_COLUMNS] == list(rows[0])
    assert [("1", "Seoul", "a, b"), ("2", "Nowhere", "x"), ("3", "Khasan", "")] == [
        (row["n"], row["toponym"], row["said"]) for row in rows
    ]
    assert ["37.566", "", "42.4281"] == [row["lat"] for row in rows]
    assert {""} == {rows[1][column] for column in RESULT_COLUMNS}
    assert ["names.csv", "names.geocoded.csv"] == left(source.parent)


def test_a_result_is_told_in_full(source: Path, output: Path, chain: Double) -> None:
    """The chosen candidate fills the columns, and the five best are there as JSON with their reasons."""
    many = [PARIS, PARIS_TEXAS, SEOUL, KHASAN, SEOUL, KHASAN]
    source.write_text("toponym\nParis\n", "utf-8")

    geocode.main([str(source)], Double({"Paris": many}))

    (row,) = read(output)
    candidates = json.loads(row.pop("candidates"))
    assert {
        "toponym": "Paris", "lat": "48.85341", "lon": "2.3488", "geo_precision": "settlement", "provider": "geonames",
        "provider_ref": "3", "name": "Paris", "country": "FR", "score": "0.7",
    } == row  # fmt: skip
    assert ["FR", "US", "KR", "RU", "KR"] == [candidate["country"] for candidate in candidates]
    assert {
        "provider": "geonames", "ref": "1", "name": "Khasan", "kind": "settlement", "country": "RU", "lat": 42.4281,
        "lon": 130.645, "score": 0.91, "reasons": ["name"],
    } == candidates[3]  # fmt: skip


@pytest.mark.parametrize(
    ("lat_lon", "written"),
    [((1e-7, -1e-9), ("0", "0")), ((-33.868820, 151.2), ("-33.86882", "151.2")), ((10, -180), ("10", "-180"))],
)
def test_coordinates_are_plain_decimals(
    source: Path, output: Path, lat_lon: tuple[float, float], written: tuple[str, str]
) -> None:
    """Coordinates have at most five decimals, no exponent and no minus before zero."""
    place = Candidate("geonames", "1", "X", "site", "AU", *lat_lon)
    source.write_text("toponym\nX\n", "utf-8")

    geocode.main([str(source)], Double({"X": [place]}))

    (row,) = read(output)
    assert written == (row["lat"], row["lon"])


def test_a_document_is_resolved_together(source: Path, chain: Double) -> None:
    """Distinct names of a document are asked in one go wherever its rows stand; a name without one stands alone."""
    source.write_text("document,toponym\na,Khasan\n,Seoul\nb,Paris\na,Seoul\n,Seoul\na,Khasan\n,Khasan\n", "utf-8")

    assert geocode.ALL_FOUND == geocode.main([str(source)], chain)

    assert [["Khasan"], ["Khasan", "Seoul"], ["Paris"], ["Seoul"]] == sorted(chain.names)


def test_without_documents_each_row_stands_alone(source: Path, chain: Double) -> None:
    """Where there is no column for it, no name is context for another."""
    source.write_text("toponym\nKhasan\nSeoul\nKhasan\n", "utf-8")

    geocode.main([str(source)], chain)

    assert [["Khasan"], ["Seoul"]] == chain.names


def test_a_long_document_is_resolved_in_parts(source: Path, chain: Double) -> None:
    """No more names than can be compared with one another are resolved together."""
    rows = "".join(f"one,name {number}\n" for number in range(2 * TOGETHER + 7))
    source.write_text(f"document,toponym\n{rows}", "utf-8")

    geocode.main([str(source)], chain)

    assert [TOGETHER, TOGETHER, 7] == [len(group) for group in chain.names]


def test_language_and_country_reach_the_query(source: Path, chain: Double) -> None:
    """A row's language and country narrow its query; its country goes before that of the option."""
    source.write_text("toponym,lang,country\nKhasan,fr,ru\nSeoul,,\n", "utf-8")

    geocode.main([str(source), "--country", "kp, KR", "--bbox", "-10,100,62,-170"], chain)

    box = ((-10.0, 100.0), (62.0, -170.0))
    assert [
        [Query("Khasan", "fr", frozenset({"RU"}), box)],
        [Query("Seoul", "", frozenset({"KP", "KR"}), box)],
    ] == chain.asked


def test_results_fill_columns_that_are_there(source: Path, output: Path, chain: Double) -> None:
    """A result column of the input is filled where it is empty; a row with a point, and what it says, stays."""
    source.write_text(
        "lat,place,toponym,lon,country,geo_precision\n,a,Khasan,,,\n1.5,b,Seoul,2.5,,\n,c,Seoul,,kr,region\n", "utf-8"
    )

    assert geocode.ALL_FOUND == geocode.main([str(source)], chain)

    rows = read(output)
    appended = ["provider", "provider_ref", "name", "score", "candidates"]
    assert ["lat", "place", "toponym", "lon", "country", "geo_precision", *appended] == list(rows[0])
    assert [("42.4281", "130.645"), ("1.5", "2.5"), ("37.566", "126.9784")] == [(r["lat"], r["lon"]) for r in rows]
    assert ["RU", "", "kr"] == [row["country"] for row in rows]
    assert ["settlement", "", "region"] == [row["geo_precision"] for row in rows]
    assert ["Khasan", "", "Seoul"] == [row["name"] for row in rows]


def test_the_output_may_be_the_next_input(source: Path, output: Path, chain: Double) -> None:
    """A second run over an output looks up only what was not found, and keeps the rest to the byte."""
    source.write_text("toponym\nKhasan\nNowhere\n", "utf-8")
    geocode.main([str(source)], chain)
    chain.asked.clear()

    geocode.main([str(output), "-o", str(source.with_name("again.csv"))], chain)

    assert [["Nowhere"]] == chain.names
    assert output.read_bytes() == source.with_name("again.csv").read_bytes()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_output_is_written_as_the_input(
    source: Path, output: Path, chain: Double, delimiter: str, mark: str, newline: str
) -> None:
    """Delimiter, byte order mark and line ends of the input are those of the output; blank lines stay."""
    text = newline.join([delimiter.join(["toponym", "x"]), delimiter.join(["Khasan", "é"]), "", ""])
    source.write_bytes(f"{mark}{text}".encode())

    assert geocode.ALL_FOUND == geocode.main([str(source)], chain)

    head = delimiter.join(["toponym", "x", *RESULT_COLUMNS])
    row = delimiter.join(["Khasan", "é", "42.4281", "130.645"])
    assert output.read_bytes().startswith(f"{mark}{head}{newline}{row}".encode())
    assert output.read_bytes().count(b"\n") == 3
    assert [newline == "\r\n"] == [output.read_bytes().endswith(b"\r\n\r\n")]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(CELLS, min_size=3, max_size=3), st.sampled_from(["\n", "\r\n"]))
@example(["Seoul", "a\rb", "\r"], "\n")
@example(["Seoul", "a\nb", '"'], "\r\n")
def test_no_cell_is_changed(tmp_path_factory: pytest.TempPathFactory, cells: list[str], newline: str) -> None:
    """Whatever a cell holds — quotes, line breaks, formulas, delimiters — is in the output as it was."""
    source = tmp_path_factory.mktemp("cells") / "names.csv"
    with source.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator=newline, quoting=csv.QUOTE_ALL)
        writer.writerows([["toponym", "b", "c"], cells, ["Khasan", *reversed(cells[:2])]])

    geocode.main([str(source)], Double())

    rows = read(source.with_name("names.geocoded.csv"))
    assert [cells, ["Khasan", *reversed(cells[:2])]] == [[row["toponym"], row["b"], row["c"]] for row in rows]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@sum", "\t=1", "\r=1"])
def test_a_name_that_is_found_is_no_formula(source: Path, output: Path, name: str) -> None:
    """A provider's name cannot become a formula in a spreadsheet."""
    place = Candidate("nominatim", name, name, "site", "RU", 1.0, 2.0)
    source.write_text("toponym\nX\n", "utf-8")

    geocode.main([str(source)], Double({"X": [place]}))

    (row,) = read(output)
    assert row["name"][0] in "'\ufffd"
    assert row["provider_ref"][0] in "'\ufffd"
    assert "[" == row["candidates"][0]


def test_a_providers_name_that_is_no_text_is_still_written(source: Path, output: Path) -> None:
    """Control characters and halves of surrogate pairs become replacement characters."""
    place = Candidate("nominatim", "node/1", "A\0B\ud800C\nD", "site", "RU", 1.0, 2.0)
    source.write_text("toponym\nX\n", "utf-8")

    assert geocode.ALL_FOUND == geocode.main([str(source)], Double({"X": [place]}))

    assert ["A�B�C�D"] == [row["name"] for row in read(output)]


# What is said.


def test_the_summary_counts_and_suggests(source: Path, chain: Double, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary has the numbers by outcome, names that were not found and what is like them."""
    source.write_text("toponym,lat,lon\nKhasan,,\nParis,,\nKasan,,\nXyz,,\nXyz,,\nSeoul,1,2\n=1,,\n", "utf-8")

    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)

    said = capsys.readouterr()
    assert "7 rows: 1 found, 1 ambiguous, 3 not found, 1 had coordinates, 1 not looked up." in said.out
    assert "not found: 'Kasan' (similar: Khasan (RU), Seoul (KR))" in said.out
    assert 1 == said.out.count("'Xyz'")
    assert "Offline. delimiter comma, UTF-8 without byte order mark" in said.out
    assert "names.geocoded.csv is written" in said.out


def test_off_a_terminal_there_is_no_bar(source: Path, chain: Double, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the error stream is no terminal, one line at the end is all it gets."""
    source.write_text("toponym\nKhasan\n", "utf-8")

    geocode.main([str(source)], chain)

    said = capsys.readouterr().err
    assert 1 == said.count("\n")
    assert said.startswith("1 rows in ")


def test_on_a_terminal_there_is_a_bar(source: Path, chain: Double, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a bar tells the names done, their number, and the time left."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    source.write_text("toponym\nKhasan\nSeoul\n", "utf-8")

    geocode.main([str(source)], chain)

    assert "resolving:   0%" in terminal.getvalue()
    assert "0/2 [00:00<?, ? names/s]" in terminal.getvalue()


def test_a_terminal_need_not_know_every_script(source: Path, output: Path) -> None:
    """A summary with names that the terminal's encoding lacks is still told, and the exit status stays."""
    source.write_text("toponym\nХасан\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PLAIN, str(source)],
        cwd=ROOT, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip

    assert geocode.INCOMPLETE == run.returncode
    assert rb"not found: '\u0425\u0430" in run.stdout
    assert output.exists()


def test_online_says_how_long_it_may_take(source: Path, chain: Double, capsys: pytest.CaptureFixture[str]) -> None:
    """At one request a second, two hours' worth of names are announced as such, and the summary says online."""
    names = "".join(f"name {number}\n" for number in range(7200))
    source.write_text(f"toponym\n{names}", "utf-8")

    geocode.main([str(source), "--online", "https://nominatim.example.org"], chain)

    said = capsys.readouterr()
    assert "Online: 7,200 names at one request a second take up to 2:00:00." in said.err
    assert said.out.startswith("Online.")


def test_the_help_documents_columns_and_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    """Every result column and every exit status is in --help."""
    with pytest.raises(SystemExit):
        geocode.main(["--help"])

    told = capsys.readouterr().out
    assert [] == [column for column in (*RESULT_COLUMNS, "document", "lang", "toponym") if column not in told]
    statuses = (geocode.ALL_FOUND, geocode.INCOMPLETE, geocode.UNUSABLE, geocode.INTERRUPTED)
    assert [] == [status for status in statuses if f"{status} " not in told.partition("exit status:")[2]]


# What is wrong with an input.

UNUSABLE = {
    "empty": (b"", ["names.csv", "empty"]),
    "header only": (b"toponym,x\n", ["row 2", "a row under the names"]),
    "header and blank lines": (b"toponym,x\n\n\n", ["row 2", "a row under the names"]),
    "blank first line": (b"\ntoponym\nSeoul\n", ["row 1", "'toponym'", "none"]),
    "no toponym": (b"name,place\nSeoul,x\n", ["row 1", "'toponym'", "'name', 'place'"]),
    "another case": (b"id,Toponym\n1,Seoul\n", ["row 1", "Rename 'Toponym' to 'toponym'"]),
    "misspelt": (b"id;toponyme\n1;Seoul\n", ["row 1", "Rename 'toponyme' to 'toponym'"]),
    "a column twice": (b"toponym,x,y,x\nSeoul,1,2,3\n", ["row 1", "more often: 'x'", "Remove or rename"]),
    "toponym twice": (b"toponym,toponym\nSeoul,Seoul\n", ["row 1", "more often: 'toponym'"]),
    "Latin-1": ("toponym,x\nSeoul,1\nOrléans,2\n".encode("latin-1"), ["line 3", "0xE9", "byte 21", "UTF-8", "iconv"]),
    "cut short": ("toponym,x\nSeoul,é".encode()[:-1], ["line 2", "0xC3", "byte 16"]),
    "UTF-16": ("toponym\nSeoul\n".encode("utf-16"), ["UTF-16", "iconv"]),
    "UTF-16 big-endian": ("\ufefftoponym\nSeoul\n".encode("utf-16-be"), ["UTF-16"]),
    "UTF-32": ("toponym\nSeoul\n".encode("utf-32"), ["UTF-32"]),
    "NUL": (b"toponym,x\nSeoul,1\nKha\0san,2\n", ["line 3", "byte 21", "NUL"]),
    "quote never closed": (b'toponym,x\nSeoul,1\n"Khasan,2\nParis,3\n', ["row 3", "Close the quotation mark"]),
    "quote within": (b'toponym,x\n"Kha"san,2\n', ["row 2", "quotation mark"]),
    "cell without end": (b'toponym,x\nSeoul,"' + b"a\n" * 70_000, ["row 2", "131,072 characters"]),
    "line without end": (b"toponym,x\nSeoul," + b"a" * (LONGEST_LINE + 1), ["line 2", f"{LONGEST_LINE:,} bytes"]),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_input_that_is_no_table_is_refused(
    source: Path, chain: Double, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """What cannot be read as a table is answered with where, what and the remedy; nothing is looked up or written."""
    content, told = UNUSABLE[kind]
    source.write_bytes(content)

    assert geocode.UNUSABLE == geocode.main([str(source)], chain)

    said = capsys.readouterr().err
    assert [] == [words for words in told if words not in said]
    assert [] == chain.asked
    assert ["names.csv"] == left(source.parent)


def test_encodings_are_read_across_the_borders_of_blocks(source: Path, chain: Double) -> None:
    """A character that lies across two blocks of the file is no fault of it."""
    row = "Khasan,ééééééééééééé\n"
    source.write_text("toponym,x\n" + row * 120_000, "utf-8")
    assert source.stat().st_size > 3 << 20

    assert geocode.ALL_FOUND == geocode.main([str(source)], chain)


UNFIT = {
    "too few cells": ("Seoul", "3; this one has 1"),
    "too many cells": ("Seoul,1,,4,5", "3; this one has 5"),
    "no name": (" ,1,", "A row has a name."),
    "formula": ("=1+1,1,", "'=1+1'"),
    "plus": ("+Seoul,1,", "'+Seoul'"),
    "at": ("@Seoul,1,", "'@Seoul'"),
    "tab first": ("\tSeoul,1,", "'\\tSeoul'"),
    "control character": ("Se\x07oul,1,", "control characters"),
    "two lines": ('"Seoul\nParis",1,', "one line of text"),
    "10,000 characters": ("x" * 10_000 + ",1,", f"no more than {LONGEST_NAME} characters"),
    "no country": ("Seoul,1,XX", "'XX' A country is a two-letter code of ISO 3166-1"),
    "a country's name": ("Seoul,1,South Korea", "Write KR."),
    "three letters": ("Seoul,1,prk", "Write KP."),
}


@pytest.mark.parametrize("kind", UNFIT)
def test_a_row_that_cannot_be_looked_up_stays(
    source: Path, output: Path, chain: Double, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """An unfit row is told with its line, rule and value; it stays in the output as it is, and others are found."""
    row, told = UNFIT[kind]
    source.write_text(f"toponym,x,country\nKhasan,1,\n{row}\nSeoul,2,\n", "utf-8", newline="")

    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)

    said = capsys.readouterr()
    assert "  names.csv, row 3" in said.err
    assert told in said.err
    assert len(said.err) < 1_000
    assert [["Khasan"], ["Seoul"]] == chain.names
    with output.open(encoding="utf-8", newline="") as text:
        header, first, unfit, last = csv.reader(text)
    assert len(header) == len(first) == len(last) == 11
    (written,) = csv.reader(io.StringIO(row, newline=""))
    assert written[:3] + [""] * (11 - len(written[:3])) + written[3:] == unfit


CLASHING = {
    "half a point": ("toponym,lat,lon", "Seoul,1.5,", "row 2, lat: '1.5' A row has both lat and lon, or neither."),
    "a name of its own": ("toponym,name", "Seoul,Smith", "row 2, name: 'Smith'"),
    "a provider without a point": ("toponym,lat,lon,provider", "Seoul,,,manual", "rename the column"),
    "no numbers": ("toponym,lat,lon", "Seoul,n/a,n/a", "row 2, lat, lon: 'n/a, n/a'"),
    "off the Earth": ("toponym,lat,lon", "Seoul,10,200", "lon from -180 to 180"),
    "not a number": ("toponym,lat,lon", "Seoul,nan,1", "WGS 84"),
}


@pytest.mark.parametrize("kind", CLASHING)
def test_what_contradicts_a_result_is_told_and_kept(
    source: Path, output: Path, chain: Double, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """A value in a result column that cannot stand beside the result is reported, and not overwritten."""
    header, row, told = CLASHING[kind]
    source.write_text(f"{header}\n{row}\n", "utf-8")

    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)

    assert told in capsys.readouterr().err
    assert [] == chain.asked
    assert output.read_text("utf-8").splitlines()[1].startswith(row)


def test_the_first_faults_are_told_and_all_are_counted(
    source: Path, chain: Double, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is wrong throughout does not flood the screen."""
    source.write_text("toponym\n" + "=1\n" * 1_000, "utf-8")

    geocode.main([str(source)], chain)

    said = capsys.readouterr().err
    assert FAULTS_SHOWN == said.count("A name does not begin like a formula")
    assert "1,000 in all:\n  names.csv, row 2, toponym: '=1'" in said
    assert f"… and {1_000 - FAULTS_SHOWN} more" in said


def test_faults_of_rows_are_told_before_the_file_breaks(
    source: Path, chain: Double, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with rows above the one where a file stops being CSV is told, too."""
    source.write_text('toponym,x\n=1,2\n"Seoul,3\n', "utf-8")

    assert geocode.UNUSABLE == geocode.main([str(source)], chain)

    said = capsys.readouterr().err
    assert "row 2, toponym: '=1'" in said
    assert "row 3: Quotation marks" in said


# Options and paths.

USAGE = {
    "country": (["--country", "RU,XX"], ["'XX'", "ISO 3166-1"]),
    "country's name": (["--country", "Russia"], ["Write RU."]),
    "no country": (["--country", ""], ["ISO 3166-1"]),
    "box of three": (["--bbox", "1,2,3"], ["south,west,north,east", "'1,2,3'"]),
    "box of words": (["--bbox", "a,b,c,d"], ["south,west,north,east"]),
    "south above north": (["--bbox", "60,100,50,110"], ["south ≤ north"]),
    "west off the Earth": (["--bbox", "-10,-190,10,0"], ["west and east from -180 to 180"]),
    "not a number": (["--bbox", "nan,0,nan,0"], ["south ≤ north"]),
    "story without tables": (["--story", "."], ["places.csv and toponyms.csv"]),
    "output is the input": (["-o", "names.csv"], ["another file than the input"]),
    "output by a link": (["-o", "link.csv"], ["another file than the input"]),
    "output is a folder": (["-o", "."], ["OUTPUT.csv must be a file"]),
    "output in no folder": (["-o", "none/out.csv"], ["a folder that is there"]),
    "abbreviated": (["--count", "RU"], ["unrecognized arguments"]),
}


@pytest.mark.parametrize("kind", USAGE)
def test_a_wrong_option_is_refused(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """A wrong option names the value and the rule, exits with 2, and touches no file."""
    options, told = USAGE[kind]
    source.write_text("toponym\nSeoul\n", "utf-8")
    monkeypatch.chdir(source.parent)
    Path("link.csv").symlink_to(source)

    with pytest.raises(SystemExit) as stop:
        geocode.main(["names.csv", *options], Double())

    assert geocode.UNUSABLE == stop.value.code
    said = capsys.readouterr().err
    assert [] == [words for words in told if words not in said]
    assert ["link.csv", "names.csv"] == left(source.parent)
    assert "toponym\nSeoul\n" == source.read_text("utf-8")


@pytest.mark.parametrize("path", ["none.csv", "."])
def test_an_input_that_is_no_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    """A missing input or a folder is a usage error that names it."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as stop:
        geocode.main([path], Double())

    assert geocode.UNUSABLE == stop.value.code
    assert repr(path) in capsys.readouterr().err


def test_a_server_without_an_address_is_refused(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], whole_geonames: OfflineGeoNames
) -> None:
    """What --online names must be the address of a server; that is an error before anything is looked up."""
    monkeypatch.setattr(geocode, "OfflineGeoNames", lambda: whole_geonames)
    source.write_text("toponym\nSeoul\n", "utf-8")

    assert geocode.UNUSABLE == geocode.main([str(source), "--online", "nominatim"])

    assert "https://nominatim.example.org" in capsys.readouterr().err
    assert ["names.csv"] == left(source.parent)


def test_the_storys_places_go_first(
    source: Path, output: Path, monkeypatch: pytest.MonkeyPatch, whole_geonames: OfflineGeoNames
) -> None:
    """With --story its own Khasan is found; without it a naive look-up leads far away."""
    monkeypatch.setattr(geocode, "OfflineGeoNames", lambda: whole_geonames)
    source.write_text("toponym,document\nKhassan,a\nVladivostok,a\n", "utf-8")

    assert geocode.ALL_FOUND == geocode.main([str(source), "--story", str(STORY)])

    khasan, vladivostok = read(output)
    assert ("story", "khasan", "RU") == (khasan["provider"], khasan["provider_ref"], khasan["country"])
    assert "RU" == vladivostok["country"]
    geocode.main([str(source)])
    assert "geonames" == read(output)[0]["provider"]


@pytest.mark.parametrize("table", ["place_id\nx\n", "", "not, a\ntable"])
def test_a_story_whose_tables_are_none_is_refused(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    """A places.csv that is something else is told by the option's name, not by a traceback."""
    source.write_text("toponym\nSeoul\n", "utf-8")
    story = tmp_path / "story"
    story.mkdir()
    for name in ("places.csv", "toponyms.csv"):
        (story / name).write_text(table, "utf-8")

    assert geocode.UNUSABLE == geocode.main([str(source), "--story", str(story)])

    assert "--story" in capsys.readouterr().err
    assert ["names.csv", "story"] == left(tmp_path)


# Interruptions.


def interrupt() -> None:
    """Ctrl-C."""
    raise KeyboardInterrupt


def test_ctrl_c_leaves_nothing(source: Path, output: Path, chain: Double, capsys: pytest.CaptureFixture[str]) -> None:
    """After Ctrl-C no output is written and nothing is left; the next run ends as one that was never stopped."""
    source.write_text("toponym\nKhasan\nSeoul\nParis\n", "utf-8")
    chain.stop["Paris"] = interrupt

    assert geocode.INTERRUPTED == geocode.main([str(source)], chain)

    assert "Interrupted: no output is written." in capsys.readouterr().err
    assert ["names.csv"] == left(source.parent)
    assert geocode.ALL_FOUND == geocode.main([str(source)], Double())
    assert ["names.csv", "names.geocoded.csv"] == left(source.parent)
    assert ["42.4281", "37.566", "48.85341"] == [row["lat"] for row in read(output)]


@pytest.mark.parametrize("step", ["geo.geocoding._input.Sheet.rows", "geo.geocoding._batch.Columns.filled"])
def test_ctrl_c_while_reading_or_writing_leaves_nothing(
    source: Path, output: Path, chain: Double, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What was there before stays."""
    source.write_text("toponym\nKhasan\n", "utf-8")
    output.write_text("from before", "utf-8")
    monkeypatch.setattr(step, lambda *_: interrupt())

    assert geocode.INTERRUPTED == geocode.main([str(source)], chain)
    assert "from before" == output.read_text("utf-8")
    assert ["names.csv", "names.geocoded.csv"] == left(source.parent)


PLAIN = """
import sys
from geo.geocoding import __main__ as geocode
from tests.geocoding.test_command import Double
sys.exit(geocode.main([sys.argv[1]], Double()))
"""
KILLED = """
import os, signal, sys
from geo.geocoding import __main__ as geocode
from tests.geocoding.test_command import Double
chain = Double()
chain.stop[sys.argv[2]] = lambda: os.kill(os.getpid(), signal.SIGKILL)
geocode.main([sys.argv[1]], chain)
"""


def killed_at(name: str, source: Path) -> None:
    """Run the command in a process that is killed when it comes to a name."""
    run = subprocess.run([sys.executable, "-c", KILLED, str(source), name], cwd=ROOT, check=False)
    assert -signal.SIGKILL == run.returncode


def test_a_crash_leaves_nothing(source: Path, output: Path, chain: Double) -> None:
    """After kill -9 nothing is left, and the next run's output is that of one never killed, byte for byte."""
    names = [f"long,name {number}\n" for number in range(TOGETHER + 5)]
    rows = ["a,Khasan\n", ",Seoul\n", "b,Paris\n", "b,Seoul\n", "a,Nowhere\n", ",Khasan\n", *names]
    source.write_text("document,toponym\n" + "".join(rows), "utf-8")
    geocode.main([str(source)], Double())
    whole = output.read_bytes()
    output.unlink()
    killed_at("Paris", source)
    assert ["names.csv"] == left(source.parent)

    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)

    assert whole == output.read_bytes()
    assert ["names.csv", "names.geocoded.csv"] == left(source.parent)


def test_what_could_not_be_asked_is_asked_again(
    source: Path, output: Path, chain: Double, capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer with a fault is written but not final: the next run asks for it again."""
    source.write_text("toponym,document\nKhasan,a\nSeoul,a\nParis,b\nNowhere,\n", "utf-8")
    chain.down = {"Seoul", "Nowhere"}

    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)

    said = capsys.readouterr().out
    assert "2 rows could not be asked everywhere; the same command asks them again." in said
    assert "nominatim: the server said 503." in said
    assert ["42.4281", "37.566", "48.85341", ""] == [row["lat"] for row in read(output)]
    chain.down = set()
    chain.asked.clear()
    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)
    assert ["Seoul", "Nowhere"] == [name for group in chain.names for name in group if name in ("Seoul", "Nowhere")][
        ::-1
    ]
    assert "asked everywhere" not in capsys.readouterr().out
    assert ["names.csv", "names.geocoded.csv"] == left(source.parent)


def test_a_fault_makes_a_found_row_incomplete(source: Path, output: Path, chain: Double) -> None:
    """The exit status says so when a provider could not be asked, even if all was found."""
    source.write_text("toponym\nSeoul\n", "utf-8")
    chain.down = {"Seoul"}

    assert geocode.INCOMPLETE == geocode.main([str(source)], chain)


def test_two_runs_do_not_disturb_each_other(source: Path, output: Path, chain: Double) -> None:
    """A second run towards the same output ends while the first is at it: each writes the output whole."""
    source.write_text("toponym\nKhasan\n", "utf-8")
    second: list[bytes] = []

    def run() -> None:
        geocode.main([str(source)], Double())
        second.append(output.read_bytes())

    chain.stop["Khasan"] = run

    assert geocode.ALL_FOUND == geocode.main([str(source)], chain)

    assert [output.read_bytes()] == second
    assert ["names.csv", "names.geocoded.csv"] == left(source.parent)


def test_an_output_is_whole_or_not_there(
    source: Path, output: Path, chain: Double, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the output cannot be written the one from before stays, and nothing beside it."""
    source.write_text("toponym\nKhasan\n", "utf-8")
    output.write_text("from before", "utf-8")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)

    assert geocode.UNUSABLE == geocode.main([str(source)], chain)

    assert "No space left on device" in capsys.readouterr().err
    assert "from before" == output.read_text("utf-8")
    assert ["names.csv", "names.geocoded.csv"] == left(source.parent)


def test_who_reads_the_output_of_before_reads_it_to_its_end(source: Path, output: Path, chain: Double) -> None:
    """The new output takes the place of the old one at once; the old file itself is not written to."""
    source.write_text("toponym\nKhasan\n", "utf-8")
    output.write_text("from before", "utf-8")

    with output.open(encoding="utf-8") as reader:
        assert geocode.ALL_FOUND == geocode.main([str(source)], chain)
        assert "from before" == reader.read()

    assert ["Khasan"] == [row["toponym"] for row in read(output)]


def test_an_input_that_changes_on_the_way_is_told(
    source: Path, output: Path, chain: Double, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name that appears in the input between reading and writing is an error, not an empty row."""
    source.write_text("toponym\nKhasan\n", "utf-8")

    def change() -> None:
        source.write_text("toponym\nOther!\n", "utf-8")

    chain.stop["Khasan"] = change

    assert geocode.UNUSABLE == geocode.main([str(source)], chain)

    assert "row 2: The name “Other!” was not there" in capsys.readouterr().err
    assert not output.exists()


def test_memory_does_not_grow_with_rows(tmp_path: Path) -> None:
    """Ten times the rows take no more memory: what is held is a row, and the names of a document."""

    def peak(rows: int) -> int:
        source = tmp_path / f"{rows}.csv"
        with source.open("w", encoding="utf-8") as text:
            text.write("document,toponym\n")
            text.writelines(f"{number // 5},name {number}\n" for number in range(rows))
        chain = Double()
        chain.asked = _Forgetful()
        # When garbage is collected is chance: here it never is, and what came before is gone.
        gc.collect()
        gc.disable()
        tracemalloc.start()
        try:
            geocode.main([str(source)], chain)
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            gc.enable()
        return most

    peak(100)  # what is made once and kept: patterns, codecs
    few = peak(2_000)
    assert peak(20_000) < 1.2 * few


class _Forgetful(list[list[Query]]):
    def append(self, _: object) -> None:
        """Remember nothing."""
