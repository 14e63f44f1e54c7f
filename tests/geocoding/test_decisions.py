"""geo.geocoding.decisions: places from their names, decisions that are kept, and the register of both."""

import csv
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from geopy.exc import GeocoderTimedOut

from geo.geocoding import __main__ as geocode
from geo.geocoding.candidates import Candidate, Provider, Query
from geo.geocoding.decisions import rebuild
from geo.geocoding.providers.geonames import OfflineGeoNames
from geo.story import validate
from geo.story.names import fold

SHIPPED = Path(__file__).parents[2] / "data" / "kim-putin"
TODAY = date(2026, 11, 20)
LATER = date(2027, 1, 1)


class Atlas(Provider):
    """GeoNames as the tiny story has it."""

    provider = "geonames"

    def __init__(self, known: Iterable[Candidate]) -> None:
        self.known = list(known)

    def candidates(self, query: Query) -> list[Candidate]:
        if query.name == "Дельта":
            raise GeocoderTimedOut("'Дельта': no answer")
        wanted = query.name.removeprefix("geonames:")
        return [c for c in self.known if wanted == c.ref or fold(wanted) == fold(c.name)]


def town(ref: str, name: str, lat: float, lon: float, country: str = "RU", population: int = 1000) -> Candidate:
    return Candidate("geonames", ref, name, "settlement", country, lat, lon, population)


