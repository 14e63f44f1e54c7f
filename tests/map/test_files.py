"""The player's files."""

import hashlib
import json
import re
from dataclasses import asdict, replace

import pytest

from geo.map import files
from geo.map.basemap import basemap
from geo.map.scene import scene
from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support.stories import HOSTILE

NAME = re.compile(r"[a-z-]+\.([0-9a-f]{12})\.(js|css|json)")


def bundle(story: Story, code: str = "en", prefix: str = "") -> tuple[files.Files, dict[str, bytes]]:
    return files.bundle(scene(story, Language(code)), prefix)


def test_names_tell_the_content(story: Story) -> None:
    """Each file is named by a hash of what it holds, so that it may be kept for ever."""
    for name, content in bundle(story)[1].items():
        match = NAME.fullmatch(name)
        assert match is not None, name
        assert hashlib.sha256(content).hexdigest().startswith(match[1]), name


def test_addresses_are_those_of_the_files(story: Story) -> None:
    """Under the prefix each address names a file of the bundle, and no file is left over."""
    found, contents = bundle(story, prefix="./map/")
    assert {f"./map/{name}" for name in contents} == set(asdict(found).values())
    assert {f"../../map/{name}" for name in contents} == set(asdict(found.under("../../map/")).values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_files_hold_what_they_say(story: Story, code: str) -> None:
    """Story and details are together the scene, the script begins with Leaflet, each file is what its name says."""
    found, contents = bundle(story, code)
    told, details = json.loads(contents[found.story]), json.loads(contents[found.details])
    for event in told["events"]:
        assert [] == event["claims"]
        event["claims"] = details["claims"].pop(event["id"])
        event |= details["facts"].pop(event["id"])
    assert ({}, {}) == (details.pop("claims"), details.pop("facts"))
    layers = json.loads(contents[found.basemap]) + details.pop("waters")
    assert scene(story, Language(code)) == told | details
    assert sorted(map(str, basemap())) == sorted(map(str, layers))
    assert b"Leaflet" in contents[found.script][:200]
    assert files.style() == contents[found.style].decode()


def test_served_stories_are_strict_json(shipped_story: Story) -> None:
    """A browser can read the stories: no NaN and no Infinity, which Python writes and JSON lacks."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    found, contents = bundle(shipped_story)
    for name in (found.story, found.details):
        json.loads(contents[name], parse_constant=refuse)


def test_the_same_story_has_the_same_files(story: Story) -> None:
    """Every replica gives the same files the same names."""
    assert bundle(story) == bundle(story)


def test_another_story_changes_only_its_own_files(story: Story) -> None:
    """After a correction only the story has a new name; script, style and basemap stay cached."""
    first, second = bundle(story)[0], bundle(replace(story, title_en="Another", version="2"))[0]
    assert first.story != second.story
    assert first == replace(second, story=first.story, details=first.details)


def test_hostile_text_survives_the_file(hostile_story: Story) -> None:
    """Markup, quotes and marks of direction arrive in the browser as they were written."""
    found, contents = bundle(hostile_story)
    claims = json.loads(contents[found.details])["claims"]
    assert HOSTILE in {claim["when_as_written"] for of_event in claims.values() for claim in of_event}


def test_the_script_is_no_module() -> None:
    """Nothing of a module's own syntax is left, each module is in it once, and types stay behind."""
    script = files.script()
    assert [] == [line for line in script.splitlines() if re.match(r"(import|export)\b(?! *[.(])", line)]
    modules = sorted(path.stem for path in files.ASSETS.glob("*.js") if path.stem != "guard")
    assert modules == sorted(re.findall(r"const \$(\w+)=\(\(\)=>\{", script))
    assert "@param" not in script


def test_the_script_asks_for_no_source_map() -> None:
    """Developer tools find no reference to a file that is not served."""
    assert "sourceMappingURL" not in files.script()
