"""A story that does not validate: its faults instead of a traceback."""

from pathlib import Path

import pytest

from geo.story import validate
from geo.wording.language import LANGUAGES
from tests.support.visit import Visitor


def change(folder: Path, table: str, old: str, new: str) -> None:
    path = folder / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def break_in_many_ways(folder: Path) -> None:
    """Five faults of five kinds in four tables."""
    change(folder, "places", "42.0,130.0", "142.0,130.0")
    change(folder, "events", "2023-09-13~", "2023-99-13~")
    change(folder, "claims", "departure,s001", "departure,s099")
    change(folder, "claims", "c-001-02-1", "c-000-01-1")
    change(folder, "sources", ",stated,", ",guessed,")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("page", ["journey", "events"])
def test_faults_are_listed_in_words(visit: Visitor, shown_story: Path, page: str, code: str) -> None:
    """Every fault has its table, row, column, value, rule and remedy, in the reader's language, on every page."""
    break_in_many_ways(shown_story)
    found = validate(shown_story)
    assert len(found) >= 5
    shown = visit(page, lang=code)
    assert not shown.app.exception
    assert 1 == len(shown.titles) == len(shown.app.error)
    assert str(len(found)) in shown.app.error[0].value
    assert 6 == len(shown.parsed.texts("th"))
    places = [[fault.table, str(fault.row or ""), fault.column or "", fault.value] for fault in found]
    assert places == [row[:4] for row in shown.faults]
    for *_, rule, remedy in shown.faults:
        assert len(rule) > 10
        assert len(remedy) > 10
        assert "{" not in rule + remedy


def test_faults_are_told_in_both_languages(visit: Visitor, shown_story: Path) -> None:
    """Headings, rules and remedies differ between the languages; places and values do not."""
    break_in_many_ways(shown_story)
    english, french = (visit(lang=code) for code in LANGUAGES)
    assert english.titles != french.titles
    assert english.parsed.texts("th") != french.parsed.texts("th")
    for one, other in zip(english.faults, french.faults, strict=True):
        assert one[:4] == other[:4]
        assert (one[4] != other[4], one[5] != other[5]) == (True, True)


@pytest.mark.parametrize(
    "destroy",
    [
        lambda folder: (folder / "events.csv").unlink(),
        lambda folder: (folder / "events.csv").write_bytes(b""),
        lambda folder: (folder / "events.csv").write_bytes(b"\xff\xfe\x00"),
        lambda folder: (folder / "datapackage.json").write_text("{"),
        lambda folder: (folder / "datapackage.json").unlink(),
        lambda folder: [path.unlink() for path in folder.iterdir()],
        lambda folder: [*[path.unlink() for path in folder.iterdir()], folder.rmdir()],
    ],
    ids=["no table", "empty table", "not UTF-8", "not JSON", "no description", "empty folder", "no folder"],
)
def test_a_ruined_story_is_told_of_too(visit: Visitor, shown_story: Path, destroy: object) -> None:
    """Missing, empty and unreadable files are faults in words, never a traceback."""
    assert callable(destroy)
    destroy(shown_story)
    shown = visit()
    assert not shown.app.exception
    assert len(shown.faults) >= 1


def test_a_corrected_story_is_shown(visit: Visitor, shown_story: Path) -> None:
    """Once its fault is corrected the story shows, in the same session."""
    change(shown_story, "places", "42.0,130.0", "142.0,130.0")
    shown = visit()
    assert 1 == len(shown.faults)
    change(shown_story, "places", "142.0,130.0", "42.0,130.0")
    shown.again()
    assert [] == shown.faults
    assert ["A tour"] == shown.titles


def test_hostile_values_are_only_values(visit: Visitor, shown_story: Path) -> None:
    """Braces and markup in a wrong value neither break a sentence nor fill its slots nor make an element."""
    wrong = "{0}{rule}<script>alert(1)</script>{x"
    change(shown_story, "events", "2023-09-13~", wrong)
    change(shown_story, "events", "tour,travel", f"{wrong},travel")
    for code in LANGUAGES:
        shown = visit(lang=code)
        assert not shown.app.exception
        assert {wrong} == {row[3] for row in shown.faults}


def test_a_long_value_is_cut(visit: Visitor, shown_story: Path) -> None:
    """A value of ten thousand characters does not push the remedy off the page."""
    change(shown_story, "events", "2023-09-13~", "x" * 10_000)
    found = visit().faults
    assert found
    assert all(len(cell) < 1000 for row in found for cell in row)