@pytest.fixture
def atlas() -> Atlas:
    site = Candidate("geonames", "1", "Alpha", "site", "RU", 42.0, 130.0)
    return Atlas(
        [
            site,
            town("2", "Beta", 43.0, 131.0, population=100_000),
            town("20", "Beta", 43.02, 131.02, population=900),
            town("21", "Beta", 60.0, 10.0, "NO", 5_000_000),
            town("3", "Gamma-on-Sea", 44.0, 131.0),
            town("4", "Delta", 43.0, 132.0),
        ]
    )


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edit(folder: Path, table: str, change: dict[str, dict[str, str]], key: str = "place_id") -> None:
    """Change cells of the rows whose key is named."""
    edited = [row | change.get(row[key], {}) for row in rows(folder, table)]
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(edited[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(edited)


def blank(folder: Path) -> None:
    """Delete every coordinate of the places, and the register's own except those a person entered."""
    edit(folder, "places", {row["place_id"]: {"lat": "", "lon": ""} for row in rows(folder, "places")})
    by_hand = [row for row in rows(folder, "geocodes") if row["decided_by"] == "curator"]
    with (folder / "geocodes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows(SHIPPED, "geocodes")[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | ({"lat": "", "lon": ""} if row["provider"] != "manual" else {}) for row in by_hand)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the story that comes with the project."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "kim-putin"))


def test_the_shipped_story_is_rebuilt_from_its_names(shipped: Path, whole_geonames: OfflineGeoNames) -> None:
    """Without any coordinate but those entered by hand the places come out byte for byte the same, offline."""
    blank(shipped)
    report = rebuild(shipped, [whole_geonames], TODAY)
    for table in ("places", "geocodes"):
        assert (SHIPPED / f"{table}.csv").read_bytes() == (shipped / f"{table}.csv").read_bytes()
    assert [row["place_id"] for row in rows(shipped, "places")] == [moved.place_id for moved in report.moved]
    assert ([], [], 16) == (report.lost, report.faults, report.by_hand)


def test_another_rebuild_changes_nothing(shipped: Path, whole_geonames: OfflineGeoNames) -> None:
    """The shipped register is what the look-up gives today; decisions keep their day."""
    report = rebuild(shipped, [whole_geonames], LATER)
    assert [] == report.moved
    for table in ("places", "geocodes"):
        assert (SHIPPED / f"{table}.csv").read_bytes() == (shipped / f"{table}.csv").read_bytes()


def test_the_likeliest_is_chosen_and_the_others_kept(story_folder: Path, atlas: Atlas) -> None:
    """The one that fits country, kind and neighbours; what the name alone leads to is marked, and why it is not it."""
    rebuild(story_folder, [atlas], TODAY)
    beta = [row for row in rows(story_folder, "geocodes") if row["place_id"] == "beta"]
    assert [("2", "chosen"), ("20", "rejected"), ("21", "rejected")] == [
        (row["provider_ref"], row["decision"]) for row in beta
    ]
    assert "near:" in beta[0]["reasons"]
    assert ("other-country; naive", "") == (beta[2]["reasons"], beta[2]["score"])
    assert float(beta[0]["score"]) > float(beta[1]["score"])
    assert [] == validate(story_folder)


def test_a_decision_by_hand_survives(story_folder: Path, atlas: Atlas) -> None:
    """A curator's point stands, moves the place, and keeps its day, name and note through every refresh."""
    rebuild(story_folder, [atlas], TODAY)
    by_hand = {
        "provider": "manual", "provider_ref": "a survey", "lat": "43.01", "lon": "131.01", "score": "", "reasons": "",
        "decided_by": "curator", "decided_on": "2026-01-02", "note_en": "Seen there", "note_fr": "Vu là",
    }  # fmt: skip
    edit(story_folder, "geocodes", {"2": by_hand}, key="provider_ref")
    for day in (TODAY, LATER):
        report = rebuild(story_folder, [atlas], day)
    assert [] == report.moved
    beta = [row for row in rows(story_folder, "geocodes") if row["place_id"] == "beta"]
    assert by_hand == {name: beta[0][name] for name in by_hand}
    assert ["settled", "settled", "other-country; naive"] == [row["reasons"] for row in beta[1:]]
    place = next(row for row in rows(story_folder, "places") if row["place_id"] == "beta")
    assert ("43.01", "131.01", "manual", "a survey") == tuple(
        place[name] for name in ("lat", "lon", "geocoder", "geocoder_ref")
    )
    assert [] == validate(story_folder)


def test_a_candidate_rejected_by_hand_is_not_chosen(story_folder: Path, atlas: Atlas) -> None:
    """The next likely one takes its place."""
    rebuild(story_folder, [atlas], TODAY)
    no = {"decision": "rejected", "decided_by": "curator", "note_en": "Burnt down", "note_fr": "Brûlé"}
    edit(story_folder, "geocodes", {"2": no}, key="provider_ref")
    report = rebuild(story_folder, [atlas], LATER)
    assert ["beta"] == [moved.place_id for moved in report.moved]
    decisions = {row["provider_ref"]: row["decision"] for row in rows(story_folder, "geocodes")}
    assert ("rejected", "chosen") == (decisions["2"], decisions["20"])
    assert [] == validate(story_folder)


def test_what_a_provider_found_is_kept_while_it_is_not_asked(story_folder: Path, atlas: Atlas) -> None:
    """A point of Nominatim stays through an offline refresh."""
    rebuild(story_folder, [atlas], TODAY)
    online = {"provider": "nominatim", "provider_ref": "node/2", "lat": "43.01", "decided_by": "nominatim"}
    edit(story_folder, "geocodes", {"2": online}, key="provider_ref")
    rebuild(story_folder, [atlas], LATER)
    beta = next(row for row in rows(story_folder, "geocodes") if row["place_id"] == "beta")
    assert online == {name: beta[name] for name in online}


def test_a_place_that_is_not_found_keeps_what_it_had(story_folder: Path, atlas: Atlas) -> None:
    """And the report names it."""
    atlas.known = [candidate for candidate in atlas.known if candidate.ref != "4"]
    before = rows(story_folder, "places")
    report = rebuild(story_folder, [atlas], TODAY)
    assert ["delta"] == report.lost
    assert before == rows(story_folder, "places")


def test_a_provider_that_fails_is_told(story_folder: Path, atlas: Atlas) -> None:
    """With the name it was asked for; the other names of the place are looked up all the same."""
    report = rebuild(story_folder, [atlas], TODAY)
    assert ["'Дельта': no answer"] == report.faults
    assert [] == report.lost


def test_a_table_without_a_column_is_refused(story_folder: Path, atlas: Atlas) -> None:
    """Before anything is written."""
    file = story_folder / "geocodes.csv"
    file.write_text(file.read_text("utf-8").replace("decided_by", "by", 1), "utf-8")
    before = {path: path.read_bytes() for path in story_folder.iterdir()}
    with pytest.raises(ValueError, match="decided_by"):
        rebuild(story_folder, [atlas], TODAY)
    assert before == {path: path.read_bytes() for path in story_folder.iterdir()}


def test_the_command_rebuilds_a_story(
    shipped: Path, whole_geonames: OfflineGeoNames, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --story alone it tells what moved, and exits with 0 if every place has a point."""
    monkeypatch.setattr("geo.geocoding.__main__.OfflineGeoNames", lambda: whole_geonames)
    blank(shipped)
    assert 0 == geocode.main(["--story", str(shipped)])
    assert (SHIPPED / "places.csv").read_bytes() == (shipped / "places.csv").read_bytes()
    told = capsys.readouterr().out
    assert "Offline. 27 places: 11 found, 16 by hand, 0 not found." in told
    assert "khasan: had no point" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "INPUT.csv is missing"),
        (["--story", "a-story", "-o", "out.csv"], "rebuilt in place"),
        (["--story", "a-story", "--country", "RU"], "rebuilt in place"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without input and story, or with options that a rebuild has no use for."""
    with pytest.raises(SystemExit) as stop:
        geocode.main(arguments)
    assert 2 == stop.value.code
    assert told in capsys.readouterr().err


def test_the_command_tells_what_it_could_not_do(
    story_folder: Path, atlas: Atlas, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Places without a point and providers that failed, with exit status 1; a story that cannot be read, with 2."""
    monkeypatch.setattr("geo.geocoding.__main__.OfflineGeoNames", lambda: atlas)
    atlas.known = [candidate for candidate in atlas.known if candidate.ref != "4"]
    assert 1 == geocode.main(["--story", str(story_folder)])
    told = capsys.readouterr()
    assert "delta: nothing fits" in told.out
    assert "'Дельта': no answer" in told.err
    (story_folder / "claims.csv").unlink()
    assert 2 == geocode.main(["--story", str(story_folder)])
    assert "claims.csv" in capsys.readouterr().err
