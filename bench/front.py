"""The front server of `deploy/` with replicas of the app behind it."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.deploy.hosting import Hosting
from tests.deploy.hosting import hosting as _hosting


def program() -> str | None:
    """nginx, where there is one."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def version() -> str | None:
    """nginx's version as it says it; None without one."""
    found = program()
    return subprocess.run([found, "-v"], capture_output=True, text=True, check=True).stderr.strip() if found else None


@contextmanager
def hosting(replicas: int) -> Iterator[Hosting]:
    """nginx as it ships, and so many replicas."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        # nginx runs without rights and has to reach its log.
        Path(folder).chmod(0o755)
        with _hosting(Path(folder), replicas) as found:
            yield found
