"""The app as a process: started on a free port of loopback, stopped, killed and started again."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.support import ROOT
from tests.support.loopback import ask, free_port, stop, wait_until_healthy

_SESSIONS: Final = re.compile(r"^active_sessions (\d+)", re.MULTILINE)


class AppServer:
    """A Streamlit server for one script, running until the `with` block ends.

    It runs in `folder`, whose `.streamlit/config.toml` applies, and serves below the path `prefix` (`/dateline`).
    What it prints is appended to `log`; `environment` is added to its environment. It keeps its port when it is
    started again.
    """

    def __init__(
        self, log: Path, *, script: Path = ROOT / "app.py", folder: Path = ROOT, prefix: str = "", **environment: str
    ) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}{prefix}"
        self._command = [sys.executable, "-m", "streamlit", "run", str(script)]
        self._folder = folder
        # As the container file and compose.yaml set them.
        self._environment = environment | {
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
            "STREAMLIT_SERVER_PORT": str(self.port),
            "STREAMLIT_SERVER_BASE_URL_PATH": prefix,
        }
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start the server and wait until it is healthy; raises StartError."""
        self.start()
        try:
            self.wait_until_healthy()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self.stop()

    def start(self) -> None:
        """Start the process; it may take seconds until it is healthy."""
        with self._log.open("a") as output:
            self._process = subprocess.Popen(
                self._command,
                cwd=self._folder,
                env=os.environ | self._environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_healthy(self) -> None:
        """Wait for Streamlit's health check to answer; raises StartError."""
        assert self._process is not None
        wait_until_healthy(f"{self.address}/_stcore/health", self._process, self._log)

    def stop(self) -> None:
        """End the process in order, if it runs."""
        if self._process is not None:
            stop(self._process)
        self._process = None

    def kill(self) -> None:
        """End the process without a word."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self.stop()

    @property
    def runs(self) -> bool:
        """Whether the process is there."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None
        return self._process.pid

    def sessions(self) -> int:
        """How many readers are connected, by Streamlit's own count."""
        found = _SESSIONS.search(ask(f"{self.address}/_stcore/metrics").body.decode())
        assert found is not None
        return int(found[1])
