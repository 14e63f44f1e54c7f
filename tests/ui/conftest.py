"""Pages of the app without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import app_test

from tests.support.stories import write_story
from tests.support.visit import Visit, Visitor


@pytest.fixture(scope="session", autouse=True)
def _no_folder_left() -> Iterator[None]:
    """AppTest's own temporary folder goes with the last test, not with the interpreter, which would complain."""
    yield
    app_test.TMP_DIR.cleanup()


@pytest.fixture
def visit() -> Visitor:
    """Opens a page as a new reader: `visit("events", lang="fr", kind=["summit"])`."""
    return lambda page="journey", **query: Visit(page, query)


@pytest.fixture
def shown_story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a tiny story that the app shows instead of its own; tests may break it before a visit."""
    folder = write_story(tmp_path / "shown")
    monkeypatch.setenv("DATELINE_STORY", str(folder))
    yield folder
    st.cache_resource.clear()
    st.cache_data.clear()
