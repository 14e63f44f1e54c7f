"""The front server that ships, with two replicas behind it at the root and one under a path."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Request

from tests.browser.conftest import Reader
from tests.deploy.hosting import Hosting, hosting


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def _two_replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosting]:
    with hosting(tmp_path_factory.mktemp("hosted"), replicas=2) as hosted:
        yield hosted


@pytest.fixture
def hosted(_two_replicas: Hosting) -> Iterator[Hosting]:
    """Two replicas behind the front server; what a test ends is started again."""
    yield _two_replicas
    _two_replicas.mend()


@pytest.fixture(scope="session")
def under_path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosting]:
    """One replica behind the front server, under /dateline/."""
    with hosting(tmp_path_factory.mktemp("under_path"), replicas=1, prefix="/dateline") as served:
        yield served


@pytest.fixture
def reader_of(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Makes readers who keep what they may keep, and who go on while a test waits for something else."""
    contexts = []

    def make(locale: str = "en-GB") -> Reader:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale=locale)
        contexts.append(context)
        reader = Reader(context.new_page())

        def note(request: Request) -> None:
            if not request.url.startswith("data:"):
                reader.asked.append(request.url)
                reader.outside += [request.url] if urlsplit(request.url).hostname != "127.0.0.1" else []

        def listen(message: ConsoleMessage) -> None:
            reader.complaints += [message.text] if message.type == "error" else []

        reader.page.on("request", note)
        reader.page.on("console", listen)
        reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
        return reader

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def reader(reader_of: Callable[[], Reader]) -> Reader:
    """A reader at a laptop whose browser speaks English."""
    return reader_of()
