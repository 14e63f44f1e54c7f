"""The front server that ships and replicas of the app, on loopback: started, killed and watched by the tests."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Final

import pytest

from tests.browser.conftest import ROOT, await_health, ended, free_port

FRONT: Final = ROOT / "deploy" / "nginx"
TEMPLATE: Final = FRONT / "nginx.conf.template"
FONTS: Final = FRONT / "fonts"
_BROTLI: Final = Path("/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so")
# Debian's nginx is where not every user looks for programs.
PATH: Final = f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"
# Debian's nobody. nginx runs without rights, as it does in its container.
_NOBODY: Final = 65534
_SESSIONS: Final = re.compile(r"^active_sessions (\d+)", re.MULTILINE)
_PATIENCE_SECONDS: Final = 30


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP."""

    status: int
    headers: Message
    body: bytes


# Asks no proxy of the machine, and follows no redirection.
class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay)


def ask(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Ask for an address; a word of a header's name is written with `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, data=body, headers=named, method=method)
    try:
        with _OPENER.open(request, timeout=_PATIENCE_SECONDS) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())


class Replica:
    """One process of the app, on a port that it keeps when it is started again."""

    def __init__(self, folder: Path, name: str, prefix: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}{prefix}"
        self._prefix = prefix
        self._log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process; it may take seconds until it is `ready`."""
        with self._log.open("a") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py"],
                cwd=ROOT,
                env=os.environ | self._settings(),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _settings(self) -> dict[str, str]:
        """What the container file and compose.yaml set, on loopback."""
        return {
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
            "STREAMLIT_SERVER_PORT": str(self.port),
            "STREAMLIT_SERVER_BASE_URL_PATH": self._prefix,
        }

    def ready(self) -> None:
        """Wait until the replica says that it is well."""
        assert self._process is not None
        await_health(f"{self.address}/_stcore/health", self._process, self._log)

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """End the process, in order or (`SIGKILL`) without a word, and wait until it is gone."""
        if self._process is None:
            return
        self._process.send_signal(sign)
        if not ended(self._process, within=20):
            self._process.kill()
            self._process.wait()
        self._process = None

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process is not None

    def sessions(self) -> int:
        """How many readers are connected, by Streamlit's own count."""
        found = _SESSIONS.search(ask(f"{self.address}/_stcore/metrics").body.decode())
        assert found is not None
        return int(found[1])


@dataclass(frozen=True)
class Hosting:
    """The front server's address and the replicas behind it."""

    address: str
    port: int
    replicas: tuple[Replica, ...]
    log: Path

    def mend(self) -> None:
        """Start again what a test has ended, and wait until all are well."""
        ended_ones = [replica for replica in self.replicas if not replica.runs]
        for replica in ended_ones:
            replica.start()
        for replica in ended_ones:
            replica.ready()

    def sessions(self) -> list[int]:
        """How many readers are connected to each replica that runs."""
        return [replica.sessions() for replica in self.replicas if replica.runs]

    def asked(self) -> list[str]:
        """The front server's log so far, a line a request."""
        return self.log.read_text("utf-8").splitlines()


def until(holds: Callable[[], bool], seconds: float = _PATIENCE_SECONDS) -> bool:
    """Whether something comes to hold within so many seconds; asks ten times a second."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (held := holds()) and time.monotonic() < deadline:
        pause.wait(0.1)
    return held


def is_there() -> bool:
    """Whether this machine has what the front server is made of."""
    return all(shutil.which(name, path=PATH) for name in ("nginx", "envsubst")) and _BROTLI.exists()


@contextmanager
def hosting(folder: Path, replicas: int, prefix: str = "") -> Iterator[Hosting]:
    """The front server with so many replicas behind it, until the block ends; logs go to `folder`."""
    if not is_there():
        pytest.skip("there is no nginx with brotli and envsubst here; on Debian or Ubuntu: sudo scripts/nginx.sh")
    behind = tuple(Replica(folder, f"app-{number}", prefix) for number in range(1, replicas + 1))
    try:
        for replica in behind:
            replica.start()
        for replica in behind:
            replica.ready()
        with _front(folder / "nginx.log", behind, prefix) as port:
            yield Hosting(f"http://127.0.0.1:{port}{prefix}", port, behind, folder / "nginx.log")
    finally:
        for replica in behind:
            replica.stop()


@contextmanager
def _front(log: Path, replicas: tuple[Replica, ...], prefix: str) -> Iterator[int]:
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
            "DATELINE_FONTS": str(shipped / "fonts"),
            "DATELINE_HOME": home,
        }
        user = None
        if os.geteuid() == 0:
            user = _NOBODY
            os.chown(home, user, user)
            os.chown(log, user, user)
        process = subprocess.Popen(
            ["sh", str(shipped / "start.sh")],
            env={"PATH": PATH} | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=user,
            extra_groups=None if user is None else (),
        )
        try:
            _await_port(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=20)


def _await_port(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline and not ended(process, within=0.05):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail(f"nginx did not start; it printed:\n{log.read_text()}")
