"""A slow line on loopback: forwards connections with a bandwidth and a delay, and counts what goes through.

Chromium's own throttling leaves out websockets and differs from frame to frame; this holds for every byte.
"""

import asyncio
import threading
import time
from dataclasses import dataclass
from typing import Final

_PIECE_BYTES: Final = 4096
_PIECES_ON_THE_WAY: Final = 256


@dataclass(frozen=True)
class Speed:
    """Bandwidth in kilobits a second each way (None: as fast as it goes), and the time there and back, milliseconds."""

    name: str
    kilobits: float | None = None
    round_trip_ms: float = 0


class _Way:
    """One direction of the line, shared by all connections: who comes later waits."""

    def __init__(self) -> None:
        self.bytes = 0
        self._free = 0.0

    def arrival(self, size: int, speed: Speed) -> float:
        """When a piece that is handed over now arrives (`time.monotonic`)."""
        self.bytes += size
        now = time.monotonic()
        if speed.kilobits is None:
            return now
        self._free = max(self._free, now) + size * 8 / (speed.kilobits * 1000)
        return self._free + speed.round_trip_ms / 2000


class Link:
    """The line. `open` a way to a port, set `speed`, read `received` (bytes towards the browser)."""

    def __init__(self) -> None:
        self.speed = Speed("unthrottled")
        self._up, self._down = _Way(), _Way()
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    @property
    def received(self) -> int:
        """Bytes that the browser has been sent so far, headers and websockets included."""
        return self._down.bytes

    def open(self, port: int) -> int:
        """Listen on a free port of loopback for what goes to `port`; returns it."""
        return asyncio.run_coroutine_threadsafe(self._serve(port), self._loop).result()

    def close(self) -> None:
        """End all connections."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _serve(self, port: int) -> int:
        async def forward(near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
            # Opening a connection takes a round trip before anything can be sent.
            await asyncio.sleep(self.speed.round_trip_ms / 1000)
            far, far_out = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(self._carry(near, far_out, self._up), self._carry(far, near_out, self._down))

        server = await asyncio.start_server(forward, "127.0.0.1", 0)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        running = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: _Way) -> None:
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_PIECES_ON_THE_WAY)

        async def take() -> None:
            piece = b" "
            while piece:
                piece = await source.read(_PIECE_BYTES)
                await pieces.put((way.arrival(len(piece), self.speed), piece))

        async def give() -> None:
            piece = b" "
            while piece:
                at, piece = await pieces.get()
                if (wait := at - time.monotonic()) > 0:
                    await asyncio.sleep(wait)
                target.write(piece)
                await target.drain()

        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(take())
                group.create_task(give())
        except* ConnectionError:
            # A browser that leaves breaks its connections off: so does the line to the server.
            target.transport.abort()
        target.close()
