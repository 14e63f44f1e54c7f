"""Ports of this machine, and what answers on them."""

import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import Final

_START_SECONDS: Final = 60
_PATIENCE_SECONDS: Final = 30


class StartError(Exception):
    """A server did not start; the message shows what it printed."""


@dataclass(frozen=True)
class Answer:
    """An answer over HTTP."""

    status: int
    headers: Message
    body: bytes


# Uses no proxy, and follows no redirection.
class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Send a request; the hyphens in a header's name are written as underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, data=body, headers=named, method=method)
    try:
        with _OPENER.open(request, timeout=_PATIENCE_SECONDS) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())


def until(holds: Callable[[], bool], seconds: float = _PATIENCE_SECONDS) -> bool:
    """Whether something comes to hold within so many seconds; looks ten times a second."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (held := holds()) and time.monotonic() < deadline:
        pause.wait(0.1)
    return held


def wait_until_healthy(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the health check at an address succeeds.

    :raises StartError: if it does not within a minute, or the process ends before.
    """

    def is_healthy() -> bool:
        try:
            return ask(address).status == HTTPStatus.OK
        except OSError:
            return False

    until(lambda: process.poll() is not None or is_healthy(), _START_SECONDS)
    if process.poll() is not None or not is_healthy():
        raise StartError(f"{address} does not answer; the server printed:\n{log.read_text('utf-8')}")


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a process in order, or by force if it takes too long, and wait until it is gone."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
