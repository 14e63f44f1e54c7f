"""Loading and validating stories."""

import csv
import json
import os
import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import frictionless
import pytest

from geo.story import Fault, Story, StoryError, load_story, validate
from geo.story import rules as rules
from geo.story.faults import Rule
from geo.story.format import COLUMNS
from geo.story.tables import MAX_MEGABYTES, MAX_ROWS
from tests.support.stories import StoryWith

ROOT = Path(__file__).parents[2]
HOSTILE = "<script>alert(1)</script> \"double\" 'single' `back` ${x} {y} %s \u202eRTL שלום مرحبا \U0001f682"

Rows = list[list[str]]


def read(folder: Path, table: str) -> Rows:
    """The rows of a table, its header first."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(folder: Path, table: str, rows: Rows) -> None:
    """Write the rows of a table, its header first."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def set_cell(folder: Path, table: str, row: int, column: str, value: str) -> None:
    """Change one cell; rows count as in a spreadsheet, the header being row 1."""
    rows = read(folder, table)
    rows[row - 1][rows[0].index(column)] = value
    write(folder, table, rows)


def edit_package(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the description of the package in place."""
    file = folder / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    change(package)
    file.write_text(json.dumps(package), "utf-8")


def resource(package: dict[str, Any], table: str) -> dict[str, Any]:
    """The description of a table."""
    return next(found for found in package["resources"] if found["name"] == table)


def places_of(faults: list[Fault]) -> list[tuple[str, int | None, str | None, str]]:
    """Where the faults are, and the wrong values."""
    return [(fault.table, fault.row, fault.column, fault.value) for fault in faults]


def assert_only(folder: Path, rule: Rule, table: str, row: int | None, column: str | None, value: str) -> None:
    """The story has this one fault, told in full."""
    (fault,) = validate(folder)
    assert (table, row, column, value) == (fault.table, fault.row, fault.column, fault.value)
    assert (rule.rule, rule.remedy) == (fault.rule, fault.remedy)
    assert "{" not in str(fault).replace(value, "")


def test_valid(story_folder: Path) -> None:
    """A valid story has no fault."""
    assert [] == validate(story_folder)


def test_loaded(story: Story) -> None:
    """A loaded story has all columns in order, numbers as numbers, and "" where a text is empty."""
    for table, columns in COLUMNS.items():
        assert columns == list(story.frame(table)) == list(getattr(story, table)[0].cells())
    assert (42.0, 130.0) == story.place_by_id["alpha"].lat_lon
    assert 2 == story.claim_by_id["c-000-02-1"].paragraph
    assert [150.0, None] == [leg.rail_km for leg in story.legs[:2]]
    assert [True, False] == [version.drawn for version in story.versions]
    assert date(2023, 9, 12) == story.sources[0].published
    assert "" == story.event_by_id["plan"].place_id
    assert datetime(2023, 9, 12, 15, tzinfo=UTC) == story.event_by_id["visit"].when.start  # midnight in Yakutsk
    assert story.claims[0].when is None
    assert ("tour", "2023-09-16") == (story.trips[0].trip, story.trips[0].end.isoformat())
    assert "Asia/Yakutsk" == story.zone("gamma").key
    assert "UTC" == story.zone("").key
    with pytest.raises(KeyError):
        story.zone("nowhere")


def test_version(story_folder: Path) -> None:
    """The version of a story is 12 hexadecimal digits and changes with any file."""
    before = load_story(story_folder).version
    set_cell(story_folder, "claims", 2, "note_en", "new")
    after = load_story(story_folder).version
    assert 12 == len(before)
    assert before != after


def test_a_place_has_one_point(story_folder: Path) -> None:
    """It stands where its one chosen candidate does."""
    set_cell(story_folder, "places", 5, "lat", "44.01")
    set_cell(story_folder, "geocodes", 5, "decision", "rejected")
    told = [(fault.row, fault.value, fault.rule) for fault in validate(story_folder)]
    assert [
        (4, "beta", rules.PLACE_GEOCODED.rule),
        (5, "44.01, 131.0", rules.PLACE_WHERE_CHOSEN.rule),
    ] == told


def test_story_error_lists_faults(story_folder: Path) -> None:
    """Loading an invalid story tells all faults, and the first of them in the message."""
    set_cell(story_folder, "places", 3, "lat", "95")
    set_cell(story_folder, "events", 3, "when", "soon")
    with pytest.raises(StoryError, match=r"2 faults in 2 tables") as caught:
        load_story(story_folder)
    assert [("places", 3, "lat", "95"), ("events", 3, "when", "soon")] == places_of(caught.value.faults)
    assert "places, row 3, lat: '95'" in str(caught.value)


CELLS = [
    ("sources", 2, "published", "12/09/2023", rules.CELL_DAY),
    ("sources", 2, "published", "2023-09", rules.CELL_DAY),
    ("sources", 2, "published", "2023-02-30", rules.CELL_DAY),
    ("sources", 2, "published_basis", "guessed", rules.CELL_ALLOWED),
    ("sources", 2, "language", "français", rules.CELL_LENGTH),
    ("sources", 2, "language", "FR", rules.CELL_FORM),
    ("places", 3, "lat", "95", rules.CELL_RANGE),
    ("places", 3, "lat", "-90.1", rules.CELL_RANGE),
    ("places", 3, "lon", "200", rules.CELL_RANGE),
    ("places", 3, "lat", "NaN", rules.CELL_NUMBER),
    ("places", 3, "lat", "sNaN", rules.CELL_NUMBER),
    ("places", 3, "lon", "inf", rules.CELL_NUMBER),
    ("places", 3, "lon", "-Infinity", rules.CELL_NUMBER),
    ("places", 3, "lon", "1_3", rules.CELL_NUMBER),
    ("places", 3, "lat", "42,5", rules.CELL_NUMBER),
    ("places", 3, "lat", "9" * 150, rules.CELL_NUMBER),
    ("places", 3, "lat", "", rules.CELL_REQUIRED),
    ("places", 3, "name_en", "", rules.CELL_REQUIRED),
    ("places", 3, "timezone", "Asia/Vladivostock", rules.ZONE_KNOWN),
    ("places", 3, "timezone", "../../etc/passwd", rules.ZONE_KNOWN),
    ("places", 3, "part_of", "atlantis", rules.ID_EXISTS),
    ("places", 3, "geo_precision", "exact", rules.CELL_ALLOWED),
    ("toponyms", 2, "place_id", "atlantis", rules.ID_EXISTS),
    ("toponyms", 3, "toponym", "ALFA", rules.TOPONYM_ONE_PLACE),
    ("events", 3, "when", "2023-09-31", rules.DATE_EXISTS),
    ("events", 3, "when", "2023-09-11T06:00", rules.TIME_OFFSET),
    ("events", 3, "when", "lundi", rules.DATE_FORM),
    ("events", 3, "when", "2023-09-12/2023-09-11", rules.WINDOW_ORDER),
    ("events", 3, "when", "", rules.CELL_REQUIRED),
    ("events", 3, "trip", "elsewhere", rules.TRIP_KNOWN),
    ("events", 3, "status", "done", rules.CELL_ALLOWED),
    ("events", 3, "kind", "party", rules.CELL_ALLOWED),
    ("events", 3, "place_id", "atlantis", rules.ID_EXISTS),
    ("events", 3, "place_basis", "", rules.PLACE_BASIS),
    ("events", 2, "place_basis", "stated", rules.BASIS_PLACE),
    ("events", 3, "part_of", "nothing", rules.ID_EXISTS),
    ("events", 3, "fulfils", "nothing", rules.ID_EXISTS),
    ("events", 5, "replaced_by", "nothing", rules.ID_EXISTS),
    ("events", 5, "replaced_by", "", rules.SUPERSEDED_BY),
    ("events", 3, "fulfils", "departure", rules.NO_CIRCLE),
    ("claims", 2, "claim_id", "C 1", rules.CELL_ID),
    ("claims", 2, "claim_id", "c" * 81, rules.CELL_LENGTH),
    ("claims", 3, "claim_id", "c-000-01-1", rules.ID_ONCE),
    ("claims", 4, "event_id", "nothing", rules.ID_EXISTS),
    ("claims", 2, "source_id", "s999", rules.ID_EXISTS),
    ("claims", 2, "paragraph", "0", rules.CELL_RANGE),
    ("claims", 2, "paragraph", "1.5", rules.CELL_WHOLE),
    ("claims", 2, "paragraph", "first", rules.CELL_WHOLE),
    ("claims", 2, "stance", "shouts", rules.CELL_ALLOWED),
    ("claims", 2, "when", "yesterday", rules.DATE_FORM),
    ("claims", 3, "when", "2023-09-13", rules.REPORTED_BEFORE),
    ("claims", 3, "when", "2023-10/..", rules.REPORTED_BEFORE),
    ("claims", 3, "when", "2024?", rules.REPORTED_BEFORE),
    ("claims", 3, "when", "2023-09-13T22:00+10:00", rules.REPORTED_BEFORE),
    ("claims", 4, "when_basis", "rule", rules.RULE_WORDS),
    ("claims", 4, "origin_id", "", rules.ATTRIBUTED_ORIGIN),
    ("claims", 4, "attributed_to", "", rules.ORIGIN_ATTRIBUTED),
    ("claims", 4, "origin_id", "nobody", rules.ID_EXISTS),
    ("origins", 2, "root", "state", rules.NO_CIRCLE),
    ("origins", 2, "root", "kcna", rules.NO_CIRCLE),
    ("people", 2, "name", "", rules.CELL_REQUIRED),
    ("people", 4, "name", "Ánna-MO", rules.PERSON_ONCE),
    ("people", 2, "family_name_first", "yes", rules.CELL_ALLOWED),
    ("people", 2, "line_fr", "", rules.CELL_REQUIRED),
    ("people", 2, "source_id", "s999", rules.ID_EXISTS),
    ("people", 2, "paragraph", "0", rules.CELL_RANGE),
    ("people", 2, "origin_id", "nobody", rules.ID_EXISTS),
    ("geocodes", 2, "decision", "guessed", rules.CELL_ALLOWED),
    ("geocodes", 2, "note_fr", "", rules.BY_HAND_WHY),
    ("geocodes", 4, "population", "many", rules.CELL_WHOLE),
    ("geocodes", 4, "place_id", "atlantis", rules.ID_EXISTS),
    ("legs", 2, "mode", "boat", rules.CELL_ALLOWED),
    ("legs", 2, "trip", "background", rules.TRIP_KNOWN),
    ("legs", 2, "depart", "morning", rules.DATE_FORM),
    ("legs", 2, "arrive", "morning", rules.DATE_FORM),
    ("legs", 2, "arrive", "2023-09-10", rules.LEG_ORDER),
    ("legs", 3, "depart", "2023-09-11T13:00+10:00", rules.LEG_AFTER),
    ("legs", 2, "rail_km", "-1", rules.CELL_RANGE),
    ("legs", 2, "track_id", "nothing", rules.ID_EXISTS),
    ("legs", 2, "track_id", "gamma-delta", rules.LEG_TRACK_END),
    ("legs", 5, "to_place", "atlantis", rules.ID_EXISTS),
    ("tracks", 3, "seq", "0", rules.TRACK_ORDER),
    ("tracks", 3, "kind", "bend", rules.CELL_ALLOWED),
    ("tracks", 3, "lat", "-Inf", rules.CELL_NUMBER),
]


@pytest.mark.parametrize(("table", "row", "column", "value", "rule"), CELLS)
def test_bad_cell(story_folder: Path, table: str, row: int, column: str, value: str, rule: Rule) -> None:
    """A bad cell is told with its table, row, column, value, rule and remedy."""
    set_cell(story_folder, table, row, column, value)
    faults = validate(story_folder)
    assert (table, row, column, value) in places_of(faults)
    fault = next(fault for fault in faults if (fault.row, fault.column) == (row, column))
    assert (rule.rule, rule.remedy) == (fault.rule, fault.remedy)
    assert fault.rule.format(**fault.values)
    assert fault.remedy.format(**fault.values)


def test_any_bytes(story_folder: Path) -> None:
    """Whatever the bytes of a table or of the description are, the faults are told and nothing crashes."""
    chance = random.Random(2023)
    for name in ["datapackage.json", *(f"{table}.csv" for table in COLUMNS)]:
        file = story_folder / name
        before = file.read_bytes()
        for _ in range(4):
            spoilt = bytearray(before)
            for _ in range(chance.choice([1, 5, 50])):
                spoilt[chance.randrange(len(spoilt))] = chance.choice(b'",\n\r\t0-:?{}[]azA \xc3\xff')
            file.write_bytes(spoilt)
            for fault in validate(story_folder):
                assert fault.rule.format(**fault.values) in str(fault)
        file.write_bytes(before)


def test_all_at_once(story_folder: Path) -> None:
    """All faults of all tables are told at once, each bad cell once, in the order of tables and rows."""
    broken = [
        ("sources", 2, "language", "FR"),
        ("places", 3, "lat", "NaN"),
        ("places", 3, "lon", "200"),
        ("places", 4, "timezone", "Mars/Base"),
        ("events", 3, "when", "soon"),
        ("events", 4, "place_id", "atlantis"),
        ("claims", 5, "claim_id", "c-000-01-1"),
        ("legs", 2, "mode", "boat"),
    ]
    for table, row, column, value in broken:
        set_cell(story_folder, table, row, column, value)
    assert broken == places_of(validate(story_folder))


def test_missing_folder(tmp_path: Path) -> None:
    """A story that is not there is a fault."""
    folder = tmp_path / "nothing"
    assert_only(folder, rules.STORY_FOLDER, "datapackage.json", None, None, str(folder))


def test_missing_package(story_folder: Path) -> None:
    """A story without datapackage.json is a fault."""
    (story_folder / "datapackage.json").unlink()
    assert_only(story_folder, rules.FILE_EXISTS, "datapackage.json", None, None, "datapackage.json")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "[" * 100_000, r'{"name": "\ud800"}', '{"a": ' + "9" * 10_000 + "}"]
)
def test_package_is_not_json(story_folder: Path, text: str) -> None:
    """A datapackage.json that is not one JSON object is a fault."""
    (story_folder / "datapackage.json").write_text(text, "utf-8")
    assert_only(story_folder, rules.FILE_JSON, "datapackage.json", None, None, "datapackage.json")


@pytest.mark.parametrize("table", list(COLUMNS))
def test_missing_table(story_folder: Path, table: str) -> None:
    """A table whose file is missing is one fault: what refers to it is not told as dangling."""
    (story_folder / f"{table}.csv").unlink()
    assert_only(story_folder, rules.FILE_EXISTS, table, None, None, f"{table}.csv")


def test_undeclared_table(story_folder: Path) -> None:
    """A table that datapackage.json does not describe is a fault."""
    edit_package(story_folder, lambda package: package["resources"].pop())
    assert_only(story_folder, rules.TABLE_DECLARED, list(COLUMNS)[-1], None, None, "")


def test_a_table_that_may_be_missing(story_folder: Path) -> None:
    """People need not be told of: neither their table nor a word of it in the description is missed."""
    (story_folder / "people.csv").unlink()
    edit_package(story_folder, lambda package: package["resources"].remove(resource(package, "people")))
    assert [] == validate(story_folder)
    assert () == load_story(story_folder).people
    edit_package(story_folder, lambda package: package.pop("resources"))
    assert () == load_story(story_folder).people


def test_a_table_is_not_left_unread(story_folder: Path) -> None:
    """If its file is there it is read, or the description is at fault for leaving it out."""
    edit_package(story_folder, lambda package: package["resources"].remove(resource(package, "people")))
    assert_only(story_folder, rules.TABLE_DECLARED, "people", None, None, "")
    edit_package(story_folder, lambda package: package.pop("resources"))
    assert 4 == len(load_story(story_folder).people)


def test_unknown_and_repeated_table(story_folder: Path) -> None:
    """A table that the format does not know, and one described twice, are faults."""
    edit_package(
        story_folder,
        lambda package: package["resources"].extend([{"name": "extra"}, package["resources"][0]]),
    )
    assert [("datapackage.json", None, "resources", "extra"), ("sources", None, None, "")] == places_of(
        validate(story_folder)
    )


def test_changed_schema(story_folder: Path) -> None:
    """A story may reword the titles of columns, but not loosen their schema."""
    edit_package(story_folder, lambda package: package["resources"][0]["schema"]["fields"][0].update(title="Ours"))
    assert [] == validate(story_folder)
    edit_package(story_folder, lambda package: package["resources"][0]["schema"]["fields"][0].pop("constraints"))
    assert_only(story_folder, rules.TABLE_SCHEMA, "datapackage.json", None, "resources", "sources")


@pytest.mark.parametrize(
    "path",
    [
        "../places.csv",
        "/etc/passwd",
        "https://example.org/places.csv",
        "a/places.csv",
        "a\\places.csv",
        "places.zip",
        3,
    ],
)
def test_unsafe_path(story_folder: Path, path: object) -> None:
    """The path of a table that leaves the folder, or is no plain name of a CSV file, is a fault."""
    edit_package(story_folder, lambda package: package["resources"][1].update(path=path))
    assert_only(story_folder, rules.FILE_NAME, "places", None, None, str(path))


def test_link_out_of_the_folder(story_folder: Path, tmp_path: Path) -> None:
    """A table that is a symbolic link out of the folder is a fault."""
    (story_folder / "places.csv").rename(tmp_path / "outside.csv")
    (story_folder / "places.csv").symlink_to(tmp_path / "outside.csv")
    assert_only(story_folder, rules.FILE_NAME, "places", None, None, "places.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes in folders")
@pytest.mark.parametrize("kind", ["folder", "pipe", "circle"])
def test_table_is_no_file(story_folder: Path, kind: str) -> None:
    """A table that is no regular file is a fault, and nobody waits for it."""
    file = story_folder / "places.csv"
    file.unlink()
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(file)
    assert_only(story_folder, rules.FILE_EXISTS, "places", None, None, "places.csv")


def test_dateline_missing(story_folder: Path) -> None:
    """The titles, the time zone and the trips must be given in datapackage.json."""
    edit_package(story_folder, lambda package: package.pop("dateline"))
    columns = [fault.column for fault in validate(story_folder) if fault.table == "datapackage.json"]
    assert ["dateline.title_en", "dateline.title_fr", "dateline.timezone", "dateline.trips"] == columns


def test_bad_trips(story_folder: Path) -> None:
    """A trip with a bad day, an id used twice, or an unknown time zone is a fault."""

    def spoil(package: dict[str, Any]) -> None:
        trips = package["dateline"]["trips"]
        trips += [trips[0] | {"start": "2023-09-17"}, trips[0] | {"trip": "other", "timezone": "Mars/Base"}]
        trips += [trips[0] | {"trip": "third", "end": "soon"}, trips[0] | {"trip": 4}]
        package["dateline"]["timezone"] = "Mars"

    edit_package(story_folder, spoil)
    assert [
        ("dateline.timezone", "Mars"),
        ("dateline.trips[1].trip", "tour"),
        ("dateline.trips[1]", "2023-09-17 – 2023-09-16"),
        ("dateline.trips[2].timezone", "Mars/Base"),
        ("dateline.trips[3]", "2023-09-10 – soon"),
        ("dateline.trips[4].trip", "4"),
    ] == [(fault.column, fault.value) for fault in validate(story_folder)]


def test_unknown_column(story_folder: Path) -> None:
    """An unknown column is a fault, and the rest of the table is checked all the same."""
    rows = read(story_folder, "places")
    write(story_folder, "places", [[*row, "extra" if number == 0 else "x"] for number, row in enumerate(rows)])
    set_cell(story_folder, "places", 3, "lat", "95")
    assert [("places", 1, "extra", "extra"), ("places", 3, "lat", "95")] == places_of(validate(story_folder))


def test_no_known_column(story_folder: Path) -> None:
    """Rows that hold text under unknown columns alone are told by their columns."""
    (story_folder / "toponyms.csv").write_text("toponym,lang,place\nAlfa,fr,alpha\n,,alpha\n", "utf-8")
    missing = ("toponyms", 1, "place_id", "place_id")
    assert missing in places_of(validate(story_folder))
    (story_folder / "toponyms.csv").write_text("name;language;place\nAlfa;fr;alpha\n", "utf-8")
    columns = ["name;language;place", *COLUMNS["toponyms"]]
    assert columns == [fault.column for fault in validate(story_folder)]


def test_missing_column(story_folder: Path) -> None:
    """A missing column is one fault, and the rest of the table is checked all the same."""
    write(story_folder, "places", [[*row[:1], *row[2:]] for row in read(story_folder, "places")])
    set_cell(story_folder, "places", 3, "lat", "95")
    assert [("places", 1, "name_en", "name_en"), ("places", 3, "lat", "95")] == places_of(validate(story_folder))


def test_columns_that_need_not_be_filled_may_be_left_out(story_folder: Path) -> None:
    """A table without them, in its file and in its schema, is read as if their cells were empty."""
    for table in ("events", "places", "legs"):
        rows = read(story_folder, table)
        left_out = [at for at, name in enumerate(rows[0]) if name in ("actors", "part_of", "note", "rail_km")]
        write(story_folder, table, [[cell for at, cell in enumerate(row) if at not in left_out] for row in rows])

    def shorten(package: dict[str, Any]) -> None:
        for resource in package["resources"]:
            schema = resource["schema"]
            schema["fields"] = [
                field for field in schema["fields"] if field["name"] not in ("actors", "part_of", "note", "rail_km")
            ]
            keys = schema.get("foreignKeys", [])
            schema["foreignKeys"] = [key for key in keys if key["fields"] != ["part_of"]]

    edit_package(story_folder, shorten)
    story = load_story(story_folder)
    assert ("", None) == (story.event_by_id["departure"].actors, story.legs[0].rail_km)


def test_repeated_column(story_folder: Path) -> None:
    """A column that occurs twice is a fault."""
    write(story_folder, "toponyms", [[*row, row[0]] for row in read(story_folder, "toponyms")])
    assert_only(story_folder, rules.COLUMN_ONCE, "toponyms", 1, "toponym", "toponym")


def test_order_of_columns(story_folder: Path) -> None:
    """The order of the columns in the file is free."""
    write(story_folder, "places", [row[::-1] for row in read(story_folder, "places")])
    assert "Alpha" == load_story(story_folder).place_by_id["alpha"].name_en


@pytest.mark.parametrize("text", ["", "\n", "\ufeff"])
def test_empty_file(story_folder: Path, text: str) -> None:
    """A table without a row of column names is a fault."""
    (story_folder / "places.csv").write_text(text, "utf-8")
    assert_only(story_folder, rules.FILE_EMPTY, "places", None, None, "places.csv")


def test_header_alone(story_folder: Path) -> None:
    """A table of no rows is valid where nothing refers to it."""
    write(story_folder, "toponyms", read(story_folder, "toponyms")[:1])
    assert 0 == len(load_story(story_folder).toponyms)


def test_not_utf8(story_folder: Path) -> None:
    """A file that is not UTF-8 is a fault that names the byte."""
    file = story_folder / "places.csv"
    file.write_bytes(file.read_text("utf-8").replace("Bêta", "Beta\xea").encode("latin-1", "replace"))
    (fault,) = validate(story_folder)
    position = file.read_bytes().index(b"\xea")
    assert ("places", rules.FILE_UTF8.rule) == (fault.table, fault.rule)
    assert f"byte {position} cannot" in fault.remedy.format(**fault.values)


def test_byte_order_mark(story_folder: Path) -> None:
    """The byte order mark that spreadsheets write before UTF-8 is no fault."""
    file = story_folder / "places.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert [] == validate(story_folder)


def test_nul_byte(story_folder: Path) -> None:
    """A NUL byte is a fault."""
    file = story_folder / "places.csv"
    file.write_bytes(file.read_bytes().replace(b"Beta", b"Be\0ta"))
    assert_only(story_folder, rules.FILE_NUL, "places", None, None, "places.csv")


def test_huge_file_is_not_read(story_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of a gigabyte is a fault, and it is not opened."""
    file = story_folder / "places.csv"
    with file.open("ab") as stream:
        stream.truncate(1_000_000_000)
    opened = Path.open

    def refuse(path: Path, *arguments: Any) -> Any:
        assert path.name != "places.csv"
        return opened(path, *arguments)

    monkeypatch.setattr(Path, "open", refuse)
    assert_only(story_folder, rules.FILE_SIZE, "places", None, None, "places.csv")
    assert {"limit": str(MAX_MEGABYTES), "size": "1000"} == validate(story_folder)[0].values


def test_too_many_rows(story_folder: Path) -> None:
    """A table of more rows than the bound is a fault, told without checking them."""
    (story_folder / "toponyms.csv").write_text("toponym,lang,place_id\n" + "\n" * (MAX_ROWS + 1), "utf-8")
    assert_only(story_folder, rules.FILE_ROWS, "toponyms", None, None, "toponyms.csv")


@pytest.mark.parametrize("cell", ['"open', '"closed"too early'])
def test_quotation_marks(story_folder: Path, cell: str) -> None:
    """A quotation mark that does not close as it should is a fault of its row."""
    file = story_folder / "toponyms.csv"
    file.write_text(f"toponym,lang,place_id\nAlfa,fr,alpha\n{cell},fr,alpha\n", "utf-8")
    assert_only(story_folder, rules.FILE_CSV, "toponyms", 3, None, "")


def test_row_width(story_folder: Path) -> None:
    """A row with a cell too many or too few is one fault."""
    file = story_folder / "toponyms.csv"
    file.write_text("toponym,lang,place_id\nAlfa,fr,alpha,more\n\nBeta,fr,beta\nGamma,fr\n", "utf-8")
    assert [
        ("toponyms", 2, None, rules.ROW_WIDTH.rule),
        ("toponyms", 3, None, rules.ROW_BLANK.rule),
        ("toponyms", 5, None, rules.ROW_WIDTH.rule),
        ("toponyms", 5, "place_id", rules.CELL_REQUIRED.rule),
    ] == [(fault.table, fault.row, fault.column, fault.rule) for fault in validate(story_folder)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"event_id": "departure", "key_moment": "2"}, {"event_id": "visit", "key_moment": "2"}], "of its own"),
        (
            [{"event_id": "departure", "key_moment": "2"}, {"event_id": "visit", "key_moment": "1"}],
            "must rise with time",
        ),
        ([{"event_id": "departure", "key_moment": "1", "summary_en": "word " * 41}], "at most 40 words"),
        ([{"event_id": "departure", "key_moment": "0"}], "between 1 and"),
        ([{"event_id": "departure", "label_en": "Off"}], "A short label must be given in both languages"),
    ],
)
def test_key_moments_have_numbers_in_the_order_of_time(
    story_with: StoryWith, rows: list[dict[str, str]], expected: str
) -> None:
    """Each its own, rising, with a caption that can be read while it is shown."""
    with pytest.raises(StoryError, match=expected):
        story_with(events=rows)


