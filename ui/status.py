"""How the app does: versions, time up, sessions, memory — on a page, as JSON, and as OpenMetrics."""

import json
import platform
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

import psutil
import streamlit as st
from streamlit.runtime import exists, get_instance
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat

from geo.story import Story
from geo.wording.language import Language
from ui import log, markup, stories

_PREFIX: Final = "dateline_"


@dataclass(frozen=True)
class Status:
    """The state of this process. `started` is ISO 8601 in UTC, `uptime` is in seconds, `memory` in bytes (resident)."""

    version: str
    story: str
    story_version: str
    started: str
    uptime: int
    sessions: int
    memory: int
    python: str
    streamlit: str


class Metrics:
    """The status for `/_stcore/metrics`, where Streamlit asks each provider for its families."""

    stats_families: Sequence[str] = (f"{_PREFIX}info", f"{_PREFIX}uptime_seconds", f"{_PREFIX}resident_memory_bytes")

    def get_stats(self, family_names: Sequence[str] | None = None) -> Mapping[str, Sequence[GaugeStat]]:
        """The families asked for, each with its one value."""
        info, uptime, memory = self.stats_families
        story, _ = stories.load()
        labels = {"version": version()} | ({"story": story.name, "story_version": story.version} if story else {})
        stats = {
            info: GaugeStat(info, 1, labels, help="Version of Dateline, and the story it shows."),
            uptime: GaugeStat(uptime, _uptime(), unit="seconds", help="Time since the process started."),
            memory: GaugeStat(memory, _memory(), unit="bytes", help="Memory the process holds."),
        }
        return {name: [stat] for name, stat in stats.items() if family_names is None or name in family_names}


@cache
def version() -> str:
    """The version of Dateline."""
    return str(tomllib.loads((stories.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


@st.cache_resource(show_spinner=False)
def begin() -> None:
    """Set up the log, note that the process has started to serve, and offer its metrics; once a process."""
    log.configure()
    log.note("started", version=version(), python=platform.python_version(), streamlit=st.__version__)
    if exists():
        get_instance().stats_mgr.register_provider(Metrics())


def of(story: Story) -> Status:
    """How the process that shows `story` does now."""
    return Status(
        version=version(),
        story=story.name,
        story_version=story.version,
        started=_started().isoformat(timespec="seconds").replace("+00:00", "Z"),
        uptime=_uptime(),
        sessions=_sessions(),
        memory=_memory(),
        python=platform.python_version(),
        streamlit=st.__version__,
    )


def server_status(story: Story, language: Language, files: Mapping[str, int]) -> None:
    """The status in words, and as JSON to copy, there with the map's `files` and their sizes in bytes."""
    text, now = language.text, of(story)
    facts = [
        (text("Dateline"), now.version),
        (text("Story"), f"{now.story}, {now.story_version}"),
        (text("Uptime"), language.duration(now.uptime)),
        (text("Readers now"), language.number(now.sessions)),
        (text("Memory"), language.megabytes(now.memory)),
        ("Python", now.python),
        ("Streamlit", now.streamlit),
    ]
    told = json.dumps(asdict(now) | {"files": dict(files)}, ensure_ascii=False, indent=1)
    markup.render(
        "status.html", heading=text("This server"), facts=facts, colon=text(":"), json_label=text("As JSON"), json=told
    )


def _started() -> datetime:
    return datetime.fromtimestamp(psutil.Process().create_time(), UTC)


def _uptime() -> int:
    return int((datetime.now(UTC) - _started()).total_seconds())


def _memory() -> int:
    return int(psutil.Process().memory_info().rss)


def _sessions() -> int:
    """The sessions whose readers are connected, by Streamlit's own count; none without a server."""
    if not exists():
        return 0
    counted = get_instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY])
    return sum(stat.value for stat in counted[ACTIVE_SESSIONS_FAMILY] if isinstance(stat, GaugeStat))
