"""The player's files on disk."""

import hashlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Event

import pytest

from geo.map import files
from geo.map.basemap import basemap
from geo.map.payload import Scene
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE

NAME = re.compile(r"[a-z-]+\.([0-9a-f]{12})\.(js|css|json)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "served"
    made.mkdir()
    return made


def scenes(story: Story) -> dict[str, Scene]:
    return {code: scene(story, Language(code)) for code in LANGUAGES}


def addresses(found: files.Files) -> list[str]:
    return [found.guard, found.script, found.style, found.basemap, *found.stories.values()]


def is_whole(path: Path) -> bool:
    """Whether a file's name tells its content."""
    match = NAME.fullmatch(path.name)
    return match is not None and hashlib.sha256(path.read_bytes()).hexdigest().startswith(match[1])


def test_names_tell_the_content(story: Story, folder: Path) -> None:
    """Each file is named by a hash of what it holds, so that it may be cached for ever."""
    files.write(scenes(story), folder, prefix="")
    assert all(is_whole(path) for path in folder.iterdir())


def test_addresses_are_those_of_the_files(story: Story, folder: Path) -> None:
    """Under the prefix each address names a file that was written, one story a language, and no file is left over."""
    found = files.write(scenes(story), folder, prefix="../player/")
    assert {f"../player/{path.name}" for path in folder.iterdir()} == set(addresses(found))
    assert set(LANGUAGES) == set(found.stories)


def test_files_hold_what_they_say(story: Story, folder: Path) -> None:
    """The story files are the scenes, the script begins with Leaflet, and each file is what its name says."""
    found = files.write(scenes(story), folder, prefix="")
    for code in LANGUAGES:
        assert scene(story, Language(code)) == json.loads((folder / found.stories[code]).read_text("utf-8"))
    assert basemap() == json.loads((folder / found.basemap).read_text("utf-8"))
    assert "Leaflet" in (folder / found.script).read_text("utf-8")[:200]
    assert files.style() == (folder / found.style).read_text("utf-8")


def test_served_stories_are_strict_json(shipped_story: Story, folder: Path) -> None:
    """A browser can read the stories: no NaN and no Infinity, which Python writes and JSON lacks."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    found = files.write(scenes(shipped_story), folder, prefix="")
    for name in found.stories.values():
        json.loads((folder / name).read_text("utf-8"), parse_constant=refuse)


def test_writing_again_changes_nothing(story: Story, folder: Path) -> None:
    """A second process that starts in the same folder finds its files there and leaves them alone."""
    first = files.write(scenes(story), folder, prefix="")
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert first == files.write(scenes(story), folder, prefix="")
    assert before == {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_another_story_changes_only_its_own_files(story: Story, folder: Path) -> None:
    """After a correction only the stories have new names; script, style and basemap stay cached."""
    first = files.write(scenes(story), folder, prefix="")
    second = files.write(scenes(replace(story, title_en="Another", title_fr="Autre", version="2")), folder, prefix="")
    assert set(first.stories.values()).isdisjoint(second.stories.values())
    assert first == replace(second, stories=first.stories)


def test_everyone_may_read_the_files(story: Story, folder: Path) -> None:
    """The files are readable for a server that runs as somebody else."""
    files.write(scenes(story), folder, prefix="")
    assert {0o644} == {path.stat().st_mode & 0o777 for path in folder.iterdir()}


def test_two_writers_at_once_leave_whole_files(shipped_story: Story, folder: Path) -> None:
    """While several processes write one folder, no reader ever finds half a file under its final name."""
    writers = 4
    start, done = Barrier(writers + 1), Event()
    told = scenes(shipped_story)

    def write() -> files.Files:
        start.wait()
        return files.write(told, folder, prefix="")

    def read() -> list[str]:
        start.wait()
        torn: list[str] = []
        while not done.is_set():
            torn += [path.name for path in folder.iterdir() if NAME.fullmatch(path.name) and not is_whole(path)]
        return torn

    with ThreadPoolExecutor(writers + 1) as pool:
        reading = pool.submit(read)
        found = [future.result() for future in [pool.submit(write) for _ in range(writers)]]
        done.set()
        assert [] == reading.result()
    assert 1 == len({json.dumps(addresses(one)) for one in found})
    assert set(addresses(found[0])) == {path.name for path in folder.iterdir()}


def test_hostile_text_survives_the_file(hostile_story: Story, folder: Path) -> None:
    """Markup, quotes and marks of direction arrive in the browser as they were written."""
    found = files.write(scenes(hostile_story), folder, prefix="")
    told = json.loads((folder / found.stories["en"]).read_text("utf-8"))
    assert HOSTILE in {claim["when_as_written"] for event in told["events"] for claim in event["claims"]}


def test_the_script_is_no_module() -> None:
    """Nothing of a module's own syntax is left, each module is in it once, and types stay behind."""
    lines = files.script().splitlines()
    assert [] == [line for line in lines if line.startswith(("import ", "export "))]
    modules = sorted(path.stem for path in files.ASSETS.glob("*.js") if path.stem != "guard")
    assert modules == sorted(match[1] for line in lines if (match := re.match(r"const \$(\w+) = \(\(\) => \{", line)))
    assert not any("@param" in line for line in lines)


def test_the_script_asks_for_no_source_map() -> None:
    """Developer tools find no reference to a file that is not served."""
    assert "sourceMappingURL" not in files.script()
