"""What a visit costs the server: nothing is worked out twice, and nobody waits for another reader's run."""

import re
from typing import Any

import pytest
import streamlit as st
import streamlit_folium
from streamlit import config

from geo.map.files import Files
from geo.map.payload import Command as CommandPayload
from geo.map.payload import Scene
from geo.map.scene import scene as real_scene
from geo.map.story_map import Command, served_map
from geo.story import Story
from geo.wording.language import Language
from tests.support.visit import Visitor
from ui import stories

FILES = Files("guard.js", "dateline.js", "dateline.css", "basemap.json", "story.json", "details.json")
ORDER: CommandPayload = {
    "number": 1,
    "seek": True,
    "show": None,
    "superseded": False,
    "every": False,
    "event": None,
    "time": None,
    "clock": None,
    "session": "7e57",
}


def test_no_full_collection_of_memory_follows_a_run() -> None:
    """It would hold up every other reader of the process; Streamlit does it unless it is told not to."""
    assert config.get_option("runner.postScriptGC") is False


def test_a_language_is_told_once_a_process(visit: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Map and list share one scene of their language, and no reader waits for a language that nobody reads."""
    told: list[str] = []

    def scene(story: Story, language: Language) -> Scene:
        told.append(language.code)
        return real_scene(story, language)

    monkeypatch.setattr(stories, "scene", scene)
    st.cache_resource.clear()
    visit("journey")
    visit("events")
    visit("journey")
    assert ["en"] == told
    visit("journey", lang="fr")
    assert ["en", "fr"] == told


def test_the_map_is_sent_without_the_page_around_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reaches the browser is the same whether folium writes its own page or not; we let it not."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(streamlit_folium, "_component_func", lambda **arguments: sent.append(arguments))
    for render in (True, False):
        command = Command(ORDER)
        streamlit_folium.st_folium(
            served_map(FILES), key="map", returned_objects=[], feature_group_to_add=command, render=render
        )
    whole, bare = (
        {name: re.sub("[0-9a-f]{32}", "id", str(value)) for name, value in arguments.items() if name != "on_change"}
        for arguments in sent
    )
    assert whole == bare
