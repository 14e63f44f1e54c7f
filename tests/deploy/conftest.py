"""The front server that ships, with two replicas behind it at the root and one under a path."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.hosting import Hosting, hosting, nginx_version


@pytest.fixture(scope="session")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if nginx_version() is None:
        pytest.skip("there is no nginx with envsubst here; on Debian or Ubuntu: sudo scripts/nginx.sh")
    return tmp_path_factory.mktemp("hosted")


@pytest.fixture(scope="session")
def _two_replicas(_folder: Path) -> Iterator[Hosting]:
    with hosting(_folder, replicas=2) as hosted:
        yield hosted


@pytest.fixture
def hosted(_two_replicas: Hosting) -> Iterator[Hosting]:
    """Two replicas behind the front server; what a test ends is started again."""
    yield _two_replicas
    _two_replicas.mend()


@pytest.fixture(scope="session")
def under_path(tmp_path_factory: pytest.TempPathFactory, _folder: Path) -> Iterator[Hosting]:
    """One replica behind the front server, under /dateline/."""
    with hosting(tmp_path_factory.mktemp("under_path"), replicas=1, prefix="/dateline") as served:
        yield served
