"""The story that the app shows, loaded once for all sessions."""

import logging
import os
import time
from pathlib import Path
from typing import Final

import streamlit as st

from geo.map.files import Files, bundle
from geo.map.payload import Scene
from geo.map.scene import scene
from geo.story import Fault, Story, StoryError, load_story
from geo.wording.language import Language
from ui import log

ROOT: Final = Path(__file__).resolve().parent.parent
DEFAULT_FOLDER: Final = ROOT / "data" / "kim-putin"
# Where the app serves the player's files, below its own address.
MAP: Final = "map"
# So many faults of a story are written to the log; the page has them all.
_NOTED_FAULTS: Final = 20


def folder() -> Path:
    """The story's folder: what `DATELINE_STORY` names, or the story that comes with the project."""
    return Path(os.environ.get("DATELINE_STORY") or DEFAULT_FOLDER)


def articles_folder() -> Path | None:
    """The folder of the articles' texts that `DATELINE_ARTICLES` names; None where the reader gives none."""
    named = os.environ.get("DATELINE_ARTICLES")
    return Path(named) if named else None


def load() -> tuple[Story | None, list[Fault]]:
    """The story, or None and the faults that keep it from being shown."""
    return _load(folder(), _stamp(folder()))


def current() -> Story:
    """The story; for pages, which run only if there is one."""
    story, found = load()
    if story is None:
        raise StoryError(folder(), found)
    return story


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Story: lambda story: story.version})
def scene_of(story: Story, code: str) -> Scene:
    """The story as the map and the list show it, in one language; shared by all sessions, not to be changed."""
    return scene(story, Language(code))


@st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={Story: lambda story: story.version})
def player(story: Story, code: str) -> tuple[Files, dict[str, bytes]]:
    """The player's files for a story in a language: their addresses beside the page, and their contents by name."""
    return bundle(scene_of(story, code), prefix=f"./{MAP}/")


# Keeps what a function makes of a story in one language: worked out once, and each session has its own copy.
kept = st.cache_data(
    show_spinner=False, max_entries=4, hash_funcs={Story: lambda story: story.version, Language: lambda one: one.code}
)


def _stamp(story_folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Names, times and sizes of the story's files: a correction shows without restarting the server."""
    if not story_folder.is_dir():
        return ()
    files = (path for path in sorted(story_folder.iterdir()) if path.is_file())
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)


@st.cache_resource(max_entries=2, show_spinner=False)
def _load(story_folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> tuple[Story | None, list[Fault]]:
    began = time.perf_counter()
    try:
        story = load_story(story_folder)
    except StoryError as error:
        _note_faults(story_folder, error.faults)
        return None, list(error.faults)
    log.note("story loaded", story=story.name, version=story.version, seconds=round(time.perf_counter() - began, 2))
    return story, []


def _note_faults(story_folder: Path, found: list[Fault]) -> None:
    for fault in found[:_NOTED_FAULTS]:
        log.note("fault of the story", logging.ERROR, folder=story_folder.name, fault=fault)
    rest = max(len(found) - _NOTED_FAULTS, 0)
    log.note("story not shown", logging.ERROR, folder=story_folder.name, faults=len(found), not_listed=rest)
