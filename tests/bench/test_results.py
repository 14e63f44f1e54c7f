"""The page of results: whole tables, and words where something was not measured."""

import json
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import bench.__main__
from bench import loading, seeking, serving
from bench.__main__ import PARTS, TITLES, main, told
from bench.loading import FLOOR, OURS, Visit
from bench.seeking import Moving, Served
from bench.serving import Held

RUN = {"day": "2026-01-01", "machine": "a machine", "versions": "versions", "quick": False}
VISITS = [
    Visit(FLOOR, "unthrottled", cold=True, seconds=1.0, requests=60, bytes=2_000_000),
    Visit(FLOOR, "unthrottled", cold=False, seconds=0.5, requests=60, bytes=2_000),
    Visit(OURS, "unthrottled", cold=True, seconds=1.4, requests=80, bytes=3_000_000),
    Visit(OURS, "unthrottled", cold=False, seconds=None, requests=80, bytes=200_000),
]
MOVING = [
    Moving("Dateline", 10, 0.5, 1.0, [1.0, 2.0], [0.5, 1.0], [0.1, 0.2], 60.0, 0, 0.0),
    Moving("Dateline", 1000, 1.5, 1.0, [2.0, 4.0], [0.5, 1.0], [0.1, 0.2], 60.0, 0, 0.0),
    Moving("Timeline", 10, failure="Page.goto: Timeout 90000ms exceeded."),
]
SERVED = [
    Served("Dateline", 0, 1.0, 0, False, None, 2.0),
    Served("slider", 10, 1.0, None, False, [0.1, 0.2]),
    Served("slider", 1000, failure="Frame.wait_for_function: Timeout 60000ms exceeded."),
]
AT = {50: 0.01, 95: 0.02, 99: 0.03}
CROWDS = [
    Held("one process", 10, 9, AT, AT, {}, 20, {"no answer within 60 s": 1}, 30.0, 1.5, 2_000_000, 200_000_000),
]
FOUND: dict[str, Any] = {
    "load": {"visits": [asdict(visit) for visit in VISITS]},
    "time": {"moving": [asdict(one) for one in MOVING], "served": [asdict(one) for one in SERVED]},
    "server": {
        "crowds": [asdict(one) for one in CROWDS],
        "settle": {"one process": {"cpu_ms": 10.0, "wait_ms": 40.0}},
        "stay": 30.0,
    },
}


def test_every_part_has_a_title() -> None:
    """What can be measured can be told."""
    assert set(PARTS) == set(TITLES)


@pytest.mark.parametrize("part", FOUND)
def test_tables_are_whole(part: str) -> None:
    """Each row of a table has as many cells as the row above it."""
    lines = told({"run": RUN, part: FOUND[part]})
    for above, below in pairwise(lines):
        if above.startswith("|") and below.startswith("|"):
            assert above.count("|") == below.count("|"), below


def test_loading_is_told_against_the_floor() -> None:
    """Ours takes 1.4 times the floor; what did not become usable is said so."""
    row = next(line for line in loading.page(FOUND["load"]) if line.startswith(f"| {OURS}"))
    assert "1.40 (1.40 ×)" in row
    assert "did not finish in 30 s" in row


def test_growth_is_told_for_what_was_measured() -> None:
    """The median seek of 1,000 events is twice that of 10; a map that did not open has nothing to compare."""
    lines = "\n".join(seeking.page(FOUND["time"]))
    assert "Dateline: 10 → 1,000: 2.0 ×" in lines
    assert "| Timeline | 10 | 0.0 | did not finish in 90 s" in lines


def test_what_failed_is_told() -> None:
    """A reader who was failed is on the page with the reason."""
    assert "- one process, 10 readers: no answer within 60 s (1 ×)" in serving.page(FOUND["server"])


def test_the_projects_page_is_replaced_once_every_part_was_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Full runs of single parts add up in `build/`; a quick run is not mixed with them."""
    project, build = tmp_path / "project", tmp_path / "build"
    project.mkdir()
    (project / "budgets.md").write_text("## Budgets\n", "utf-8")
    monkeypatch.setattr(bench.__main__, "HERE", project)
    monkeypatch.setattr(bench.__main__, "BUILD", build)
    monkeypatch.setattr(bench.__main__, "_run", lambda settings: RUN | {"quick": settings.quick})
    for name, part in PARTS.items():
        monkeypatch.setattr(part, "measure", lambda settings, name=name: FOUND[name])

    assert 0 == main(["load", "time"]) == main(["server", "--quick"])
    assert not (project / "RESULTS.md").exists()
    assert {"run", "load", "time"} == set(json.loads((build / "results.json").read_text("utf-8")))
    assert "A quick run" in (build / "quick" / "RESULTS.md").read_text("utf-8")

    assert 0 == main(["server"])
    page = (project / "RESULTS.md").read_text("utf-8")
    assert all(f"## {title}" in page for title in [*TITLES.values(), "Budgets"])