def test_marked_moments_are_valid(story_with: StoryWith) -> None:
    """Numbers need not be without gaps, and who is no key moment may say as much as there is to say."""
    told = story_with(
        events=[
            {
                "event_id": "departure",
                "key_moment": "1",
                "summary_en": "word " * 40,
                "label_en": "Off",
                "label_fr": "Va",
            },
            {"event_id": "visit", "key_moment": "3"},
            {"event_id": "forecast", "summary_en": "word " * 60},
        ]
    )
    assert [1, 3] == [event.key_moment for event in told.events if event.key_moment]


@pytest.mark.parametrize(
    ("intro", "expected"),
    [
        ({"intro_en": "Two sentences."}, "intro_fr"),
        ({"intro_en": "x" * 401, "intro_fr": "Deux."}, "at most 400 characters"),
        ({"intro_en": 3, "intro_fr": "Deux."}, "as text"),
    ],
)
def test_an_introduction_is_short_and_in_both_languages(
    story_with: StoryWith, intro: dict[str, Any], expected: str
) -> None:
    """A story may do without; half of one, or an essay, it may not have."""
    with pytest.raises(StoryError, match=expected):
        story_with(dateline=intro)
    assert "Two." == story_with(dateline={"intro_en": "Two.", "intro_fr": "Deux."}).intro_en


