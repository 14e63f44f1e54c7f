"""What a run measures against: servers of the app and of the peers, their libraries, and a Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bench.peers import LIBRARIES_VARIABLE

ROOT: Final = Path(__file__).resolve().parent.parent
BUILD: Final = ROOT / "build" / "bench"
LIBRARIES: Final = BUILD / "libraries" / "node_modules"
_START_SECONDS: Final = 60
_QUIET: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


class HostError(Exception):
    """Something that a run needs is not there or does not start; the message says what."""


@dataclass(frozen=True)
class Host:
    """A running server: its port, its address, and its process."""

    port: int
    process: psutil.Process

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Processor time it has used so far."""
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    def memory(self) -> int:
        """Bytes that it holds in memory now."""
        return int(self.process.memory_info().rss)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def streamlit(script: Path, folder: Path = ROOT, libraries: str = "") -> Iterator[Host]:
    """Run a script by Streamlit in `folder`, with its settings, until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), LIBRARIES_VARIABLE: libraries}
    BUILD.mkdir(parents=True, exist_ok=True)
    log = BUILD / f"{folder.name}-{script.stem}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1"], cwd=folder, env=environment, stdout=output, stderr=output
        )
        try:
            _await(f"http://127.0.0.1:{port}/_stcore/health", process, log)
            yield Host(port, psutil.Process(process.pid))
        finally:
            process.terminate()
            process.wait(timeout=20)


def _await(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise HostError(f"{address} does not answer; see {log}")


@contextmanager
def files() -> Iterator[int]:
    """Serve `build/bench` compressed, as a content delivery network would, until the block ends; yields the port."""
    if not LIBRARIES.is_dir():
        raise HostError(f"{LIBRARIES} is not there; run `make bench`, which fetches the peers' libraries")
    served = Starlette(routes=[Mount("/", StaticFiles(directory=BUILD))], middleware=[Middleware(GZipMiddleware)])
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(served, "127.0.0.1", port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium that is installed, or the one that `DATELINE_CHROMIUM` names."""
    names = (os.environ.get("DATELINE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        try:
            yield browser
        finally:
            browser.close()
