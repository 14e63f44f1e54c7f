"""A real Chromium and a real server for the browser tests, both on loopback."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, Route

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(log: Path, base_path: str = "", **environment: str) -> Iterator[str]:
    """Run the app on a free port until the block ends; its output is in `log`, shown if it does not start.

    Yields its address, with the base path (`/dateline`) if there is one.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    command += ["--server.address=127.0.0.1", f"--server.baseUrlPath={base_path}"]
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            await_health(f"http://127.0.0.1:{port}{base_path}/_stcore/health", server, log)
            yield f"http://127.0.0.1:{port}{base_path}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def await_health(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server says that it is well."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and not ended(server, within=0.1):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError):
            continue
    pytest.fail(f"the app did not start; it printed:\n{log.read_text()}")


def ended(server: "subprocess.Popen[bytes]", within: float) -> bool:
    """Whether the server ends within so many seconds."""
    try:
        server.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("server") / "output.log") as address:
        yield address


@dataclass
class Reader:
    """A reader's browser tab, with what it asked for and what it complained of."""

    page: Page
    outside: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str) -> Frame:
        """Open an address of the app and wait until its map can be used; returns the map's frame."""
        self.page.goto(address)
        return self.map()

    def map(self) -> Frame:
        """The frame of the map, once its player runs."""
        handle = self.page.wait_for_selector("iframe[title*='streamlit_folium']", state="attached")
        assert handle is not None
        frame = handle.content_frame()
        assert frame is not None
        frame.wait_for_selector("html[data-dateline='ready']", state="attached")
        return frame

    def settled(self) -> None:
        """Wait until the server's script has come to rest."""
        self.page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")


@pytest.fixture
def reader_of(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Makes readers: `reader_of(width, height, locale=...)`. All that is not on loopback is refused and noted."""
    contexts = []

    def make(width: int = 1280, height: int = 800, **options: object) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            **({"locale": "en-GB"} | options),  # type: ignore[arg-type]
        )
        contexts.append(context)
        reader = Reader(context.new_page())

        def guard(route: Route) -> None:
            reader.asked.append(route.request.url)
            if urlsplit(route.request.url).hostname == "127.0.0.1":
                route.continue_()
            else:
                reader.outside.append(route.request.url)
                route.abort()

        def listen(message: ConsoleMessage) -> None:
            if message.type == "error":
                reader.complaints.append(message.text)

        context.route("**/*", guard)
        reader.page.on("console", listen)
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        return reader

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def reader(reader_of: Callable[..., Reader]) -> Reader:
    """A reader at a laptop whose browser speaks English."""
    return reader_of()
