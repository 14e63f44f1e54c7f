"""Many readers at once, each at a place of the story, beside the tests' own thread."""

import asyncio
import random
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import parse_qs

from tests.support.streamlit_client import ClientError, StreamlitClient

_PATIENCE_SECONDS: Final = 60
# As a browser, a reader who is cut off tries again until the front server has a replica for it.
_LONGEST_RETRY_SECONDS: Final = 4
_RETRY_SECONDS: Final = 0.5


class Seat:
    """A reader and the moment of the story that the reader is at."""

    def __init__(self, number: int) -> None:
        self.reader = StreamlitClient(patience=_PATIENCE_SECONDS)
        self.language = ("en", "fr")[number % 2]
        self.moment = ""
        self.losses = 0
        self._chance = random.Random(number)

    async def take(self, address: str) -> None:
        """Come by a link, and move the playhead."""
        await self.reader.open(address, f"lang={self.language}&superseded=1")
        await self.move()

    async def move(self) -> None:
        """Move the playhead somewhere else; cut off, come back, and be where one was about to go."""
        self.moment = f"2023-09-{self._chance.randrange(10, 18)}T{self._chance.randrange(24):02}:00:00Z"
        try:
            await self.reader.settle(moment=self.moment)
        except ClientError:
            await self.come_back()

    async def come_back(self) -> None:
        """Reconnect, as often as it takes."""
        self.losses += 1
        pause = _RETRY_SECONDS
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                try:
                    await self.reader.reconnect()
                    return
                except ClientError:
                    await asyncio.sleep(pause)
                    # As a browser does, or a class at one address would be refused for asking too often.
                    pause = min(2 * pause, _LONGEST_RETRY_SECONDS)

    def is_in_place(self) -> bool:
        """Whether the address bar says where this reader is."""
        said = {"lang": [self.language], "superseded": ["1"], "time": [self.moment]}
        return self.reader.connected and said == parse_qs(self.reader.query)


class Audience:
    """Readers on a thread of their own; every call waits for what it asks for."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seats: list[Seat]) -> None:
        self.seats = seats
        self._loop = loop

    def take(self, address: str) -> None:
        """All come within the same moments."""
        self._wait(_all(seat.take(address) for seat in self.seats))

    def lost(self) -> list[Seat]:
        """Who is cut off."""
        return [seat for seat in self.seats if not seat.reader.connected]

    def cut_off(self) -> None:
        """All lose their streams."""
        self._wait(_all(seat.reader.close() for seat in self.seats))

    def come_back(self) -> None:
        """All who are cut off reconnect."""
        self._wait(_all(seat.come_back() for seat in self.lost()))

    def astray(self) -> list[Seat]:
        """Who is not in place."""
        return [seat for seat in self.seats if not seat.is_in_place()]

    @contextmanager
    def on_the_move(self, pause: float) -> Iterator[None]:
        """Until the block ends, everyone moves the playhead again and again, with so many seconds between."""
        over = asyncio.Event()
        moving = asyncio.run_coroutine_threadsafe(_all(_wander(seat, over, pause) for seat in self.seats), self._loop)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(over.set)
            moving.result(2 * _PATIENCE_SECONDS)

    def _wait(self, asked: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(asked, self._loop).result(2 * _PATIENCE_SECONDS)


async def _all(asked: Iterator[Coroutine[Any, Any, None]]) -> None:
    async with asyncio.TaskGroup() as group:
        for one in asked:
            group.create_task(one)


async def _wander(seat: Seat, over: asyncio.Event, pause: float) -> None:
    while not over.is_set():
        await seat.move()
        try:
            await asyncio.wait_for(over.wait(), pause)
        except TimeoutError:
            continue


@contextmanager
def audience(address: str, readers: int) -> Iterator[Audience]:
    """So many readers of the app at this address, until the block ends."""
    # Playwright has the thread of the tests.
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    gathered = Audience(loop, [Seat(number) for number in range(readers)])
    try:
        gathered.take(address)
        yield gathered
    finally:
        gathered.cut_off()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
