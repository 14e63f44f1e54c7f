"""`python -m bench [PART …]`: measure, and write the results to `build/bench/` as one page and as JSON.

A full run of some parts keeps what earlier full runs found of the others. Once every part is there, the page also
replaces `bench/RESULTS.md`, which is kept with the project.
"""

import argparse
import json
import platform
import signal
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psutil

from bench import loading, seeking, serving
from bench.hosts import BUILD
from bench.settings import Settings
from tests.support import ROOT
from tests.support.browser import chromium
from tests.support.loopback import StartError

# A part has `measure(settings)`, which returns what goes into the JSON, and `page(found)`, its Markdown lines.
PARTS: Final = {"load": loading, "time": seeking, "server": serving}
TITLES: Final = {"load": "Load", "time": "Time", "server": "Server"}
HERE: Final = Path(__file__).resolve().parent
_LIBRARIES: Final = ("streamlit", "streamlit-folium", "folium", "branca", "pandas", "playwright", "websockets")


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that were named, all by default; returns 1 if something that they need is not there."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure; all if none is named")
    parser.add_argument("--quick", action="store_true", help="a short form, to see that it runs")
    parser.add_argument("--before", type=Path, help="folder of an earlier state of the project, to compare with")
    given = parser.parse_args(arguments)
    settings = Settings(given.quick, given.before.resolve() if given.before else None)
    # Whoever ends the run ends its servers, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    found: dict[str, Any] = {"run": _run(settings)}
    try:
        for part in given.parts or PARTS:
            print(f"measuring: {part}", flush=True)
            found[part] = PARTS[part].measure(settings)
    except StartError as error:
        print(error, file=sys.stderr)
        return 1
    if given.quick:
        _write(found, BUILD / "quick")
    else:
        found = _earlier() | found
        _write(found, BUILD)
        if found.keys() >= PARTS.keys():
            (HERE / "RESULTS.md").write_text(_page(found), "utf-8")
    print(_page(found))
    return 0


def _earlier() -> dict[str, Any]:
    """What the last full run of each part found on this machine."""
    file = BUILD / "results.json"
    earlier: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return earlier


def _write(found: dict[str, Any], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (folder / "RESULTS.md").write_text(_page(found), "utf-8")


def _page(found: dict[str, Any]) -> str:
    return "\n".join(told(found)) + "\n"


def told(found: dict[str, Any]) -> list[str]:
    """The results as one page of Markdown."""
    run = found["run"]
    lines = [
        "# Measured",
        "",
        f"By `make bench` on {run['day']}: {run['machine']}. {run['versions']}.",
        "Everything ran on one machine, the servers, the browser and the load generator side by side: "
        "compare figures within this page only.",
    ]
    if run["quick"]:
        lines.append("A quick run: too few visits for figures to be cited.")
    for part, title in TITLES.items():
        if part in found:
            lines += ["", f"## {title}", "", *PARTS[part].page(found[part])]
    if not run["quick"]:
        lines += ["", *(HERE / "budgets.md").read_text("utf-8").splitlines()]
    return lines


def _run(settings: Settings) -> dict[str, Any]:
    """Versions and machine."""
    with chromium() as browser:
        programs = [f"Python {platform.python_version()}", f"Chromium {browser.version}"]
    cores, memory = psutil.cpu_count(), psutil.virtual_memory().total / 2**30
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    state = f"Dateline {revision.stdout.strip()}" if revision.returncode == 0 else "Dateline"
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "quick": settings.quick,
        "machine": f"{platform.system()} {platform.machine()}, {cores} cores, {memory:.0f} GB",
        "versions": ", ".join([state, *programs, *(f"{name} {version(name)}" for name in _LIBRARIES)]),
    }


if __name__ == "__main__":
    sys.exit(main())
