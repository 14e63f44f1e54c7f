"""The front server of `deploy/` with replicas of the app behind it."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.hosting import PATH, Hosting, is_there
from tests.deploy.hosting import hosting as _hosting


def version() -> str | None:
    """nginx's version as it says it; None where the front server cannot run."""
    if not is_there():
        return None
    return subprocess.run(
        ["nginx", "-v"], env={"PATH": PATH}, capture_output=True, text=True, check=True
    ).stderr.strip()


@contextmanager
def hosting(replicas: int) -> Iterator[Hosting]:
    """nginx as it ships, and so many replicas."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        # nginx runs without rights and has to reach its log.
        Path(folder).chmod(0o755)
        with _hosting(Path(folder), replicas) as found:
            yield found
