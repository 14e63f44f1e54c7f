"""geo.geocoding.cache: where what took time to get is kept."""

from pathlib import Path

import pytest

from geo.geocoding.cache import VARIABLE, cache_folder


def test_the_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment says, with all its parents."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "a" / "b"))
    assert tmp_path / "a" / "b" == cache_folder()
    assert cache_folder().is_dir()


def test_the_users_own_folder_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the system has it: on Linux under XDG_CACHE_HOME."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("geo.geocoding.cache.user_cache_path", lambda name, appauthor: tmp_path / name)
    assert tmp_path / "dateline" == cache_folder()


def test_a_folder_that_cannot_be_made_is_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands in the way."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "cache"))
    with pytest.raises(OSError, match="DATELINE_CACHE"):
        cache_folder()
