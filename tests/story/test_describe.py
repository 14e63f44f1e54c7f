"""The description of a story and the codebook follow from the format."""

import json
from pathlib import Path

from geo.story import validate
from geo.story.describe import codebook, described, main
from tests.support import ROOT
from tests.support.stories import SHIPPED


def test_the_shipped_story_is_described_by_the_format() -> None:
    """Its datapackage.json is what the command writes."""
    package = json.loads((SHIPPED / "datapackage.json").read_text("utf-8"))
    assert package == described(package, SHIPPED)


def test_the_codebook_is_that_of_the_format() -> None:
    """The tables of columns in the codebook are what the command writes."""
    text = (ROOT / "data" / "README.md").read_text("utf-8")
    assert text == codebook(text)


def test_a_description_without_tables_is_completed(story_folder: Path) -> None:
    """An author gives titles and trips; the tables are found under their names, and the command describes them."""
    file = story_folder / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({"name": package["name"], "dateline": package["dateline"]}), "utf-8")
    assert [] == validate(story_folder)
    assert 0 == main([str(story_folder)])
    assert package == json.loads(file.read_text("utf-8"))
    assert [] == validate(story_folder)


def test_a_file_of_another_name_keeps_it(story_folder: Path) -> None:
    """What the author calls a table's file stays."""
    file = story_folder / "datapackage.json"
    package = json.loads(file.read_text("utf-8"))
    package["resources"][0]["path"] = "papers.csv"
    assert "papers.csv" == described(package, story_folder)["resources"][0]["path"]


def test_a_table_that_is_not_there_is_described_only_if_it_was(story_folder: Path) -> None:
    """A story without people has none in its description; one that says it has some keeps saying so."""
    (story_folder / "people.csv").unlink()
    package = json.loads((story_folder / "datapackage.json").read_text("utf-8"))
    tables = [resource["name"] for resource in package["resources"]]
    assert "people" in tables
    assert tables == [resource["name"] for resource in described(package, story_folder)["resources"]]
    bare = described({"name": "bare"}, story_folder)
    assert set(tables) - {"people"} == {resource["name"] for resource in bare["resources"]}