@pytest.mark.parametrize(
    ("english", "french", "empty"), [("Before", "", "title_then_fr"), ("", "Avant", "title_then_en")]
)
def test_title_of_before_in_one_language(story_folder: Path, english: str, french: str, empty: str) -> None:
    """A headline that holds until all is told is given in both languages or in none."""
    header, first, *rows = read(story_folder, "events")
    titled = [[*header, "title_then_en", "title_then_fr"], [*first, english, french], *([*row, "", ""] for row in rows)]
    write(story_folder, "events", titled)
    assert_only(story_folder, rules.TITLES_THEN, "events", 2, empty, "")


def test_event_without_claim(story_folder: Path) -> None:
    """An event that no claim carries is a fault."""
    write(story_folder, "claims", read(story_folder, "claims")[:-1])
    assert_only(story_folder, rules.EVENT_CLAIMED, "events", 6, "event_id", "war")


def test_circle_is_told_once(story_folder: Path) -> None:
    """A circle of several events is one fault that names them all."""
    for row, column, value in ((4, "part_of", "forecast"), (5, "part_of", "war"), (6, "part_of", "visit")):
        set_cell(story_folder, "events", row, column, value)
    (fault,) = validate(story_folder)
    assert ("events", 4, "part_of") == (fault.table, fault.row, fault.column)
    assert "visit → forecast → war → visit" == fault.values["circle"]


