"""The page Status without a browser: what it tells of the server, and what the check before class may say."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from geo.story import Story
from geo.wording.language import LANGUAGES, Language
from tests.support import ROOT
from tests.support.visit import Visit, Visitor
from ui import map_panel, preflight, status, stories

# What the script fills in.
_SLOTS = {
    "checking": {"n"},
    "arrived": {"n", "total"},
    "kept": {"n", "total"},
    "missing": {"file", "status"},
    "refused": {"file", "status"},
    "blocked": {"file", "host"},
    "changed": {"file", "got", "bytes"},
    "down": {"status"},
    "ready": set(),
}


def told(shown: Visit) -> dict[str, Any]:
    """What the page tells as JSON."""
    (code,) = shown.parsed.texts("pre")
    found: dict[str, Any] = json.loads(code)
    return found


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_tells_how_the_server_does(visit: Visitor, shipped_story: Story, code: str) -> None:
    """Versions, the story's version, time up, sessions and memory are on the page, in words and as JSON."""
    shown = visit("status", lang=code)
    assert not shown.app.exception
    found = told(shown)
    names = ("version", "story", "story_version", "started", "uptime", "sessions", "memory", "python", "streamlit")
    assert {*names, "files"} == set(found)
    pinned = dict(line.split("==") for line in (ROOT / "requirements.txt").read_text("utf-8").split() if "==" in line)
    assert (shipped_story.name, shipped_story.version) == (found["story"], found["story_version"])
    assert pinned["streamlit"] == found["streamlit"]
    assert f'version = "{found["version"]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert 50_000_000 < found["memory"] < 4_000_000_000
    assert 0 <= found["uptime"] < 86_400
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found["started"])
    values = shown.parsed.texts("dd")
    assert len(shown.parsed.texts("dt")) == len(values) == 7
    assert [found["version"], f"{shipped_story.name}, {shipped_story.version}"] == values[:2]
    assert [found["python"], found["streamlit"]] == values[-2:]


def test_the_languages_share_no_heading(visit: Visitor) -> None:
    """Headings and labels differ between the languages; names of software do not."""
    english, french = (visit("status", lang=code).parsed for code in LANGUAGES)
    assert not set(english.texts("h2")) & set(french.texts("h2"))
    same = {name.rstrip(" :\u00a0") for name in english.texts("dt")} & {
        name.rstrip(" :\u00a0") for name in french.texts("dt")
    }
    assert {"Dateline", "Python", "Streamlit"} == same


def test_every_file_of_the_map_is_named_with_its_size(shipped_story: Story) -> None:
    """The player's files in all languages and its frame's are listed, at addresses under the app's own."""
    found = map_panel.needed(shipped_story)
    names = {address.rpartition("/")[2] for address in found}
    for code in LANGUAGES:
        assert set(stories.player(shipped_story, code)[1]) < names
    assert "index.html" in names
    assert all(address.startswith(("component/", "map/")) and size > 500 for address, size in found.items())


def test_every_sentence_of_the_check_is_said_and_filled() -> None:
    """The script knows each sentence that it is given, and no other; it fills their slots."""
    source = (ROOT / "ui" / "preflight.js").read_text("utf-8")
    for code in LANGUAGES:
        words = preflight._words(Language(code))
        said = set(re.findall(r'"(\w+)"', "\n".join(re.findall(r"(?:judge|say)\(.*|why: .*|resolve\(.*", source))))
        assert set(words) == said
        for word, slots in _SLOTS.items():
            assert slots == set(re.findall(r"{(\w+)}", words[word])), word


def test_the_map_links_to_the_check(visit: Visitor) -> None:
    """At the foot of the page Journey a link leads to the check, in the reader's language."""
    for code, label in (("en", "Check before class"), ("fr", "Vérifier avant le cours")):
        links = [element.proto for element in visit(lang=code).app.get("page_link")]
        (link,) = [link for link in links if link.label == label]
        assert "status" == link.page


def test_metrics_tell_version_time_and_memory(shipped_story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """The families that are asked for come with one value each, named and counted as OpenMetrics wants them."""
    metrics = status.Metrics()
    everything = metrics.get_stats()
    assert set(metrics.stats_families) == set(everything)
    (info,) = everything["dateline_info"]
    assert shipped_story.version == (info.labels or {})["story_version"]
    assert 50_000_000 < everything["dateline_resident_memory_bytes"][0].value
    assert ["dateline_uptime_seconds"] == list(metrics.get_stats(["dateline_uptime_seconds", "of another"]))


def test_metrics_are_told_of_a_broken_story_too(shown_story: Path) -> None:
    """Where the story cannot be shown, the rest is told."""
    (shown_story / "events.csv").unlink()
    (info,) = status.Metrics().get_stats(["dateline_info"])["dateline_info"]
    assert {"version"} == set(info.labels or {})


def test_a_hostile_name_is_only_a_name(visit: Visitor, shown_story: Path) -> None:
    """Markup in a story's name is text on the page and in the JSON."""
    package = shown_story / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    described["name"] = "</section><script>window.pwned=1</script>'\""
    package.write_text(json.dumps(described), "utf-8")
    shown = visit("status")
    st.cache_resource.clear()
    assert not shown.app.exception
    assert described["name"] == told(shown)["story"]
    assert any(described["name"] in value for value in shown.parsed.texts("dd"))
