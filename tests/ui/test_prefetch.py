"""The script that fetches the map's files early."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from geo.map.files import Files
from geo.wording.language import LANGUAGES
from ui import prefetch

PLAYER = Files("../p/guard.js", "../p/dateline.js", "../p/dateline.css", "../p/basemap.json", {"fr": "../p/story.json"})
FRAME = ["../frame/static/js/main.js"]


@pytest.fixture
def lists(tmp_path: Path) -> list[list[str]]:
    """The small and the large files that a written script is called with."""
    prefetch.write(tmp_path, PLAYER, "fr", FRAME)
    (written,) = tmp_path.iterdir()
    assert "prefetch-fr.js" == written.name
    called = re.search(r"\}\)\((\[.*\]), (\[.*\])\);\n$", written.read_text("utf-8"))
    assert called is not None
    return [json.loads(found) for found in called.groups()]


def test_every_file_of_the_map_is_fetched_once(lists: list[list[str]]) -> None:
    """The player's files of the language, its frame's script, and nothing twice."""
    asked = [address for found in lists for address in found]
    needed = {PLAYER.guard, PLAYER.script, PLAYER.style, PLAYER.basemap, PLAYER.stories["fr"], *FRAME}
    assert needed < set(asked)
    assert len(asked) == len(set(asked))
    assert set() == set(lists[0]) & {PLAYER.script, PLAYER.basemap, PLAYER.stories["fr"], *FRAME}


def test_streamlits_late_scripts_are_there(lists: list[list[str]]) -> None:
    """Each beginning of a name finds a script of the installed Streamlit, where the browser will look for it."""
    scripts = [address for address in lists[0] if "/static/js/" in address]
    assert len(scripts) >= len(prefetch._LATE)
    assert [] == [stem for stem in prefetch._LATE if not any(f"/{stem}." in script for script in scripts)]
    at = "http://127.0.0.1/dateline/component/player/prefetch-fr.js"
    for script in scripts:
        path = urljoin(at, script).removeprefix("http://127.0.0.1/dateline/static/js/")
        assert (prefetch.SCRIPTS / path).is_file(), script


def test_a_correction_replaces_the_script(tmp_path: Path) -> None:
    """What is written later takes its place; languages keep to themselves."""
    for code in LANGUAGES:
        stories = {code: f"../p/story-{code}.1.json"}
        prefetch.write(tmp_path, Files("g", "s", "c", "b", stories), code, FRAME)
    prefetch.write(tmp_path, Files("g", "s", "c", "b", {"fr": "../p/story-fr.2.json"}), "fr", FRAME)
    assert {f"prefetch-{code}.js" for code in LANGUAGES} == {path.name for path in tmp_path.iterdir()}
    texts = {code: (tmp_path / f"prefetch-{code}.js").read_text("utf-8") for code in LANGUAGES}
    assert "story-fr.2.json" in texts["fr"]
    assert "story-fr.1.json" not in texts["fr"]
    assert "story-en.1.json" in texts["en"]