def test_contradicting_stances(story_folder: Path) -> None:
    """A paragraph that reports and denies one event is a fault of the later claim; two paragraphs are none."""
    set_cell(story_folder, "claims", 4, "stance", "denies")
    assert [] == validate(story_folder)
    set_cell(story_folder, "claims", 4, "source_id", "s000")
    set_cell(story_folder, "claims", 4, "paragraph", "2")
    assert_only(story_folder, rules.STANCES_AGREE, "claims", 4, "stance", "denies")
    set_cell(story_folder, "claims", 4, "stance", "alleges")
    assert [] == validate(story_folder)


@pytest.mark.parametrize("when", ["2023-09-12", "2023-09", "2023", "2023-09-12~", "2023-09-13T00:00+10:00"])
def test_reported_on_the_day(story_folder: Path, when: str) -> None:
    """What began by the end of the day of publication, wherever on earth that was, can be in the news."""
    set_cell(story_folder, "claims", 3, "when", when)
    assert [] == validate(story_folder)


def test_announced_for_later(story_folder: Path) -> None:
    """Only what is reported must have begun: what is announced may be to come."""
    set_cell(story_folder, "claims", 2, "when", "2024")
    assert [] == validate(story_folder)


def test_disagreement_of_one(story_folder: Path) -> None:
    """A disagreement with one version or with none is a fault: of the version, or of the disagreement."""
    rows = read(story_folder, "versions")
    write(story_folder, "versions", rows[:2])
    assert_only(story_folder, rules.VERSIONS_DIFFER, "versions", 2, "disagreement_id", "day")
    write(story_folder, "versions", rows[:1])
    assert_only(story_folder, rules.VERSIONS_DIFFER, "disagreements", 2, "disagreement_id", "day")


