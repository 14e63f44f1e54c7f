"""What a run measures against: servers of the app and of the peers, and the peers' libraries."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from bench.peers import LIBRARIES_VARIABLE
from tests.support import ROOT
from tests.support.app_server import AppServer
from tests.support.loopback import StartError, free_port

BUILD: Final = ROOT / "build" / "bench"
LIBRARIES: Final = BUILD / "libraries" / "node_modules"


def streamlit(script: Path, folder: Path = ROOT, libraries: str = "") -> AppServer:
    """A server for a script, run in `folder` with its settings; the peers' libraries are at the address `libraries`."""
    BUILD.mkdir(parents=True, exist_ok=True)
    log = BUILD / f"{folder.name}-{script.stem}.log"
    return AppServer(log, script=script, folder=folder, **{"PYTHONPATH": str(ROOT), LIBRARIES_VARIABLE: libraries})


@contextmanager
def files() -> Iterator[int]:
    """Serve `build/bench` compressed, as a content delivery network would, until the block ends; yields the port."""
    if not LIBRARIES.is_dir():
        raise StartError(f"{LIBRARIES} is not there; run `make bench`, which fetches the peers' libraries")
    served = Starlette(routes=[Mount("/", StaticFiles(directory=BUILD))], middleware=[Middleware(GZipMiddleware)])
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(served, "127.0.0.1", port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()
