"""`pip install .` gives a `geo` that works from any folder."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WORK = """
from geo.map import files
from geo.map.basemap import BASEMAP, basemap
from geo.geocoding.providers.geonames import AREAS
from geo.wording.language import Language
assert len(basemap()) == 8
assert (BASEMAP / "labels.csv").is_file() and AREAS.is_file()
assert Language("fr").text("Journey") == "Voyage"
assert list(files.ASSETS.glob("*.js"))
print(files.__file__)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel holds, as pip would unpack it."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    zipfile.ZipFile(wheel).extractall(site)
    return site


def run(installed: Path, *arguments: str) -> str:
    """What Python prints in a folder of its own, with the installed package and without the repository."""
    environment = os.environ | {"PYTHONPATH": str(installed)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=installed.parent, env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_the_package_brings_its_data_and_translations(installed: Path) -> None:
    """Basemap, gazetteer, player and French are found beside the modules that read them."""
    assert run(installed, "-c", WORK).startswith(str(installed))


def test_the_package_brings_the_geocoding_command(installed: Path) -> None:
    """`python -m geo.geocoding` runs where there is no repository."""
    assert "usage: python -m geo.geocoding" in run(installed, "-m", "geo.geocoding", "--help")


def test_the_package_depends_on_what_the_app_is_pinned_to(installed: Path) -> None:
    """The list in `requirements.txt` is the only one."""
    (metadata,) = installed.glob("*.dist-info/METADATA")
    declared = [line.split(": ")[1] for line in metadata.read_text("utf-8").splitlines() if "Requires-Dist" in line]
    pinned = [line for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    assert sorted(line.lower() for line in pinned) == sorted(line.lower() for line in declared)


def test_the_package_is_built_by_the_tools_the_tests_use() -> None:
    """What pip fetches to build the package is pinned as the development requirements pin it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert set(project["build-system"]["requires"]) < set((ROOT / "requirements-dev.txt").read_text("utf-8").split())