def with_column(folder: Path, table: str, column: str, row: int, cell: str) -> None:
    """Add a column to a table, empty but for one cell."""
    rows = read(folder, table)
    write(folder, table, [[*cells, column if n == 1 else cell if n == row else ""] for n, cells in enumerate(rows, 1)])


@pytest.mark.parametrize(("row", "speed"), [(2, "4"), (3, "3")])
def test_a_greatest_speed_must_suffice(story_folder: Path, row: int, speed: str) -> None:
    """A train that goes no faster than it may, and comes too late, is a fault of its speed."""
    with_column(story_folder, "legs", "max_km_h", row, speed)
    assert_only(story_folder, rules.LEG_SPEED, "legs", row, "max_km_h", speed)


def test_a_greatest_speed_must_suffice_for_what_follows(story_folder: Path) -> None:
    """A leg that is done within its own window, but too late for the next departure, is at fault."""
    with_column(story_folder, "legs", "max_km_h", 2, "5")
    assert [] == validate(story_folder)
    set_cell(story_folder, "legs", 2, "arrive", "2023-09-12T06:00+10:00/2023-09-13T12:00+10:00")
    set_cell(story_folder, "legs", 3, "depart", "2023-09-12T08:00+10:00/2023-09-12T10:00+10:00")
    assert_only(story_folder, rules.LEG_SPEED, "legs", 2, "max_km_h", "5")


