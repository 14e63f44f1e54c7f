"""The front server that ships with replicas of the app behind it, on loopback: started, killed and watched."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support import ROOT
from tests.support.app_server import AppServer
from tests.support.loopback import free_port, stop, wait_until_healthy

FRONT: Final = ROOT / "deploy" / "nginx"
TEMPLATE: Final = FRONT / "nginx.conf.template"
# Debian's nginx is where not every user looks for programs.
_PATH: Final = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
# Debian's nobody. nginx runs without rights, as it does in its container.
_NOBODY: Final = 65534


@dataclass(frozen=True)
class Hosting:
    """The front server's address and the replicas behind it."""

    address: str
    port: int
    replicas: tuple[AppServer, ...]
    log: Path

    def mend(self) -> None:
        """Start again what a test has ended, and wait until all are well."""
        ended = [replica for replica in self.replicas if not replica.runs]
        for replica in ended:
            replica.start()
        for replica in ended:
            replica.wait_until_healthy()

    def sessions(self) -> list[int]:
        """How many readers are connected to each replica that runs."""
        return [replica.sessions() for replica in self.replicas if replica.runs]

    def asked(self) -> list[str]:
        """The front server's log so far, a line a request."""
        return self.log.read_text("utf-8").splitlines()


def nginx_version() -> str | None:
    """nginx's version as it says it; None where this machine lacks something that the front server needs."""
    if not all(shutil.which(name, path=_PATH) for name in ("nginx", "envsubst")):
        return None
    asked = subprocess.run(["nginx", "-v"], env={"PATH": _PATH}, capture_output=True, text=True, check=True)
    return asked.stderr.strip()


@contextmanager
def hosting(folder: Path, replicas: int, prefix: str = "") -> Iterator[Hosting]:
    """The front server with so many replicas behind it, until the block ends; logs go to `folder`.

    Raises StartError if one of them does not start.
    """
    behind = tuple(AppServer(folder / f"app-{number}.log", prefix=prefix) for number in range(1, replicas + 1))
    with ExitStack() as stack:
        for replica in behind:
            stack.callback(replica.stop)
            replica.start()
        for replica in behind:
            replica.wait_until_healthy()
        port = stack.enter_context(_front(folder / "nginx.log", behind, prefix))
        yield Hosting(f"http://127.0.0.1:{port}{prefix}", port, behind, folder / "nginx.log")


@contextmanager
def _front(log: Path, replicas: Sequence[AppServer], prefix: str) -> Iterator[int]:
    port = free_port()
    # Not in pytest's folder: root's is closed to others.
    with tempfile.TemporaryDirectory(prefix="dateline-front-") as home, log.open("w") as output:
        # Nobody may not read every checkout.
        shipped = shutil.copytree(FRONT, Path(home) / "shipped")
        settings = {
            "DATELINE_LISTEN": f"127.0.0.1:{port}",
            "DATELINE_REPLICAS": "".join(f"server 127.0.0.1:{it.port} max_fails=2 fail_timeout=5s;" for it in replicas),
            "DATELINE_PREFIX": prefix,
            "DATELINE_TRUSTED_PROXY": "127.0.0.1",
            "DATELINE_HOME": home,
        }
        user = None
        if os.geteuid() == 0:
            user = _NOBODY
            os.chown(home, user, user)
            os.chown(log, user, user)
        process = subprocess.Popen(
            ["sh", str(shipped / "start.sh")],
            env={"PATH": _PATH} | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=user,
            extra_groups=None if user is None else (),
        )
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}{prefix}/_stcore/health", process, log)
            yield port
        finally:
            stop(process)
