"""A Chromium that reaches nothing but this machine, and readers with a tab each."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Frame, Request, ViewportSize, sync_playwright

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No other host has an address. Looking at each request instead would turn the browser's cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium that is installed, or the one that `DATELINE_CHROMIUM` names, or else Playwright's own."""
    names = (os.environ.get("DATELINE_CHROMIUM"), *_NAMES)
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Reader:
    """A reader's browser tab: what it requests, what of that is not on 127.0.0.1, and the errors in its console."""

    def __init__(self, context: BrowserContext) -> None:
        self.page = context.new_page()
        self.asked: list[str] = []
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", self._note)
        self.page.on("websocket", lambda stream: self._note_outside(stream.url))
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.asked.append(request.url)
            self._note_outside(request.url)

    def _note_outside(self, address: str) -> None:
        if urlsplit(address).hostname != "127.0.0.1":
            self.outside.append(address)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def open(self, address: str) -> Frame:
        """Open an address of the app and wait until map and page can be used; returns the map's frame."""
        self.page.goto(address)
        self.joined()
        return self.map()

    def map(self, language: str = "") -> Frame:
        """The frame of the map, once its player runs; in `language`, if one is given."""
        selector = f"#dateline-map:not([inert])[data-story*='story-{language}']"
        handle = self.page.wait_for_selector(selector, state="attached")
        assert handle is not None
        frame = handle.content_frame()
        assert frame is not None
        frame.wait_for_selector("html[data-dateline='ready']", state="attached")
        return frame

    def joined(self) -> None:
        """Wait until Streamlit's page has taken the early page's place."""
        self.page.wait_for_selector("html[data-dateline-page='joined']", state="attached")

    def settled(self) -> None:
        """Wait until Streamlit's page is there and the server's script has come to rest."""
        self.joined()
        self.page.wait_for_selector("[data-test-script-state='notRunning']", state="attached")


@contextmanager
def readers_of(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Makes readers, `make(width, height, locale=…)`, who all leave at the end of the block."""
    with ExitStack() as stack:

        def make(width: int = 1280, height: int = 800, **options: Any) -> Reader:
            size: ViewportSize = {"width": width, "height": height}
            # Playwright waits for a condition by `eval`, which the app's policy forbids.
            usual: dict[str, Any] = {"viewport": size, "locale": "en-GB", "bypass_csp": True}
            context = browser.new_context(**(usual | options))
            stack.callback(context.close)
            return Reader(context)

        yield make


def faults_by_axe(reader: Reader) -> list[tuple[str, list[str]]]:
    """What axe finds against WCAG 2.2 A and AA, or good practice, in what is ours of a page: rule and elements."""
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(reader.page, context=".stMain .stHtml", options=options).response["violations"]
    ours = [rule for rule in found if rule["id"] not in ("region", "page-has-heading-one")]
    return [(rule["id"], [node["html"] for node in rule["nodes"]][:2]) for rule in ours]