@pytest.mark.parametrize(
    ("speed", "rule"), [("0", rules.CELL_RANGE), ("1001", rules.CELL_RANGE), ("fast", rules.CELL_NUMBER)]
)
def test_a_greatest_speed_is_one(story_folder: Path, speed: str, rule: Rule) -> None:
    """A greatest speed is a number between that of a walk and that of nothing on rails."""
    with_column(story_folder, "legs", "max_km_h", 2, speed)
    assert_only(story_folder, rule, "legs", 2, "max_km_h", speed)


def with_version(folder: Path, depart: str) -> None:
    """Add a leg of the version of the superseded event: the first leg, left at another time."""
    rows = read(folder, "legs")
    write(folder, "legs", [*rows, ["later", *rows[1][1:]]])
    set_cell(folder, "legs", 6, "event_id", "forecast")
    set_cell(folder, "legs", 6, "depart", depart)


def test_a_version_set_aside_is_a_chain_of_its_own(story_folder: Path) -> None:
    """A second departure from the same stop is none of the journey; what is wrong with it is told of it, and once."""
    with_version(story_folder, "2023-09-11T20:00+10:00/2023-09-11T22:00+10:00")
    assert [] == validate(story_folder)
    set_cell(story_folder, "legs", 3, "depart", "2023-09-12T05:00+10:00")
    assert_only(story_folder, rules.LEG_AFTER, "legs", 3, "depart", "2023-09-12T05:00+10:00")


def test_broken_chain(story_folder: Path) -> None:
    """A train that leaves from elsewhere than it arrived is a fault."""
    rows = read(story_folder, "legs")
    write(story_folder, "legs", [rows[0], rows[1], *rows[3:]])
    set_cell(story_folder, "legs", 3, "evidence", "inferred")
    set_cell(story_folder, "legs", 3, "depart", "2023-09-14")
    set_cell(story_folder, "legs", 3, "arrive", "2023-09-15")
    assert_only(story_folder, rules.LEG_CHAIN, "legs", 3, "from_place", "gamma")


def test_open_leg_in_the_chain(story_folder: Path) -> None:
    """A leg whose end is open is no part of the chain, so the one after it does not follow."""
    set_cell(story_folder, "legs", 3, "arrive", "2023-09-13/..")
    set_cell(story_folder, "legs", 4, "evidence", "stated")
    set_cell(story_folder, "legs", 4, "depart", "2023-09-14")
    set_cell(story_folder, "legs", 4, "arrive", "2023-09-15")
    assert_only(story_folder, rules.LEG_CHAIN, "legs", 4, "from_place", "gamma")


def test_departure_before_an_earlier_arrival(story_folder: Path) -> None:
    """A train leaves after every arrival before, not only after the last one."""
    set_cell(story_folder, "legs", 3, "depart", "2023-09-11T06:30+10:00/2023-09-20")
    set_cell(story_folder, "legs", 3, "arrive", "2023-09-11T05:40+09:00/2023-09-21")
    set_cell(story_folder, "legs", 4, "evidence", "stated")
    set_cell(story_folder, "legs", 4, "depart", "2023-09-11T06:00+09:00")
    set_cell(story_folder, "legs", 4, "arrive", "2023-09-22")
    assert_only(story_folder, rules.LEG_AFTER, "legs", 4, "depart", "2023-09-11T06:00+09:00")


def test_short_track(story_folder: Path) -> None:
    """A track of one waypoint is a fault."""
    write(story_folder, "tracks", read(story_folder, "tracks")[:-1])
    broken = [fault.rule for fault in validate(story_folder)]
    assert [rules.LEG_TRACK_END.rule, rules.TRACK_POINTS.rule] == broken


def test_text_survives(story_folder: Path) -> None:
    """Markup, quotes, templates, right-to-left text, line breaks, 10,000 characters: all are kept as is."""
    texts = [HOSTILE, "x" * 10_000, "two\nlines", " spaced ", "NA", "=1+1"]
    for row, text in enumerate(texts[:5], start=2):
        set_cell(story_folder, "events", row, "title_en", text)
    set_cell(story_folder, "claims", 2, "note_en", texts[5])
    story = load_story(story_folder)
    assert texts[:5] == [event.title_en for event in story.events]
    assert texts[5] == story.claims[0].note_en


def test_long_text(story_folder: Path) -> None:
    """A text beyond every bound is a fault that shows only its beginning."""
    set_cell(story_folder, "events", 2, "title_en", "x" * 20_001)
    (fault,) = validate(story_folder)
    assert 200 == len(fault.value)
    assert {"limit": "20000", "length": "20001"} == fault.values


def test_braces_in_values(story_folder: Path) -> None:
    """A value with braces does not disturb the templates of its fault."""
    set_cell(story_folder, "events", 3, "when", "{0.__class__}")
    (fault,) = validate(story_folder)
    assert "{0.__class__}" in str(fault)


def test_faults_speak_plainly(story_folder: Path) -> None:
    """No fault speaks the language of the library that found it."""
    for table, row, column, value, _ in CELLS:
        set_cell(story_folder, table, row, column, value)
    told = "\n".join(map(str, validate(story_folder)))
    for jargon in ("constraint", "label", "foreign key", "primary key", "Error", "frictionless", "None"):
        assert jargon not in told


def test_rules_are_templates() -> None:
    """Every rule is a sentence, and so is its remedy."""
    all_rules = [rule for rule in vars(rules).values() if isinstance(rule, Rule)]
    assert len(all_rules) > 50
    assert len(all_rules) == len({rule.rule for rule in all_rules})
    for text in (text for rule in all_rules for text in rule):
        assert text.endswith(".")
        assert text[0] in "“" or text[0].isupper()


STORIES = sorted(file.parent for file in (ROOT / "data").glob("*/datapackage.json"))


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_stories_of_the_record(folder: Path) -> None:
    """Each story of the record is valid, for us and for Frictionless alone."""
    assert [] == validate(folder)
    report = frictionless.Package(folder / "datapackage.json").validate()
    assert [] == report.flatten(["type", "note"])


@pytest.mark.parametrize("folder", STORIES, ids=lambda folder: folder.name)
def test_codebook(folder: Path) -> None:
    """The codebook has a row for every column of every table."""
    codebook = (ROOT / "data" / "README.md").read_text("utf-8")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        _, _, after = codebook.partition(f"### `{resource['path']}`")
        section = after.partition("\n### ")[0].partition("\n## ")[0]
        documented = [line.split("|")[1].strip(" `") for line in section.splitlines() if line.startswith("| `")]
        assert [field["name"] for field in resource["schema"]["fields"]] == documented
        assert all(field["title"] and field["description"] for field in resource["schema"]["fields"])


def test_trips_must_not_overlap(story_folder: Path) -> None:
    """Chapters of the time axis stand side by side, so a trip may not begin before the last one has ended."""
    edit_package(
        story_folder,
        lambda package: package["dateline"]["trips"].append(package["dateline"]["trips"][0] | {"trip": "again"}),
    )
    assert ["dateline.trips"] == [fault.column for fault in validate(story_folder)]


def test_french_names_are_texts(story_folder: Path) -> None:
    """A name that is no text is reported; the names may be left out."""
    edit_package(story_folder, lambda package: package["dateline"].update({"names_fr": {"Kremlin": 1}}))
    assert ["dateline.names_fr"] == [fault.column for fault in validate(story_folder)]


@pytest.mark.parametrize(
    ("table", "row", "column", "value", "offset"),
    [
        ("events", 3, "when", "2023-09-11T06:00+09:00", "+10:00"),
        ("claims", 3, "when", "2023-09-11T06:00+09:00/2023-09-11T12:00+10:00", "+10:00"),
        ("legs", 2, "depart", "2023-09-11T05:00+09:00/2023-09-11T12:00+10:00", "+10:00"),
    ],
)
def test_an_offset_is_that_of_the_place(
    story_folder: Path, table: str, row: int, column: str, value: str, offset: str
) -> None:
    """A time of day with another offset than its place keeps is refused, with the right one as the remedy."""
    set_cell(story_folder, table, row, column, value)
    (fault,) = validate(story_folder)
    assert (rules.TIME_OFFSET_OF_PLACE.rule, table, row, column) == (fault.rule, fault.table, fault.row, fault.column)
    assert f"with {offset}" in str(fault)


@pytest.mark.parametrize(
    ("when", "offset"),
    [
        ("2023-07-01T12:00+01:00", "+02:00"),  # winter's offset in summer
        ("2023-03-26T02:30+01:00", "+02:00"),  # an hour that the change of clocks skips
        ("2023-07-01T12:00Z", None),
        ("2023-07-01T12:00+02:00", None),
        ("2023-01-01T12:00+01:00", None),
    ],
)
def test_an_offset_is_that_of_its_season(story_folder: Path, when: str, offset: str | None) -> None:
    """Where the clocks change, a time has the offset of its own day; one in UTC is meant so."""
    for row in (3, 4, 5):
        set_cell(story_folder, "places", row, "timezone", "Europe/Paris")
    for table in ("legs", "figures"):
        write(story_folder, table, read(story_folder, table)[:1])
    set_cell(story_folder, "events", 3, "when", when)
    set_cell(story_folder, "claims", 3, "when", "2023-07")
    faults = [fault for fault in validate(story_folder) if fault.table == "events"]
    assert ([offset] if offset else []) == [fault.values["offset"] for fault in faults]


def test_a_leg_may_arrive_on_the_evening_of_the_day_it_left(story_folder: Path) -> None:
    """A departure of which the day is known and an arrival at an hour of it are in order; one the day before is not."""
    set_cell(story_folder, "legs", 5, "depart", "2023-09-14")
    set_cell(story_folder, "legs", 5, "arrive", "2023-09-14T21:15+10:00")
    assert [] == validate(story_folder)
    assert "2023-09-14T21:15+10:00" == load_story(story_folder).legs[3].arrive.text  # type: ignore[union-attr]
    set_cell(story_folder, "legs", 5, "arrive", "2023-09-13T21:15+10:00")
    assert_only(story_folder, rules.LEG_ORDER, "legs", 5, "arrive", "2023-09-13T21:15+10:00")
